"""Build: cut a data set into mini-batches, on arrays of either path."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.attempting import observe
from nnlib.exercises.exercise import Case, Exercise, Mistake


def mini_batches(x, y, size):
    """List of (x, y) parts of `size` rows, in order; the last may be smaller."""
    parts = []
    for start in range(0, len(x), size):
        rows = slice(start, start + size)
        parts.append((x[rows], y[rows]))
    return parts


# --- answers with one misconception each ---


def drops_the_rest(x, y, size):
    return [
        (x[i * size : (i + 1) * size], y[i * size : (i + 1) * size]) for i in range(len(x) // size)
    ]


def all_labels_each_time(x, y, size):
    return [(x[start : start + size], y) for start in range(0, len(x), size)]


def size_parts(x, y, size):
    return list(zip(np.array_split(x, size), np.array_split(y, size), strict=True))


def overlaps(x, y, size):
    return [
        (x[start : start + size], y[start : start + size]) for start in range(len(x) - size + 1)
    ]


def cuts_columns(x, y, size):
    return [
        (x[:, start : start + size], y[start : start + size]) for start in range(0, len(x), size)
    ]


def an_empty_one_at_the_end(x, y, size):
    return [
        (x[i * size : (i + 1) * size], y[i * size : (i + 1) * size])
        for i in range(len(x) // size + 1)
    ]


def rows_alone(x, y, size):
    return [x[start : start + size] for start in range(0, len(x), size)]


def overlaps_to_the_end(x, y, size):
    return [(x[start : start + size], y[start : start + size]) for start in range(len(x))]


def size_parts_by_steps(x, y, size):
    step = -(-len(x) // size)
    return [(x[i : i + step], y[i : i + step]) for i in range(0, len(x), step)]


def evened_out(x, y, size):
    count = -(-len(x) // size)
    parts = np.array_split(np.asarray(x), count), np.array_split(np.asarray(y), count)
    return list(zip(*parts, strict=True))


def two_lists(x, y, size):
    starts = range(0, len(x), size)
    return [x[i : i + size] for i in starts], [y[i : i + size] for i in starts]


def ends_at_size(x, y, size):
    return [(x[start:size], y[start:size]) for start in range(0, len(x), size)]


def one_row_short(x, y, size):
    return [
        (x[start : start + size - 1], y[start : start + size - 1])
        for start in range(0, len(x), size)
    ]


def returns_in_the_loop(x, y, size):
    parts = []
    for start in range(0, len(x), size):
        parts.append((x[start : start + size], y[start : start + size]))
        return parts


def shuffled(x, y, size):
    order = np.random.default_rng(0).permutation(len(x))
    return [(x[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(x), size)]


# --- unusual and right ---


def by_array_split(x, y, size):
    ends = range(size, len(x), size)
    return zip(np.split(x, ends), np.split(y, ends), strict=True)


def by_torch_split(x, y, size):
    import torch

    x, y = torch.as_tensor(x), torch.as_tensor(y)
    return list(zip(x.split(size), y.split(size), strict=True))


def by_shrinking(x, y, size):
    parts = []
    while len(x) > 0:
        parts.append([x[:size], y[:size]])
        x, y = x[size:], y[size:]
    return parts


def judge(got, expected):
    """Count the batches first: that is what goes wrong most."""
    if not isinstance(got, list):
        return f"should be a list of {len(expected)} pairs (x, y)"
    if len(got) != len(expected):
        return f"should be {len(expected)} pairs (x, y), got {len(got)}"
    if any(not isinstance(pair, list) or len(pair) != 2 for pair in got):
        return "should be a list of pairs (x, y), but not every item is a pair"
    for number, (pair, right) in enumerate(zip(got, expected, strict=True), start=1):
        for name, part, wanted in zip("xy", pair, right, strict=True):
            wrong = comparing.difference(part, wanted)
            if wrong:
                return f"is wrong in pair {number}: its {name} {wrong}"
    return None


def one_of(*answers):
    """Recognise what gives in every case what one of `answers` gives."""
    def recognise(seen):
        return any(all(_alike(observe(answer, item.case), item) for item in seen)
                   for answer in answers)
    return recognise


def _alike(one, other) -> bool:
    return type(one.error) is type(other.error) and comparing.same(one.result, other.result)


def in_another_order(seen) -> bool:
    """Whether the pairs are as long as they should be and hold all rows, out of order."""
    return (
        all(_lengths(item.result) == _lengths(item.case.expected) for item in seen)
        and all(sorted(_rows(item.result)) == _rows(item.case.expected) for item in seen)
        and any(_rows(item.result) != _rows(item.case.expected) for item in seen)
    )


def _lengths(pairs) -> list:
    return [[len(part) for part in pair] for pair in pairs or ()]


def _rows(pairs) -> list:
    """Every row with its label, one after the other; the rows of the cases are in order so."""
    return [(label, *row) for part, labels in pairs
            for row, label in zip(part.tolist(), labels.tolist(), strict=True)]


def cases():
    return [
        _case(path, rows, size)
        for path in paths.available()
        for rows, size in ((10, 4), (8, 4), (7, 3), (5, 8), (4, 1))
    ]


def _case(path, rows, size):
    """Dealt out one row at a time; the label of a row is the sum of its features."""
    x = np.arange(rows * 6.0).reshape(rows, 6)
    y = x.sum(axis=1)
    expected = []
    for row in range(rows):
        if row % size == 0:
            expected.append(([], []))
        expected[-1][0].append(x[row])
        expected[-1][1].append(y[row])
    expected = [(np.array(part), np.array(labels)) for part, labels in expected]
    return Case((paths.array(path, x), paths.array(path, y), size), expected, path=path)


EXERCISE = Exercise(
    identifier="tensors.mini_batches",
    title="mini-batches",
    level="build",
    prompt=(
        "Write `mini_batches(x, y, size)`: cut the rows of `x`, shape (rows, features), and of "
        "`y`, shape (rows,), into a list of pairs of `size` rows each, in order. The last pair is "
        "smaller where `size` does not divide the number of rows. `x` and `y` are NumPy arrays or "
        "torch tensors. Example: 10 rows at size 4 give three pairs, with 4, 4 and 2 rows."
    ),
    stub='''\
def mini_batches(x, y, size):
    """List of (x, y) parts of `size` rows, in order; the last may be smaller."""
    return ...
''',
    solution=mini_batches,
    cases=cases,
    judge=judge,
    hints=(
        "At which rows do the batches begin? range has a third argument, the step.",
        "One batch is a slice, from the row where it begins to as many rows further as size says. "
        "Past the end a slice is simply shorter, so the last batch needs no special case.",
        "Go through the places where batches begin. In each round, cut x and y at the same two "
        "places and collect the two parts as one pair.",
    ),
    passed="An epoch is one loop over these pairs; for training the rows are shuffled first.",
    mistakes=(
        Mistake(
            "drops the rest",
            "Rows that do not fill a batch are lost: only the full batches are counted.",
            answers=(drops_the_rest,),
        ),
        Mistake(
            "hands out all labels each time",
            "Each batch of rows comes with the labels of all rows. Cut y at the same places as x.",
            answers=(all_labels_each_time,),
        ),
        Mistake(
            "takes the size for the number of batches",
            "There are `size` batches. Asked are batches of `size` rows each, however many that "
            "makes.",
            answers=(size_parts, size_parts_by_steps),
            recognise=one_of(size_parts, size_parts_by_steps),
        ),
        Mistake(
            "moves on by one row",
            "The batches overlap: the next one begins one row later, not where the last one "
            "ended.",
            answers=(overlaps, overlaps_to_the_end),
            recognise=one_of(overlaps, overlaps_to_the_end),
        ),
        Mistake(
            "cuts columns",
            "x[:, …] cuts the second axis, the features. Examples are on axis 0.",
            answers=(cuts_columns,),
        ),
        Mistake(
            "adds an empty batch",
            "Where size divides the number of rows, the last batch is empty: there is one too "
            "many.",
            answers=(an_empty_one_at_the_end,),
        ),
        Mistake(
            "leaves the labels out",
            "Each item should be a pair: some rows of x, and the labels in y that belong to them.",
            answers=(rows_alone,),
        ),
        Mistake(
            "evens the batches out",
            "The batches are evened out, 4, 3 and 3 for ten rows. Asked are full ones as long as "
            "there are rows, 4, 4 and 2.",
            answers=(evened_out,),
        ),
        Mistake(
            "gives two lists",
            "These are all parts of x and then all parts of y. Asked is one list of pairs, each a "
            "part of x with its part of y.",
            answers=(two_lists,),
        ),
        Mistake(
            "ends every slice at the same row",
            "From the second pair on they are empty: the end of a slice is a place, not a length. "
            "Where the start moves on, so must it.",
            answers=(ends_at_size,),
        ),
        Mistake(
            "stops one row early",
            "Each full batch is one row short. The row at the end of a slice does not belong to "
            "it anyway: nothing has to be taken off.",
            answers=(one_row_short,),
        ),
        Mistake(
            "returns in the loop",
            "There is one pair only: the return stands in the loop and ends it in its first round. "
            "It belongs behind the loop.",
            answers=(returns_in_the_loop,),
        ),
        Mistake(
            "shuffles",
            "All rows are there, in another order. Asked is the order of x; shuffling is a step of "
            "its own, before the rows are cut.",
            answers=(shuffled,),
            recognise=in_another_order,
        ),
    ),
    also_right=(by_array_split, by_torch_split, by_shrinking),
)
