"""Predict: how many axes does a piece of data have?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

LOSS = "the loss of a batch"
BIAS = "the bias of a layer with 128 units"
TABLE = "a table of 178 wines, 13 measurements each"
PHOTO = "one colour photograph"
PHOTOS = "a batch of 32 colour photographs"
DIGITS = "a batch of 64 grey digits, no channel axis"
IDS = "a batch of 16 texts, 20 word ids each"
EMBEDDED = "the same texts, 50 numbers for each word"

AXES = {LOSS: 0, BIAS: 1, TABLE: 2, PHOTO: 3, PHOTOS: 4, DIGITS: 3, IDS: 2, EMBEDDED: 3}

WITHOUT_BATCH = {PHOTOS: 3, DIGITS: 2, IDS: 1, EMBEDDED: 2}
WITHOUT_CHANNELS = {PHOTO: 2, PHOTOS: 3}
ONE_NUMBER_IS_AN_AXIS = {LOSS: 1}
LENGTHS = {BIAS: 128, TABLE: 13}
EMBEDDED_AT_ONCE = {IDS: 3}
CHANNEL_FOR_GREY = {DIGITS: 4}


def only(wrong, *, needs=()):
    return only_these_wrong(AXES, wrong.items(), needs=needs)


EXERCISE = Exercise(
    identifier="tensors.number_of_axes",
    title="which card is it?",
    level="predict",
    prompt=(
        "Eight pieces of data: how many axes does the array of each need? Replace each `...` by a "
        "number from 0 to 4. A word id is one whole number that stands for a word. Count every "
        "axis, also that of the batch."
    ),
    stub="number_of_axes = {\n" + "".join(f'    "{name}": ...,\n' for name in AXES) + "}\n",
    solution=AXES,
    cases=lambda: [Case((), AXES)],
    judge=judge_whole_numbers,
    hints=(
        "How many questions must you answer to get at one single number? Which example, which row, "
        "which column, which channel: each is an axis.",
        "The loss is one number and needs no question. A batch of colour photographs needs four: "
        "which photograph, which row, which column, which channel.",
        "The shapes are (), (128,), (178, 13), (height, width, 3), (32, height, width, 3), "
        "(64, 8, 8), (16, 20) and (16, 20, 50). Count the entries of each.",
    ),
    passed="The number of axes is the number of indices that lead to one single number.",
    mistakes=(
        Mistake(
            "forgets the batch axis",
            "Something is one axis short that comes as a batch. Which photograph, which digit, "
            "which text: that is an axis too.",
            answers=(AXES | WITHOUT_BATCH, AXES | {PHOTOS: 3}, AXES | {PHOTOS: 3, DIGITS: 2}),
            recognise=only(WITHOUT_BATCH),
        ),
        Mistake(
            "a single number has an axis",
            "A single number needs no index: its shape is (), and it has 0 axes. An array of shape "
            "(1,) is something else.",
            answers=(AXES | ONE_NUMBER_IS_AN_AXIS,),
            recognise=only(ONE_NUMBER_IS_AN_AXIS),
        ),
        Mistake(
            "takes the length for the number of axes",
            "128 and 13 are lengths along an axis. The number of axes is how many such lengths the "
            "shape has: 1 for (128,), 2 for (178, 13).",
            answers=(AXES | LENGTHS, AXES | {BIAS: 128}),
            recognise=only(LENGTHS),
        ),
        Mistake(
            "ids are vectors already",
            "A word id is one number, so a batch of texts has an axis for the text and one for the "
            "place in it. The vector of a word comes from the embedding, later.",
            answers=(AXES | EMBEDDED_AT_ONCE,),
            recognise=only(EMBEDDED_AT_ONCE),
        ),
        Mistake(
            "gives grey digits a channel axis",
            "Many layers want a channel axis of length 1 for grey pictures too. These digits come "
            "without one: which digit, which row, which column.",
            answers=(AXES | CHANNEL_FOR_GREY,),
            recognise=only(CHANNEL_FOR_GREY),
        ),
        Mistake(
            "forgets the channels",
            "A colour photograph has three numbers at each place, for red, green and blue. Which "
            "of the three is an index of its own.",
            answers=(AXES | {PHOTO: 2}, AXES | WITHOUT_CHANNELS),
            recognise=only(WITHOUT_CHANNELS, needs={(PHOTO, 2)}),
        ),
    ),
    also_right=(
        {name: float(count) for name, count in AXES.items()},
        dict(reversed(AXES.items())),
    ),
)
