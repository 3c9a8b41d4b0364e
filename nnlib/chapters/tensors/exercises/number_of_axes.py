"""Predict: how many axes does a piece of data have?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import AnyOf, only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

PIXEL = "the pixel in row 3, column 5 of a grey picture"
LOSSES = "the losses of 32 examples, one each"
ACCURACIES = "the accuracy of each of 10 classes, each of 20 epochs"
ALONE = "one grey picture as a batch, with a channel axis"
VIDEO = "one video: 300 colour pictures"
DIGITS = "a batch of 64 grey digits, no channel axis"
IDS = "a batch of 16 texts, 20 word ids each"
EMBEDDED = "the same texts, 50 numbers for each word"

AXES = {VIDEO: 4, LOSSES: 1, DIGITS: 3, PIXEL: 0, IDS: 2, EMBEDDED: 3, ACCURACIES: 2, ALONE: 4}

WITHOUT_BATCH = {DIGITS: 2, IDS: 1, EMBEDDED: 2}
WITHOUT_CHANNELS = {VIDEO: 3}
ONE_NUMBER_IS_AN_AXIS = {PIXEL: 1}
INDICES_ARE_AXES = {PIXEL: 2}
LENGTHS = {LOSSES: 32, ACCURACIES: 20, VIDEO: 300}
EMBEDDED_AT_ONCE = {IDS: 3}
CHANNEL_FOR_GREY = {DIGITS: 4}
WITHOUT_LENGTH_ONE = {ALONE: 3}
BARE_PICTURE = {ALONE: 2}


def only(wrong, *, needs=None):
    return only_these_wrong(AXES, wrong.items(), needs=(needs or {}).items())


EXERCISE = Exercise(
    identifier="tensors.number_of_axes",
    title="which card is it?",
    level="predict",
    prompt=(
        "Eight pieces of data: how many axes does the array of each need? Replace each `...` by a "
        "number from 0 to 4. A word id is one whole number that stands for a word. Count every "
        "axis, also one of length 1."
    ),
    stub="number_of_axes = {\n" + "".join(f'    "{name}": ...,\n' for name in AXES) + "}\n",
    solution=AXES,
    cases=lambda: [Case((), AXES)],
    judge=judge_whole_numbers,
    hints=(
        "How many questions must you answer to get at one single number? Which example, which row, "
        "which column, which channel: each is an axis.",
        "A grey picture takes two questions, which row and which column; a colour picture one "
        "more. Whatever comes as a batch or a series asks which of them first.",
        "Write down the shape of each, a length for every question, as (2, 8, 8, 3) for two "
        "colour pictures of 8×8 pixels. Then count the lengths.",
    ),
    passed="The number of axes is the number of indices that lead to one single number.",
    mistakes=(
        Mistake(
            "forgets the batch axis",
            "Something is one axis short that comes as a batch. Which digit, which text: that is "
            "an axis too.",
            answers=(AXES | WITHOUT_BATCH, AXES | {DIGITS: 2}, AXES | {DIGITS: 2, ALONE: 3}),
            recognise=only(WITHOUT_BATCH | WITHOUT_LENGTH_ONE, needs=WITHOUT_BATCH),
        ),
        Mistake(
            "drops axes of length 1",
            "An axis of length 1 is an axis: the batch of one picture has one, and so has its "
            "single channel.",
            answers=(AXES | WITHOUT_LENGTH_ONE, AXES | BARE_PICTURE),
            recognise=AnyOf((only(WITHOUT_LENGTH_ONE), only(BARE_PICTURE))),
        ),
        Mistake(
            "a single number has an axis",
            "In an array of shape (1,) an index leads to the number. Here you have the number "
            "itself: how many indices does it still need?",
            answers=(AXES | ONE_NUMBER_IS_AN_AXIS,),
            recognise=only(ONE_NUMBER_IS_AN_AXIS),
        ),
        Mistake(
            "counts the indices that were spent",
            "The row and the column are given, so both indices are spent. How many does what they "
            "lead to still need?",
            answers=(AXES | INDICES_ARE_AXES,),
            recognise=only(INDICES_ARE_AXES),
        ),
        Mistake(
            "takes the length for the number of axes",
            "That is a length along an axis. The number of axes is how many such lengths the "
            "shape has, not how long they are.",
            answers=(AXES | LENGTHS, AXES | {LOSSES: 32}, AXES | {ACCURACIES: 10}),
            recognise=only_these_wrong(AXES, {*LENGTHS.items(), (ACCURACIES, 10)}),
        ),
        Mistake(
            "ids are vectors already",
            "A word id is one number, not a row of them: the vector of a word comes from the "
            "embedding, later.",
            answers=(AXES | EMBEDDED_AT_ONCE,),
            recognise=only(EMBEDDED_AT_ONCE),
        ),
        Mistake(
            "gives grey digits a channel axis",
            "Many layers want a channel axis of length 1 for grey pictures too. These digits come "
            "without one.",
            answers=(AXES | CHANNEL_FOR_GREY,),
            recognise=only(CHANNEL_FOR_GREY),
        ),
        Mistake(
            "sees one picture in a video",
            "That is how many questions one of its colour pictures takes. Which of the 300 it is "
            "has not been asked.",
            answers=(AXES | WITHOUT_CHANNELS,),
            recognise=only(WITHOUT_CHANNELS),
        ),
    ),
    also_right=(
        {name: float(count) for name, count in AXES.items()},
        dict(reversed(AXES.items())),
    ),
)
