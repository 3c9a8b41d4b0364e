"""Compute: how far momentum carries a weight when the gradient has gone."""

import math

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake
from nnlib.exercises.recognising import only_numbers


def coasting(v, lr, beta):
    """How far the weight still goes when every further gradient is 0."""
    return lr * beta * v / (1 - beta)


# --- answers with one misconception each ---


def counts_the_step_before(v, lr, beta):
    return lr * v / (1 - beta)


def one_step_alone(v, lr, beta):
    return lr * beta * v


def without_the_rate(v, lr, beta):
    return beta * v / (1 - beta)


def skips_a_step(v, lr, beta):
    return lr * beta**2 * v / (1 - beta)


def a_hundred_steps(v, lr, beta):
    way = 0.0
    for _ in range(100):
        v = beta * v
        way = way + lr * v
    return way


def three_terms(v, lr, beta):
    return lr * v * (beta + beta**2 + beta**3)


def stops_early(seen):
    """Whether every way is what the first n moves make, for one n, and n is more than 1."""
    steps, right = [], []
    for item in seen if only_numbers(seen) else ():
        _, _, beta = item.case.make_arguments()
        if comparing.same(item.result, item.case.expected):
            right.append(beta)
        else:
            left = 1 - item.result / item.case.expected
            if not 0 < left < 1:
                return False
            steps.append(math.log(left) / math.log(beta))
    n = round(max(steps, default=0))
    return n > 1 and max(steps) - min(steps) < 0.01 * n and all(beta**n < 1e-4 for beta in right)


# --- unusual and right ---


def ten_thousand_steps(v, lr, beta):
    way = 0.0
    for _ in range(10000):
        v *= beta
        way += lr * v
    return way


def cases():
    settings = [(2.0, 0.1, 0.9), (5.0, 0.01, 0.5), (1.0, 1.0, 0.8), (3.0, 0.2, 0.99),
                (4.0, 0.3, 0.0), (0.37, 0.013, 0.7), (1.7, 0.037, 0.6)]
    return [Case(setting, step_by_step(*setting)) for setting in settings]


def step_by_step(v, lr, beta):
    w = 0.0
    for _ in range(5000):
        v = beta * v + 0.0
        w -= lr * v
    return -w


EXERCISE = Exercise(
    identifier="optimizers.coasting",
    title="coasting",
    level="compute",
    prompt=(
        "A weight reaches flat ground: after the step that left it with the velocity `v` > 0, and "
        "that is over, every further gradient is 0. Write `coasting(v, lr, beta)`: the whole "
        "length of the way that it still goes, in endlessly many steps. Example: "
        "`coasting(5.0, 0.01, 0.5)` is 0.05: the next moves are 0.025, 0.0125, and so on."
    ),
    stub='''\
def coasting(v, lr, beta):
    """How far the weight still goes when every further gradient is 0."""
    return ...
''',
    solution=coasting,
    cases=cases,
    hints=(
        "Without gradients one step multiplies the velocity by β. How long is the next move, and "
        "the one after it?",
        "The moves are lr·v times β, β², β³, … What is the sum of β + β² + β³ + …?",
        "1 + β + β² + … is 1/(1 − β), and here every term has one β more.",
    ),
    passed="At β = 0.9 it goes on for nine times the length of its last move.",
    mistakes=(
        Mistake(
            "counts the step before",
            "This has one move too many: the step that left the velocity v is over already.",
            answers=(counts_the_step_before,),
        ),
        Mistake(
            "stops after one step",
            "This is the next move alone. The velocity is smaller after it, and not 0.",
            answers=(one_step_alone,),
        ),
        Mistake(
            "leaves out the rate",
            "These are velocities added up. A move is the rate times the velocity.",
            answers=(without_the_rate,),
        ),
        Mistake(
            "skips a step",
            "The first move is missing: it has one factor β, not two.",
            answers=(skips_a_step,),
        ),
        Mistake(
            "stops after some steps",
            "These are so many moves added up, and the way goes on after them. What does the sum "
            "come to without an end?",
            answers=(a_hundred_steps, three_terms),
            recognise=stops_early,
        ),
    ),
    also_right=(ten_thousand_steps,),
    by_hand=(
        Asked("v = 2, rate 0.1, β = 0.9", (2.0, 0.1, 0.9)),
        Asked("v = 1, rate 1, β = 0.8", (1.0, 1.0, 0.8)),
    ),
)
