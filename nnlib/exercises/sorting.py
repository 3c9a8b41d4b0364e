"""Exercises whose answer is a dictionary: for each name, one word out of a few."""

from __future__ import annotations


def judge_words(*allowed):
    """A judge that says what is missing, misspelt, or how many are right, and not which."""

    def judge(got, expected):
        choices = ", ".join(f'"{choice}"' for choice in allowed)
        if not isinstance(got, dict):
            return f"should be a dictionary with {len(expected)} entries, each one of {choices}"
        missing = [name for name in expected if got.get(name) is None or got[name] is ...]
        if missing:
            return f"still has to be filled in for: {', '.join(missing)}"
        strange = [name for name in expected if not _one_of(got[name], allowed)]
        if strange:
            return f"takes only {choices}, which it is not for: {', '.join(strange)}"
        wrong = wrong_pairs(got, expected)
        return f"has {len(expected) - len(wrong)} of {len(expected)} right" if wrong else None

    return judge


def word(value):
    """Capitals and spaces around a word do not matter."""
    return value.strip().lower() if isinstance(value, str) else value


def _one_of(value, allowed) -> bool:
    return isinstance(value, str) and word(value) in allowed


def wrong_pairs(got: dict, expected: dict) -> set:
    """Each (name, word) that is wrong; what is neither text nor a number is wrong as its kind."""
    given = {name: _word_or_kind(got[name]) for name in expected}
    return {(name, value) for name, value in given.items() if value != expected[name]}


def _word_or_kind(value):
    return word(value) if isinstance(value, (str, int, float)) else type(value).__name__


def only_these_wrong(expected: dict, pairs):
    """Recognise a complete answer in which some of `pairs` are what is wrong, and nothing else."""

    def recognise(seen) -> bool:
        got = seen[0].result
        if not isinstance(got, dict) or not set(expected) <= set(got):
            return False
        wrong = wrong_pairs(got, expected)
        return bool(wrong) and wrong <= set(pairs)

    return recognise
