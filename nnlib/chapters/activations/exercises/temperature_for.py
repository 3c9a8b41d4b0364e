"""Compute: the temperature at which one class is so many times as likely as another."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake
from nnlib.exercises.recognising import only_numbers


def temperature_for(z_high, z_low, ratio):
    """Temperature at which class high is `ratio` times as likely as class low."""
    return (z_high - z_low) / np.log(ratio)


# --- answers with one misconception each ---


def upside_down(z_high, z_low, ratio):
    return np.log(ratio) / (z_high - z_low)


def multiplies(z_high, z_low, ratio):
    return (z_high - z_low) * np.log(ratio)


def without_the_logarithm(z_high, z_low, ratio):
    return (z_high - z_low) / ratio


def decimal_logarithm(z_high, z_low, ratio):
    return (z_high - z_low) / np.log10(ratio)


def binary_logarithm(z_high, z_low, ratio):
    import math

    return (z_high - z_low) / math.log(ratio, 2)


def ratio_of_logits(z_high, z_low, ratio):
    return z_high / z_low / np.log(ratio)


def ratio_of_logits_over_ratio(z_high, z_low, ratio):
    return (z_high / z_low) / ratio


def reads_a_probability(z_high, z_low, ratio):
    p = ratio / 100
    return (z_high - z_low) / np.log(p / (1 - p))


# --- unusual and right ---


def by_bisection(z_high, z_low, ratio):
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = (low * high) ** 0.5
        if (z_high - z_low) / middle > np.log(ratio):
            low = middle
        else:
            high = middle
    return middle


def from_decimals(z_high, z_low, ratio):
    return float((z_high - z_low) * np.log10(np.e) / np.log10(ratio))


def cases():
    settings = [(2.0, 1.0, 9.0), (2.0, 1.0, np.e), (3.0, -1.0, 2.0), (1.5, 1.0, 50.0),
                (7.0, 0.5, 2.5)]
    return [Case(setting, oracle(*setting)) for setting in settings]


def oracle(z_high, z_low, ratio):
    """Where the ratio of the two probabilities crosses the wanted one, by a fine search."""
    grid = np.geomspace(1e-3, 1e3, 2_000_001)
    i = np.searchsorted(-(z_high - z_low) / grid, -np.log(ratio))
    return float(np.sqrt(grid[i - 1] * grid[i]))


EXERCISE = Exercise(
    identifier="activations.temperature_for",
    title="the temperature for a wish",
    level="compute",
    prompt=(
        "Softmax at temperature T divides every logit by T first. Write "
        "`temperature_for(z_high, z_low, ratio)`: the T at which the class with logit `z_high` is "
        "`ratio` times as likely as the class with logit `z_low` (z_high > z_low, ratio > 1). "
        "Example: logits 2 and 1 differ by 1, so at T = 1 the ratio is e = 2.718; to get 9 the "
        "temperature is 0.455."
    ),
    stub='''\
def temperature_for(z_high, z_low, ratio):
    """Temperature at which class high is `ratio` times as likely as class low."""
    return ...
''',
    solution=temperature_for,
    cases=cases,
    hints=(
        "Begin with the odds of the two classes at temperature T.",
        "The ratio is e^((z_high - z_low) / T), and T stands in the exponent. What brings it down?",
        "Take the logarithm of both sides, then solve for T.",
    ),
    passed="Only the difference of two logits decides their odds, whatever the other classes are.",
    mistakes=(
        Mistake(
            "gives one over the temperature",
            "Upside down: this is 1/T. A larger ratio needs a smaller temperature.",
            answers=(upside_down,),
        ),
        Mistake(
            "multiplies by the temperature",
            "Then a larger ratio would need a larger temperature. Are the logits multiplied by T?",
            answers=(multiplies,),
        ),
        Mistake(
            "leaves out the logarithm",
            "The ratio is the exponential of a difference over T: what undoes an exponential?",
            answers=(without_the_logarithm,),
        ),
        Mistake(
            "takes another logarithm",
            "Softmax uses e: to which base does the logarithm belong?",
            answers=(decimal_logarithm, binary_logarithm),
            recognise=lambda seen: _constant_share(seen),
        ),
        Mistake(
            "divides the logits",
            "The odds depend on the difference of the logits, not on their ratio: add 100 to both "
            "and nothing may change.",
            answers=(ratio_of_logits, ratio_of_logits_over_ratio),
            recognise=lambda seen: _uses_the_quotient(seen),
        ),
        Mistake(
            "reads the ratio as a percentage",
            "The ratio is already the odds, p_high / p_low. No further conversion is needed.",
            answers=(reads_a_probability,),
        ),
    ),
    also_right=(by_bisection, from_decimals),
    by_hand=(
        Asked("logits 3 and −1, the 3 twice as likely", (3.0, -1.0, 2.0)),
        Asked("logits 1.5 and 1, the 1.5 fifty times as likely", (1.5, 1.0, 50.0)),
    ),
)


def _constant_share(seen) -> bool:
    """Off by ln 10 or by ln 2 on every case: another base of the logarithm."""
    if not only_numbers(seen):
        return False
    shares = [item.result / item.case.expected for item in seen]
    return any(np.allclose(shares, np.log(base), rtol=1e-4) for base in (10, 2))


def _uses_the_quotient(seen) -> bool:
    if not only_numbers(seen):
        return False
    results = [item.result for item in seen]
    for form in (ratio_of_logits, ratio_of_logits_over_ratio):
        if np.allclose(results, [form(*item.case.arguments) for item in seen]):
            return True
    return False
