"""Compute: how many times does training change the weights?"""

import math

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def updates(rows, batch_size, epochs):
    """Number of weight updates in `epochs` passes over `rows` rows."""
    steps_per_epoch = -(-rows // batch_size)
    return epochs * steps_per_epoch


# --- answers with one misconception each ---


def one_an_epoch(rows, batch_size, epochs):
    return epochs


def one_a_row(rows, batch_size, epochs):
    return rows * epochs


def forgets_the_rest(rows, batch_size, epochs):
    return rows // batch_size * epochs


def rounds_at_the_end(rows, batch_size, epochs):
    return -(-rows * epochs // batch_size)


def of_one_epoch(rows, batch_size, epochs):
    return -(-rows // batch_size)


def one_more_always(rows, batch_size, epochs):
    return (rows // batch_size + 1) * epochs


def does_not_round(rows, batch_size, epochs):
    return rows / batch_size * epochs


def to_the_nearest(rows, batch_size, epochs):
    return round(rows / batch_size) * epochs


# --- unusual and right ---


def by_counting(rows, batch_size, epochs):
    return sum(1 for _ in range(epochs) for _ in range(0, rows, batch_size))


def by_ceil(rows, batch_size, epochs):
    return math.ceil(rows / batch_size) * epochs


def with_numpy(rows, batch_size, epochs):
    import numpy as np

    return np.ceil(np.float64(rows) / batch_size) * epochs


def cases():
    settings = [
        (1437, 32, 30), (1437, 256, 30), (1000, 50, 4), (10, 32, 3), (7, 1, 2), (65, 64, 10),
        (60000, 128, 5),
    ]
    return [Case(setting, _count(*setting)) for setting in settings]


def _count(rows, batch_size, epochs):
    """By dealing the rows out one at a time, as a loop over batches would."""
    updates = 0
    for _ in range(epochs):
        held = 0
        for _ in range(rows):
            held += 1
            if held == batch_size:
                updates, held = updates + 1, 0
        updates += held > 0
    return updates


EXERCISE = Exercise(
    identifier="learning_loop.updates",
    title="how many updates",
    level="compute",
    prompt=(
        "Every batch makes one update, an epoch is one pass over all rows, and the last batch of "
        "an epoch may be smaller than the others but is used. Write "
        "`updates(rows, batch_size, epochs)`: how many updates the whole training makes. Example: "
        "`updates(100, 32, 2)` is 8, because 100 rows are batches of 32, 32, 32 and 4."
    ),
    stub='''\
def updates(rows, batch_size, epochs):
    """Number of weight updates in `epochs` passes over `rows` rows."""
    return ...
''',
    solution=updates,
    cases=cases,
    hints=(
        "How many batches are one pass over the rows? Then how many are all passes?",
        "A rest that does not fill a batch is a batch too: round up within the epoch.",
        "First count one epoch, with its last, smaller batch; only then all epochs together.",
    ),
    passed="1,437 rows in batches of 32 are 45 updates an epoch, and 1,350 in 30 epochs.",
    mistakes=(
        Mistake(
            "one update an epoch",
            "That would be so if all rows made one batch. There is one update for each batch, and "
            "many batches in an epoch.",
            answers=(one_an_epoch,),
        ),
        Mistake(
            "one update a row",
            "This counts the rows that were looked at. A batch of rows makes one update together.",
            answers=(one_a_row,),
        ),
        Mistake(
            "forgets the last batch",
            "The rows that do not fill a batch make a smaller one, and it is used: round up.",
            answers=(forgets_the_rest,),
        ),
        Mistake(
            "does not round",
            "There is no part of an update: a batch that is not full makes a whole one. Round up.",
            answers=(does_not_round,),
        ),
        Mistake(
            "rounds to the nearest",
            "However little is left over, it makes a batch of its own: round up, not to the "
            "nearest whole number.",
            answers=(to_the_nearest,),
        ),
        Mistake(
            "rounds at the end",
            "Nearly: a batch does not reach from one epoch into the next. Round up for one epoch "
            "first, then multiply.",
            answers=(rounds_at_the_end,),
        ),
        Mistake(
            "counts one epoch only",
            "This is one epoch. All of them together make epochs times as many.",
            answers=(of_one_epoch,),
        ),
        Mistake(
            "always adds a batch",
            "Where the batch size divides the number of rows nothing is left over, and no batch is "
            "to be added: 1,000 rows in batches of 50 are 20.",
            answers=(one_more_always,),
        ),
    ),
    also_right=(by_counting, by_ceil, with_numpy),
    by_hand=(
        Asked("1,437 rows, batches of 256, 30 epochs", (1437, 256, 30)),
        Asked("10 rows, batches of 32, 3 epochs", (10, 32, 3)),
        Asked("65 rows, batches of 64, 10 epochs", (65, 64, 10)),
    ),
)
