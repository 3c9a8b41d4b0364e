"""Compute: what decoupled decay leaves of a weight."""

import math

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def shrunk(w, lr, decay, steps):
    """What AdamW's decay alone leaves of a weight w after so many steps."""
    return w * (1 - lr * decay) ** steps


# --- answers with one misconception each ---


def in_a_straight_line(w, lr, decay, steps):
    return w * (1 - steps * lr * decay)


def without_the_rate(w, lr, decay, steps):
    return w * (1 - decay) ** steps


def one_step(w, lr, decay, steps):
    return w * (1 - lr * decay)


def what_is_lost(w, lr, decay, steps):
    return w - w * (1 - lr * decay) ** steps


def subtracts_the_same(w, lr, decay, steps):
    return w - steps * lr * decay


# --- unusual and right ---


def by_logarithms(w, lr, decay, steps):
    return w * math.exp(steps * math.log1p(-lr * decay))


def cases():
    settings = [(1.0, 0.1, 0.5, 10), (2.0, 0.01, 1.0, 200), (-3.0, 0.5, 0.1, 3),
                (4.0, 0.25, 2.0, 2), (5.0, 0.1, 0.1, 0)]
    return [Case(setting, step_by_step(*setting)) for setting in settings]


def step_by_step(w, lr, decay, steps):
    for _ in range(steps):
        w = w - lr * decay * w
    return w


EXERCISE = Exercise(
    identifier="optimizers.shrunk",
    title="what the decay leaves",
    level="compute",
    prompt=(
        "A weight has no gradient to speak of: its moves but for the decay are too small to "
        "matter. Write `shrunk(w, lr, decay, steps)`: what AdamW's decay leaves of it after "
        "`steps` steps with the weight decay λ = `decay`. Example: `shrunk(4.0, 0.25, 2.0, 2)` "
        "is 1."
    ),
    stub='''\
def shrunk(w, lr, decay, steps):
    """What AdamW's decay alone leaves of a weight w after so many steps."""
    return ...
''',
    solution=shrunk,
    cases=cases,
    hints=(
        "What does one step make of w, if the last term of the formula is 0?",
        "Every step takes the same share of what is left, not the same amount.",
        "w times the factor of one step, to the power of the number of steps.",
    ),
    passed="With η = 0.0003 and λ = 0.0001 ten thousand steps leave 99.97 %.",
    mistakes=(
        Mistake(
            "shrinks in a straight line",
            "Every step takes the same share of what is *left*. This takes it from the start value "
            "each time.",
            answers=(in_a_straight_line,),
        ),
        Mistake(
            "leaves out the rate",
            "λ acts through its product with the rate.",
            answers=(without_the_rate,),
        ),
        Mistake(
            "takes one step",
            "This is one step, whatever the number of steps.",
            answers=(one_step,),
        ),
        Mistake(
            "gives what is lost",
            "This is what is lost on the way. Asked is what remains.",
            answers=(what_is_lost,),
        ),
        Mistake(
            "subtracts the same amount",
            "The decay is in proportion to the weight; this takes the same from every weight.",
            answers=(subtracts_the_same,),
        ),
    ),
    also_right=(by_logarithms,),
    by_hand=(
        Asked("w = 1, rate 0.1, λ = 0.5, 10 steps", (1.0, 0.1, 0.5, 10)),
        Asked("w = −3, rate 0.5, λ = 0.1, 3 steps", (-3.0, 0.5, 0.1, 3)),
    ),
)
