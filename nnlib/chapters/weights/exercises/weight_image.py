"""Compute: the weights into one unit, as a picture."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.attempting import observe
from nnlib.exercises.exercise import Case, Exercise, Mistake


def weight_image(weight, unit):
    """The 64 weights into a unit as a picture of 8 x 8; units count from 0."""
    return weight[:, unit].reshape(8, 8)


# --- answers with one misconception each ---


def takes_a_row(weight, unit):
    return weight[unit].reshape(8, -1)


def stands_on_its_side(weight, unit):
    return weight[:, unit].reshape(8, 8).T


def stays_flat(weight, unit):
    return weight[:, unit]


def shapes_before_choosing(weight, unit):
    return weight.reshape(-1, 8, 8)[unit]


def counts_from_one(weight, unit):
    return weight[:, unit - 1].reshape(8, 8)


def upside_down(weight, unit):
    return np.flipud(np.asarray(weight)[:, unit].reshape(8, 8))


def takes_a_row_for_64_numbers(weight, unit):
    return weight[unit].reshape(8, 8)


def chooses_along_the_first_axis(weight, unit):
    return weight.reshape(8, 8, -1)[unit]


def keeps_an_axis(weight, unit):
    return weight[:, unit : unit + 1].reshape(8, 8, 1)


def scales_to_one(weight, unit):
    picture = weight[:, unit].reshape(8, 8)
    return (picture - picture.min()) / (picture.max() - picture.min())


def scales_by_the_largest(weight, unit):
    picture = weight[:, unit].reshape(8, 8)
    return picture / abs(picture).max()


# --- unusual and right ---


def all_pictures_first(weight, unit):
    return weight.T.reshape(-1, 8, 8)[unit]


def row_by_row(weight, unit):
    return [[float(weight[8 * row + column][unit]) for column in range(8)] for row in range(8)]


def with_a_third_axis(weight, unit):
    return weight.reshape(8, 8, -1)[:, :, unit]


def cases():
    made = []
    for path in paths.available():
        for units, unit in ((16, 3), (64, 5), (128, 0)):
            weight = np.random.default_rng(units).normal(size=(64, units))
            picture = np.zeros((8, 8))
            for pixel in range(64):
                picture[divmod(pixel, 8)] = weight[pixel, unit]
            made.append(Case((paths.array(path, weight), unit), picture, path=path))
    return made


def _gives(*answers):
    """Recognise what one of these answers gives, errors included."""
    return lambda seen: any(all(_is_like(answer, item) for item in seen) for answer in answers)


def _is_like(answer, item) -> bool:
    other = observe(answer, item.case)
    return type(other.error) is type(item.error) and comparing.same(other.result, item.result)


EXERCISE = Exercise(
    identifier="weights.weight_image",
    title="what a unit looks for",
    level="compute",
    prompt=(
        "The first layer of a network for the digits has a weight matrix of shape (64, h): a row "
        "for each pixel, a column for each unit. Write `weight_image(weight, unit)`: the weights "
        "into this unit as a picture of shape (8, 8), row by row as the pixels are. Example: "
        "`weight_image(weight, 3)[0, 1]` is `weight[1, 3]`."
    ),
    stub='''\
def weight_image(weight, unit):
    """The 64 weights into a unit as a picture of 8 x 8; units count from 0."""
    return ...
''',
    solution=weight_image,
    cases=cases,
    hints=(
        "Which axis of (64, h) counts the units?",
        "A unit's weights are a column: 64 numbers, one for each pixel. A colon stands for all "
        "of an axis.",
        "The 64 numbers come in reading order, row by row, and reshape keeps that order.",
    ),
    passed="A column of W is a template: z is large where the ink meets its large weights.",
    mistakes=(
        Mistake(
            "stands the picture on its side",
            "Rows and columns are exchanged: the pixels run row by row, so no transpose is needed.",
            answers=(stands_on_its_side,),
        ),
        Mistake(
            "takes a row",
            "These are the weights that leave one pixel. The weights into a unit are a column.",
            answers=(takes_a_row, takes_a_row_for_64_numbers),
            recognise=_gives(takes_a_row, takes_a_row_for_64_numbers),
        ),
        Mistake(
            "stays flat",
            "The right 64 numbers, still in a row. Give them the shape (8, 8).",
            answers=(stays_flat,),
        ),
        Mistake(
            "reshapes before choosing",
            "Reshaping the whole matrix first, the first axis no longer counts units, and weights "
            "of many units are mixed. Take the column first.",
            answers=(shapes_before_choosing, chooses_along_the_first_axis),
            recognise=_gives(shapes_before_choosing, chooses_along_the_first_axis),
        ),
        Mistake(
            "counts units from 1",
            "This is the unit before. Units count from 0, as everything in NumPy does.",
            answers=(counts_from_one,),
        ),
        Mistake(
            "turns the picture upside down",
            "The first eight pixels are the top row, and row 0 of an array is drawn at the top.",
            answers=(upside_down,),
        ),
        Mistake(
            "keeps an axis",
            "The shape is (8, 8, 1): one axis too many. A slice keeps its axis, a single number "
            "drops it.",
            answers=(keeps_an_axis,),
        ),
        Mistake(
            "scales the weights",
            "The weights themselves are asked for: scaling belongs to the drawing.",
            answers=(scales_to_one, scales_by_the_largest),
            recognise=_gives(scales_to_one, scales_by_the_largest),
        ),
    ),
    also_right=(all_pictures_first, row_by_row, with_a_third_axis),
)
