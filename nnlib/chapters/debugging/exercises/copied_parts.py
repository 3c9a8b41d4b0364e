"""Repair, case C: copies that are made before the rows are dealt out."""

import numpy as np

from nnlib.chapters.debugging.exercises._looking import judge_looks, looks_for
from nnlib.exercises.exercise import Case, Exercise, Mistake


def copied_parts(x, y, copies, held, rng):
    """Training rows in noisy copies, `held` validation rows: two pairs (x, y)."""
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    many = np.repeat(rest, copies)
    noise = rng.normal(0, 0.03, x[many].shape)
    return (x[many] + noise, y[many]), (x[kept], y[kept])


def broken(x, y, copies, held, rng):
    """Training rows in noisy copies, `held` validation rows: two pairs (x, y)."""
    x = np.repeat(x, copies, axis=0)
    y = np.repeat(y, copies)
    x = x + rng.normal(0, 0.03, x.shape)
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    return (x[rest], y[rest]), (x[kept], y[kept])


# --- answers with one misconception each ---


def validation_copied(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    parts = []
    for rows in (order[held:], order[:held]):
        many = np.repeat(rows, copies)
        parts.append((x[many] + rng.normal(0, 0.03, x[many].shape), y[many]))
    return tuple(parts)


def validation_copied_by_tile(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    rest, kept = np.tile(order[held:], copies), np.tile(order[:held], copies)
    moved = [x[rows] + 0.03 * rng.standard_normal(x[rows].shape) for rows in (rest, kept)]
    return (moved[0], y[rest]), (moved[1], y[kept])


def validation_copied_by_loop(x, y, copies, held, rng):
    order = list(rng.permutation(len(x)))
    parts = []
    for rows in (order[held:], order[:held]):
        many = [row for row in rows for _ in range(copies)]
        parts.append((np.array([x[row] + rng.normal(0, 0.03, x[row].shape) for row in many]),
                      np.array([y[row] for row in many])))
    return parts[0], parts[1]


def copies_nothing(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    return (x[rest] + rng.normal(0, 0.03, x[rest].shape), y[rest]), (x[kept], y[kept])


def copies_nothing_by_mask(x, y, copies, held, rng):
    chosen = np.zeros(len(x), dtype=bool)
    chosen[rng.permutation(len(x))[:held]] = True
    train = x[~chosen]
    return (train + 0.03 * rng.standard_normal(train.shape), y[~chosen]), (x[chosen], y[chosen])


def copies_nothing_by_delete(x, y, copies, held, rng):
    kept = rng.choice(len(x), held, replace=False)
    noisy = np.array([row + rng.normal(0, 0.03, row.shape) for row in np.delete(x, kept, axis=0)])
    return (noisy, np.delete(y, kept)), (x[kept], y[kept])


def trains_on_all(x, y, copies, held, rng):
    kept = rng.permutation(len(x))[:held]
    many = np.repeat(np.arange(len(x)), copies)
    return (x[many] + rng.normal(0, 0.03, x[many].shape), y[many]), (x[kept], y[kept])


def trains_on_all_by_tile(x, y, copies, held, rng):
    kept = rng.choice(len(x), held, replace=False)
    train = np.tile(x, (copies, 1))
    return (train + 0.03 * rng.standard_normal(train.shape), np.tile(y, copies)), (x[kept], y[kept])


def trains_on_all_by_loop(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    rounds = [x + rng.normal(0, 0.03, x.shape) for _ in range(copies)]
    return ((np.concatenate(rounds), np.concatenate([y] * copies)),
            (np.array([x[row] for row in order[:held]]), y[order[:held]]))


def labels_in_other_order(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    many = np.repeat(rest, copies)
    return ((x[many] + rng.normal(0, 0.03, x[many].shape), np.tile(y[rest], copies)),
            (x[kept], y[kept]))


def labels_in_other_order_by_lists(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    rest = order[held:]
    train = [x[row] + rng.normal(0, 0.03, x[row].shape) for row in rest for _ in range(copies)]
    labels = [y[row] for _ in range(copies) for row in rest]
    return (np.array(train), np.array(labels)), (x[order[:held]], y[order[:held]])


def rows_in_other_order(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    train = np.concatenate([x[rest]] * copies)
    train = train + rng.normal(0, 0.03, train.shape)
    return (train, np.repeat(y[rest], copies)), (x[kept], y[kept])


def without_noise(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    return (np.repeat(x[rest], copies, axis=0), np.repeat(y[rest], copies)), (x[kept], y[kept])


def one_noise_for_all_copies(x, y, copies, held, rng):
    order = rng.permutation(len(x))
    kept, rest = order[:held], order[held:]
    noisy = x[rest] + rng.normal(0, 0.03, x[rest].shape)
    return (np.repeat(noisy, copies, axis=0), np.repeat(y[rest], copies)), (x[kept], y[kept])


def first_rows_held(x, y, copies, held, rng):
    many = np.repeat(np.arange(held, len(x)), copies)
    return (x[many] + rng.normal(0, 0.03, x[many].shape), y[many]), (x[:held], y[:held])


# --- unusual and right ---


def round_by_round(x, y, copies, held, rng):
    """The validation rows from the end of the order, the copies round by round."""
    order = rng.permutation(len(x))
    rest, kept = order[:-held], order[-held:]
    rounds = [x[rest] + rng.normal(0, 0.03, x[rest].shape) for _ in range(copies)]
    return (np.concatenate(rounds), np.concatenate([y[rest]] * copies)), (x[kept], y[kept])


# --- what is looked at ---

NOISE, NONE = "of mean 0 and about 0.03", "none"
PLACE = "validation rows of the first or last of x alone"


def _noise_in_words(noise):
    if not noise.any():
        return NONE
    return NOISE if abs(noise.mean()) < 0.013 and 0.02 < noise.std() < 0.045 else "another"


@looks_for("two pairs (x, y), of training and of validation")
def read(result, arguments):
    """What became of the rows: how many, from which originals, with whose labels."""
    x, y, *_ = arguments
    (x_train, y_train), (x_kept, y_kept) = result
    train, kept = _origins(x_train, x), _origins(x_kept, x)
    counts = np.bincount(train, minlength=len(x))
    return {
        "training rows": len(train),
        "copies of each row trained on": sorted(set(counts[counts > 0].tolist())),
        "validation rows": len(kept),
        "originals in both": len(set(train.tolist()) & set(kept.tolist())),
        "labels that belong to their rows": bool(
            np.array_equal(y_train, y[train]) and np.array_equal(y_kept, y[kept])),
        "validation rows as they are": bool(np.array_equal(x_kept, x[kept])),
        PLACE: set(kept.tolist()) in (
            set(range(len(kept))), set(range(len(x) - len(kept), len(x)))),
        "noise": _noise_in_words(np.asarray(x_train) - x[train]),
        "copies that are alike": len(train) - len(np.unique(np.asarray(x_train), axis=0)),
    }


def holds_by_place(seen):
    """Whether all is right but for the draw."""
    return all(item.result[PLACE] and {**item.result, PLACE: False} == item.case.expected
               for item in seen)


def shares_noise(seen):
    """Whether all is right, but that copies are alike and have noise."""
    return all(
        item.result["copies that are alike"] > 0 and item.result["noise"] != NONE
        and {**item.result, "copies that are alike": 0, "noise": NOISE} == item.case.expected
        for item in seen)


def _origins(rows, x):
    """Of which row of x each row is a copy: the originals lie 1 apart and more."""
    return np.abs(np.asarray(rows)[:, None, 0] - x[None, :, 0]).argmin(axis=1)


def cases():
    return [_case(0, 12, 3, 4), _case(1, 15, 2, 5), _case(2, 20, 4, 6)]


def _case(seed, rows, copies, held):
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.permutation(rows).astype("float64"), rng.normal(size=(rows, 7))])
    y = rng.permutation(rows)                                  # each row a label of its own
    expected = {
        "training rows": (rows - held) * copies,
        "copies of each row trained on": [copies],
        "validation rows": held,
        "originals in both": 0,
        "labels that belong to their rows": True,
        "validation rows as they are": True,
        PLACE: False,
        "noise": NOISE,
        "copies that are alike": 0,
    }
    return Case(lambda: (x.copy(), y.copy(), copies, held, np.random.default_rng(seed)), expected,
                read=read)


EXERCISE = Exercise(
    identifier="debugging.copied_parts",
    title="case C, rows in copies",
    level="repair",
    prompt=(
        "The code behind case C, whose validation score was too good. Mend it: the validation gets "
        "`held` of the rows of `x`, drawn at random, once each and as they are; the training gets "
        "all the others, each in `copies` copies with noise; no row serves both; and each row "
        "keeps its label. The noise stays as it is, drawn for each copy. What a check sees is "
        "counted: rows, copies, originals in both parts, labels."
    ),
    solution=copied_parts,
    broken=broken,
    cases=cases,
    judge=judge_looks,
    hints=(
        "Take one original row and follow it. Where can its copies end up?",
        "Who deals out copies cannot know which belong together. What has to be dealt out?",
    ),
    passed="Deal out first, and copy within the training part: what is made from a row goes where "
           "the row goes.",
    mistakes=(
        Mistake(
            "copies the validation rows too",
            "No row serves both any more. But the validation rows come in copies as well, with "
            "noise: they should be there once, as they are.",
            answers=(validation_copied, validation_copied_by_tile, validation_copied_by_loop),
        ),
        Mistake(
            "copies nothing",
            "No row serves both any more, and there are no copies either: each training row stands "
            "there once.",
            answers=(copies_nothing, copies_nothing_by_mask, copies_nothing_by_delete),
        ),
        Mistake(
            "trains on the validation rows as well",
            "The validation rows are dealt out, and copies of all rows are trained on, of those as "
            "well. The others only.",
            answers=(trains_on_all, trains_on_all_by_tile, trains_on_all_by_loop),
        ),
        Mistake(
            "loses the noise",
            "The parts are right. But the copies are exact, the noise got lost: such copies say "
            "nothing new.",
            answers=(without_noise,),
        ),
        Mistake(
            "gives all copies of a row one noise",
            "The parts are right. But all copies of a row carry the same noise: as copies they are "
            "worth one.",
            answers=(one_noise_for_all_copies,),
            recognise=shares_noise,
        ),
        Mistake(
            "holds rows by their place",
            "Dealt out first, and not drawn: rows are held by their place, and a file may be "
            "sorted.",
            answers=(first_rows_held,),
            recognise=holds_by_place,
        ),
        Mistake(
            "gives the copies labels in another order",
            "The parts are right. But rows are copied one after the other and labels round by "
            "round, or the other way about: copies end up with labels of others.",
            answers=(labels_in_other_order, labels_in_other_order_by_lists, rows_in_other_order),
        ),
    ),
    also_right=(round_by_round,),
)
