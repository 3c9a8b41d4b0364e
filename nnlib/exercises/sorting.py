"""Exercises whose answer is a dictionary: for each name a word out of a few, a number, a place.

A judge says what is missing, what is no possible answer, or how many are right, and never which.
What it says is made from the sentences here, which the script of a published page uses too.
"""

from __future__ import annotations

import re

from nnlib.exercises.comparing import is_real

MISSING = "still has to be filled in for: {names}"
RIGHT = "has {right} of {count} right"
NOT_WHOLE = "takes only whole numbers; something else stands at: {names}"
SAME_PLACE = "gives the same place to several stages: {places}"
GROUPED = re.compile(r"[+-]?\d{1,3}([, ]\d{3})+")         # 4,500 or 4 500


def judge_words(*allowed):
    """A judge of answers that give each name one of the words `allowed`."""
    choices = ", ".join(f'"{choice}"' for choice in allowed)

    def judge(got, expected):
        if not isinstance(got, dict):
            return f"should be a dictionary with {len(expected)} entries, each one of {choices}"
        if unfilled(got, expected):
            return MISSING.format(names="; ".join(unfilled(got, expected)))
        strange = [name for name in expected if not _one_of(got[name], allowed)]
        if strange:
            named = "every entry" if len(strange) == len(expected) else "; ".join(strange)
            return f"takes only {choices}; something else stands at: {named}"
        return how_many_right(got, expected)

    judge.options = allowed              # what a page offers to choose from
    return judge


def judge_words_of(**allowed):
    """A judge of answers that give each name one of the words of its own in `allowed`."""
    def judge(got, expected):
        if not isinstance(got, dict):
            return f"should be a dictionary with {len(expected)} entries: {', '.join(expected)}"
        if unfilled(got, expected):
            return MISSING.format(names="; ".join(unfilled(got, expected)))
        strange = [name for name in expected if not _one_of(got[name], allowed[name])]
        if strange:
            choices = ", ".join(f'"{choice}"' for choice in allowed[strange[0]])
            return f"takes only {choices} at {strange[0]}"
        return how_many_right(got, expected)

    judge.options = dict(allowed)
    return judge


def judge_whole_numbers(got, expected):
    """A judge of answers that give each name a whole number."""
    if not isinstance(got, dict):
        return f"should be a dictionary with {len(expected)} whole numbers"
    if unfilled(got, expected):
        return MISSING.format(names="; ".join(unfilled(got, expected)))
    strange = [name for name in expected if not _whole(got[name])]
    if strange:
        return NOT_WHOLE.format(names="; ".join(strange))
    return how_many_right(got, expected)


def judge_places(got, expected):
    """A judge of answers that give each stage its place, from 1."""
    count = len(expected)
    if not isinstance(got, dict):
        return f"should be a dictionary with {count} entries, each a whole number from 1 to {count}"
    if unfilled(got, expected):
        return MISSING.format(names="; ".join(unfilled(got, expected)))
    given = places(got, expected)
    strange = [name for name in expected if given[name] not in range(count + 1)]
    if strange:
        named = "; ".join(strange)
        return f"takes whole numbers from 1 to {count}; something else stands at: {named}"
    twice = sorted({place for place in given.values() if list(given.values()).count(place) > 1})
    if twice:
        return SAME_PLACE.format(places=", ".join(map(str, twice)))
    return how_many_right(given, expected)


def how_many_right(got, expected) -> str | None:
    """How many entries of a complete answer are right; None when all are."""
    wrong = wrong_pairs(got, expected)
    count = len(expected)
    return RIGHT.format(right=count - len(wrong), count=count) if wrong else None


def unfilled(got: dict, expected) -> list:
    return [name for name in expected if got.get(name) is None or got[name] is ...]


def complete(got, expected) -> bool:
    return isinstance(got, dict) and set(expected) <= set(got)


def word(value):
    """Capitals and spaces around a word do not matter."""
    return value.strip().lower() if isinstance(value, str) else value


def _one_of(value, allowed) -> bool:
    return isinstance(value, str) and word(value) in allowed


def place(value):
    """A place as a whole number, also where it was written as 3.0 or as text; None otherwise."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else None


def places(got, expected) -> dict | None:
    """{name: place} of a complete answer, else None."""
    return {name: place(got[name]) for name in expected} if complete(got, expected) else None


def wrong_pairs(got: dict, expected: dict) -> set:
    """Each (name, word) that is wrong; what is neither text nor a number is wrong as its kind."""
    given = {name: _word_or_kind(got[name]) for name in expected}
    return {(name, value) for name, value in given.items() if value != expected[name]}


def _word_or_kind(value):
    return word(value) if isinstance(value, (str, int, float)) else type(value).__name__


def _whole(value) -> bool:
    return is_real(value) and value == value // 1
