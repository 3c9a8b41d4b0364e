"""An exercise as the form of a published page: its fields, and the rule by which they are judged.

A page has no kernel and no network. What its script needs is written out here as plain data, from
the same object that `check` uses: the fields, the right answers, the bank of mistakes with its
hints, the sentences. `verdict` is what Python says to the same fields; a test compares the two.
"""

from __future__ import annotations

import math

from nnlib.exercises import by_hand, sorting
from nnlib.exercises.diagnosing import dictionaries
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Exercise, Mistake
from nnlib.exercises.outcomes import Outcome, Passed


def has_form(exercise: Exercise) -> bool:
    """Whether a page can judge the answer: a dictionary, or results worked out by hand."""
    return isinstance(exercise.solution, dict) or bool(exercise.by_hand)


def form(exercise: Exercise) -> dict:
    """The form as data for JSON: see `book/_assets/exercises.js`, which judges by it."""
    shared = {
        "name": exercise.name,
        "passed": str(Passed(exercise.passed)),
        "next": f"Hint: {by_hand.NEXT_HINT}",
    }
    if exercise.asks_for_function:
        return shared | _values(exercise)
    return shared | _choices(exercise)


def verdict(exercise: Exercise, texts: list[str]) -> Outcome:
    """What the check says to the texts of the form's fields."""
    if exercise.asks_for_function:
        return by_hand.judge(exercise, texts)
    names = list(exercise.solution)
    answers = {name: _as_answer(exercise, text) for name, text in zip(names, texts, strict=True)}
    return examine(exercise, answers)


def _values(exercise: Exercise) -> dict:
    asked = by_hand.fields(exercise)
    rows = by_hand.rows_of_mistakes(exercise)
    return {
        "kind": "values",
        "labels": [field.label for field in asked],
        "expected": [field.expected for field in asked],
        "mistakes": [
            {"hint": _hint(mistake), "answers": answers}
            for mistake, answers in zip(exercise.mistakes, rows, strict=True)
        ],
        "relations": [
            {"hint": f"Hint: {text}", "answers": row, "alone": alone}
            for text, row, alone in by_hand.rows_of_relations(exercise)
        ],
        "close": by_hand.CLOSE,
        "says": {
            "empty": f"Not attempted yet. {by_hand.EMPTY}",
            "missing": f"Not yet: {by_hand.MISSING}.",
            "unreadable": f"Not yet: {by_hand.UNREADABLE}.",
            "right": f"Not yet: {by_hand.RIGHT}.",
        },
    }


def _choices(exercise: Exercise) -> dict:
    (case,) = exercise.cases()
    expected = case.expected
    names = list(expected)
    kind = _kind(exercise)
    options = None
    if kind == "places":
        options = [[str(place) for place in range(1, len(names) + 1)]] * len(names)
    elif kind == "words":
        options = [_offered(exercise.judge.options, name) for name in names]
    spelt = {sorting.word(value): value for value in exercise.solution.values()}
    return {
        "kind": kind,
        "labels": names,
        "options": options,
        "shown": options and [[str(spelt.get(option, option)) for option in offered]
                              for offered in options],
        "expected": [expected[name] for name in names],
        "mistakes": [_mistake(mistake, names) for mistake in exercise.mistakes],
        "says": {
            "empty": str(examine(exercise, dict.fromkeys(names, ...))),
            "missing": f"Not yet: {exercise.name} {sorting.MISSING}.",
            "strange": f"Not yet: {exercise.name} {sorting.NOT_WHOLE}.",
            "same": f"Not yet: {exercise.name} {sorting.SAME_PLACE}.",
            "right": f"Not yet: {exercise.name} {sorting.RIGHT}.",
        },
        "counts": {
            name: f"Hint: Your answer {clause}. {advice} {by_hand.NEXT_HINT}"
            for name, (clause, advice) in dictionaries.COUNTS.items()
        },
    }


def _offered(options, name) -> list:
    """What is to be chosen from at this name: the same everywhere, or words of its own."""
    return list(options[name] if isinstance(options, dict) else options)


def _kind(exercise: Exercise) -> str:
    if exercise.judge is sorting.judge_places:
        return "places"
    return "whole" if exercise.judge is sorting.judge_whole_numbers else "words"


def _mistake(mistake: Mistake, names: list) -> dict:
    if mistake.recognise is not None:
        return {"hint": _hint(mistake), **mistake.recognise.data()}
    first = mistake.answers[0]
    return {"hint": _hint(mistake), "answers": [[sorting.word(first[name]) for name in names]]}


def _hint(mistake: Mistake) -> str:
    return f"Hint: {mistake.hint}"


def _as_answer(exercise: Exercise, text: str):
    """What a reader of the notebook would have written in the dictionary for this field."""
    if not text.strip():
        return ...
    if _kind(exercise) == "words":
        return text
    numbers = by_hand.readings(text)
    return numbers[0] if numbers else math.nan
