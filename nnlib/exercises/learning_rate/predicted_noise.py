"""Compute: how noisy is the mean gradient of a batch?"""

import math

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def predicted_noise(sigma, batch_size):
    """Standard deviation of the mean of batch_size gradients, each with deviation sigma."""
    return sigma / batch_size**0.5


# --- answers with one misconception each ---


def falls_as_one_over_b(sigma, batch_size):
    return sigma / batch_size


def does_not_fall(sigma, batch_size):
    return sigma


def grows(sigma, batch_size):
    return sigma * batch_size**0.5


def variance(sigma, batch_size):
    return sigma**2 / batch_size


def root_of_everything(sigma, batch_size):
    return (sigma / batch_size) ** 0.5


# --- unusual and right ---


def by_variances(sigma, batch_size):
    variance_of_sum = sum(sigma**2 for _ in range(batch_size))
    return np.sqrt(variance_of_sum) / batch_size


def by_logarithms(sigma, batch_size):
    return np.float32(np.exp(np.log(sigma) - 0.5 * np.log(batch_size)))


def with_tensors(sigma, batch_size):
    import torch

    return torch.tensor(sigma) * torch.tensor(float(batch_size)).rsqrt()


def cases():
    settings = [(1.0, 32), (1.0, 128), (1.0, 256), (3.0, 16), (0.25, 64), (2.0, 1)]
    return [Case(setting, _spread_of_coin_means(*setting)) for setting in settings]


def _spread_of_coin_means(sigma, batch_size):
    """By counting: gradients of +sigma or -sigma at the toss of a coin, every outcome weighed."""
    total = 0.0
    for heads in range(batch_size + 1):
        mean = sigma * (2 * heads - batch_size) / batch_size
        total += math.comb(batch_size, heads) / 2**batch_size * mean**2
    return math.sqrt(total)


EXERCISE = Exercise(
    identifier="learning_rate.predicted_noise",
    title="the noise of a batch",
    level="compute",
    prompt=(
        "The gradients of single examples scatter around their mean with standard deviation "
        "`sigma`. Write `predicted_noise(sigma, batch_size)`: the standard deviation of the mean "
        "of `batch_size` of them, drawn independently. Example: `predicted_noise(1.0, 32)` is "
        "0.1768."
    ),
    stub='''\
def predicted_noise(sigma, batch_size):
    """Standard deviation of the mean of batch_size gradients, each with deviation sigma."""
    return ...
''',
    solution=predicted_noise,
    cases=cases,
    hints=(
        "Four times the batch does not quarter the noise. What does it do?",
        "Variances of independent numbers add up: the sum of B gradients has variance B times "
        "sigma squared. The mean is that sum divided by B, and the standard deviation is a root.",
        "Divide sigma by the square root of the batch size.",
    ),
    passed="Eight times the batch (32 to 256) brings 2.8 times less noise: 0.1768 to 0.0625.",
    mistakes=(
        Mistake(
            "noise falls as 1/B",
            "Doubling the batch does not halve the noise: errors of different sign cancel only in "
            "part. The variance falls as 1/B; the standard deviation is its square root.",
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
            "the root of sigma too",
            "The root is over batch_size only: sigma is a standard deviation already.",
            answers=(root_of_everything,),
        ),
    ),
    also_right=(by_variances, by_logarithms, with_tensors),
)
