"""Compute: derivatives through values that are used more than once."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

DERIVATIVES = {
    "b = a * a;  c = b + b": 12,
    "b = 5 * a;  c = b * a": 30,
    "b = a + a;  c = b + a": 3,
    "b = a + 1;  d = a - 1;  c = b * d": 6,
    "b = relu(-a);  c = b + 4 * a": 4,
    "b = a - a;  c = 7 * b": 0,
    "b = a * a * a;  c = b - 20 * a": 7,
    "b = a + a;  d = b + b;  c = d + d": 8,
}
SQUARE, PRODUCT, SUM, TWO, RELU, NOTHING, CUBE, DOUBLED = DERIVATIVES


def but(*pairs):
    """The right answer with some numbers replaced."""
    return {**DERIVATIVES, **dict(pairs)}


VALUES = but(
    (SQUARE, 18), (PRODUCT, 45), (SUM, 9), (TWO, 8), (RELU, 12), (CUBE, -33), (DOUBLED, 24),
)
ONE_WAY = [
    (SQUARE, 6), (PRODUCT, 15), (SUM, 1), (TWO, 4), (NOTHING, 7), (CUBE, 27), (DOUBLED, 1),
    (SQUARE, 3), (SUM, 2), (TWO, 2), (NOTHING, -7), (CUBE, -20), (CUBE, -11), (DOUBLED, 2),
    (DOUBLED, 4),
]
FIRST_WAYS = but(*ONE_WAY[:7])
FIRST_STEP = [(PRODUCT, 5), (TWO, 1), (RELU, 0)]        # db/da, where no other mistake gives it
SLOPES_OF_B = but((SQUARE, 6), (SUM, 2), (CUBE, 27), (DOUBLED, 2), *FIRST_STEP)

EXERCISE = Exercise(
    identifier="backpropagation.whole_derivative",
    title="all the ways",
    level="compute",
    prompt=(
        "In each program a is 3, and `relu(x)` is the larger of x and 0. What is dc/da, by all "
        "ways together? Replace each `...` by a whole number."
    ),
    stub="whole_derivative = {\n"
    + "".join(f'    "{name}": ...,\n' for name in DERIVATIVES) + "}\n",
    solution=DERIVATIVES,
    cases=lambda: [Case((), DERIVATIVES)],
    judge=judge_whole_numbers,
    hints=(
        "Draw the graph. How many ways lead from a to c? A value that stands on both sides of an "
        "operation makes two.",
        "Along one way the slopes multiply; what comes by different ways is added.",
        "A check without any graph: put b into c, and derive what you get with respect to a.",
    ),
    passed="Multiply along each way, add over all ways: that is the chain rule of a graph.",
    mistakes=(
        Mistake(
            "takes one way alone",
            "One way from a to c is counted and another is not. Every use of a value is a way of "
            "its own.",
            answers=(FIRST_WAYS, but((SQUARE, 6)), but((TWO, 2), (SUM, 2))),
            recognise=only_these_wrong(DERIVATIVES, ONE_WAY),
        ),
        Mistake(
            "gives the value of c",
            "This is what c is. Asked is by how many times as much c moves when a moves a little.",
            answers=(VALUES, but((PRODUCT, 45)), but((RELU, 12))),
            recognise=only_these_wrong(
                DERIVATIVES, {(name, VALUES[name]) for name in DERIVATIVES} - {(NOTHING, 0)}),
        ),
        Mistake(
            "stops at b",
            "This is how b moves with a, the first step of the way. What does c make of it?",
            answers=(SLOPES_OF_B, but((PRODUCT, 5)), but((TWO, 1))),
            recognise=only_these_wrong(
                DERIVATIVES, {(name, SLOPES_OF_B[name]) for name in DERIVATIVES} - {(NOTHING, 0)},
                needs=FIRST_STEP),
        ),
        Mistake(
            "adds along a way",
            "Slopes that follow one another along a way multiply; you added them.",
            answers=(but((SQUARE, 8), (DOUBLED, 6)), but((SQUARE, 8)), but((DOUBLED, 6))),
            recognise=only_these_wrong(DERIVATIVES, {(SQUARE, 8), (DOUBLED, 6)}),
        ),
        Mistake(
            "goes through a closed relu",
            "At a = 3 the relu gets −3. By how much does its output move there?",
            answers=(but((RELU, 3)), but((RELU, 5))),
            recognise=only_these_wrong(DERIVATIVES, {(RELU, 3), (RELU, 5)}),
        ),
        Mistake(
            "loses a minus sign",
            "What comes by a way with a minus is taken away from the rest, and you added it.",
            answers=(but((NOTHING, 14), (CUBE, 47)), but((NOTHING, 14)), but((CUBE, 47))),
            recognise=only_these_wrong(DERIVATIVES, {(NOTHING, 14), (CUBE, 47)}),
        ),
    ),
    also_right=(
        {name: float(number) for name, number in DERIVATIVES.items()},
        dict(reversed(DERIVATIVES.items())),
    ),
)
