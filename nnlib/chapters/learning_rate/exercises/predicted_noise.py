"""Compute: how noisy is the mean gradient of a batch?"""

import math

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def predicted_noise(spread, batch_size):
    """Deviation of the mean of batch_size gradients that scatter by spread."""
    return spread / batch_size**0.5


# --- answers with one misconception each ---


def falls_as_one_over_b(spread, batch_size):
    return spread / batch_size


def does_not_fall(spread, batch_size):
    return spread


def grows(spread, batch_size):
    return spread * batch_size**0.5


def variance(spread, batch_size):
    return spread**2 / batch_size


def root_of_everything(spread, batch_size):
    return (spread / batch_size) ** 0.5


def rounded(spread, batch_size):
    return round(spread / batch_size**0.5, 4)


def rounded_to_two(spread, batch_size):
    return np.round(spread / np.sqrt(batch_size), 2)


def rounded_as_text(spread, batch_size):
    return float(f"{spread / batch_size**0.5:.3g}")


def half_the_batch(spread, batch_size):
    return spread / (batch_size ** 1 / 2)


# --- unusual and right ---


def by_variances(spread, batch_size):
    variance_of_sum = sum(spread**2 for _ in range(batch_size))
    return np.sqrt(variance_of_sum) / batch_size


def by_logarithms(spread, batch_size):
    return np.float32(np.exp(np.log(spread) - 0.5 * np.log(batch_size)))


def with_tensors(spread, batch_size):
    import torch

    return torch.tensor(spread) * torch.tensor(float(batch_size)).rsqrt()


def cases():
    settings = [(1.0, 32), (1.0, 128), (1.0, 256), (3.0, 16), (0.25, 64), (2.0, 1)]
    return [Case(setting, _spread_of_coin_means(*setting)) for setting in settings]


def _spread_of_coin_means(spread, batch_size):
    """By counting: gradients of +spread or -spread at the toss of a coin, every outcome weighed."""
    total = 0.0
    for heads in range(batch_size + 1):
        mean = spread * (2 * heads - batch_size) / batch_size
        total += math.comb(batch_size, heads) / 2**batch_size * mean**2
    return math.sqrt(total)


def is_rounded(seen) -> bool:
    """Whether all results are the right ones, rounded to some number of decimals or digits."""
    results, right = [item.result for item in seen], [item.case.expected for item in seen]
    roundings = [[round(value, places) for value in right] for places in range(6)]
    roundings += [[float(f"{value:.{digits}g}") for value in right] for digits in range(1, 6)]
    return any(all(map(comparing.same, results, rounding)) for rounding in roundings)


EXERCISE = Exercise(
    identifier="learning_rate.predicted_noise",
    title="the noise of a batch",
    level="compute",
    prompt=(
        "The gradients of single examples scatter around their mean with standard deviation "
        "`spread`. Write `predicted_noise(spread, batch_size)`: the standard deviation of the mean "
        "of `batch_size` of them, drawn independently. Example: `predicted_noise(1.0, 32)` is "
        "0.1768 (to four digits; do not round yours)."
    ),
    stub='''\
def predicted_noise(spread, batch_size):
    """Deviation of the mean of batch_size gradients that scatter by spread."""
    return ...
''',
    solution=predicted_noise,
    cases=cases,
    hints=(
        "Four times the batch does not quarter the noise. What does it do?",
        "Variances of independent numbers add up: the sum of B gradients has variance B times "
        "spread squared. The mean is that sum divided by B, and the standard deviation is a root.",
        "So the mean has variance spread squared over B. What is the root of that?",
    ),
    passed="Eight times the batch (32 to 256) brings 2.8 times less noise: 0.1768 to 0.0625.",
    mistakes=(
        Mistake(
            "noise falls as 1/B",
            "Doubling the batch does not halve the noise: errors of different sign cancel only in "
            "part. It is the variance that falls as 1/B.",
            answers=(falls_as_one_over_b,),
        ),
        Mistake(
            "averaging changes nothing",
            "This is the noise of a single example, whatever the batch. The mean of many scatters "
            "less.",
            answers=(does_not_fall,),
        ),
        Mistake(
            "the noise of the sum",
            "This is the standard deviation of the sum, which grows with the batch. The mean is "
            "the sum divided by batch_size.",
            answers=(grows,),
        ),
        Mistake(
            "the variance",
            "This is the variance of the mean. The standard deviation is its square root.",
            answers=(variance,),
        ),
        Mistake(
            "the root of spread too",
            "A root of spread was taken as well, and spread is a standard deviation already.",
            answers=(root_of_everything,),
        ),
        Mistake(
            "rounds",
            "The right number, but rounded. Do not round: return what the formula gives.",
            answers=(rounded, rounded_to_two, rounded_as_text),
            recognise=is_rounded,
        ),
        Mistake(
            "halves the batch for its root",
            "batch_size ** 1 / 2 is half of batch_size, since ** comes before /.",
            answers=(half_the_batch,),
        ),
    ),
    also_right=(by_variances, by_logarithms, with_tensors),
    by_hand=(
        Asked("standard deviation 1, batches of 256", (1.0, 256)),
        Asked("standard deviation 3, batches of 16", (3.0, 16)),
        Asked("standard deviation 0.25, batches of 64", (0.25, 64)),
    ),
)
