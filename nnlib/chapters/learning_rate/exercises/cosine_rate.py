"""Build: the cosine schedule."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


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


def misses_the_brackets(t, total, base):
    return base * 1 + np.cos(np.pi * t / total) / 2


def a_sine(t, total, base):
    return 0.5 * base * (1 + np.sin(np.pi * t / total))


def rises(t, total, base):
    return 0.5 * base * (1 - np.cos(np.pi * t / total))


def ends_one_epoch_early(t, total, base):
    return 0.5 * base * (1 + np.cos(np.pi * t / (total - 1)))


def whole_epochs_only(t, total, base):
    return 0.5 * base * (1 + np.cos(np.pi * int(t) / total))


def pi_cut_off(t, total, base):
    return 0.5 * base * (1 + np.cos(3.14 * t / total))


def cut_at_zero(t, total, base):
    return base * np.maximum(0.0, np.cos(np.pi * t / total))


def turned_up_at_zero(t, total, base):
    return base * abs(np.cos(np.pi * t / total))


# --- unusual and right ---


def by_half_angle(t, total, base):
    return base * np.cos(np.pi * t / (2 * total)) ** 2


def by_complex_numbers(t, total, base):
    return base * abs(1 + np.exp(1j * np.pi * t / total)) ** 2 / 4


def with_tensors(t, total, base):
    import torch

    return base * (1 + torch.cos(torch.tensor(torch.pi * t / total))) / 2


def cases():
    settings = [(t, 30, 0.1) for t in (0, 10, 15, 18, 20, 30)]
    settings += [(2.5, 8, 3.0), (99, 100, 0.5), (18, 24, 0.2)]
    return [Case(setting, by_the_sine(*setting)) for setting in settings]


def by_the_sine(t, total, base):
    """By the half-angle identity, with the sine and not the cosine."""
    return base * (1 - np.sin(np.pi * t / (2 * total)) ** 2)


def is_zero_half_way(seen) -> bool:
    """Whether it is a plain cosine up to the middle, and not below 0 after it."""
    return all(
        comparing.same(item.result, answer(*item.case.arguments))
        for answer in (below_zero,) for item in seen
        if item.case.arguments[0] <= item.case.arguments[1] / 2
    ) and all(item.result >= 0 for item in seen)


EXERCISE = Exercise(
    identifier="learning_rate.cosine_rate",
    title="a cosine schedule",
    level="build",
    prompt=(
        "Write `cosine_rate(t, total, base)`: the rate at time `t` epochs, where `t` runs from 0 "
        "to `total` and may be fractional. It falls from `base` to 0 along the first half of a "
        "cosine wave, moved up and scaled to stay above 0: slowly at first, fastest in the "
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
        "Multiply that by base. The angle is np.pi times the share of the time that is gone.",
    ),
    passed=(
        "torch.optim.lr_scheduler.CosineAnnealingLR and nnlib.schedules.CosineLR give "
        "these numbers."
    ),
    mistakes=(
        Mistake(
            "twice as high",
            "The start is at 2 * base: 1 + cos goes from 2 down to 0.",
            answers=(twice_as_high,),
        ),
        Mistake(
            "a full wave",
            "The rate is 0 half way and comes back up: the angle makes a whole turn.",
            answers=(full_wave,),
        ),
        Mistake(
            "degrees for radians",
            "np.cos takes radians, in which 180 is more than 28 turns.",
            answers=(degrees,),
        ),
        Mistake(
            "falls below zero",
            "A plain cosine ends at -base, and a negative rate goes uphill. The wave has to move "
            "up, and to fall by less.",
            answers=(below_zero,),
        ),
        Mistake(
            "a quarter of a wave",
            "This ends at 0, but at its steepest point: it is a quarter of a wave, not half of one "
            "moved up.",
            answers=(quarter_wave,),
        ),
        Mistake(
            "a straight line",
            "The ends are right, but the rate falls evenly. A cosine is slow at both ends and fast "
            "in the middle.",
            answers=(straight_line,),
        ),
        Mistake(
            "misses the brackets",
            "Brackets: here base is multiplied by one part of the sum only.",
            answers=(misses_the_brackets,),
        ),
        Mistake(
            "a sine",
            "A sine begins in the middle of its fall. A cosine begins at the top, at 1.",
            answers=(a_sine,),
        ),
        Mistake(
            "rises",
            "This rises from 0 to base: the cosine has the wrong sign.",
            answers=(rises,),
        ),
        Mistake(
            "ends one epoch early",
            "This is at 0 one epoch before the end. t runs from 0 to total.",
            answers=(ends_one_epoch_early,),
        ),
        Mistake(
            "counts whole epochs only",
            "t may be fractional, and int(t) drops the fraction. Use t as it is.",
            answers=(whole_epochs_only,),
        ),
        Mistake(
            "cuts pi off",
            "Nearly: 3.14 is not pi, so the rate does not quite end at 0.",
            answers=(pi_cut_off,),
        ),
        Mistake(
            "cuts or turns the cosine at zero",
            "A plain cosine is at 0 half way already; cutting off or turning up what is below does "
            "not change that. The whole wave has to move up.",
            answers=(cut_at_zero, turned_up_at_zero),
            recognise=is_zero_half_way,
        ),
    ),
    also_right=(by_half_angle, by_complex_numbers, with_tensors),
    by_hand=(
        Asked("base 3, t = 2.5 of 8 epochs", (2.5, 8, 3.0)),
        Asked("base 0.2, t = 18 of 24 epochs", (18, 24, 0.2)),
    ),
)
