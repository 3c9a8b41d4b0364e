"""Answers that are dictionaries: what can be said of one without saying which entry is wrong."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.comparing import is_real
from nnlib.exercises.diagnosing.evidence import Finding
from nnlib.exercises.sorting import GROUPED, RIGHT, place, word

COUNTED = re.compile(RIGHT.format(right=r"(\d+)", count=r"\d+"))

# What is said of the values all together: the script of a published page says it too.
COUNTS = {
    "offset": ("has numbers that are {by} too {size}, wherever they are wrong",
               "What did you count once too often, or leave out?"),
    "all wrong": ("has no entry right",
                  "Is the question turned round, or understood as another one?"),
    "exchanged": ("has each value as often as it should, and some of them have changed places",
                  "For which entries are you least sure?"),
    "all alike": ("has the same value for every entry", "Not all of them are alike."),
    "nowhere": ("has {value}, which fits no entry",
                "What does that count, and what is asked for?"),
    "too often": ("has {value} too often", "Which of those entries fits it least?"),
}


def find(got, expected: dict, judge) -> Finding | None:
    """What is the matter with the whole of it; `judge(answer)` is what the check complains of."""
    if not isinstance(got, dict):
        return Finding("no dictionary", "is no dictionary",
                       "Keep the braces and the names of the stub, and replace each ... only.",
                       scoped=False)
    found = (_names(got, expected) or _wrapped(got, expected) or _truths(got, expected)
             or _text(got, expected, judge))
    # Where an entry is missing or impossible, the complaint says so, and there is nothing to count.
    counted = COUNTED.fullmatch(judge(got) or "")
    return found or (_counts(got, expected, int(counted[1])) if counted else None)


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
        where = " each entry" if len(wrapped) == len(expected) > 1 else f": {'; '.join(wrapped)}"
        return Finding("wrapped", f"has a list or an array for{where}",
                       "Each entry takes one value, without brackets.", scoped=False)
    return None


def _truths(got, expected) -> Finding | None:
    """True and False where a word is asked for, most often "yes" or "no"."""
    if any(isinstance(got.get(name), bool) and isinstance(word, str)
           for name, word in expected.items()):
        return Finding("truth", "has True or False where a word is expected",
                       "Write one of the words, in quotation marks.", scoped=False)
    return None


def _text(got, expected, judge) -> Finding | None:
    """Numbers written as text, or formulas, where the check does not take them."""
    if not all(_is_whole(value) for value in expected.values()):
        return None
    texts = [name for name in expected if isinstance(got.get(name), str)]
    if texts and judge({name: str(value) for name, value in expected.items()}) is not None:
        grouped = any(GROUPED.fullmatch(got[name].strip()) for name in texts)
        no_number = next((got[name] for name in texts if not GROUPED.fullmatch(got[name].strip())
                          and place(got[name]) is None), None)
        if no_number is None:
            marks = "the quotation marks" + (" and what parts the thousands" if grouped else "")
            return Finding("text", "has text where a number is expected",
                           f"Leave out {marks}.", scoped=False)
        return Finding("text", f"has text that is no whole number, {comparing.spell(no_number)}",
                       "Put in what is known, work it out, and give the number that comes out.",
                       scoped=False)
    return None


def _counts(got, expected, count_right: int) -> Finding | None:
    """How often each value is given, and how far numbers are off, all together."""
    right = [word(value) for value in expected.values()]
    read = place if all(_is_whole(value) for value in right) else word
    values = [read(got.get(name)) for name in expected]
    wrong = sum(value != other for value, other in zip(values, right, strict=True))
    if wrong != len(right) - count_right or any(_unhashable(value) for value in values):
        return None                      # the exercise reads its answers in a way of its own
    if all(_is_whole(value) for value in (*values, *right)):
        off = {one - other for one, other in zip(values, right, strict=True) if one != other}
        if len(off) == 1 and (wrong > 1 or wrong == len(right)):
            (by,) = off
            return _saying("offset", by=f"{abs(by):g}", size="large" if by > 0 else "small")
    if wrong == len(right):
        return _saying("all wrong")
    if Counter(values) == Counter(right):
        return _saying("exchanged")
    if len(set(values)) == 1 and len(set(right)) > 1:
        return _saying("all alike")
    often = Counter(values) - Counter(right)
    value, _ = often.most_common(1)[0]
    name = "too often" if value in right else "nowhere"
    return _saying(name, value=str(int(value)) if _is_whole(value) else f'"{value}"')


def _saying(name, **parts) -> Finding:
    clause, advice = COUNTS[name]
    return Finding(name, clause.format(**parts), advice, scoped=False)


def _is_whole(value) -> bool:
    return is_real(value) and value == value // 1


def _unhashable(value) -> bool:
    try:
        hash(value)
    except TypeError:
        return True
    return False
