"""Answers that are dictionaries: what can be said of one without saying which entry is wrong."""

from __future__ import annotations

from collections import Counter

import numpy as np

from nnlib.exercises.diagnosing.evidence import Finding
from nnlib.exercises.sorting import word


def find(got, expected: dict, accepted) -> Finding | None:
    """What is the matter with the whole of it; `accepted(answer)` is the check's own verdict."""
    if not isinstance(got, dict):
        return Finding("no dictionary", "is no dictionary",
                       "Keep the braces and the names of the stub, and replace each ... only.",
                       scoped=False)
    return (
        _names(got, expected) or _wrapped(got, expected)
        or _text(got, expected, accepted) or _counts(got, expected)
    )


def _names(got, expected) -> Finding | None:
    """Entries that are asked for and not there, beside others that nobody asked for."""
    missing = [name for name in expected if name not in got]
    strange = [name for name in got if name not in expected]
    if missing and strange:
        return Finding("names", f'has an entry "{strange[0]}" that is not asked for',
                       f'Asked is "{missing[0]}": keep the names as the stub has them.',
                       scoped=False)
    return None


def _wrapped(got, expected) -> Finding | None:
    """The value in a list, a set or a tuple of its own."""
    wrapped = [name for name in expected if isinstance(got.get(name), (list, np.ndarray))]
    if wrapped:
        return Finding("wrapped", f"has a list or an array for: {', '.join(wrapped)}",
                       "Each entry takes one value, without brackets.", scoped=False)
    return None


def _text(got, expected, accepted) -> Finding | None:
    """Numbers written as text, where the check does not take them."""
    if not all(_is_whole(value) for value in expected.values()):
        return None
    texts = [name for name in expected if isinstance(got.get(name), str)]
    if texts and not accepted({name: str(value) for name, value in expected.items()}):
        return Finding("text", f"has text where a number is expected, for: {', '.join(texts)}",
                       "Leave out the quotation marks.", scoped=False)
    return None


def _counts(got, expected) -> Finding | None:
    """How often each value is given, and how far numbers are off, all together."""
    values = [word(got.get(name)) for name in expected]
    right = [word(value) for value in expected.values()]
    wrong = sum(value != other for value, other in zip(values, right, strict=True))
    if not wrong or any(_unhashable(value) for value in values):
        return None
    if all(_is_whole(value) for value in (*values, *right)):
        off = {one - other for one, other in zip(values, right, strict=True) if one != other}
        if len(off) == 1 and (wrong > 1 or wrong == len(right)):
            (by,) = off
            size = "large" if by > 0 else "small"
            return Finding("offset", f"has numbers that are {abs(by):g} too {size}, wherever they "
                           "are wrong", "What did you count once too often, or leave out?",
                           scoped=False)
    if wrong == len(right):
        return Finding("all wrong", "has no entry right",
                       "Is the question turned round, or understood as another one?", scoped=False)
    if Counter(values) == Counter(right):
        return Finding("exchanged", "has each value as often as it should, and some of them have "
                       "changed places", "For which entries are you least sure?", scoped=False)
    if len(set(values)) == 1 and len(set(right)) > 1:
        return Finding("all alike", "has the same value for every entry",
                       "Not all of them are alike.", scoped=False)
    often = Counter(values) - Counter(right)
    value, _ = often.most_common(1)[0]
    return Finding("too often", f'has "{value}" too often', "Which of those entries fits it least?",
                   scoped=False)


def _is_whole(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1


def _unhashable(value) -> bool:
    try:
        hash(value)
    except TypeError:
        return True
    return False
