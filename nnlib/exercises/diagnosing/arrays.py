"""Whole arrays: other values of the same shape that stand in a known relation to the expected."""

from __future__ import annotations

import numpy as np

from nnlib.exercises.diagnosing.evidence import (
    Finding,
    all_numeric,
    enough,
    near,
    same_shapes,
)


def softmax(values):
    shifted = np.exp(values - values.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


ORDER = "Compare the order with the one that is asked for."

# (name, function of the expected array, what the result is then, advice)
OF_THE_EXPECTED = (
    ("reversed", lambda e: np.flip(e, 0), "has the right numbers in reverse order",
     "Does a loop or a slice run backwards?"),
    ("reversed", lambda e: np.flip(e, -1), "has the right numbers, each row in reverse order",
     "Does a loop or a slice run backwards?"),
    ("sorted", lambda e: np.sort(e, axis=None).reshape(e.shape),
     "has the right numbers, but sorted", "Keep the order of the input."),
    ("sorted", lambda e: np.sort(e, axis=None)[::-1].reshape(e.shape),
     "has the right numbers, but sorted from the largest down", "Keep the order of the input."),
    ("shifted", lambda e: np.roll(e, 1, 0), "has the right numbers one place too late", ORDER),
    ("shifted", lambda e: np.roll(e, -1, 0), "has the right numbers one place too early", ORDER),
    ("shifted", lambda e: np.roll(e, 1, -1),
     "has the right numbers one place too far along the last axis", ORDER),
    ("shifted", lambda e: np.roll(e, -1, -1),
     "has the right numbers one place too early along the last axis", ORDER),
    ("softmax", softmax, "is the softmax of the expected one",
     "Is softmax applied once too often?"),
    ("softmax", lambda e: np.log(softmax(e)), "is the log-softmax of the expected one",
     "Is softmax applied once too often, and a log?"),
    ("normalised", lambda e: e / e.sum(), "is the expected one divided by its sum",
     "Nothing has to sum to 1 here."),
    ("normalised", lambda e: e / e.sum(axis=-1, keepdims=True),
     "is the expected one with each row divided by its sum", "No row has to sum to 1 here."),
    ("normalised", lambda e: e / np.abs(e).max(), "is the expected one divided by its maximum",
     "Leave out that division."),
    ("normalised", lambda e: e / np.linalg.norm(e), "is the expected one divided by its length",
     "Leave out that division."),
    ("centred", lambda e: e - e.mean(), "is the expected one less its own mean",
     "Leave out that subtraction."),
    ("centred", lambda e: e - e.mean(axis=-1, keepdims=True),
     "is the expected one with the mean of each row taken off", "Leave out that subtraction."),
    ("added up", lambda e: np.cumsum(e, axis=0), "adds up: each entry is the sum of all before it",
     "Does something collect in a loop that should start anew?"),
    ("mean everywhere", lambda e: np.full(e.shape, e.mean()),
     "has the mean of the expected numbers in every place", "Each place has a number of its own."),
    ("sum everywhere", lambda e: np.full(e.shape, e.sum()),
     "has the sum of the expected numbers in every place", "Each place has a number of its own."),
    ("first everywhere", lambda e: np.broadcast_to(e[:1], e.shape),
     "repeats the first entry, which is right, in every place",
     "What has to change from one to the next does not."),
    ("last everywhere", lambda e: np.broadcast_to(e[-1:], e.shape),
     "repeats the last entry, which is right, in every place",
     "Does every place of a list hold one and the same array? Then each change shows in all."),
)

# (name, function of the result that gives the expected one, what the result is then, advice)
OF_THE_RESULT = (
    ("softmax missing", softmax, "holds logits: their softmax is what is expected",
     "Apply softmax, along the last axis."),
    ("softmax missing", lambda g: softmax(np.log(g)),
     "has rows in the right proportions that do not sum to 1",
     "Divide each row by its sum."),
    ("not normalised", lambda g: g / g.sum(), "has the right proportions, but does not sum to 1",
     "Divide by the sum."),
    ("not averaged", lambda g: g - g.mean(axis=0), "is not centred: each column's mean is left in",
     "Subtract the mean."),
    ("added up", lambda g: np.cumsum(g, axis=0), "holds the changes: added up they are right",
     "Add each change to what was there before."),
)


def find(pairs) -> Finding | None:
    """The first relation that holds for all these pairs of arrays."""
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    if any(np.ndim(pair.expected) == 0 for pair in pairs):
        return None
    with np.errstate(all="ignore"):
        return _relation(pairs) or _axes(pairs) or _same_numbers(pairs)


def _relation(pairs) -> Finding | None:
    for name, function, clause, advice in OF_THE_EXPECTED:
        wanted = [function(np.asarray(pair.expected, dtype=float)) for pair in pairs]
        if _all_near([pair.got for pair in pairs], wanted) and enough(pairs, wanted):
            return Finding(name, clause, advice)
    for name, function, clause, advice in OF_THE_RESULT:
        made = [function(np.asarray(pair.got, dtype=float)) for pair in pairs]
        if _all_near(made, [pair.expected for pair in pairs]) and enough(
            pairs, [np.asarray(pair.got, dtype=float) for pair in pairs]
        ):
            return Finding(name, clause, advice)
    return None


def _axes(pairs) -> Finding | None:
    """Square arrays whose axes are exchanged: their shape does not show it."""
    if all(np.ndim(pair.expected) >= 2 for pair in pairs):
        wanted = [np.swapaxes(pair.expected, -1, -2) for pair in pairs]
        if _all_near([pair.got for pair in pairs], wanted) and enough(pairs, wanted):
            return Finding(
                "transpose", "is transposed: rows and columns have changed places",
                "Which index comes first?",
            )
    return None


def _same_numbers(pairs) -> Finding | None:
    got = [np.sort(np.ravel(pair.got)) for pair in pairs]
    wanted = [np.sort(np.ravel(pair.expected)) for pair in pairs]
    if _all_near(got, wanted) and enough(pairs, [pair.got for pair in pairs]):
        return Finding(
            "other order", "has all the right numbers, but not in their places",
            "Write down for one small case which number belongs where: was there a reshape where "
            "a transpose is needed, or the other way round?",
        )
    return None


def _all_near(first, second) -> bool:
    return all(near(one, other) for one, other in zip(first, second, strict=True))
