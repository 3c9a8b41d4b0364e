"""Build: binary cross-entropy from logits that never overflows."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def stable_bce(z, y):
    """Binary cross-entropy of each logit in z for its label in y."""
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


# --- answers with one misconception each ---


def by_the_formula(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def by_a_stable_sigmoid(z, y):
    small = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def clips_the_probability(z, y):
    p = np.clip(1 / (1 + np.exp(-z)), 1e-7, 1 - 1e-7)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def adds_a_little(z, y):
    p = 1 / (1 + np.exp(-z))
    return -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))


def cuts_the_logit(z, y):
    z = np.clip(z, -30, 30)
    return np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))


def overflows_on_the_right(z, y):
    return np.log1p(np.exp(z)) - z * y


def overflows_on_the_left(z, y):
    return z * (1 - y) + np.log1p(np.exp(-z))


def forgets_the_correction(z, y):
    return np.maximum(z, 0) - z * y


def forgets_the_label(z, y):
    return np.maximum(z, 0) - z + np.log1p(np.exp(-np.abs(z)))


def rounds_the_label(z, y):
    return np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))


def labels_of_minus_one(z, y):
    return np.logaddexp(0, -y * z)


def takes_the_mean(z, y):
    return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))


# --- unusual and right ---


def by_logaddexp(z, y):
    return np.logaddexp(0, z) - y * z


def by_two_costs(z, y):
    return y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)


def by_torch(z, y):
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(
        torch.as_tensor(z), torch.as_tensor(y), reduction="none"
    )


def cases():
    settings = [
        ([2.8, 2.8, 1.0, 1.0], [1.0, 0.0, 1.0, 0.0]),
        ([0.0, -0.5, 3.0], [0.3, 0.9, 0.5]),
        ([-800.0, 800.0, 5.0], [1.0, 0.0, 1.0]),
        ([-800.0, 800.0, -5.0], [0.0, 1.0, 0.0]),
        ([40.0, -40.0, 60.0], [0.0, 1.0, 0.0]),
    ]
    return [Case((np.array(z), np.array(y)), oracle(z, y)) for z, y in settings]


def oracle(z, y):
    """By decimal arithmetic with 400 digits, from the probabilities themselves."""
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 400
        losses = []
        for logit, label in zip(z, y, strict=True):
            p, label = 1 / (1 + Decimal(-logit).exp()), Decimal(str(label))
            losses.append(float(-(label * p.ln() + (1 - label) * (1 - p).ln())))
    return np.array(losses)


EXERCISE = Exercise(
    identifier="losses.stable_bce",
    title="yes or no, from the logit",
    level="build",
    prompt=(
        "Write `stable_bce(z, y)` for two NumPy arrays of one shape: logits and labels (0, 1, or "
        "between). Return the binary cross-entropy of each element. Every finite logit must give "
        "the right, finite loss, without forming the probability. Example: the logits 2.8 and -800 "
        "with the label 1 cost 0.059033 and 800."
    ),
    stub='''\
def stable_bce(z, y):
    """Binary cross-entropy of each logit in z for its label in y."""
    return ...
''',
    solution=stable_bce,
    cases=cases,
    hints=(
        "On paper: -ln σ(z) = ln(1 + e^-z), and -ln(1 - σ(z)) = ln(1 + e^z) = z + ln(1 + e^-z).",
        "Together the loss is ln(1 + e^z) - z y. Write ln(1 + e^z) as max(z, 0) plus something "
        "whose exponential is at most 1.",
        "For z > 0 take e^z out: ln(1 + e^z) = z + ln(1 + e^-z). np.maximum, np.abs and np.log1p "
        "write both signs in one line.",
    ),
    passed="A loss of 800 for a logit of -800: exact, because no probability was ever rounded.",
    mistakes=(
        Mistake(
            "goes through the probability",
            "σ(-800) rounds to 0 and its logarithm is minus infinity. Nothing that comes after the "
            "rounding can mend that.",
            answers=(by_the_formula, by_a_stable_sigmoid),
            recognise=lambda seen: _breaks_far_out(seen),
        ),
        Mistake(
            "limits the probability or the logit",
            "Finite, but wrong: a logit of -800 must cost 800. With a limit all bad answers cost "
            "the same, and their gradient is 0.",
            answers=(clips_the_probability, adds_a_little, cuts_the_logit),
            recognise=lambda seen: _levels_off(seen),
        ),
        Mistake(
            "overflows on one side",
            "The formula is right, but its exponential overflows for large logits of one sign. "
            "Which exponent would be negative for both?",
            answers=(overflows_on_the_right, overflows_on_the_left),
            recognise=lambda seen: _overflows_on_one_side(seen),
        ),
        Mistake(
            "forgets the correction",
            "That is right far from 0 only. At z = 0 it says 0, where p is ½ and the loss 0.693.",
            answers=(forgets_the_correction,),
        ),
        Mistake(
            "forgets the label",
            "y occurs nowhere: every example is treated as a 1.",
            answers=(forgets_the_label,),
        ),
        Mistake(
            "takes the mean",
            "The loss of each element was asked for, an array of the shape of z.",
            answers=(takes_the_mean,),
        ),
        Mistake(
            "rounds the label",
            "Right for 0 and 1. A label of 0.9 is neither: it pays a share of both costs.",
            answers=(rounds_the_label,),
        ),
        Mistake(
            "takes labels of minus one and one",
            "This form is for labels -1 and 1. Here the other label is 0, and times 0 the logit is "
            "gone.",
            answers=(labels_of_minus_one,),
        ),
    ),
    also_right=(by_logaddexp, by_two_costs, by_torch),
    by_hand=(
        Asked("z = (0, −0.5, 3), y = (0.3, 0.9, 0.5)",
              (np.array([0.0, -0.5, 3.0]), np.array([0.3, 0.9, 0.5])),
              ("first", "second", "third")),
        Asked("z = (40, −40, 60), y = (0, 1, 0)",
              (np.array([40.0, -40.0, 60.0]), np.array([0.0, 1.0, 0.0])),
              ("first", "second", "third")),
    ),
)


def _moderate_is_right(seen) -> bool:
    """An array of the right shape everywhere, and right where all logits are below 10."""
    for item in seen:
        got, expected = item.result, item.case.expected
        if not isinstance(got, np.ndarray) or got.shape != expected.shape or got.dtype.kind != "f":
            return False
        small = np.abs(item.case.arguments[0]) < 10
        if not np.allclose(got[small], expected[small], rtol=1e-4, atol=1e-4):
            return False
    return True


def _far_out(seen):
    """(loss, expected) of every element whose logit is 800 or -800."""
    pairs = []
    for item in seen:
        far = np.abs(item.case.arguments[0]) == 800
        pairs += list(zip(item.result[far], item.case.expected[far], strict=True))
    return pairs


def _sides(seen):
    """For the logits -800 and 800: whether a loss that should be finite is not."""
    sides = {-800.0: False, 800.0: False}
    for item in seen:
        for logit, got in zip(item.case.arguments[0], item.result, strict=True):
            if logit in sides and not np.isfinite(got):
                sides[float(logit)] = True
    return sides


def _breaks_far_out(seen) -> bool:
    return _moderate_is_right(seen) and all(_sides(seen).values())


def _overflows_on_one_side(seen) -> bool:
    return _moderate_is_right(seen) and sorted(_sides(seen).values()) == [False, True]


def _levels_off(seen) -> bool:
    if not _moderate_is_right(seen) or any(_sides(seen).values()):
        return False
    wrong = [got for got, expected in _far_out(seen) if expected > 1]
    return np.ptp(wrong) < 1 and max(wrong) < 750
