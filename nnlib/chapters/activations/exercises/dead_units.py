"""Build: a monitor for dead ReLU units."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def dead_units(z):
    """Number of units whose pre-activation is at most 0 for every row of z."""
    return int((z <= 0).all(0).sum())


# --- answers with one misconception each ---


def rows_for_units(z):
    return int((z <= 0).all(1).sum())


def rows_for_units_by_the_largest(z):
    return sum(1 for row in z if max(row.tolist()) <= 0)


def inactive_somewhere(z):
    return int((z <= 0).any(0).sum())


def inactive_somewhere_by_the_smallest(z):
    return sum(1 for unit in z.T if min(unit.tolist()) <= 0)


def counts_the_zeros(z):
    return int((z <= 0).sum())


def negative_on_average(z):
    return int((z.mean(0) <= 0).sum())


def counts_the_living(z):
    return int((z > 0).any(0).sum())


def one_question_for_all(z):
    return (z <= 0).all()


def strictly_below(z):
    return int((z < 0).all(0).sum())


def a_share(z):
    return float((z <= 0).all(0).sum()) / z.shape[1]


def places_of_the_dead(z):
    return np.flatnonzero((np.asarray(z) <= 0).all(axis=0))


# --- unusual and right ---


def by_the_largest(z):
    return len([1 for unit in z.T if max(unit.tolist()) <= 0])


def by_the_sum_of_relu(z):
    values = np.asarray(z)
    return np.count_nonzero(np.maximum(values, 0).sum(axis=0) == 0)


TABLES = (
    [[-1.0, 2.0, -3.0], [-2.0, -1.0, -0.5], [-0.1, 0.5, -4.0], [-5.0, 1.0, 0.25]],
    [[0.0, 1.0], [0.0, -2.0], [-1.0, -3.0]],
    [[-1.0, -1.0, -1.0], [-2.0, -2.0, -2.0]],
    [[1.0, -3.0, 0.5, -1.0, 2.0], [-4.0, -1.0, 0.25, -2.0, -3.0]],
    [[3.0, 3.0], [-1.0, 2.0], [1.0, 1.0]],
)


def cases():
    return [
        Case((paths.array(path, table),), _oracle(table), path=path)
        for path in paths.available()
        for table in TABLES
    ]


def _oracle(table):
    """One unit at a time: does any row get through?"""
    units = range(len(table[0]))
    return sum(1 for unit in units if not [row for row in table if row[unit] > 0])


EXERCISE = Exercise(
    identifier="activations.dead_units",
    title="count the dead",
    level="build",
    prompt=(
        "Write `dead_units(z)`: `z` holds the pre-activations of a ReLU layer for a whole training "
        "set, one row for each example and one column for each unit (an array or a tensor of shape "
        "(rows, units)). Return how many units are dead: those that give 0 for every row. "
        "Example: `[[-1.0, 2.0], [-3.0, -1.0]]` has one dead unit, the first."
    ),
    stub='''\
def dead_units(z):
    """Number of units whose pre-activation is at most 0 for every row of z."""
    return ...
''',
    solution=dead_units,
    cases=cases,
    hints=(
        "ReLU gives 0 where z <= 0. One such row makes a unit inactive there, not dead.",
        "A unit is a column: z <= 0 must hold all along axis 0.",
        "One True or False for each unit, and True counts as 1: add them up.",
    ),
    passed=(
        "Run it on the training rows now and then: one number tells you that a layer is dying."
    ),
    mistakes=(
        Mistake(
            "looks along the wrong axis",
            "This counts rows for which every unit is off. Is a unit a row or a column?",
            answers=(rows_for_units, rows_for_units_by_the_largest),
        ),
        Mistake(
            "takes inactive for dead",
            "A unit that is off for some rows is merely inactive there, which is how ReLU is meant "
            "to work. Dead means off for all rows.",
            answers=(inactive_somewhere, inactive_somewhere_by_the_smallest),
        ),
        Mistake(
            "counts entries, not units",
            "This counts every zero in the table. Ask first, for each unit, whether all of its "
            "rows are off.",
            answers=(counts_the_zeros,),
        ),
        Mistake(
            "asks once for the whole table",
            "This asks once whether every unit is off for every row. The question is to be asked "
            "of each unit, and the yeses counted.",
            answers=(one_question_for_all,),
        ),
        Mistake(
            "judges by the average",
            "A unit with a negative average may still fire for some rows, and then it learns.",
            answers=(negative_on_average,),
        ),
        Mistake(
            "counts the living",
            "These are the units that fire for some row. The others were asked for.",
            answers=(counts_the_living,),
        ),
        Mistake(
            "lets zero count as firing",
            "At exactly 0 ReLU gives 0 and passes no gradient either.",
            answers=(strictly_below,),
        ),
        Mistake(
            "gives a share",
            "The number of units was asked for, not their share of the layer.",
            answers=(a_share,),
        ),
        Mistake(
            "gives the places",
            "These are the places of the dead units. How many are they?",
            answers=(places_of_the_dead,),
        ),
    ),
    also_right=(by_the_largest, by_the_sum_of_relu),
    by_hand=tuple(
        Asked("rows " + ", ".join(f"({', '.join(f'{v:g}' for v in row)})" for row in TABLES[i])
              .replace("-", "−"), (np.array(TABLES[i]),))
        for i in (1, 3)
    ),
)
