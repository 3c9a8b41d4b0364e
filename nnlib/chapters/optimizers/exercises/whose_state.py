"""Predict: which method keeps this number?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

SGD, MOMENTUM, ADAGRAD, RMSPROP, ADAM = "sgd", "momentum", "adagrad", "rmsprop", "adam"
STATES = {
    "gradients 3, 3, 3, …: stored 30.00": MOMENTUM,
    "gradients 0.1, 0.1, 0.1, …: stored 10.00": ADAGRAD,
    "gradients 2, −2, 2, …: stored −1.05": MOMENTUM,
    "gradients 1, −1, 1, …: stored 1.00": RMSPROP,
    "gradients 2, 2, 2, …: stored 2.00 and 2.53": ADAM,
    "gradients 2, 2, 2, …: nothing stored": SGD,
}
AS_WRITTEN = {SGD: "SGD", MOMENTUM: MOMENTUM, ADAGRAD: "AdaGrad", RMSPROP: "RMSprop", ADAM: "Adam"}
SPELT = {name: AS_WRITTEN[method] for name, method in STATES.items()}
STEADY, SMALL, NEGATIVE, TURNING, TWO, NOTHING = STATES
# What goes wrong. An answer with several of these is told of the first kind.
COUNT = tuple((TWO, word) for word in (SGD, MOMENTUM, ADAGRAD, RMSPROP)) + tuple(
    (NOTHING, word) for word in (MOMENTUM, ADAGRAD, RMSPROP, ADAM)
) + tuple((name, word) for name in (STEADY, SMALL, NEGATIVE, TURNING) for word in (SGD, ADAM))
SQUARES = ((NEGATIVE, ADAGRAD), (NEGATIVE, RMSPROP))
VELOCITY = ((STEADY, ADAGRAD), (STEADY, RMSPROP))
TENFOLD = ((SMALL, MOMENTUM),)
SUM = ((TURNING, ADAGRAD),)
MEAN = ((SMALL, RMSPROP),)
TURNED = ((TURNING, MOMENTUM),)
KINDS = (COUNT, SQUARES, VELOCITY, TENFOLD, SUM, MEAN, TURNED)


def but(*pairs):
    """The right answer with some words replaced."""
    return {**STATES, **dict(pairs)}


def mistaken(pairs):
    """Some of these pairs are wrong, and else only what comes later in `KINDS`."""
    later = [pair for kind in KINDS[KINDS.index(pairs):] for pair in kind]
    rule = only_these_wrong(STATES, later, needs=pairs)
    return {"answers": tuple(but(pair) for pair in pairs), "recognise": rule}


EXERCISE = Exercise(
    identifier="optimizers.whose_state",
    title="whose state is it?",
    level="predict",
    prompt=(
        "Six optimizers have each made a thousand steps with one weight. You see the gradients "
        "that came in and what is stored in the end, rounded (s as it is, not its root; a counter "
        "of steps is left out). All have their usual coefficients: β = 0.9, ρ = 0.99, β₁ = 0.9, "
        "β₂ = 0.999. Whose state is it? Replace each `...` by `\"SGD\"`, `\"momentum\"`, "
        "`\"AdaGrad\"`, `\"RMSprop\"` or `\"Adam\"`; one of them comes twice."
    ),
    stub="whose_state = {\n" + "".join(f'    "{name}": ...,\n' for name in STATES) + "}\n",
    solution=SPELT,
    cases=lambda: [Case((), STATES)],
    judge=judge_words(SGD, MOMENTUM, ADAGRAD, RMSPROP, ADAM),
    hints=(
        "How many numbers for each weight does each method hand on to the next step?",
        "A sum of squares grows with every step. A mean of squares stays about as large as one "
        "square. Neither is ever below 0.",
        "What is a thousand times 0.1²? And what does a velocity settle at, for gradients of 3, "
        "and for gradients of 0.1?",
    ),
    passed="How many numbers, which signs, and sum or mean: that tells the five apart.",
    mistakes=(
        Mistake(
            "counts the numbers wrongly",
            "Count first: one method stores nothing, three store one number for each weight, and "
            "one stores two.",
            **mistaken(COUNT),
        ),
        Mistake(
            "takes a negative number for squares",
            "A sum or a mean of squares is never below 0.",
            **mistaken(SQUARES),
        ),
        Mistake(
            "takes the velocity for squares",
            "A thousand squares of 3 have the sum 9,000 and the mean 9. What makes 30 of them?",
            **mistaken(VELOCITY),
        ),
        Mistake(
            "takes every 10 for the tenfold gradient",
            "A velocity grows to ten times the gradient. Ten times what would this be?",
            **mistaken(TENFOLD),
        ),
        Mistake(
            "adds up where a mean is meant",
            "After a thousand steps a sum of these squares would be 1,000.",
            **mistaken(SUM),
        ),
        Mistake(
            "averages where a sum is meant",
            "A mean of squares of 0.1 would be 0.01.",
            **mistaken(MEAN),
        ),
        Mistake(
            "takes a mean of squares for a velocity",
            "Under gradients that change their sign a velocity stays below one gradient in size.",
            **mistaken(TURNED),
        ),
    ),
    also_right=(dict(reversed(SPELT.items())), STATES),
)
