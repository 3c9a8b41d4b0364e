"""Predict: what has to change, the weights or the bias?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_words

WEIGHTS, BIAS = "weights", "bias"

SORTED = {
    "the line x1 + x2 = 1 becomes x1 + 2 x2 = 1": WEIGHTS,
    "the line x1 + x2 = 1 moves to x1 + x2 = 3, and z stays as steep": BIAS,
    "sigmoid(2x - 4) gets its midpoint at 5 and stays as steep": BIAS,
    "sigmoid(2x) gets three times as steep around 0": WEIGHTS,
    "the output for inputs of 0 rises from 0.5 to 0.9": BIAS,
    "a step unit's threshold for its weighted sum goes from 4 to 7": BIAS,
    "the third input is ignored from now on": WEIGHTS,
    "ages come in months instead of years while no output changes": WEIGHTS,
}
OTHER = {WEIGHTS: BIAS, BIAS: WEIGHTS}
NAMES = list(SORTED)
LINES, CURVES, ZERO, THRESHOLD = NAMES[:2], NAMES[2:4], NAMES[4:5], NAMES[5:6]
INPUTS = NAMES[6:]


def only(names):
    """Recognise answers in which some of `names` are wrong, and nothing else."""
    return only_these_wrong(SORTED, {(name, OTHER[SORTED[name]]) for name in names})


def sorting(*wrong):
    """The complete sorting with these entries wrong."""
    return {name: OTHER[kind] if name in wrong else kind for name, kind in SORTED.items()}


EXERCISE = Exercise(
    identifier="weights.bias_or_weight",
    title="weights or bias",
    level="predict",
    prompt=(
        "One neuron is to be changed as described, by its weights alone or by its bias alone. "
        'Which of the two? Replace each `...` by `"weights"` or `"bias"`.'
    ),
    stub="bias_or_weight = {\n"
    + "".join(f'    "{name}": ...,\n' for name in SORTED)
    + "}\n",
    solution=SORTED,
    cases=lambda: [Case((), SORTED)],
    judge=judge_words(WEIGHTS, BIAS),
    hints=(
        "Write z = w · x + b for the state before and after, and see which letter differs.",
        "The line is w · x = −b: the proportions of the weights are its direction. The midpoint of "
        "σ(wx + b) is −b/w, its slope there w/4.",
        "Where a direction, a steepness or the share of one input changes, it is the weights; "
        "where only a place along z changes, it is the bias.",
    ),
    passed="Weights give direction, steepness and units; the bias gives the offset in z.",
    mistakes=(
        Mistake(
            "the two words are swapped",
            "Every entry is the wrong way round: weights multiply inputs, the bias is added once.",
            answers=(sorting(*SORTED),),
        ),
        Mistake(
            "confuses turning with moving",
            "Compare the two lines: other proportions of x1 and x2 turn it; where z stays as "
            "steep, another number on the right only shifts it.",
            answers=(sorting(*LINES), sorting(LINES[0]), sorting(LINES[1])),
            recognise=only(LINES),
        ),
        Mistake(
            "the bias makes the curve steeper",
            "The slope in the middle of σ(wx + b) is w/4, whatever b is; with the same w only "
            "b can move the midpoint −b/w.",
            answers=(sorting(*CURVES), sorting(CURVES[0]), sorting(CURVES[1])),
            recognise=only(CURVES),
        ),
        Mistake(
            "weights act on zero inputs",
            "Any weight times 0 is 0, so where all inputs are 0 no weight changes the output.",
            answers=(sorting(*ZERO),),
            recognise=only(ZERO),
        ),
        Mistake(
            "the threshold is a weight",
            "A step unit fires when its weighted sum, w · x, exceeds −b: the threshold for that "
            "sum is −b, whatever the weights are.",
            answers=(sorting(*THRESHOLD),),
            recognise=only(THRESHOLD),
        ),
        Mistake(
            "units and inputs belong to the bias",
            "A weight belongs to one input: at 0 it ignores it, and where the input is twelve "
            "times as large it has to be a twelfth. The bias belongs to no input.",
            answers=(sorting(*INPUTS), sorting(INPUTS[0]), sorting(INPUTS[1])),
            recognise=only(INPUTS),
        ),
    ),
    also_right=(
        {name: f" {kind.upper()}" for name, kind in SORTED.items()},
        dict(reversed(SORTED.items())),
    ),
)
