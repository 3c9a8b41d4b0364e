"""Repair, case D: rows and labels that are shuffled apart."""

import numpy as np

from nnlib.chapters.debugging.exercises._looking import judge_looks, looks_for
from nnlib.exercises.exercise import Case, Exercise, Mistake


def epoch_batches(x, y, size, epochs, rng):
    """All batches (x, y) of some epochs, each epoch in an order of its own."""
    batches = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            batches.append((x[rows], y[rows]))
    return batches


def broken(x, y, size, epochs, rng):
    """All batches (x, y) of some epochs, each epoch in an order of its own."""
    batches = []
    for _ in range(epochs):
        x_mixed = rng.permutation(x)
        y_mixed = rng.permutation(y)
        for start in range(0, len(x), size):
            rows = slice(start, start + size)
            batches.append((x_mixed[rows], y_mixed[rows]))
    return batches


# --- answers with one misconception each ---


def never_shuffled(x, y, size, epochs, rng):
    batches = []
    for _ in range(epochs):
        for start in range(0, len(x), size):
            batches.append((x[start : start + size], y[start : start + size]))
    return batches


def never_shuffled_by_split(x, y, size, epochs, rng):
    cuts = range(size, len(x), size)
    parts = list(zip(np.split(x, cuts), np.split(y, cuts), strict=True))
    return parts * epochs


def never_shuffled_by_rows(x, y, size, epochs, rng):
    rows = np.arange(len(x))
    return [(x[rows // size == part], y[rows // size == part])
            for _ in range(epochs) for part in range(-(-len(x) // size))]


def shuffled_once(x, y, size, epochs, rng):
    order = rng.permutation(len(x))
    x, y = x[order], y[order]
    batches = []
    for _ in range(epochs):
        for start in range(0, len(x), size):
            batches.append((x[start : start + size], y[start : start + size]))
    return batches


def shuffled_by_one_seed(x, y, size, epochs, rng):
    batches = []
    for _ in range(epochs):
        order = np.random.default_rng(0).permutation(len(x))
        for start in range(0, len(x), size):
            rows = order[start : start + size]
            batches.append((x[rows], y[rows]))
    return batches


def shuffled_with_equal_seeds(x, y, size, epochs, rng):
    x, y = (np.random.default_rng(7).permutation(one) for one in (x, y))
    cuts = range(size, len(x), size)
    return list(zip(np.split(x, cuts), np.split(y, cuts), strict=True)) * epochs


def rest_left_out(x, y, size, epochs, rng):
    batches = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x) - size + 1, size):
            rows = order[start : start + size]
            batches.append((x[rows], y[rows]))
    return batches


def rest_left_out_by_reshape(x, y, size, epochs, rng):
    whole = len(x) // size
    return [(x[rows], y[rows]) for _ in range(epochs)
            for rows in rng.permutation(len(x))[: whole * size].reshape(whole, size)]


def rest_left_out_by_length(x, y, size, epochs, rng):
    found = []
    while len(found) < epochs * (len(x) // size):
        order = rng.permutation(len(x))
        parts = [order[i : i + size] for i in range(0, len(x), size)]
        found += [(x[rows], y[rows]) for rows in parts if len(rows) == size]
    return found


def drawn_with_replacement(x, y, size, epochs, rng):
    found = []
    for _ in range(epochs):
        for start in range(0, len(x), size):
            rows = rng.integers(0, len(x), min(size, len(x) - start))
            found.append((x[rows], y[rows]))
    return found


def drawn_with_replacement_by_choice(x, y, size, epochs, rng):
    found = []
    for _ in range(epochs):
        order = rng.choice(len(x), len(x))
        for start in range(0, len(x), size):
            found.append((x[order[start : start + size]], y[order[start : start + size]]))
    return found


def drawn_anew_for_each_batch(x, y, size, epochs, rng):
    found = []
    for _ in range(epochs):
        for start in range(0, len(x), size):
            rows = rng.permutation(len(x))[: min(size, len(x) - start)]
            found.append((x[rows], y[rows]))
    return found


# --- unusual and right ---


def pairs_first(x, y, size, epochs, rng):
    """Pairs of a row and its label are shuffled as pairs."""
    found = []
    for _ in range(epochs):
        pairs = [(row, label) for row, label in zip(x, y, strict=True)]
        rng.shuffle(pairs)
        for i in range(0, len(pairs), size):
            rows, labels = zip(*pairs[i : i + size], strict=True)
            found.append((np.array(rows), np.array(labels)))
    return found


# --- what is looked at ---


@looks_for("a list of batches, each a pair (x, y)")
def read(result, arguments):
    """What the batches hold: sizes, pairs, rows of each epoch, and whether their order changes."""
    x, y, _, epochs, _ = arguments
    places = [np.abs(np.asarray(part)[:, None, 0] - x[None, :, 0]).argmin(axis=1)
              for part, _ in result]
    labels = np.concatenate([np.ravel(part) for _, part in result])
    rows = np.concatenate(places)
    each = np.array_split(rows, epochs)
    return {
        "sizes of the batches": [len(part) for part in places],
        "labels that belong to their rows": bool(np.array_equal(labels, y[rows])),
        "every row once an epoch": bool(all(len(set(one.tolist())) == len(x) == len(one)
                                            for one in each)),
        "rows share a batch with others in the next epoch": _mixed(places, epochs),
        "the first epoch is in the order of the file": bool(
            np.array_equal(each[0], np.arange(len(each[0])))),
    }


def _mixed(places, epochs):
    """Whether the batches of two epochs are made of other rows."""
    count = len(places) // epochs
    sets = [frozenset(map(int, rows)) for rows in places]
    return set(sets[:count]) != set(sets[count : 2 * count])


def cases():
    return [_case(0, 11, 4, 2), _case(1, 14, 4, 3), _case(2, 16, 5, 2)]


def _case(seed, rows, size, epochs):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.arange(rows, dtype="float64"), rng.normal(size=rows)])
    y = rng.permutation(rows)                                  # each row a label of its own
    sizes = [*[size] * (rows // size), *([rows % size] if rows % size else [])] * epochs
    expected = {
        "sizes of the batches": sizes,
        "labels that belong to their rows": True,
        "every row once an epoch": True,
        "rows share a batch with others in the next epoch": True,
        "the first epoch is in the order of the file": False,
    }
    return Case(lambda: (x.copy(), y.copy(), size, epochs, np.random.default_rng(seed)), expected,
                read=read)


EXERCISE = Exercise(
    identifier="debugging.epoch_batches",
    title="case D, batches of several epochs",
    level="repair",
    prompt=(
        "The code behind case D. Whatever the network, it learns single batches and nothing else. "
        "Mend it: every epoch holds each row once, with its own label, in batches of `size` (the "
        "last one may be smaller), and in an order that is drawn anew for each epoch."
    ),
    solution=epoch_batches,
    broken=broken,
    cases=cases,
    judge=judge_looks,
    hints=(
        "Follow the first row of `x`. Where does it go, and where does its label go?",
        "`rng.permutation` draws a new order each time it is called. How many orders does an epoch "
        "need?",
        "Draw an order of row numbers once an epoch, and use it for both.",
    ),
    passed="One order for both: row numbers are shuffled, and rows and labels follow them.",
    mistakes=(
        Mistake(
            "shuffles nothing",
            "The labels belong to their rows again. But nothing is shuffled: every epoch comes in "
            "the order of the file.",
            answers=(never_shuffled, never_shuffled_by_split, never_shuffled_by_rows),
        ),
        Mistake(
            "shuffles once for all epochs",
            "The labels belong to their rows again. But all epochs come in one and the same order: "
            "asked is one that is drawn anew for each.",
            answers=(shuffled_once, shuffled_by_one_seed, shuffled_with_equal_seeds),
        ),
        Mistake(
            "leaves the rest out",
            "The labels belong to their rows again. But where the rows do not fill the last batch, "
            "some of them are missing.",
            answers=(rest_left_out, rest_left_out_by_reshape, rest_left_out_by_length),
        ),
        Mistake(
            "draws rows with replacement",
            "The labels belong to their rows again. But in an epoch some rows come twice and "
            "others not at all: rows have to be dealt out, not drawn for each batch anew.",
            answers=(drawn_with_replacement, drawn_with_replacement_by_choice,
                     drawn_anew_for_each_batch),
        ),
    ),
    also_right=(pairs_first,),
)
