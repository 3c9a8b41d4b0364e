"""Build: class labels as rows with a single one, on arrays of either path."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def one_hot(labels, classes):
    """Rows of zeros with a 1 at the place of the label: (N,) to (N, classes)."""
    return np.eye(classes)[labels]


# --- answers with one misconception each ---


def counts_from_one(labels, classes):
    return np.eye(classes)[labels - 1]


def in_columns(labels, classes):
    return np.eye(classes)[:, labels]


def counts_the_classes_it_sees(labels, classes):
    return np.eye(int(labels.max()) + 1)[labels]


def writes_the_label(labels, classes):
    return np.eye(classes)[labels] * np.asarray(labels)[:, None]


def counts_labels(labels, classes):
    return np.bincount(labels, minlength=classes)


def fills_up_to_the_label(labels, classes):
    return np.tri(classes)[labels]


def every_label_in_every_row(labels, classes):
    rows = np.zeros((len(labels), classes))
    rows[:, np.asarray(labels)] = 1
    return rows


# --- unusual and right ---


def by_comparison(labels, classes):
    return np.asarray(labels)[:, None] == np.arange(classes)


def by_lists(labels, classes):
    return [[1 if place == label else 0 for place in range(classes)] for label in labels]


def by_torch(labels, classes):
    import torch

    return torch.nn.functional.one_hot(torch.as_tensor(labels), classes)


def by_writing(labels, classes):
    rows = np.zeros((len(labels), classes), dtype="float32")
    rows[np.arange(len(labels)), np.asarray(labels)] = 1
    return rows


def cases():
    settings = [([2, 0, 1], 4), ([3, 3, 0, 1, 2], 4), ([1, 0], 2), ([0, 4, 1, 1], 7)]
    return [_case(path, *setting) for path in paths.available() for setting in settings]


def _case(path, labels, classes):
    expected = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        expected[row, label] = 1
    return Case((_integers(path, labels), classes), expected, path=path)


def _integers(path, labels):
    if path == "torch":
        import torch

        return torch.tensor(labels)
    return np.array(labels)


EXERCISE = Exercise(
    identifier="tensors.one_hot",
    title="one-hot rows",
    level="build",
    prompt=(
        "Write `one_hot(labels, classes)`: from the labels, integers from 0 to `classes` − 1 in an "
        "array of shape (N,), make an array of shape (N, classes) with a 1 at the place of the "
        "label in each row and 0 everywhere else. `labels` is a NumPy array or a torch tensor; the "
        "result may be either. Example: the labels 2 and 0 of four classes give the rows 0 0 1 0 "
        "and 1 0 0 0."
    ),
    stub='''\
def one_hot(labels, classes):
    """Rows of zeros with a 1 at the place of the label: (N,) to (N, classes)."""
    return ...
''',
    solution=one_hot,
    cases=cases,
    hints=(
        "Row 2 of an identity matrix is 0 0 1 0 …: a one at place 2.",
        "np.eye(classes) holds the row of every class. Indexing it with an array of labels picks a "
        "row for each of them.",
        "np.eye(classes)[labels], or torch.eye(classes)[labels].",
    ),
    passed="Indexing with an array of integers picks rows: an embedding does the same with words.",
    mistakes=(
        Mistake(
            "counts from one",
            "The ones are one place too far left, and label 0 lands at the end: classes count from "
            "0 here, so label 2 belongs at place 2.",
            answers=(counts_from_one,),
        ),
        Mistake(
            "puts the examples into columns",
            "Each example is a column here. Examples are rows in this course: the shape should be "
            "(N, classes).",
            answers=(in_columns,),
        ),
        Mistake(
            "counts the classes it sees",
            "The width is the largest label plus one. A batch need not hold every class, so take "
            "the number of classes from the argument.",
            answers=(counts_the_classes_it_sees,),
        ),
        Mistake(
            "writes the label into the row",
            "The place says which class it is; what stands there is 1, also for label 3, and for "
            "label 0 too.",
            answers=(writes_the_label,),
        ),
        Mistake(
            "counts how often each label occurs",
            "This says how many examples each class has. Asked is one row for each example.",
            answers=(counts_labels,),
        ),
        Mistake(
            "fills up to the label",
            "All places up to the label are 1. Only the place of the label itself is.",
            answers=(fills_up_to_the_label,),
        ),
        Mistake(
            "writes every label into every row",
            "Each row has the ones of all labels: rows[:, labels] means all rows. Pair each row "
            "with its own label, rows[np.arange(N), labels].",
            answers=(every_label_in_every_row,),
        ),
    ),
    also_right=(by_comparison, by_lists, by_torch, by_writing),
)
