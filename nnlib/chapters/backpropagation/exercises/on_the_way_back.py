"""Predict: what does an operation do to the gradient that passes through it?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

UNCHANGED, SCALED, SUMMED, SWITCHED = "unchanged", "scaled", "summed", "switched"
WAYS = {
    "to a, through c = a + b": UNCHANGED,
    "to x, through max(x, 0)": SWITCHED,
    "to a, which three later steps use": SUMMED,
    "to a, through c = a * b": SCALED,
    "to a bias that is added to each of 32 rows": SUMMED,
    "to one entry of v, through v.sum()": UNCHANGED,
    "to x, through tanh(x)": SCALED,
    "to one entry of v, through v.mean()": SCALED,
    "to a, through max(a, b)": SWITCHED,
}
PLUS, RELU, SHARED, TIMES, BIAS, SUM, TANH, MEAN, LARGER = WAYS


def but(*pairs):
    """The right answer with some words replaced."""
    return {**WAYS, **dict(pairs)}


def mistaken(*pairs, **more):
    rule = only_these_wrong(WAYS, pairs, **more)
    return {"answers": (but(*pairs), but(pairs[0])), "recognise": rule}


EXERCISE = Exercise(
    identifier="backpropagation.on_the_way_back",
    title="on the way back",
    level="predict",
    prompt=(
        "What happens to a gradient on the step back into the value that is named? It arrives "
        "`\"unchanged\"`; it arrives `\"scaled\"` by a factor that is not always 0 or 1; several "
        "gradients arrive and are `\"summed\"`; or it is `\"switched\"`, let through whole or not "
        "at all. No two numbers are equal here. Replace each `...` by one of the four."
    ),
    stub="on_the_way_back = {\n" + "".join(f'    "{name}": ...,\n' for name in WAYS) + "}\n",
    solution=WAYS,
    cases=lambda: [Case((), WAYS)],
    judge=judge_words(UNCHANGED, SCALED, SUMMED, SWITCHED),
    hints=(
        "Move the value by a little: by how much does the result of the step move?",
        "By just as much: unchanged. By a multiple: scaled. By just as much or not at all, "
        "depending on which side one is on: switched.",
        "Where one value has gone to several places, each of them sends something back.",
    ),
    passed=(
        "A copy on the way there is a sum on the way back, and a sum on the way there is a copy "
        "on the way back."
    ),
    mistakes=(
        Mistake(
            "takes the step forward for the step back",
            "Adding up is what the step does on the way there. If one summand moves by a little, "
            "by how much does the result move?",
            **mistaken((PLUS, SUMMED), (SUM, SUMMED), (MEAN, SUMMED),
                       needs=((PLUS, SUMMED), (SUM, SUMMED))),
        ),
        Mistake(
            "forgets that uses add up",
            "A value that goes to several places, or to several rows, moves the loss through each "
            "of them.",
            **mistaken((SHARED, UNCHANGED), (BIAS, UNCHANGED), (SHARED, SCALED), (BIAS, SCALED)),
        ),
        Mistake(
            "takes a mean for a sum",
            "An entry of v moves the sum by as much as it moves itself, and the mean by less. "
            "Compare these two again.",
            **mistaken((MEAN, UNCHANGED), (MEAN, SUMMED), (SUM, SCALED)),
        ),
        Mistake(
            "takes a switch for a factor",
            "The larger of two moves as one of them does, or not at all with it: no factor in "
            "between is possible.",
            **mistaken((RELU, SCALED), (LARGER, SCALED)),
        ),
        Mistake(
            "takes a factor for a switch",
            "The factor may be any number here, not only 0 or 1: tanh has every slope between "
            "them, and a product moves with a as many times as b says.",
            **mistaken((TANH, SWITCHED), (TIMES, SWITCHED)),
        ),
        Mistake(
            "lets everything through",
            "Does the result always move by exactly as much as the value? Try two settings.",
            **mistaken((RELU, UNCHANGED), (LARGER, UNCHANGED), (TANH, UNCHANGED),
                       (TIMES, UNCHANGED)),
        ),
    ),
    also_right=(
        {name: f" {way.capitalize()}" for name, way in WAYS.items()},
        dict(reversed(WAYS.items())),
    ),
)
