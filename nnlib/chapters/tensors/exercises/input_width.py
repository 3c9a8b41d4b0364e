"""Predict: how many numbers describe one example, that is, how wide is the input of a network?"""

from nnlib.exercises.exercise import Case, Exercise, Mistake
from nnlib.exercises.recognising import AnyOf, only_these_wrong
from nnlib.exercises.sorting import judge_whole_numbers

HOUSE = "house: size, bedrooms, bathrooms, location score, age"
CUSTOMER = "customer: age, income (to predict: buys or not)"
MAIL = "mail: links, capital words, sender reputation"
SENTENCE = "sentence, as a row of shape (768,)"
LETTER = "letter, grey, 12×10, flattened"
FLOWERS = "flower, one row of a table of shape (150, 4)"
PATCH = "colour patch of shape (32, 32, 3), flattened"

WIDTHS = {HOUSE: 5, CUSTOMER: 2, MAIL: 3, SENTENCE: 768, LETTER: 120, FLOWERS: 4, PATCH: 3072}


def only(wrong):
    return only_these_wrong(WIDTHS, set(wrong.items()))


ROWS = {FLOWERS: 150}
BATCHED = {FLOWERS: 150 * 4}
SIDES = {LETTER: 12, PATCH: 32}
ONE_CHANNEL = {PATCH: 1024}
TARGET_TOO = {CUSTOMER: 3}
AXES = {SENTENCE: 1, LETTER: 2, FLOWERS: 2, PATCH: 3}
SUMS = {LETTER: 22, PATCH: 67}
OTHER_SIDE = {LETTER: 10, PATCH: 32}


EXERCISE = Exercise(
    identifier="tensors.input_width",
    title="how wide is the input?",
    level="predict",
    prompt=(
        "A dense layer takes a batch of shape (batch, features). How many features does one "
        "example have, that is, what is the first number in `nn.Dense(…, 16, rng=rng)`? (A "
        "sentence can be given as a row of numbers that some other network made.) Replace each "
        "`...` by a whole number."
    ),
    stub="input_width = {\n" + "".join(f'    "{name}": ...,\n' for name in WIDTHS) + "}\n",
    solution=WIDTHS,
    cases=lambda: [Case((), WIDTHS)],
    judge=judge_whole_numbers,
    hints=(
        "Count the numbers that describe one example. How many examples there are does not matter.",
        "What is to be predicted is not an input. Flattening keeps every number of the example: "
        "multiply the lengths of all its axes.",
        "The letter has two axes to join, the colour patch three. Of the table's two lengths one "
        "counts its rows, so it is not part of an example.",
    ),
    passed=(
        "The width of the input is how many numbers one example has; the batch is no part of it."
    ),
    mistakes=(
        Mistake(
            "counts the rows of the table",
            "150 is the number of flowers, the batch axis of the whole table. One flower is one "
            "row: how many numbers are in it?",
            answers=(WIDTHS | ROWS, WIDTHS | BATCHED),
            recognise=AnyOf((only(ROWS), only(BATCHED))),
        ),
        Mistake(
            "flattening keeps one side",
            "Flattening puts all rows of pixels one after the other, so the number of features is "
            "the product of all lengths, not the length of a side.",
            answers=(WIDTHS | SIDES, WIDTHS | {LETTER: 12}, WIDTHS | OTHER_SIDE),
            recognise=AnyOf((only(SIDES), only(OTHER_SIDE))),
        ),
        Mistake(
            "forgets the channels",
            "32 · 32 counts the places. At each of them are three numbers, one for each channel.",
            answers=(WIDTHS | ONE_CHANNEL,),
            recognise=only(ONE_CHANNEL),
        ),
        Mistake(
            "the target is a feature",
            "Whether the customer buys is what the network should say. It is the target and does "
            "not go in.",
            answers=(WIDTHS | TARGET_TOO,),
            recognise=only(TARGET_TOO),
        ),
        Mistake(
            "counts axes instead of numbers",
            "That is the number of axes. Asked is how many numbers the example holds: the product "
            "of the lengths of its axes.",
            answers=(WIDTHS | AXES, WIDTHS | {SENTENCE: 1}),
            recognise=only(AXES),
        ),
        Mistake(
            "adds the lengths",
            "The lengths were added. Each row of pixels holds as many numbers as the picture is "
            "wide, so they are multiplied, as in a count of bytes.",
            answers=(WIDTHS | SUMS, WIDTHS | {LETTER: 22}),
            recognise=only(SUMS),
        ),
    ),
    also_right=(
        {name: float(width) for name, width in WIDTHS.items()},
        dict(reversed(WIDTHS.items())),
    ),
)
