"""Repair: steps of Adam that should all be alike."""

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def adam_moves(grads, lr, beta1, beta2):
    """What Adam subtracts from one weight in each step, without ε."""
    m = s = 0.0
    t = 0
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1**t) / (s / (1 - beta2**t)) ** 0.5)
    return moves


def broken(grads, lr, beta1, beta2):
    """What Adam subtracts from one weight in each step, without ε."""
    m = s = 0.0
    t = 1
    moves = []
    for g in grads:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1**t) / (s / (1 - beta2**t)) ** 0.5)
    return moves


# --- wrong repairs ---


def no_corrections(grads, lr, beta1, beta2):
    m = s = 0.0
    moves = []
    for g in grads:
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / s**0.5)
    return moves


def starts_again(grads, lr, beta1, beta2):
    moves = []
    for g in grads:
        m, s = (1 - beta1) * g, (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1) / (s / (1 - beta2)) ** 0.5)
    return moves


def counts_before_the_first(grads, lr, beta1, beta2):
    m = s = 0.0
    t = 1
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1**t) / (s / (1 - beta2**t)) ** 0.5)
    return moves


def the_same_length(grads, lr, beta1, beta2):
    return [lr * ((g > 0) - (g < 0)) for g in grads[:1]] * len(grads)


def counts_for_the_mean(grads, lr, beta1, beta2):
    m = s = 0.0
    t = 0
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1**t) / (s / (1 - beta2)) ** 0.5)
    return moves


def counts_for_the_squares(grads, lr, beta1, beta2):
    m = s = 0.0
    t = 0
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1) / (s / (1 - beta2**t)) ** 0.5)
    return moves


def corrects_the_mean_alone(grads, lr, beta1, beta2):
    m = s = 0.0
    t = 0
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (1 - beta1**t) / s**0.5)
    return moves


def corrects_the_squares_alone(grads, lr, beta1, beta2):
    m = s = 0.0
    t = 0
    moves = []
    for g in grads:
        t = t + 1
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        moves.append(lr * m / (s / (1 - beta2**t)) ** 0.5)
    return moves


def counts_from_zero(grads, lr, beta1, beta2):
    m = s = 0.0
    moves = []
    for t, g in enumerate(grads):
        m = beta1 * m + (1 - beta1) * g
        s = beta2 * s + (1 - beta2) * g**2
        first, second = (1 - beta1**t, 1 - beta2**t) if t else (1.0, 1.0)
        moves.append(lr * m / first / (s / second) ** 0.5)
    return moves


def counts_late(seen):
    """Whether t is one too small from the second step on; without a guard the first one fails."""
    if all(isinstance(item.error, ZeroDivisionError) for item in seen):
        return True
    return all(
        comparing.same(item.result[1:], comparing.plain(counts_from_zero(*arguments))[1:])
        for item in seen for arguments in [item.case.make_arguments()]
    )


# --- unusual and right ---


def with_enumerate(grads, lr, beta1, beta2):
    m, s, moves = 0.0, 0.0, []
    for t, g in enumerate(grads, 1):
        m, s = m + (1 - beta1) * (g - m), s + (1 - beta2) * (g * g - s)
        moves.append(lr * (m / (1 - beta1**t)) * ((1 - beta2**t) / s) ** 0.5)
    return moves


BY_HAND = ([1.5, 3.25, -0.25], 0.5, 0.5, 0.75)


def cases():
    settings = [([2.0, 2.0, 2.0, 2.0, 2.0], 0.1, 0.9, 0.99), ([1.0, -3.0, 2.0, 0.5], 1.0, 0.5, 0.9),
                ([-0.01, 0.02], 0.001, 0.9, 0.999), ([4.0, 0.1, -0.2, 1.0], 0.5, 0.8, 0.6),
                BY_HAND]
    return [Case(setting, by_averages(*setting)) for setting in settings]


def by_averages(grads, lr, beta1, beta2):
    """From weighted averages of all gradients so far."""
    import numpy as np

    moves = []
    for end in range(1, len(grads) + 1):
        seen, ages = np.array(grads[:end]), np.arange(end)[::-1]
        mean = np.average(seen, weights=beta1**ages)
        moves.append(float(lr * mean / np.sqrt(np.average(seen**2, weights=beta2**ages))))
    return moves


EXERCISE = Exercise(
    identifier="optimizers.adam_moves",
    title="steps that should be alike",
    level="repair",
    prompt=(
        "Under a gradient that is 2 at every step Adam's moves should all be the rate. In this "
        "function the first one is; the next are longer, although β₁ and β₂ are sound and both "
        "means are computed as they should be. Find the cause in `adam_moves`, and mend it."
    ),
    solution=adam_moves,
    broken=broken,
    cases=cases,
    hints=(
        "Only the first step is right. What is different about the second?",
        "Print the divisors of both means in each step. What should they do?",
        "t is meant to be the number of the step. What is it in the second?",
    ),
    passed="In a library the counter is part of the state, and is saved with it.",
    mistakes=(
        Mistake(
            "drops the corrections",
            "Without corrections even the first step has the wrong length.",
            answers=(no_corrections,),
        ),
        Mistake(
            "starts again in each step",
            "Now every step is a first step: the means remember nothing.",
            answers=(starts_again,),
        ),
        Mistake(
            "counts before the first",
            "The number of the step is 2 in the first step already.",
            answers=(counts_before_the_first,),
        ),
        Mistake(
            "makes them alike by force",
            "Right for a steady gradient, and only there: the moves have to follow the means.",
            answers=(the_same_length,),
        ),
        Mistake(
            "counts for the mean alone",
            "One of the two corrections still belongs to the first step: that of the squares.",
            answers=(counts_for_the_mean,),
        ),
        Mistake(
            "counts for the squares alone",
            "One of the two corrections still belongs to the first step: that of the mean.",
            answers=(counts_for_the_squares,),
        ),
        Mistake(
            "corrects the mean alone",
            "Only m is corrected here. s starts at 0 just as well.",
            answers=(corrects_the_mean_alone,),
        ),
        Mistake(
            "corrects the squares alone",
            "Only s is corrected here. m starts at 0 just as well.",
            answers=(corrects_the_squares_alone,),
        ),
        Mistake(
            "counts from zero",
            "The first step has the number 0 here, and β to the power 0 is 1: nothing is left to "
            "divide by, and all later numbers are one too small. From where does the text count?",
            answers=(counts_from_zero,),
            recognise=counts_late,
        ),
    ),
    also_right=(with_enumerate,),
    by_hand=(
        Asked("mended: g = 1.5, 3.25, −0.25; rate 0.5, β 0.5 and 0.75", BY_HAND,
              parts=("first move", "second", "third")),
    ),
)
