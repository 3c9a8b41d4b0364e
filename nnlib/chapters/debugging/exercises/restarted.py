"""Repair, case K: a restart after which units are as silent as before."""

import numpy as np

from nnlib.chapters.debugging.exercises._looking import judge_looks, looks_for
from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def restarted(x, w, b, rng):
    """Weights and biases before a ReLU; units that fire for no row start anew."""
    w, b = w.copy(), b.copy()
    silent = (x @ w + b <= 0).all(axis=0)             # (units,)
    w[:, silent] = rng.normal(0, np.sqrt(2 / len(w)), (len(w), silent.sum()))
    b[silent] = 0
    return w, b


def broken(x, w, b, rng):
    """Weights and biases before a ReLU; units that fire for no row start anew."""
    w, b = w.copy(), b.copy()
    silent = (x @ w + b <= 0).all(axis=0)             # (units,)
    w[:, silent] = rng.normal(0, np.sqrt(2 / len(w)), (len(w), silent.sum()))
    return w, b


# --- answers with one misconception each ---


def all_anew(x, w, b, rng):
    return rng.normal(0, np.sqrt(2 / len(w)), w.shape), np.zeros_like(b)


def all_anew_by_columns(x, w, b, rng):
    columns = [np.sqrt(2 / x.shape[1]) * rng.standard_normal(x.shape[1]) for _ in b]
    return np.stack(columns, axis=1), 0 * b


def all_anew_by_rows(x, w, b, rng):
    return np.array([rng.normal(size=len(b)) for _ in w]) * (2 / len(w)) ** 0.5, b - b


def silent_for_one_row(x, w, b, rng):
    w, b = w.copy(), b.copy()
    silent = (x @ w + b <= 0).any(axis=0)
    w[:, silent] = rng.normal(0, np.sqrt(2 / len(w)), (len(w), silent.sum()))
    b[silent] = 0
    return w, b


def silent_for_one_row_by_smallest(x, w, b, rng):
    silent = np.min(x @ w + b, axis=0) <= 0
    fresh = rng.normal(size=w.shape) * np.sqrt(2 / x.shape[1])
    return np.where(silent, fresh, w), np.where(silent, 0, b)


def not_firing_for_all(x, w, b, rng):
    fires = np.mean(x @ w + b > 0, axis=0)
    w, b = np.array(w), np.array(b)
    for unit in np.flatnonzero(fires < 1):
        w[:, unit], b[unit] = rng.normal(0, np.sqrt(2 / len(w)), len(w)), 0.0
    return w, b


def biases_alone(x, w, b, rng):
    b = b.copy()
    b[(x @ w + b <= 0).all(axis=0)] = 0
    return w.copy(), b


def biases_alone_by_where(x, w, b, rng):
    return w + 0, np.where((x @ w + b).max(axis=0) > 0, b, 0.0)


def biases_alone_by_loop(x, w, b, rng):
    scores = np.maximum(x @ w + b, 0)
    return np.array(w), np.array([b[unit] if scores[:, unit].any() else 0.0
                                  for unit in range(len(b))])


def lifted_too_far(x, w, b, rng):
    w, b = w.copy(), b.copy()
    silent = (x @ w + b <= 0).all(axis=0)
    w[:, silent] = rng.normal(0, np.sqrt(2 / len(w)), (len(w), silent.sum()))
    b[silent] = 30
    return w, b


def turned_round(x, w, b, rng):
    silent = (x @ w + b).max(axis=0) <= 0
    fresh = rng.normal(size=w.shape) * np.sqrt(2 / len(w))
    return np.where(silent, fresh, w), np.where(silent, 30 - b, b)


def above_the_lowest(x, w, b, rng):
    w, b = np.array(w), np.array(b)
    for unit in np.flatnonzero(~(x @ w + b > 0).any(axis=0)):
        w[:, unit] = rng.normal(0, np.sqrt(2 / len(w)), len(w))
        b[unit] = 1 - (x @ w[:, unit]).min()
    return w, b


def larger_weights(x, w, b, rng):
    w = w.copy()
    silent = (x @ w + b <= 0).all(axis=0)
    w[:, silent] = rng.normal(0, 100, (len(w), silent.sum()))
    return w, b.copy()


def larger_weights_by_factor(x, w, b, rng):
    silent = (x @ w + b).max(axis=0) <= 0
    return np.where(silent, 1000 * rng.normal(size=w.shape), w), b + 0


def larger_weights_until_they_fire(x, w, b, rng):
    w = np.array(w)
    for unit in np.flatnonzero(~(x @ w + b > 0).any(axis=0)):
        w[:, unit] = rng.normal(0, np.sqrt(2 / len(w)), len(w))
        while (x @ w[:, unit] + b[unit]).max() <= 0:
            w[:, unit] *= 3
    return w, np.array(b)


def all_alike(x, w, b, rng):
    w, b = w.copy(), b.copy()
    silent = (x @ w + b <= 0).all(axis=0)
    w[:, silent] = rng.normal(0, np.sqrt(2 / len(w)), (len(w), 1))
    b[silent] = 0
    return w, b


def all_alike_by_where(x, w, b, rng):
    silent = (x @ w + b).max(axis=0) <= 0
    fresh = np.sqrt(2 / len(w)) * rng.standard_normal((len(w), 1))
    return np.where(silent, fresh, w), np.where(silent, 0, b)


def all_alike_by_one_seed(x, w, b, rng):
    w, b = np.array(w), np.array(b)
    for unit in np.flatnonzero(~(x @ w + b > 0).any(axis=0)):
        w[:, unit] = np.random.default_rng(0).normal(0, np.sqrt(2 / len(w)), len(w))
        b[unit] = 0
    return w, b


# --- unusual and right ---


def half_of_the_rows(x, w, b, rng):
    """Biases by the data: each restarted unit fires for half of the rows."""
    silent = (x @ w + b).max(axis=0) <= 0
    fresh = rng.normal(0, np.sqrt(2 / x.shape[1]), w.shape)
    return np.where(silent, fresh, w), np.where(silent, -np.median(x @ fresh, axis=0), b)


def evenly_drawn(x, w, b, rng):
    """He's size by a uniform draw, unit by unit."""
    w, b, limit = np.array(w), np.array(b), np.sqrt(6 / len(w))
    for unit in range(len(b)):
        if not (x @ w[:, unit] + b[unit] > 0).any():
            w[:, unit], b[unit] = rng.uniform(-limit, limit, len(w)), 0
    return w, b


# --- what is looked at ---

ALIKE = "restarted units with the weights of another"
SIZE = "new weights of the mean and the size that are asked"


@looks_for("a pair (w, b) of the shapes that came in")
def read(result, arguments):
    """Which units are as they were, and what became of the others."""
    x, w, b, _ = arguments
    new_w, new_b = (
        np.asarray(comparing.plain(part), dtype="float64") for part in result)
    if new_w.shape != w.shape or new_b.shape != b.shape:
        raise ValueError("other shapes")
    fired = (x @ w + b > 0).any(axis=0)
    same = (new_w == w).all(axis=0) & (new_b == b)
    anew = new_w[:, ~fired]
    fires = (x @ anew + new_b[~fired] > 0).mean(axis=0)
    right = np.sqrt(2 / len(w))
    return {
        "units": len(new_b),
        "units that fired and are as they were": int((fired & same).sum()),
        "restarted units that fire for no row": int((fires == 0).sum()),
        "restarted units that fire for every row": int((fires == 1).sum()),
        "new weights in all restarted units": bool((anew != w[:, ~fired]).any(axis=0).all()),
        ALIKE: anew.shape[1] - len(np.unique(anew, axis=1).T),
        SIZE: bool(0.8 < anew.std() / right < 1.2 and abs(anew.mean()) < 0.3 * right),
    }


def says_alike(seen):
    """Whether restarted units share their weights."""
    return all(item.result[ALIKE] > 0 and item.result["restarted units that fire for no row"] == 0
               for item in seen)


def cases():
    return [_case(0, 40, 4, 70, 20, 5), _case(1, 60, 6, 60, 10, 3), _case(2, 50, 5, 90, 30, 8)]


def _case(seed, rows, features, silent, firing, always):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, features))
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    units = silent + firing + always
    kind = rng.permutation(np.repeat([0, 1, 2], [silent, firing, always]))
    w = rng.normal(0, 3, (features, units)) * np.where(kind == 1, rng.uniform(0.05, 1, units), 1)
    low, high = (x @ w).min(axis=0), (x @ w).max(axis=0)
    b = np.choose(kind, [-high - rng.uniform(0.1, 60, units), -(low + high) / 2, 30 - low])
    zero = np.flatnonzero(kind == 0)[0]                       # it gives 0 for every row
    w[:, zero], b[zero] = 0, 0
    expected = {
        "units": units,
        "units that fired and are as they were": firing + always,
        "restarted units that fire for no row": 0,
        "restarted units that fire for every row": 0,
        "new weights in all restarted units": True,
        ALIKE: 0,
        SIZE: True,
    }
    return Case(lambda: (x.copy(), w.copy(), b.copy(), np.random.default_rng(seed)), expected,
                read=read)


EXERCISE = Exercise(
    identifier="debugging.restarted",
    title="case K, units that stay silent",
    level="repair",
    prompt=(
        "Somebody's cure for case K, and for every network that has lost units: those that fire "
        "for no row of `x` get new weights, of mean 0 and standard deviation √(2/features), as He "
        "proposes for ReLU. Most of them stay silent all the same. The columns of `x` are "
        "standardised. Mend it, so that each restarted unit has new weights of that size and fires "
        "for some of the rows and not for all, and every other unit is as it was."
    ),
    solution=restarted,
    broken=broken,
    cases=cases,
    judge=judge_looks,
    hints=(
        "What does a unit give for a row in which all inputs are 0, their mean?",
        "A unit consists of its weights and one number more. What of the old unit is still there?",
    ),
    passed="A restart is of the whole unit: new weights beside the old bias are as silent as "
           "before.",
    mistakes=(
        Mistake(
            "draws every unit anew",
            "None is silent any more. But units that fired are drawn anew as well, and what they "
            "had learned is gone.",
            answers=(all_anew, all_anew_by_columns, all_anew_by_rows),
        ),
        Mistake(
            "takes silence for one row for silence",
            "Units that are silent for some rows and fire for others are restarted too. Those bend "
            "the line: to be restarted is what is silent for all rows.",
            answers=(silent_for_one_row, silent_for_one_row_by_smallest, not_firing_for_all),
        ),
        Mistake(
            "lifts the biases alone",
            "Most fire again. But their weights are the old ones, whatever had become of them: new "
            "ones are asked for.",
            answers=(biases_alone, biases_alone_by_where, biases_alone_by_loop),
        ),
        Mistake(
            "lifts the biases too far",
            "They fire again, for every row: where a ReLU never bends, it is a straight line.",
            answers=(lifted_too_far, turned_round, above_the_lowest),
        ),
        Mistake(
            "draws larger weights",
            "Weights that are large enough drown any bias: they fire, and are not of the size that "
            "is asked. What is it that they drown?",
            answers=(larger_weights, larger_weights_by_factor, larger_weights_until_they_fire),
        ),
        Mistake(
            "gives all the same weights",
            "They fire again, all for the same rows: units with equal weights count as one. Each "
            "needs a draw of its own.",
            answers=(all_alike, all_alike_by_where, all_alike_by_one_seed),
            recognise=says_alike,
        ),
    ),
    also_right=(half_of_the_rows, evenly_drawn),
)
