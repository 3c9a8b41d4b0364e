"""Exercises with several results: which of them are right, and whether they are in order."""

from __future__ import annotations

import ast
import dataclasses
import itertools
import textwrap

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.diagnosing.evidence import Finding, Pair

PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")


def names_of(exercise) -> list[str]:
    """What the solution's results are called, from its last return; "" for one without a name.

    An empty list where it returns one thing.
    """
    if not exercise.asks_for_function:
        return []
    function = ast.parse(textwrap.dedent(exercise.solution_source())).body[0]
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    value = returns[-1].value if returns else None
    if not isinstance(value, ast.Tuple):
        return []
    return [part.id if isinstance(part, ast.Name) else "" for part in value.elts]


def subjects(names: list[str]) -> list[str]:
    """How each result is spoken of: 'the first result, w,' or 'the first result'."""
    return [
        f"the {PLACES[place]} result ({name})" if name else f"the {PLACES[place]} result"
        for place, name in enumerate(names[: len(PLACES)])
    ]


def listed(words: list[str]) -> str:
    """'w', 'w and b' or 'w, b and lr'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def items(value, count: int):
    """The results of one call one by one; None where it has not as many."""
    if isinstance(value, np.ndarray) and value.ndim:
        value = list(value)
    return value if isinstance(value, list) and len(value) == count else None


def split(pairs, count: int) -> list[list[Pair]] | None:
    """For each result its pairs over all cases; None where a case has another number of them."""
    columns = []
    for pair in pairs:
        got, expected = items(pair.got, count), items(pair.expected, count)
        if got is None or expected is None:
            return None
        columns.append([
            dataclasses.replace(pair, got=_plain(one), expected=_plain(other),
                                right=comparing.same(_plain(one), _plain(other)))
            for one, other in zip(got, expected, strict=True)
        ])
    return [list(column) for column in zip(*columns, strict=True)]


def _plain(value):
    return comparing.plain(value)


def wrong_number(pairs, count: int) -> Finding | None:
    """Not as many results as are asked for, in every case."""
    if any(items(pair.expected, count) is None for pair in pairs):
        return None
    if any(items(pair.got, count) is not None for pair in pairs):
        return None
    for place in range(count):
        if all(comparing.same(_plain(items(pair.expected, count)[place]), pair.got)
               for pair in pairs):
            return Finding(
                "one of several", f"is the {PLACES[place]} of the {count} results alone, which is "
                "right", f"Return all {count}, with a comma between them.",
            )
    if all(_strung_together(pair) for pair in pairs):
        return Finding(
            "one row", f"has all the numbers in one array, and {count} results are expected",
            f"Return {count} things with a comma between them: np.append and np.concatenate make "
            "one array of them.",
        )
    if all(isinstance(pair.got, list) and len(pair.got) != count for pair in pairs):
        size = len(pairs[0].got)
        return Finding("number of results", f"has {size} parts, and {count} are expected", "")
    if not any(isinstance(pair.got, list) for pair in pairs):
        return Finding(
            "number of results", f"is one thing, and {count} results are expected",
            f"Return {count} with a comma between them.",
        )
    return None


def _strung_together(pair) -> bool:
    if not isinstance(pair.got, np.ndarray) or not isinstance(pair.expected, list):
        return False
    whole = np.concatenate([np.ravel(part) for part in pair.expected])
    return np.size(pair.got) == whole.size and comparing.same(np.ravel(pair.got), whole)


def of_lists(pairs) -> Finding | None:
    """Lists of unlike things, such as batches: how many, and which of them are wrong."""
    if not any(isinstance(pair.expected, list) for pair in pairs):
        return None
    lists = [(_as_list(pair.got), _as_list(pair.expected)) for pair in pairs]
    if any(got is None or expected is None for got, expected in lists):
        return None
    for got, expected in lists:
        if len(got) != len(expected):
            parts = "1 part" if len(got) == 1 else f"{len(got)} parts"
            return Finding(
                "number of parts", f"has {parts} where {len(expected)} are expected",
                "Is there one for each round of the loop, and each a whole one?", scoped=False,
            )
    together = [list(zip(got, expected, strict=True)) for got, expected in lists]
    if all(_turned(one, other) for both in together for one, other in both):
        return Finding("order of results", "has the right parts, and in each of them the two are "
                       "the other way round", "Look up in the task which comes first.")
    wrong = [[not comparing.same(_plain(one), _plain(other)) for one, other in both]
             for both in together]
    if all(places[-1] and not any(places[:-1]) for places in wrong if len(places) > 1):
        return Finding("places", "is right but for its last part", "What is special about it?")
    return None


def strung(pairs) -> list[Pair]:
    """Lists of arrays, such as the gradients of a model, as one row of numbers for each case."""
    def row(value):
        return np.concatenate([np.ravel(part) for part in value])

    for pair in pairs:
        shapes = [[np.shape(part) for part in value] for value in (pair.got, pair.expected)]
        if not isinstance(pair.expected, list) or shapes[0] != shapes[1]:
            return []
    return [dataclasses.replace(pair, got=row(pair.got), expected=row(pair.expected))
            for pair in pairs]


def _as_list(value):
    """The parts of a list, also where they are alike and came as one array."""
    if isinstance(value, np.ndarray) and value.ndim:
        return list(value)
    return value if isinstance(value, list) else None


def _turned(got, expected) -> bool:
    """Whether a pair has its two things the other way round."""
    got, expected = _as_list(got), _as_list(expected)
    if got is None or expected is None or not len(got) == len(expected) == 2:
        return False
    return all(comparing.same(_plain(one), _plain(other))
               for one, other in zip(got, expected[::-1], strict=True))


def exchanged(columns) -> Finding | None:
    """The results themselves are right, in another order."""
    as_asked, *orders = itertools.permutations(columns[:len(PLACES)])
    for order in orders:
        if all(
            comparing.same(one.got, other.expected)
            for first, second in zip(as_asked, order, strict=True)
            for one, other in zip(first, second, strict=True)
        ):
            return Finding("order of results", "has the right things in another order",
                           "Look up in the task which comes first.")
    return None
