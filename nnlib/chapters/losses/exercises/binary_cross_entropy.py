"""Compute: binary cross-entropy from a probability."""

import math

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def binary_cross_entropy(p, y):
    """Cross-entropy in nats of the prediction p for the label y."""
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


# --- answers with one misconception each ---


def only_for_label_one(p, y):
    return -y * np.log(p)


def always_of_p(p, y):
    return -np.log(p)


def without_the_minus(p, y):
    return y * np.log(p) + (1 - y) * np.log(1 - p)


def the_two_swapped(p, y):
    return -((1 - y) * np.log(p) + y * np.log(1 - p))


def in_bits(p, y):
    return -(y * np.log2(p) + (1 - y) * np.log2(1 - p))


def in_decimal_digits(p, y):
    return -(y * np.log10(p) + (1 - y) * np.log10(1 - p))


def rounds_the_label(p, y):
    return -np.log(p if y >= 0.5 else 1 - p)


def rounds_the_label_down(p, y):
    return -np.log(p if y == 1 else 1 - p)


def squared(p, y):
    return (p - y) ** 2


def logarithm_of_labels(p, y):
    floor = 1e-12
    return -(p * np.log(max(y, floor)) + (1 - p) * np.log(max(1 - y, floor)))


def takes_off_the_entropy(p, y):
    entropy = sum(-t * np.log(t) for t in (y, 1 - y) if t > 0)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)) - entropy


def minus_before_the_first(p, y):
    return -y * np.log(p) + (1 - y) * np.log(1 - p)


def takes_a_distance(p, y):
    return -np.log(1 - abs(p - y))


def limits_the_probability(p, y):
    p = np.clip(p, 0.01, 0.99)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


# --- unusual and right ---


def by_the_logit(p, y):
    z = math.log(p) - math.log1p(-p)
    return max(z, 0) - z * y + math.log1p(math.exp(-abs(z)))


def by_a_sum(p, y):
    return sum(-t * math.log(q) for t, q in ((y, p), (1 - y, 1 - p)) if t)


def cases():
    settings = [(0.9, 1), (0.9, 0), (0.5, 1), (0.01, 1), (0.942676, 1), (0.942676, 0), (0.3, 0.3),
                (0.6, 0.25), (0.99, 0.7), (1e-9, 1)]
    return [Case(setting, oracle(*setting)) for setting in settings]


def oracle(p, y):
    """By decimal arithmetic."""
    from decimal import Decimal

    p, y = Decimal(repr(p)), Decimal(repr(y))
    return float(-(y * p.ln() + (1 - y) * (1 - p).ln()))


EXERCISE = Exercise(
    identifier="losses.binary_cross_entropy",
    title="how surprised were you?",
    level="compute",
    prompt=(
        "Write `binary_cross_entropy(p, y)` for one probability `p` strictly between 0 and 1 and "
        "one label `y`, which is 0, 1 or a number between them (a soft label). Use the natural "
        "logarithm. Example: `p = 0.9` costs 0.105361 for `y = 1` and 2.302585 for `y = 0`."
    ),
    stub='''\
def binary_cross_entropy(p, y):
    """Cross-entropy in nats of the prediction p for the label y."""
    return ...
''',
    solution=binary_cross_entropy,
    cases=cases,
    hints=(
        "What does the model say about label 1, and what about label 0?",
        "Label 1 costs -ln p and label 0 costs -ln(1 - p). A soft label pays a share of each.",
        "The shares are y and 1 - y, and both costs are minus a logarithm (np.log).",
    ),
    passed="One formula for 0, 1 and everything between: y pays for p, 1 - y pays for 1 - p.",
    mistakes=(
        Mistake(
            "limits the probability",
            "With a limit all very bad answers cost the same. A probability of 0.000000001 for "
            "what happened must cost 20.7.",
            answers=(limits_the_probability,),
        ),
        Mistake(
            "pays for label 1 only",
            "For y = 0 this costs nothing, however wrong p is: what label 0 costs is missing.",
            answers=(only_for_label_one,),
        ),
        Mistake(
            "ignores the label",
            "The label does not occur here: a p of 0.9 would cost the same for spam and for no "
            "spam.",
            answers=(always_of_p,),
        ),
        Mistake(
            "leaves out the minus",
            "Logarithms of probabilities are negative. The loss is minus them, so that less is "
            "better.",
            answers=(without_the_minus,),
        ),
        Mistake(
            "puts the minus before the first half only",
            "For y = 0 this is negative. Both labels cost minus a logarithm.",
            answers=(minus_before_the_first,),
        ),
        Mistake(
            "takes the distance from the label",
            "Right for 0 and 1. But p = 0.3 for the label 0.3 is no certainty and costs something: "
            "the label pays a share of both costs.",
            answers=(takes_a_distance,),
        ),
        Mistake(
            "swaps the two halves",
            "Here the prediction 0.9 costs most when the label is 1. Of which label is p the "
            "probability?",
            answers=(the_two_swapped,),
        ),
        Mistake(
            "takes another logarithm",
            "This is the loss in bits or decimal digits. Libraries use the natural logarithm, "
            "np.log; in bits the numbers are 1.442695 times as large.",
            answers=(in_bits, in_decimal_digits),
            recognise=lambda seen: _constant_share(seen),
        ),
        Mistake(
            "rounds the label",
            "Right for 0 and 1. A label of 0.3 is neither: it pays a share of both costs.",
            answers=(rounds_the_label, rounds_the_label_down),
            recognise=lambda seen: _right_for_hard_labels_only(seen),
        ),
        Mistake(
            "squares the difference",
            "This is the squared error. It never exceeds 1, even for the worst prediction; "
            "cross-entropy has no upper limit.",
            answers=(squared,),
        ),
        Mistake(
            "takes the logarithm of the labels",
            "Labels and predictions have changed places. The logarithm belongs to the prediction; "
            "that of a label 0 would be minus infinity.",
            answers=(logarithm_of_labels,),
        ),
        Mistake(
            "subtracts the entropy of the label",
            "That is the Kullback-Leibler divergence: the same for hard labels, and smaller by the "
            "entropy for soft ones. It comes later in this chapter.",
            answers=(takes_off_the_entropy,),
        ),
    ),
    also_right=(by_the_logit, by_a_sum),
    by_hand=(
        Asked("p = 0.01, y = 1", (0.01, 1)),
        Asked("p = 0.3, y = 0.3", (0.3, 0.3)),
        Asked("p = 0.6, y = 0.25", (0.6, 0.25)),
    ),
)


def _numbers(seen):
    results = [item.result for item in seen]
    return all(isinstance(r, (int, float)) and not isinstance(r, bool) for r in results)


def _constant_share(seen) -> bool:
    """Off by ln 2 or by ln 10 on every case."""
    if not _numbers(seen):
        return False
    shares = [item.result / item.case.expected for item in seen]
    return any(np.allclose(shares, 1 / np.log(base), rtol=1e-4) for base in (2, 10))


def _right_for_hard_labels_only(seen) -> bool:
    """Right for 0 and 1; for each soft label the cost of a hard one."""
    if not _numbers(seen):
        return False
    for item in seen:
        p, y = item.case.arguments
        allowed = [item.case.expected] if y in (0, 1) else [-np.log(p), -np.log(1 - p)]
        if not any(abs(item.result - value) < 1e-5 for value in allowed):
            return False
    return True
