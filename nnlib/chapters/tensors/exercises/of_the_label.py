"""Build: from each row of probabilities the one of its own label, on arrays of either path."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def of_the_label(probabilities, labels):
    """From each row the number of its label: (batch, classes) to (batch,)."""
    rows = range(len(labels))
    return probabilities[rows, labels]


# --- answers with one misconception each ---


def every_label_of_every_row(probabilities, labels):
    return probabilities[:, labels]


def rows_of_the_labels(probabilities, labels):
    return np.asarray(probabilities)[np.asarray(labels) % len(labels)]


def the_largest(probabilities, labels):
    return np.asarray(probabilities).max(axis=1)


def counts_from_one(probabilities, labels):
    return probabilities[range(len(labels)), labels - 1]


def masked(probabilities, labels):
    places = np.arange(probabilities.shape[1])
    return np.asarray(probabilities) * (np.asarray(labels)[:, None] == places)


def all_for_the_first_label(probabilities, labels):
    return probabilities[:, labels[0]]


def where_it_is_largest(probabilities, labels):
    return np.asarray(probabilities).argmax(axis=1)


def row_and_column_swapped(probabilities, labels):
    wide = np.asarray(probabilities)
    return wide[np.asarray(labels) % len(labels), np.arange(len(labels)) % wide.shape[1]]


def from_the_first_row(probabilities, labels):
    return probabilities[0, labels]


def as_a_column(probabilities, labels):
    return probabilities[range(len(labels)), labels][:, None]


def whether_it_is_right(probabilities, labels):
    return np.asarray(probabilities).argmax(axis=1) == np.asarray(labels)


# --- unusual and right ---


def by_one_hot(probabilities, labels):
    places = np.arange(probabilities.shape[1])
    chosen = np.asarray(labels)[:, None] == places
    return (np.asarray(probabilities) * chosen).sum(axis=1)


def by_a_mask(probabilities, labels):
    places = np.arange(probabilities.shape[1])
    return np.asarray(probabilities)[np.asarray(labels)[:, None] == places]


def by_gather(probabilities, labels):
    import torch

    probabilities, labels = torch.as_tensor(probabilities), torch.as_tensor(labels)
    return probabilities.gather(1, labels[:, None])[:, 0]


def with_a_loop(probabilities, labels):
    return [row[label] for row, label in zip(probabilities, labels, strict=True)]


def by_the_diagonal(probabilities, labels):
    return np.diagonal(np.asarray(probabilities)[:, np.asarray(labels)])


SETTINGS = [([2, 0, 1], 4), ([3, 3, 0, 1, 2], 4), ([1, 0], 3), ([0, 4, 1, 1], 7), ([2, 1, 0], 3)]


# Small enough to be done by hand.
ROWS, LABELS = np.array([[0.1, 0.6, 0.3], [0.5, 0.1, 0.4], [0.7, 0.2, 0.1]]), [2, 0, 1]


def cases():
    tables = [(_rows(*setting), setting[0]) for setting in SETTINGS]
    return [_case(path, *table) for path in paths.available()
            for table in (*tables, (ROWS, LABELS))]


def _rows(labels, classes):
    rng = np.random.default_rng(classes + len(labels))
    return rng.dirichlet(np.ones(classes), size=len(labels))


def _case(path, rows, labels):
    expected = np.array([rows[i][label] for i, label in enumerate(labels)])
    return Case((paths.array(path, rows), _integers(path, labels)), expected, path=path)


def _integers(path, labels):
    if path == "torch":
        import torch

        return torch.tensor(labels)
    return np.array(labels)


def swapped(seen) -> bool:
    """Whether row labels[i], column i was read; where there is none, an IndexError will do."""
    return all(_swapped(item) for item in seen)


def _swapped(item) -> bool:
    probabilities, labels = (np.asarray(part) for part in item.case.arguments)
    rows, classes = probabilities.shape
    if item.error is not None:
        return isinstance(item.error, IndexError) and (rows > classes or max(labels) >= rows)
    return comparing.same(item.result, row_and_column_swapped(probabilities, labels))


def picked(seen) -> bool:
    """Whether the labels picked whole rows; where there is no such row, an IndexError will do."""
    return all(_picked(item) for item in seen)


def _picked(item) -> bool:
    probabilities, labels = (np.asarray(part) for part in item.case.arguments)
    if item.error is not None:
        return isinstance(item.error, IndexError) and max(labels) >= len(labels)
    return comparing.same(item.result, rows_of_the_labels(probabilities, labels))


EXERCISE = Exercise(
    identifier="tensors.of_the_label",
    title="the probability of the right class",
    level="build",
    prompt=(
        "Write `of_the_label(probabilities, labels)`: `probabilities` has shape (batch, "
        "classes), a row for each example; `labels` are the right classes, whole numbers from 0, "
        "in shape (batch,). Return the probabilities of the right classes, one from each row, in "
        "shape (batch,): the loss of a classifier begins with them. Both are NumPy arrays or "
        "torch tensors. Example: the rows (0.2, 0.7, 0.1) and (0.5, 0.3, 0.2) with the labels "
        "1 and 2 give 0.7 and 0.2."
    ),
    stub='''\
def of_the_label(probabilities, labels):
    """From each row the number of its label: (batch, classes) to (batch,)."""
    return ...
''',
    solution=of_the_label,
    cases=cases,
    hints=(
        "Two indices lead to a number: which row, which column. For example i they are i and "
        "labels[i].",
        "Two lists of indices of equal length go in pairs, so the rows need a list as well. A "
        "colon in its place means every row, for each label.",
        "The list of rows is as long as the labels and counts 0, 1, 2, … It stands first in the "
        "brackets, the labels second.",
    ),
    passed="Two lists of indices go in pairs; a colon and a list give a whole table.",
    mistakes=(
        Mistake(
            "takes every label of every row",
            "The result has a column for each label: the colon means all rows, and from each of "
            "them the columns of *all* labels. Give the rows as a list too, so that "
            "the two go in pairs.",
            answers=(every_label_of_every_row,),
        ),
        Mistake(
            "picks rows",
            "An array of labels as the only index picks whole rows. The label is a place *in* the "
            "row, so it is the second index.",
            answers=(rows_of_the_labels,),
            recognise=picked,
        ),
        Mistake(
            "takes the largest",
            "That is the probability of the class that the row likes best. Asked is that of the "
            "right class, which may be another.",
            answers=(the_largest,),
        ),
        Mistake(
            "counts from one",
            "Each number is taken one place too far left. Classes count from 0: label 2 is the "
            "place with index 2.",
            answers=(counts_from_one,),
        ),
        Mistake(
            "sets the others to zero",
            "The right numbers are there and zeros around them, still in a table (batch, classes). "
            "Sum over the classes, or pick instead of masking.",
            answers=(masked,),
        ),
        Mistake(
            "takes the first label for all",
            "Every row was read at the place of the first label. Each example has a label of its "
            "own.",
            answers=(all_for_the_first_label,),
        ),
        Mistake(
            "says where the largest is",
            "argmax gives places, and those of the largest number. Asked are probabilities, at the "
            "places that the labels name.",
            answers=(where_it_is_largest,),
        ),
        Mistake(
            "swaps row and column",
            "The label came as the first index, which is that of the row. Rows first, labels "
            "second.",
            answers=(row_and_column_swapped,),
            recognise=swapped,
        ),
        Mistake(
            "reads the first row only",
            "All numbers come from row 0. Each example has a row of its own: give a list of rows "
            "that goes in pairs with the labels.",
            answers=(from_the_first_row,),
        ),
        Mistake(
            "gives a column",
            "The right numbers, as a column (batch, 1). Asked is (batch,): there is one axis too "
            "many.",
            answers=(as_a_column,),
        ),
        Mistake(
            "says whether the row is right",
            "That says whether the most likely class is the right one. Asked is how likely the "
            "right class is held to be.",
            answers=(whether_it_is_right,),
        ),
    ),
    also_right=(by_one_hot, by_a_mask, by_gather, with_a_loop, by_the_diagonal),
    by_hand=(
        Asked(
            "rows (0.1, 0.6, 0.3), (0.5, 0.1, 0.4), (0.7, 0.2, 0.1), labels 2, 0, 1",
            (ROWS, np.array(LABELS)),
            ("from the first row", "from the second", "from the third"),
        ),
    ),
)
