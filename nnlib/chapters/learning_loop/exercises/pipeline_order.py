"""Predict: the stages of the pipeline, shuffled."""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import OutOfOrder
from nnlib.exercises.sorting import judge_places

ORDER = {
    "backpropagation": 6,
    "input data": 1,
    "loss": 5,
    "model": 3,
    "output": 4,
    "preprocessing": 2,
    "repeat": 8,
    "weight update": 7,
}


def with_changes(**changes):
    return ORDER | {name.replace("_", " "): value for name, value in changes.items()}


def before(first, second, *, keep=()):
    """Recognise answers with `second` before `first`, and the pairs of `keep` the right way."""
    return OutOfOrder(ORDER, first, second, keep)


PREPARED = ("preprocessing", "model")
MEASURED = ("output", "loss")
BLAMED = ("loss", "backpropagation")
ATTRIBUTED = ("backpropagation", "weight update")
CLOSED = ("weight update", "repeat")

EXERCISE = Exercise(
    identifier="learning_loop.pipeline_order",
    title="eight stages in order",
    level="predict",
    prompt=(
        "Here are the eight stages on the way from data to a better model, in the order of the "
        "alphabet. Replace each `...` by its place, from 1 for the first stage to 8 for the last."
    ),
    stub="pipeline_order = {\n" + "".join(f'    "{name}": ...,\n' for name in ORDER) + "}\n",
    solution=ORDER,
    cases=lambda: [Case((), ORDER)],
    judge=judge_places,
    hints=(
        "Begin with what a finished model does too: four stages take data to an output.",
        "The other four belong to training: how wrong was it, the slope for each weight, change "
        "the weights, once more.",
        "A loss needs an output, backpropagation needs a loss, and an update needs the gradients.",
    ),
    passed="The first four run in training and in use; the last four only in training.",
    mistakes=(
        Mistake(
            "updates before the gradients are there",
            "The weight update comes before backpropagation here. It needs the gradients, and "
            "backpropagation is what computes them.",
            answers=(with_changes(weight_update=6, backpropagation=7),),
            recognise=before(*ATTRIBUTED, keep=(PREPARED, MEASURED)),
        ),
        Mistake(
            "measures the loss before there is an output",
            "The loss compares the output with the target, so there has to be an output first.",
            answers=(with_changes(loss=4, output=5), with_changes(model=4, output=5, loss=3)),
            recognise=before(*MEASURED, keep=(PREPARED,)),
        ),
        Mistake(
            "walks back before there is a loss",
            "Backpropagation walks back from the loss, so the loss has to be known first.",
            answers=(with_changes(backpropagation=5, loss=6),),
            recognise=before(*BLAMED, keep=(PREPARED, MEASURED, ATTRIBUTED)),
        ),
        Mistake(
            "repeats before the update",
            "Repeating before the weights have changed would give the same output again: the "
            "update closes the round.",
            answers=(with_changes(repeat=7, weight_update=8),),
            recognise=before(*CLOSED, keep=(PREPARED, MEASURED, BLAMED, ATTRIBUTED)),
        ),
        Mistake(
            "preprocesses after the model",
            "The model works on numbers of a sensible size, so preprocessing comes before it.",
            answers=(with_changes(preprocessing=3, model=2),),
            recognise=before(*PREPARED),
        ),
        Mistake(
            "counts from 0",
            "The order is right, but the places count from 1 here.",
            answers=({name: value - 1 for name, value in ORDER.items()},),
        ),
        Mistake(
            "backwards",
            "This is the order from the end: 1 is for the first stage, 8 for the last.",
            answers=({name: 9 - value for name, value in ORDER.items()},),
        ),
    ),
    also_right=(
        {name: str(value) for name, value in ORDER.items()},
        {name: float(value) for name, value in sorted(ORDER.items(), key=lambda item: item[1])},
    ),
)
