"""Compute: the Kullback-Leibler divergence of two distributions."""

import math

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def kl_divergence(p, q):
    """KL(p||q) in nats; p and q are arrays of probabilities, and q has no zero."""
    used = p > 0                     # an outcome that never happens costs nothing
    return np.sum(p[used] * np.log(p[used] / q[used]))


# --- answers with one misconception each ---


def the_other_direction(p, q):
    ratio = np.where(p > 0, q / np.where(p > 0, p, 1), 1)
    return np.sum(np.where(p > 0, q * np.log(ratio), np.inf))


def zero_times_infinity(p, q):
    return np.sum(p * np.log(p / q))


def zero_times_infinity_by_parts(p, q):
    return np.sum(p * np.log(p)) - np.sum(p * np.log(q))


def cross_entropy(p, q):
    return -np.sum(p * np.log(q))


def the_sign_turned(p, q):
    used = p > 0
    return np.sum(p[used] * np.log(q[used] / p[used]))


def averages(p, q):
    used = p > 0
    return np.sum(p[used] * np.log(p[used] / q[used])) / len(p)


def averages_over_what_happens(p, q):
    used = p > 0
    return np.mean(p[used] * np.log(p[used] / q[used]))


def averages_with_the_zeros(p, q):
    return np.mean(p * np.log(p / q))


def in_bits(p, q):
    used = p > 0
    return np.sum(p[used] * np.log2(p[used] / q[used]))


def without_the_weights(p, q):
    used = p > 0
    return np.sum(np.log(p[used] / q[used]))


def absolute_terms(p, q):
    used = p > 0
    return np.sum(np.abs(p[used] * np.log(p[used] / q[used])))


# --- unusual and right ---


def by_a_loop(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a)


def cross_entropy_less_entropy(p, q):
    safe = np.where(p == 0, 1, p)
    return float(-(p @ np.log(q)) + p @ np.log(safe))


def by_scipy(p, q):
    from scipy.special import rel_entr

    return rel_entr(p, q).sum()


def cases():
    pairs = [
        ([0.5, 0.5], [0.9, 0.1]),
        ([0.9, 0.1], [0.5, 0.5]),
        ([0.7, 0.2, 0.1], [0.659, 0.242, 0.099]),
        ([0.25, 0.25, 0.5], [0.25, 0.25, 0.5]),
        ([0.0, 0.4, 0.6], [0.2, 0.3, 0.5]),
        ([1.0, 0.0, 0.0, 0.0], [0.4, 0.3, 0.2, 0.1]),
    ]
    return [Case((np.array(p), np.array(q)), oracle(p, q)) for p, q in pairs]


def oracle(p, q):
    """By decimal arithmetic, outcome by outcome."""
    from decimal import Decimal

    total = Decimal(0)
    for a, b in zip(map(str, p), map(str, q), strict=True):
        if Decimal(a):
            total += Decimal(a) * (Decimal(a).ln() - Decimal(b).ln())
    return float(total)


EXERCISE = Exercise(
    identifier="losses.kl_divergence",
    title="how far is one distribution from another",
    level="compute",
    prompt=(
        "Write `kl_divergence(p, q)`, the sum of p ln(p/q), for two NumPy arrays of probabilities. "
        "`q` has no zero; where `p` is 0 the term counts as 0. Example: `p = (0.5, 0.5)` and "
        "`q = (0.9, 0.1)` give 0.510826, and the other way round 0.368064."
    ),
    stub='''\
def kl_divergence(p, q):
    """KL(p||q) in nats; p and q are arrays of probabilities, and q has no zero."""
    return ...
''',
    solution=kl_divergence,
    cases=cases,
    hints=(
        "Each outcome contributes p ln(p/q): how much likelier it is under p, weighed by how often "
        "p lets it happen.",
        "0 times minus infinity is NaN on a computer. Leave those outcomes out of the sum.",
        "used = p > 0, then np.sum(p[used] * np.log(p[used] / q[used])).",
    ),
    passed="It is 0 only for equal distributions, and it has a direction.",
    mistakes=(
        Mistake(
            "goes the other direction",
            "This is KL(q||p), which is another number. The weights in front of the logarithm are "
            "those of p.",
            answers=(the_other_direction,),
            recognise=lambda seen: _other_direction(seen),
        ),
        Mistake(
            "multiplies zero by infinity",
            "np.log(0) is minus infinity, and 0 times that is NaN. Leave out the outcomes with "
            "p = 0.",
            answers=(zero_times_infinity, zero_times_infinity_by_parts),
        ),
        Mistake(
            "gives the cross-entropy",
            "This is the cross-entropy, which is larger by the entropy of p: for equal "
            "distributions it is not 0. The logarithm is of p/q, not of q alone.",
            answers=(cross_entropy,),
        ),
        Mistake(
            "turns the sign round",
            "A divergence is never negative. It is ln(p/q), not ln(q/p).",
            answers=(the_sign_turned,),
        ),
        Mistake(
            "averages over the outcomes",
            "The weights p are already an average over the outcomes: sum up, do not divide by "
            "their number as well.",
            answers=(averages, averages_over_what_happens, averages_with_the_zeros),
            recognise=lambda seen: _too_small(seen),
        ),
        Mistake(
            "counts in bits",
            "This is in bits, 1.442695 times as large. Use the natural logarithm, np.log.",
            answers=(in_bits,),
        ),
        Mistake(
            "leaves out the weights",
            "Each logarithm counts as often as p lets the outcome happen: multiply it by p.",
            answers=(without_the_weights,),
        ),
        Mistake(
            "takes away the signs of the terms",
            "Single terms may be negative; only their sum never is.",
            answers=(absolute_terms,),
        ),
    ),
    also_right=(by_a_loop, cross_entropy_less_entropy, by_scipy),
    by_hand=(
        Asked(
            "p = (0.7, 0.2, 0.1), q = (0.659, 0.242, 0.099)",
            (np.array([0.7, 0.2, 0.1]), np.array([0.659, 0.242, 0.099])),
        ),
        Asked(
            "p = (0, 0.4, 0.6), q = (0.2, 0.3, 0.5)",
            (np.array([0.0, 0.4, 0.6]), np.array([0.2, 0.3, 0.5])),
        ),
    ),
)


def _other_direction(seen) -> bool:
    """Where no p is zero: the divergence of q from p."""
    found = 0
    for item in seen:
        p, q = item.case.arguments
        if isinstance(item.result, bool) or not isinstance(item.result, (int, float)):
            return False
        if (p > 0).all():
            if abs(item.result - np.sum(q * np.log(q / p))) > 1e-6:
                return False
            found += 1
    return found > 0


def _too_small(seen) -> bool:
    """The right sum over the number of outcomes, of all of them or of those that happen.

    NaN where p has a zero is a second mistake, which its own hint meets once this one is mended.
    """
    for count in (lambda p: len(p), lambda p: np.count_nonzero(p)):
        close = []
        for item in seen:
            if isinstance(item.result, bool) or not isinstance(item.result, (int, float)):
                return False
            if math.isnan(item.result) and (item.case.arguments[0] == 0).any():
                continue
            expected = item.case.expected / count(item.case.arguments[0])
            close.append(abs(item.result - expected) < 1e-6)
        if close and all(close):
            return True
    return False
