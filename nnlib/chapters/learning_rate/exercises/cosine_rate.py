"""Build: the cosine schedule."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def cosine_rate(t, total, base):
    """Rate at time t: from base at 0 to 0 at total, along half a cosine wave."""
    return 0.5 * base * (1 + np.cos(np.pi * t / total))


# --- answers with one misconception each ---


def twice_as_high(t, total, base):
    return base * (1 + np.cos(np.pi * t / total))


def full_wave(t, total, base):
    return 0.5 * base * (1 + np.cos(2 * np.pi * t / total))


def degrees(t, total, base):
    return 0.5 * base * (1 + np.cos(180 * t / total))


def below_zero(t, total, base):
    return base * np.cos(np.pi * t / total)


def quarter_wave(t, total, base):
    return base * np.cos(0.5 * np.pi * t / total)


def straight_line(t, total, base):
    return base * (1 - t / total)


# --- unusual and right ---


def by_half_angle(t, total, base):
    return base * np.cos(np.pi * t / (2 * total)) ** 2


def by_complex_numbers(t, total, base):
    return base * abs(1 + np.exp(1j * np.pi * t / total)) ** 2 / 4


def with_tensors(t, total, base):
    import torch

    return base * (1 + torch.cos(torch.tensor(torch.pi * t / total))) / 2


def cases():
    settings = [(t, 30, 0.1) for t in (0, 10, 15, 18, 20, 30)] + [(2.5, 8, 3.0), (99, 100, 0.5)]
    return [Case(setting, by_the_sine(*setting)) for setting in settings]


def by_the_sine(t, total, base):
    """By the half-angle identity, with the sine and not the cosine."""
    return base * (1 - np.sin(np.pi * t / (2 * total)) ** 2)


EXERCISE = Exercise(
    identifier="learning_rate.cosine_rate",
    title="a cosine schedule",
    level="build",
    prompt=(
        "Write `cosine_rate(t, total, base)`: the rate at time `t` epochs, where `t` runs from 0 "
        "to `total` and may be fractional. It falls from `base` to 0 along the first half of a "
        "cosine wave, moved up so that it never goes below 0: slowly at first, fastest in the "
        "middle, slowly at the end. Example: with `total=30` and `base=0.1` the rate is 0.1 at "
        "`t=0`, 0.075 at 10, 0.05 at 15 and 0 at 30."
    ),
    stub='''\
def cosine_rate(t, total, base):
    """Rate at time t: from base at 0 to 0 at total, along half a cosine wave."""
    return ...
''',
    solution=cosine_rate,
    cases=cases,
    hints=(
        "Half a wave: np.cos goes from 1 to -1 while its angle goes from 0 to pi.",
        "Add 1 to get from 2 to 0, and halve that to get from 1 to 0.",
        "0.5 * base * (1 + np.cos(angle)), where the angle is np.pi times the share of time gone.",
    ),
    passed=(
        "torch.optim.lr_scheduler.CosineAnnealingLR and nnlib.schedules.CosineLR give "
        "these numbers."
    ),
    mistakes=(
        Mistake(
            "twice as high",
            "The start is at 2 * base: 1 + cos goes from 2 down to 0. Halve it.",
            answers=(twice_as_high,),
        ),
        Mistake(
            "a full wave",
            "The rate is 0 half way and comes back up. Half a wave is an angle from 0 to pi.",
            answers=(full_wave,),
        ),
        Mistake(
            "degrees for radians",
            "np.cos takes radians: half a turn is np.pi, not 180.",
            answers=(degrees,),
        ),
        Mistake(
            "falls below zero",
            "A plain cosine ends at -base, and a negative rate goes uphill. Move it up by 1 and "
            "halve it.",
            answers=(below_zero,),
        ),
        Mistake(
            "a quarter of a wave",
            "This ends at 0, but as its steepest point: it is a quarter of a wave. The angle goes "
            "from 0 to pi, and the wave is moved up and halved.",
            answers=(quarter_wave,),
        ),
        Mistake(
            "a straight line",
            "The ends are right, but the rate falls evenly. A cosine is slow at both ends and fast "
            "in the middle.",
            answers=(straight_line,),
        ),
    ),
    also_right=(by_half_angle, by_complex_numbers, with_tensors),
)
