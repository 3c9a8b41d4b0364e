"""Predict: the first move of five methods."""

from nnlib.exercises.comparing import is_real
from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

RATE, GRADIENT, FIVE_RATES, LONG_RUN = "0.01", "0.04", "0.05", "0.4"
MOVES = {
    "SGD": GRADIENT,
    "Adam": RATE,
    "RMSprop (ρ = 0.96)": FIVE_RATES,
    "momentum (β = 0.9)": GRADIENT,
    "AdaGrad": RATE,
}
SGD, ADAM, RMSPROP, MOMENTUM, ADAGRAD = MOVES
# What goes wrong. An answer with several of these is told of the first kind.
UNDIVIDED = ((SGD, RATE), (MOMENTUM, RATE))
AT_ONCE = ((MOMENTUM, LONG_RUN), (MOMENTUM, FIVE_RATES))
NO_DIVISION = ((ADAGRAD, GRADIENT), (ADAM, GRADIENT), (RMSPROP, GRADIENT))
NO_CORRECTION = ((ADAM, FIVE_RATES), (ADAM, LONG_RUN))
CORRECTED = ((RMSPROP, RATE),)
KINDS = (UNDIVIDED, AT_ONCE, NO_DIVISION, NO_CORRECTION, CORRECTED)


def but(*pairs):
    """The right answer with some words replaced."""
    return {**MOVES, **dict(pairs)}


def mistaken(pairs):
    """Some of these pairs are wrong, and else only what comes later in `KINDS`."""
    later = [pair for kind in KINDS[KINDS.index(pairs):] for pair in kind]
    rule = only_these_wrong(MOVES, later, needs=pairs, read=as_texts)
    return {"answers": tuple(but(pair) for pair in pairs), "recognise": rule}


def as_texts(got):
    """The answer with each number as its text: 0.01 is taken for "0.01"."""
    if not isinstance(got, dict):
        return got
    return {name: f"{move:g}" if is_real(move) else move for name, move in got.items()}


def judge(got, expected):
    """Each move as a text, or as a number."""
    return judge_texts(as_texts(got), expected)


judge_texts = judge_words(RATE, GRADIENT, FIVE_RATES, LONG_RUN)
judge.options = judge_texts.options


EXERCISE = Exercise(
    identifier="optimizers.first_moves",
    title="the first move",
    level="predict",
    prompt=(
        "A fresh optimizer of each kind, rate 0.01; the first gradient is 4. By how much does the "
        "weight move in the first step? (ε is too small to matter.) Replace each `...` by "
        "`\"0.01\"`, `\"0.04\"`, `\"0.05\"` or `\"0.4\"`."
    ),
    stub="first_moves = {\n" + "".join(f'    "{name}": ...,\n' for name in MOVES) + "}\n",
    solution=MOVES,
    cases=lambda: [Case((), MOVES)],
    judge=judge,
    hints=(
        "Everything that is stored starts at 0. Put the gradient into each formula once.",
        "Where a method divides by the size of the gradient, ask how much of it the divisor holds "
        "after one step.",
        "After one step s holds 16, or only a share of it, or a corrected share.",
    ),
    passed="Two follow the size of the gradient, two follow the rate, and one has a false start.",
    mistakes=(
        Mistake(
            "divides where nothing divides",
            "These follow the gradient itself, whose size is 4.",
            **mistaken(UNDIVIDED),
        ),
        Mistake(
            "expects speed at once",
            "Ten times the gradient is where momentum gets to in the long run. Its velocity starts "
            "at 0.",
            **mistaken(AT_ONCE),
        ),
        Mistake(
            "forgets the division",
            "Some of these methods divide by the size of the gradients so far. What is left of the "
            "4 then?",
            **mistaken(NO_DIVISION),
        ),
        Mistake(
            "leaves Adam uncorrected",
            "Adam divides both of its means by what they lack at the start. What are they after "
            "that?",
            **mistaken(NO_CORRECTION),
        ),
        Mistake(
            "corrects RMSprop",
            "RMSprop's mean starts at 0 as well, and nothing corrects it: after one step it holds "
            "only a part of the square.",
            **mistaken(CORRECTED),
        ),
    ),
    also_right=(dict(reversed(MOVES.items())), {name: float(move) for name, move in MOVES.items()}),
)
