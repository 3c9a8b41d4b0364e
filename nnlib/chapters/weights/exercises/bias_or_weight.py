"""Predict: what do weights do, and what does the bias do?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

WEIGHTS, BIAS = "weights", "bias"

SORTED = {
    "turns the boundary": WEIGHTS,
    "can move the boundary but never turn it": BIAS,
    "makes the sigmoid steeper": WEIGHTS,
    "alone decides the output when every input is 0": BIAS,
    "is 0 where an input is ignored": WEIGHTS,
    "is the threshold of a step unit with its sign changed": BIAS,
    "changes when an input is counted in thousands": WEIGHTS,
}
OTHER = {WEIGHTS: BIAS, BIAS: WEIGHTS}


def only(*names):
    """Recognise answers in which some of `names` are wrong, and nothing else."""
    return only_these_wrong(SORTED, {(name, OTHER[SORTED[name]]) for name in names})


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


BOUNDARY = ("turns the boundary", "can move the boundary but never turn it")

EXERCISE = Exercise(
    identifier="weights.bias_or_weight",
    title="weights or bias",
    level="predict",
    prompt=(
        "Which of the two does it: the weights, or the bias? Replace each `...` by `\"weights\"` "
        "or `\"bias\"`."
    ),
    stub="bias_or_weight = {\n"
    + "".join(f'    "{name}": ...,\n' for name in SORTED)
    + "}\n",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(WEIGHTS, BIAS),
    hints=(
        "Write z = w · x + b and put every input to 0. What is left?",
        "The boundary is w · x = −b: w is the direction at right angles to it, b its distance "
        "from the origin (divided by the length of w).",
        "Three of the seven are the bias.",
    ),
    passed="Weights give direction, steepness and units; the bias gives the offset.",
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round: weights multiply inputs, the bias is added once.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "confuses turning with moving",
            "The weights are the direction at right angles to the boundary: other proportions turn "
            "it. Another bias only shifts it along that direction.",
            answers=(sorting(*BOUNDARY), sorting(BOUNDARY[0]), sorting(BOUNDARY[1])),
            recognise=only(*BOUNDARY),
        ),
        Mistake(
            "the bias makes the curve steeper",
            "The bias slides the curve of σ(wx + b) along the axis. Its slope in the middle is "
            "w/4.",
            answers=(sorting("makes the sigmoid steeper"),),
            recognise=only("makes the sigmoid steeper"),
        ),
        Mistake(
            "weights act on zero inputs",
            "Any weight times 0 is 0, so where all inputs are 0 only b is left.",
            answers=(sorting("alone decides the output when every input is 0"),),
            recognise=only("alone decides the output when every input is 0"),
        ),
        Mistake(
            "the threshold is a weight",
            "A step unit fires when w · x > −b, so its threshold is −b.",
            answers=(sorting("is the threshold of a step unit with its sign changed"),),
            recognise=only("is the threshold of a step unit with its sign changed"),
        ),
        Mistake(
            "units and inputs belong to the bias",
            "A weight belongs to one input: it is 0 where that input is ignored, and it changes "
            "when that input is counted in thousands. The bias belongs to no input.",
            answers=(
                sorting("is 0 where an input is ignored"),
                sorting("changes when an input is counted in thousands"),
            ),
            recognise=only(
                "is 0 where an input is ignored", "changes when an input is counted in thousands"
            ),
        ),
    ),
    also_right=(
        {name: f" {kind.upper()}" for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
