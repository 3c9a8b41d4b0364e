"""Results of another shape: what an axis too many or too few has to do with the expected one."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np

from nnlib.exercises.comparing import spell
from nnlib.exercises.diagnosing.evidence import Finding, all_numeric, near

ONE_AXIS_LESS = (
    ("sum", np.sum, "Asked are the numbers themselves: leave out that sum."),
    ("mean", np.mean, "Asked are the numbers themselves: leave out that mean."),
    ("maximum", np.max, "Asked are all of them: leave out the max."),
    ("product", np.prod, "Asked are the numbers themselves: leave out that product."),
)
ONE_AXIS_MORE = (
    ("sum", np.sum, "Sum it."),
    ("mean", np.mean, "Take the mean."),
    ("maximum", np.max, "Take the maximum."),
    ("product", np.prod, "Take the product."),
)


def find(pairs) -> Finding | None:
    """What is the matter with the shapes; None where they are right or no numbers are there."""
    if not all_numeric(pairs):
        return None
    other = [pair for pair in pairs if np.shape(pair.got) != np.shape(pair.expected)]
    if not other:
        return None
    with np.errstate(all="ignore"):
        found = (
            _same_numbers(other) or _too_long(other) or _reduced(other) or _not_reduced(other)
            or _table(other) or _some_shape(other)
        )
    return _of_the_first(found, other)


def _of_the_first(found, pairs) -> Finding:
    """Which case a shape in the clause belongs to, where not all have the same."""
    spelled = f"{np.shape(pairs[0].got)}", f"{np.shape(pairs[0].expected)}"
    named = any(shape in found.clause for shape in spelled)
    varied = len({(np.shape(pair.got), np.shape(pair.expected)) for pair in pairs}) > 1
    if not (found.scoped and named and varied):
        return found
    return dataclasses.replace(found, clause=f"{found.clause} (in the first of them)")


def _same_numbers(pairs) -> Finding | None:
    """All numbers are there, and only the shape is another."""
    first = pairs[0]
    got, expected = np.shape(first.got), np.shape(first.expected)
    if not all(np.size(pair.got) == np.size(pair.expected) for pair in pairs):
        return None
    if expected == () and _all(pairs, lambda g, e: near(np.ravel(g)[0], e)):
        return Finding(
            "array of one", f"is an array of shape {got} with the right number in it",
            "Asked is the number itself: take it out, with [0] or .item().",
        )
    if _all(pairs, lambda g, e: near(np.reshape(g, np.shape(e)), e)):
        if got == ():
            return Finding("axis", f"is one number, and an array of shape {expected} is expected",
                           "Keep the axis of length 1.")
        if _without_ones(got) == _without_ones(expected):
            if sorted(got) == sorted(expected):
                kind, clause = "row for column", "is a row where a column is expected"
                if got[0] > 1:
                    clause = "is a column where a row is expected"
                return Finding(kind, f"{clause}: {got} for {expected}",
                               "The numbers are right: change the shape.")
            many = "too many" if len(got) > len(expected) else "too few"
            return Finding(
                "axis", f"has the right numbers, and an axis of length 1 {many}: {got} for "
                f"{expected}", "Take the last one away with [..., 0], or add one with "
                "[..., None]; keepdims decides whether a sum or a mean keeps its axis.",
            )
        return Finding("shape", f"has the right numbers in the shape {got} instead of {expected}",
                       "Mend the shape.")
    for axes in itertools.permutations(range(len(expected))):
        if _all(pairs, lambda g, e, axes=axes: near(g, np.transpose(e, axes))):
            if len(axes) == 2:
                return Finding(
                    "transpose", "is transposed: rows and columns have changed places",
                    "Which index comes first?",
                )
            return Finding(
                "transpose", f"has its axes in another order: {got} for {expected}",
                "Say for each axis what it counts, and put them in the order that is asked for.",
            )
    return None


def _too_long(pairs) -> Finding | None:
    """Entries too many or too few at one end of the first axis."""
    missing = "misses its {} entry, and the others are right"
    more = "has the right entries, and one more {}"
    for name, function, clause, advice in (
        ("one short", lambda g, e: near(g, e[1:]), missing.format("first"),
         "Does something begin one too late?"),
        ("one short", lambda g, e: near(g, e[:-1]), missing.format("last"),
         "Does something end one too early?"),
        ("one too many", lambda g, e: near(g[1:], e), more.format("before them"),
         "Does something begin one too early?"),
        ("one too many", lambda g, e: near(g[:-1], e), more.format("after them"),
         "Does something end one too late?"),
        ("only the last", lambda g, e: near(g, e[-1]), "is the last entry of the expected one",
         "Keep what comes before it too."),
        ("only the first",
         lambda g, e: near(g, e[0]) or (np.shape(g)[:1] == (1,) and near(g, e[:1])),
         "is the first entry of the expected one", "Does a return stand inside the loop?"),
        ("path", lambda g, e: near(g[-1], e), "has what is expected as its last entry",
         "Asked is the last alone."),
        ("path", lambda g, e: near(g[0], e), "has what is expected as its first entry",
         "Asked is the first alone."),
        ("every second", lambda g, e: len(g) < len(e) and near(g, e[:: len(e) // len(g)]),
         "has some of the expected entries, at equal distances, from the first on",
         "Does an append or a return stand in the outer loop instead of the inner one?"),
        ("every second",
         lambda g, e: len(g) < len(e) and near(g, e[len(e) // len(g) - 1 :: len(e) // len(g)]),
         "has some of the expected entries, at equal distances, up to the last",
         "Does an append or a return stand in the outer loop instead of the inner one?"),
        ("part", lambda g, e: len(g) < len(e) and near(g, e[: len(g)]),
         "begins rightly and ends too early", "Does a loop or a range stop before the end?"),
        ("part", lambda g, e: len(g) > len(e) and near(g[: len(e)], e),
         "begins rightly and goes on too long", "Does a loop or a range run past the end?"),
    ):
        if _all(pairs, function):
            return Finding(name, clause, advice)
    return None


def _reduced(pairs) -> Finding | None:
    """A sum or a mean of what is expected."""
    for name, function, advice in ONE_AXIS_LESS:
        for axis in (None, 0, -1, 1, 2):
            if _all(pairs, lambda g, e, f=function, axis=axis: near(g, f(e, axis=axis))):
                where = "" if axis is None else f" along axis {axis % np.ndim(pairs[0].expected)}"
                return Finding(f"{name} taken", f"is the {name} of the expected numbers{where}",
                               advice)
    return None


def _not_reduced(pairs) -> Finding | None:
    """An array whose sum or mean is expected."""
    if _all(pairs, lambda g, e: near(g, np.broadcast_to(e, np.shape(g)))):
        return Finding("repeated", f"is the expected one, repeated to the shape "
                       f"{np.shape(pairs[0].got)}", "Once is enough.")
    for name, function, advice in ONE_AXIS_MORE:
        for axis in (None, 0, -1, 1, 2):
            if _all(pairs, lambda g, e, f=function, axis=axis: near(f(g, axis=axis), e)):
                where = "" if axis is None else f" along axis {axis % np.ndim(pairs[0].got)}"
                return Finding(
                    f"no {name}", f"has the shape {np.shape(pairs[0].got)}, and its {name}{where} "
                    "is what is expected", advice,
                )
    return None


def _table(pairs) -> Finding | None:
    """(N, N) for (N,): two shapes that were broadcast against each other."""
    def square(got, expected):
        length = np.shape(expected)[0]
        return np.shape(got) == (length, length) and np.ndim(expected) in (1, 2)

    if _all(pairs, lambda g, e: length_of(e) > 1 and square(g, e) and np.size(e) == len(e)):
        got, expected = np.shape(pairs[0].got), np.shape(pairs[0].expected)
        return Finding(
            "broadcast", f"has the shape {got} where {expected} is expected",
            f"A column ({got[0]}, 1) and a row ({got[0]},) broadcast to such a table: bring both "
            "to one shape before they meet.",
        )
    return None


def length_of(value) -> int:
    return np.shape(value)[0]


def _some_shape(pairs) -> Finding | None:
    got, expected = np.shape(pairs[0].got), np.shape(pairs[0].expected)
    if got == ():
        clause = f"is one number, and an array of shape {expected} is expected"
        return Finding("shape", clause, "Which axis should not have been summed away?")
    if expected == ():
        clause = f"is an array of shape {got}, and one number is expected"
        return Finding("shape", clause, "Over which axes does a sum or a mean have to go?")
    if len(got) == len(expected):
        axis = next(i for i in range(len(got)) if got[i] != expected[i])
        clause = (f"has the shape {got} where {expected} is expected: axis {axis} is "
                  f"{got[axis]} long instead of {spell(expected[axis])}")
    else:
        many = "many" if len(got) > len(expected) else "few"
        clause = f"has the shape {got} where {expected} is expected: it has too {many} axes"
    return Finding("shape", clause, "Write the shape behind each line of yours, as a comment.",
                   scoped=False)


def _without_ones(shape):
    return tuple(length for length in shape if length != 1)


def _all(pairs, function) -> bool:
    """Whether this holds for every pair; what can't be computed does not hold."""
    for pair in pairs:
        try:
            if not function(np.asarray(pair.got), np.asarray(pair.expected)):
                return False
        except (ValueError, IndexError, TypeError, ZeroDivisionError):
            return False
    return True
