"""Compute: Huber's loss of one error."""

import math

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def huber(e, delta):
    """Huber's loss of one error e."""
    if abs(e) <= delta:
        return e * e / 2
    return delta * (abs(e) - delta / 2)


# --- answers with one misconception each ---


def without_the_half(e, delta):
    return e * e if abs(e) <= delta else delta * (abs(e) - delta / 2)


def without_the_half_by_power(e, delta):
    distance = abs(e)
    return distance**2 if distance <= delta else delta * distance - delta**2 / 2


def without_the_offset(e, delta):
    return e * e / 2 if abs(e) <= delta else delta * abs(e)


def squares_everywhere(e, delta):
    return e * e / 2


def absolute_beyond(e, delta):
    return e * e / 2 if abs(e) <= delta else abs(e)


def branches_swapped(e, delta):
    return e * e / 2 if abs(e) > delta else delta * (abs(e) - delta / 2)


def forgets_negative_errors(e, delta):
    return e * e / 2 if e <= delta else delta * (e - delta / 2)


def smooth_l1(e, delta):
    return e * e / 2 / delta if abs(e) <= delta else abs(e) - delta / 2


def cuts_off(e, delta):
    return min(e * e / 2, delta * delta / 2)


def takes_off_the_whole_square(e, delta):
    return e * e / 2 if abs(e) <= delta else delta * (abs(e) - delta)


def gives_the_slope(e, delta):
    return max(-delta, min(delta, e))


def line_for_one(e, delta):
    return e * e / 2 if abs(e) <= delta else abs(e) - 0.5


# --- unusual and right ---


def by_the_near_part(e, delta):
    near = min(abs(e), delta)
    return near * (abs(e) - near / 2)


def by_the_slope(e, delta):
    steps = 20_000
    width = abs(e) / steps
    return sum(min((i + 0.5) * width, delta) * width for i in range(steps))


def cases():
    settings = [(0.5, 1.0), (1.0, 1.0), (2.0, 1.0), (10.0, 1.0), (-3.0, 1.0), (-0.25, 1.0),
                (3.0, 2.0), (-1.0, 2.0), (4.0, 0.5), (0.0, 1.0)]
    return [Case(setting, oracle(*setting)) for setting in settings]


def oracle(e, delta):
    """Least over u of (e - u)²/2 + δ|u|: take a part u of the error out at the price δ|u|."""
    best = math.inf
    for u in (0.0, e - math.copysign(delta, e)):
        if u == 0 or u * e > 0:
            best = min(best, (e - u) ** 2 / 2 + delta * abs(u))
    return best


EXERCISE = Exercise(
    identifier="losses.huber",
    title="Huber's two pieces",
    level="compute",
    prompt=(
        "Write `huber(e, delta)` for one error `e` (a number of either sign): half its square "
        "where its distance from 0 is at most `delta`, and beyond that the straight line that "
        "continues the parabola with the same height and slope. Example: with `delta = 1`, the "
        "errors 0.5, 1, 2 and 10 give 0.125, 0.5, 1.5 and 9.5."
    ),
    stub='''\
def huber(e, delta):
    """Huber's loss of one error e."""
    return ...
''',
    solution=huber,
    cases=cases,
    hints=(
        "Only the distance abs(e) matters. Which piece is in use for abs(e) <= delta?",
        "At e = delta the parabola has the height delta²/2 and the slope delta.",
        "A line of slope delta through that point: how high is it at a distance abs(e)?",
    ),
    passed="The ½ is what makes the two pieces meet, in height and in slope.",
    mistakes=(
        Mistake(
            "leaves out the half",
            "Without the ½ the pieces do not meet: at e = δ = 1 the parabola would be at 1 and the "
            "line at 0.5.",
            answers=(without_the_half, without_the_half_by_power),
        ),
        Mistake(
            "leaves out the offset",
            "δ|e| has the right slope and starts too high: at e = δ it is δ², the parabola only "
            "half of that.",
            answers=(without_the_offset,),
        ),
        Mistake(
            "takes off too much",
            "At e = δ this line is at 0, and the parabola is not: a gap. The slope is right.",
            answers=(takes_off_the_whole_square,),
        ),
        Mistake(
            "writes the line for δ = 1",
            "|e| − ½ continues the parabola for δ = 1 only. What are its height and slope where "
            "it ends for δ = 2?",
            answers=(line_for_one,),
        ),
        Mistake(
            "gives the slope",
            "e cut to ±δ is the slope of this loss. The loss itself is never negative.",
            answers=(gives_the_slope,),
        ),
        Mistake(
            "squares everywhere",
            "Far errors are still squared here. Beyond δ the loss grows along a straight line.",
            answers=(squares_everywhere,),
        ),
        Mistake(
            "continues with the absolute error",
            "The line |e| has the slope 1, whatever δ is, and another height: it does not continue "
            "the parabola.",
            answers=(absolute_beyond,),
        ),
        Mistake(
            "swaps the pieces",
            "Near zero the loss is round, far away it is straight; yours is the other way round.",
            answers=(branches_swapped,),
        ),
        Mistake(
            "forgets negative errors",
            "An error of -3 is as far away as one of 3, and here it costs something else.",
            answers=(forgets_negative_errors,),
        ),
        Mistake(
            "gives smooth L1",
            "This is Huber's loss divided by δ, which libraries call smooth L1. For δ = 1 they are "
            "the same, for other δ they are not.",
            answers=(smooth_l1,),
        ),
        Mistake(
            "stops growing beyond δ",
            "A constant has no slope: far errors would not be corrected at all.",
            answers=(cuts_off,),
        ),
    ),
    also_right=(by_the_near_part, by_the_slope),
    by_hand=(
        Asked("e = −3, δ = 1", (-3.0, 1.0)),
        Asked("e = −1, δ = 2", (-1.0, 2.0)),
        Asked("e = 4, δ = 0.5", (4.0, 0.5)),
    ),
)
