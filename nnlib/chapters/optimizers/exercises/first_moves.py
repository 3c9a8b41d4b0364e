"""Predict: the first move of five methods."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

RATE, GRADIENT, TEN_RATES, LONG_RUN = "0.01", "0.04", "0.1", "0.4"
MOVES = {
    "SGD": GRADIENT,
    "Adam": RATE,
    "RMSprop (ρ = 0.99)": TEN_RATES,
    "momentum (β = 0.9)": GRADIENT,
    "AdaGrad": RATE,
}
SGD, ADAM, RMSPROP, MOMENTUM, ADAGRAD = MOVES


def but(*pairs):
    """The right answer with some words replaced."""
    return {**MOVES, **dict(pairs)}


def mistaken(*pairs):
    return {"answers": (but(*pairs), but(pairs[0])), "recognise": only_these_wrong(MOVES, pairs)}


EXERCISE = Exercise(
    identifier="optimizers.first_moves",
    title="the first move",
    level="predict",
    prompt=(
        "A fresh optimizer of each kind, rate 0.01; the first gradient is 4. By how much does the "
        "weight move in the first step? (ε is too small to matter.) Replace each `...` by "
        "`\"0.01\"`, `\"0.04\"`, `\"0.1\"` or `\"0.4\"`."
    ),
    stub="first_moves = {\n" + "".join(f'    "{name}": ...,\n' for name in MOVES) + "}\n",
    solution=MOVES,
    cases=lambda: [Case((), MOVES)],
    judge=judge_words(RATE, GRADIENT, TEN_RATES, LONG_RUN),
    hints=(
        "Everything that is stored starts at 0. Put the gradient into each formula once.",
        "Where a method divides by the size of the gradient, ask how much of it the divisor holds "
        "after one step.",
        "After one step s holds 16, or a hundredth of 16, or a corrected 16.",
    ),
    passed="Two follow the size of the gradient, two follow the rate, and one has a false start.",
    mistakes=(
        Mistake(
            "expects speed at once",
            "Ten times the gradient is where momentum gets to in the long run. Its velocity starts "
            "at 0.",
            **mistaken((MOMENTUM, LONG_RUN), (MOMENTUM, TEN_RATES)),
        ),
        Mistake(
            "forgets the division",
            "Some of these methods divide by the size of the gradients so far. What is left of the "
            "4 then?",
            **mistaken((ADAGRAD, GRADIENT), (ADAM, GRADIENT), (RMSPROP, GRADIENT)),
        ),
        Mistake(
            "corrects RMSprop",
            "RMSprop's mean starts at 0 as well, and nothing corrects it: after one step it holds "
            "only a part of the square.",
            **mistaken((RMSPROP, RATE)),
        ),
        Mistake(
            "leaves Adam uncorrected",
            "Adam divides both of its means by what they lack at the start. What are they after "
            "that?",
            **mistaken((ADAM, TEN_RATES), (ADAM, LONG_RUN)),
        ),
        Mistake(
            "divides where nothing divides",
            "These follow the gradient itself, whose size is 4.",
            **mistaken((SGD, RATE), (MOMENTUM, RATE)),
        ),
    ),
    also_right=(dict(reversed(MOVES.items())),),
)
