"""Arrays that are right in some places: which places are wrong, and what they have in common."""

from __future__ import annotations

import numpy as np

from nnlib.exercises.comparing import ABSOLUTE, RELATIVE
from nnlib.exercises.diagnosing.evidence import Finding, all_numeric, is_numeric, same_shapes


def wrong_places(pair):
    return ~np.isclose(pair.got, pair.expected, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)


def find(pairs) -> Finding | None:
    """The places that are wrong, where that is the same kind of place in every wrong case."""
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    if any(np.size(pair.expected) < 2 for pair in pairs):
        return None
    wrong = [wrong_places(pair) for pair in pairs]
    if all(places.all() for places in wrong) or not all(places.any() for places in wrong):
        return None
    if any(places.all() for places in wrong):
        return _by_value(pairs, wrong)
    for clause, advice, where in PLACES:
        marked = [_safely(where, places) for places in wrong]
        if all(m is not None and np.array_equal(m, places)
               for m, places in zip(marked, wrong, strict=True)):
            return Finding("places", clause, advice)
    return _by_value(pairs, wrong) or _from_here_on(pairs, wrong)


def _mark(shape, index):
    places = np.zeros(shape, dtype=bool)
    places[index] = True
    return places


def _diagonal(shape):
    if len(shape) != 2 or shape[0] != shape[1]:
        raise IndexError
    return np.eye(len(np.zeros(shape)), dtype=bool)


PLACES = (
    ("is right but for the first entry", "What is special about the first?",
     lambda w: _mark(w.shape, 0)),
    ("is right but for the last entry", "What is special about the last?",
     lambda w: _mark(w.shape, -1)),
    ("is right in the first entry and wrong in all others",
     "What should change after the first?", lambda w: ~_mark(w.shape, 0)),
    ("is right in the last entry and wrong in all others",
     "What is done to the last alone?", lambda w: ~_mark(w.shape, -1)),
    ("is right but for the first column", "What is special about it?",
     lambda w: _mark(w.shape, (..., 0))),
    ("is right but for the last column", "What is special about it?",
     lambda w: _mark(w.shape, (..., -1))),
    ("is right in the first column and wrong in all others",
     "Is one number taken where each column has its own?", lambda w: ~_mark(w.shape, (..., 0))),
    ("is right in the last column and wrong in all others",
     "Is one number taken where each column has its own?", lambda w: ~_mark(w.shape, (..., -1))),
    ("is wrong on the diagonal only", "Where is row i, column i treated apart?",
     lambda w: _diagonal(w.shape)),
    ("is right on the diagonal only", "Was each row meant to meet its own partner?",
     lambda w: ~_diagonal(w.shape)),
)

VALUES = (
    ("negative", lambda v: v < 0), ("positive", lambda v: v > 0), ("0", lambda v: v == 0),
    ("not 0", lambda v: v != 0), ("at least 0", lambda v: v >= 0), ("at most 0", lambda v: v <= 0),
    ("above 1 or below -1", lambda v: np.abs(v) > 1), ("1", lambda v: v == 1),
    ("above 30 or below -30", lambda v: np.abs(v) > 30),
)


def _by_value(pairs, wrong) -> Finding | None:
    """Wrong exactly where an argument, or the expected result, is negative, 0, large."""
    names = [name for name, value in pairs[0].arguments.items() if is_numeric(value)]
    for name in (*names, None):
        given = [pair.expected if name is None else pair.arguments.get(name) for pair in pairs]
        if not all(is_numeric(value) and np.shape(value) == places.shape
                   for value, places in zip(given, wrong, strict=True)):
            continue
        for word, test in VALUES:
            if all(np.array_equal(test(np.asarray(value)), places)
                   for value, places in zip(given, wrong, strict=True)):
                if word == "not 0" and _nothing_elsewhere(pairs, wrong):
                    continue
                what = "the expected number" if name is None else name
                return Finding("places", f"is wrong exactly where {what} is {word}",
                               "Work out one such number by hand.")
    return None


def _nothing_elsewhere(pairs, wrong) -> bool:
    """Whether only a 0 is expected where it is right: any factor gives that, whatever it is."""
    return all(not np.any(np.asarray(pair.expected)[~places])
               for pair, places in zip(pairs, wrong, strict=True))


def _from_here_on(pairs, wrong) -> Finding | None:
    """Right up to a place and wrong from there on."""
    starts = []
    for places in wrong:
        rows = places.reshape(len(places), -1).any(axis=1)
        start = int(np.argmax(rows))
        if not rows[start:].all() or start == 0:
            return None
        starts.append(start)
    if len(set(starts)) > 1:
        return Finding("places", "begins rightly and is wrong from some place on",
                       "What does each step take over from the one before?")
    first = "entry" if starts[0] == 1 else f"{starts[0]} entries"
    return Finding("places", f"is right in the first {first} and wrong from there on",
                   "What does each step take over from the one before?")


def _safely(where, places):
    try:
        return where(places)
    except IndexError:
        return None
