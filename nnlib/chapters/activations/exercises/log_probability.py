"""Repair: a loss that is infinite because the probability rounded to zero."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake
from nnlib.exercises.recognising import only_numbers


def log_probability(z, label):
    """Logarithm of the softmax probability of class `label`, logits z."""
    shifted = z - z.max()
    return shifted[label] - np.log(np.exp(shifted).sum())


def broken(z, label):
    """Logarithm of the softmax probability of class `label`, logits z."""
    exponentials = np.exp(z - z.max())
    probabilities = exponentials / exponentials.sum()
    return np.log(probabilities[label])


# --- answers with one misconception each ---


def adds_a_little(z, label):
    exponentials = np.exp(z - z.max())
    probabilities = exponentials / exponentials.sum()
    return np.log(probabilities[label] + 1e-12)


def adds_less(z, label):
    exponentials = np.exp(z - z.max())
    probabilities = exponentials / exponentials.sum()
    return np.log(np.maximum(probabilities[label], 1e-300))


def turns_it_into_zero(z, label):
    exponentials = np.exp(z - z.max())
    probabilities = exponentials / exponentials.sum()
    value = np.log(probabilities[label])
    return value if np.isfinite(value) else 0.0


def without_the_shift(z, label):
    return z[label] - np.log(np.exp(z).sum())


def without_the_shift_by_probabilities(z, label):
    return np.log(np.exp(z[label]) / np.exp(z).sum())


def forgets_the_sum(z, label):
    return z[label] - z.max()


def subtracts_the_maximum_twice(z, label):
    shifted = z - z.max()
    return shifted[label] - (z.max() + np.log(np.exp(shifted).sum()))


def sign_of_the_loss(z, label):
    shifted = z - z.max()
    return np.log(np.exp(shifted).sum()) - shifted[label]


def shifts_by_the_mean(z, label):
    shifted = z - z.mean()
    return shifted[label] - np.log(np.exp(shifted).sum())


def shifts_by_the_mean_in_one_line(z, label):
    middle = np.average(z)
    return z[label] - middle - np.log(sum(np.exp(one - middle) for one in z))


def all_classes(z, label):
    shifted = z - z.max()
    return shifted - np.log(np.exp(shifted).sum()) + 0 * label


# --- unusual and right ---


def by_logaddexp(z, label):
    return z[label] - np.logaddexp.reduce(z)


def by_torch(z, label):
    import torch

    return torch.log_softmax(torch.as_tensor(z), dim=-1)[label].item()


def by_differences(z, label):
    gaps = z - z[label]
    top = gaps.max()
    return -(top + np.log(np.sum(np.exp(gaps - top))))


def cases():
    settings = [([2.0, 1.0, 0.1], 0), ([2.0, 1.0, 0.1], 2), ([3.0, 3.0, 1.0], 0),
                ([0.0, 800.0, 3.0], 0), ([1000.0, 1000.0, 999.0], 2),
                ([-2000.0, 0.0, -1000.0], 0), ([5.0, -30.0], 1),
                ([1.0, -20000.0, 0.5], 1)]    # below the reach of the widest floats, too
    return [Case((np.array(z), label), oracle(z, label)) for z, label in settings]


def oracle(z, label):
    """By decimal arithmetic with 60 digits, where nothing underflows."""
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 60
        exponentials = [Decimal(value).exp() for value in z]
        return float((exponentials[label] / sum(exponentials)).ln())


EXERCISE = Exercise(
    identifier="activations.log_probability",
    title="a loss of infinity",
    level="repair",
    prompt=(
        "Training ran well for an hour, then one mislabelled image came by and the loss was "
        "infinite. The logits were finite, as the cell above shows, and the softmax subtracts "
        "its maximum as it should. Repair `log_probability(z, label)`: the logarithm of the "
        "probability of class `label`. It must be finite and accurate to 1e-9 for logits of "
        "tens of thousands, too. Example: "
        "`z = np.array([0.0, 800.0, 3.0])` with label 0 gives -800."
    ),
    solution=log_probability,
    broken=broken,
    cases=cases,
    hints=(
        "Print the probabilities. Which of them is wrong, and is it wrong by much?",
        "e^-800 is too small for a float64 and rounds to 0; log(0) is minus infinity. Can you take "
        "the logarithm on paper before the exponential is computed?",
        "Take the logarithm of the quotient, top and bottom apart; then shift both alike. No "
        "probability is formed on the way.",
    ),
    passed=(
        "The softmax was right to the last digit; its logarithm was lost. That is why losses take "
        "logits."
    ),
    mistakes=(
        Mistake(
            "adds a little to the probability",
            "Finite, but wrong: the answer no longer depends on how wrong the logits are, so its "
            "gradient is 0 where it is needed most.",
            answers=(adds_a_little, adds_less),
            recognise=lambda seen: _levels_off(seen),
        ),
        Mistake(
            "turns infinity into zero",
            "Zero is the logarithm of certainty: the worst answer would count as a perfect one.",
            answers=(turns_it_into_zero,),
        ),
        Mistake(
            "leaves out the shift",
            "The formula is right on paper, but e^1000 overflows. Which shift changes nothing?",
            answers=(without_the_shift, without_the_shift_by_probabilities),
            recognise=lambda seen: _overflows(seen),
        ),
        Mistake(
            "shifts by the mean",
            "On paper any shift will do. But with logits -2000, 0 and -1000 the mean is -1000, and "
            "e^1000 overflows. Which shift makes every exponential at most 1?",
            answers=(shifts_by_the_mean, shifts_by_the_mean_in_one_line),
        ),
        Mistake(
            "forgets the sum",
            "This way the most likely class always gets 0, a probability of 1. What divides it?",
            answers=(forgets_the_sum,),
        ),
        Mistake(
            "subtracts the maximum twice",
            "The maximum is subtracted in the logit and once more with the sum. It must cancel.",
            answers=(subtracts_the_maximum_twice,),
        ),
        Mistake(
            "gives the loss, not the logarithm",
            "The sign is turned round. A probability is at most 1, so its logarithm is at most 0.",
            answers=(sign_of_the_loss,),
        ),
        Mistake(
            "gives all classes",
            "These are the logarithms of all classes. Which of them is that of `label`?",
            answers=(all_classes,),
        ),
    ),
    also_right=(by_logaddexp, by_torch, by_differences),
    by_hand=(
        Asked("mended, z = (3, 3, 1), label 0", (np.array([3.0, 3.0, 1.0]), 0)),
        Asked("mended, z = (1000, 1000, 999), label 2", (np.array([1000.0, 1000.0, 999.0]), 2)),
        Asked("mended, z = (5, −30), label 1", (np.array([5.0, -30.0]), 1)),
    ),
)


def _overflows(seen) -> bool:
    """Not finite where the largest logit is 1000, and right where all are small."""
    if not only_numbers(seen):
        return False
    for item in seen:
        z, _ = item.case.arguments
        if z.max() >= 1000 and np.isfinite(item.result):
            return False
        if np.abs(z).max() < 100 and not abs(item.result - item.case.expected) <= 1e-4:
            return False
    return True


def _levels_off(seen) -> bool:
    """Right for moderate logits, and one and the same finite floor for -800 and -2000."""
    if not only_numbers(seen):
        return False
    floors = []
    for item in seen:
        if item.case.expected < -700:
            floors.append(item.result)
        elif item.case.expected > -20 and abs(item.result - item.case.expected) > 1e-4:
            return False
    return np.isfinite(floors).all() and np.ptp(floors) < 1e-6 and max(floors) < -1
