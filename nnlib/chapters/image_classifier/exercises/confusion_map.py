"""Build: the confusion map, true classes downwards and said ones across."""

import numpy as np

from nnlib.chapters.image_classifier.exercises._judging import gives_what_one_of
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def confusion_map(true, said, count):
    """(count, count): in row t, column s, pictures of class t called s."""
    counts = np.zeros((count, count))
    for picture in range(len(true)):
        counts[true[picture], said[picture]] += 1
    return counts


# --- answers with one misconception each ---


def turned(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[column, row] += 1
    return counts


def assigned_once(true, said, count):
    counts = np.zeros((count, count))
    counts[true, said] += 1
    return counts


def right_only(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        if row == column:
            counts[row, column] += 1
    return counts


def wrong_only(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        if row != column:
            counts[row, column] += 1
    return counts


def shares_of_all(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts / len(true)


def shares_of_rows(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def shares_with_nan(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts / counts.sum(axis=1, keepdims=True)


def only_classes_that_occur(true, said, count):
    found = sorted({*map(int, true), *map(int, said)})
    counts = np.zeros((len(found), len(found)))
    for row, column in zip(true, said, strict=True):
        counts[found.index(row), found.index(column)] += 1
    return counts


def from_the_end(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts[::-1, ::-1]


def totals_only(true, said, count):
    return np.bincount(true, minlength=count)


def both_ways(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts + counts.T


def up_to_the_highest_label(true, said, count):
    size = max(*true, *said) + 1
    counts = np.zeros((size, size))
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts


def without_minlength(true, said, count):
    return np.bincount(np.asarray(true) * count + said).reshape(count, count)


def in_one_byte(true, said, count):
    counts = np.zeros((count, count), dtype="uint8")
    for row, column in zip(true, said, strict=True):
        counts[row, column] += 1
    return counts


def one_shared_row(true, said, count):
    counts = [[0] * count] * count
    for row, column in zip(true, said, strict=True):
        counts[row][column] += 1
    return counts


def all_but_the_last(true, said, count):
    counts = np.zeros((count, count))
    for picture in range(len(true) - 1):
        counts[true[picture], said[picture]] += 1
    return counts


def classes_from_one(true, said, count):
    counts = np.zeros((count, count))
    for row in range(1, count + 1):
        for column in range(1, count + 1):
            counts[row - 1, column - 1] = np.sum((true == row) & (said == column))
    return counts


def shifted_by_one(true, said, count):
    counts = np.zeros((count, count))
    for row, column in zip(true, said, strict=True):
        counts[row - 1, column - 1] += 1
    return counts


def added_totals(true, said, count):
    counts = np.zeros((count, count))
    for row in range(count):
        for column in range(count):
            counts[row, column] = np.sum(true == row) + np.sum(said == column)
    return counts


def multiplied_totals(true, said, count):
    return np.outer(np.bincount(true, minlength=count), np.bincount(said, minlength=count))


def one_or_the_other(true, said, count):
    counts = np.zeros((count, count))
    for row in range(count):
        for column in range(count):
            counts[row, column] = np.sum((true == row) | (said == column))
    return counts


def two_classes(true, said, count):
    return np.array([[np.sum((true == 0) & (said == 0)), np.sum((true == 0) & (said == 1))],
                     [np.sum((true == 1) & (said == 0)), np.sum((true == 1) & (said == 1))]])


# --- unusual and right ---


def with_add_at(true, said, count):
    counts = np.zeros((count, count), int)
    np.add.at(counts, (np.asarray(true), np.asarray(said)), 1)
    return counts


def by_bincount(true, said, count):
    return np.bincount(np.asarray(true) * count + said, minlength=count**2).reshape(count, count)


def as_lists(true, said, count):
    pairs = list(zip(map(int, true), map(int, said), strict=True))
    return [[pairs.count((t, s)) for s in range(count)] for t in range(count)]


GIVEN = (
    (np.array([0, 0, 0, 0, 1, 1, 1, 0]), np.array([0, 0, 1, 1, 1, 1, 0, 1]), 2),
    (np.array([2, 0, 1, 2, 2, 1, 0, 2, 2]), np.array([2, 1, 1, 0, 2, 0, 1, 0, 0]), 3),
    (np.array([3, 1, 1, 3, 3]), np.array([1, 1, 3, 1, 3]), 4),
    (np.array([0, 1, 1, 0, 1]), np.array([1, 1, 0, 0, 1]), 3),           # nothing of the last class
    (np.array([2, 0, 1, 2, 0]), np.array([1, 2, 1, 0, 2]), 3),           # the last pair is missing
    (np.repeat([0, 0, 1, 1], [300, 7, 2, 44]), np.repeat([0, 1, 0, 1], [300, 7, 2, 44]), 2),
)


def oracle(true, said, count):
    """For each pair of classes, ask every picture."""
    return np.array([[np.sum((true == t) & (said == s)) for s in range(count)]
                     for t in range(count)], "float64")


EXERCISE = Exercise(
    identifier="image_classifier.confusion_map",
    title="who is taken for whom",
    level="build",
    prompt=(
        "Write `confusion_map(true, said, count)`: the confusion matrix of chapter 10, an array of "
        "shape (count, count) that holds in row t and column s how many pictures of class t were "
        "called s, as whole numbers or floats. `true` and `said` are NumPy arrays of labels from 0 "
        "to count − 1, one entry a picture; a class may be missing in both. Example: true 0 0 1 "
        "and said 0 1 1 give the rows 1 1 and 0 1."
    ),
    stub='''\
def confusion_map(true, said, count):
    """(count, count): in row t, column s, pictures of class t called s."""
    return ...
''',
    solution=confusion_map,
    cases=lambda: [Case(given, oracle(*given)) for given in GIVEN],
    hints=(
        "Start with an array of zeros, and let each picture add 1 somewhere.",
        "The true class says in which row, the answer in which column.",
        "zip(true, said) gives one pair for each picture, and a pair may come more than once.",
    ),
    passed="The diagonal is what is right; each other cell names a mistake one can look at.",
    mistakes=(
        Mistake("exchanges rows and columns", "Downwards stands what was said, across what is "
                "true. It was to be the other way.", answers=(turned,)),
        Mistake("counts a pair once", "A pair that comes several times adds 1 only once: the "
                "array is written to once, whatever the number of repetitions.",
                answers=(assigned_once,)),
        Mistake("counts what is right", "Only the diagonal is filled. The mistakes are what the "
                "map is for.", answers=(right_only,)),
        Mistake("counts what is wrong", "The diagonal is empty: the right answers belong to the "
                "map too.", answers=(wrong_only,)),
        Mistake("divides by all", "These are shares of all pictures. Asked are numbers of "
                "pictures.", answers=(shares_of_all,)),
        Mistake("divides by the rows", "Each row adds up to 1 here. Asked are numbers of "
                "pictures.", answers=(shares_of_rows, shares_with_nan),
                recognise=gives_what_one_of(shares_of_rows, shares_with_nan)),
        Mistake("drops classes that do not occur", "The map has a row and a column for every "
                "class, also where no picture was of it.", answers=(only_classes_that_occur,)),
        Mistake("takes the highest label for all", "The last class may be missing in the labels, "
                "and the map still has a row for it.", answers=(up_to_the_highest_label,)),
        Mistake("counts up to the last pair met", "The list of all pairs comes out too short where "
                "the last of them never occurs.", answers=(without_minlength,)),
        Mistake("counts in a byte", "Your cells are numbers of 8 bits: behind 255 they begin again "
                "at 0.", answers=(in_one_byte,)),
        Mistake("shares one row", "[row] * count is the same row count times: what is added to one "
                "is added to all.", answers=(one_shared_row,)),
        Mistake("leaves the last picture out", "One picture is missing, the last of them.",
                answers=(all_but_the_last,)),
        Mistake("counts classes from one", "Labels begin at 0: class 0 has a row of its own, the "
                "first.", answers=(classes_from_one, shifted_by_one),
                recognise=gives_what_one_of(classes_from_one, shifted_by_one)),
        Mistake("combines totals", "A cell counts pictures for which both hold: of class t, and "
                "called s. From how often each of them happens by itself, that cannot be told.",
                answers=(added_totals, multiplied_totals, one_or_the_other),
                recognise=gives_what_one_of(added_totals, multiplied_totals, one_or_the_other)),
        Mistake("knows two classes", "Your map is made for two classes. There may be more.",
                answers=(two_classes,)),
        Mistake("begins with the last class", "Class 0 is the first row and the first column.",
                answers=(from_the_end,)),
        Mistake("counts the true classes", "That is how many pictures each class has. What became "
                "of them?", answers=(totals_only,)),
        Mistake("counts both ways", "Each picture is counted twice: as t called s, and as s "
                "called t.", answers=(both_ways,)),
    ),
    also_right=(with_add_at, by_bincount, as_lists),
    by_hand=(
        Asked("true 0 0 0 0 1 1 1 0, said 0 0 1 1 1 1 0 1", GIVEN[0],
              ("0 called 0", "0 called 1", "1 called 0", "1 called 1")),
    ),
)
