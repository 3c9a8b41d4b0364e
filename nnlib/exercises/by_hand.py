"""Exercises on functions, asked as values: what comes out for these arguments?

A published page has no kernel to run a reader's function, but a number can be typed in. The cases,
the mistakes and the hints are those of the exercise: each wrong answer of its bank is a function,
and what it gives for the arguments is recognised when somebody types it. `judge` is the verdict;
the page's script comes to the same one from the data that `nnlib.exercises.forms` writes.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from dataclasses import dataclass

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.attempting import observe
from nnlib.exercises.diagnosing import numbers
from nnlib.exercises.exercise import Asked, Case, Exercise
from nnlib.exercises.outcomes import Failed, NotAttempted, Outcome, Passed
from nnlib.exercises.sorting import GROUPED

CLOSE = 1e-3                   # three digits are enough for a number that is not whole

EMPTY = "Fill in each field."
MISSING = "still to be filled in: {labels}"
UNREADABLE = "this is not a number: {labels}. Write 0.25, 1/4 or 2.5e-1"
RIGHT = "{right} of {count} right. Look again at: {labels}"
NEXT_HINT = "Open the next hint below."

DECIMAL = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Field:
    """One field of the form: what it asks for, and the right number (or text, such as a shape)."""

    label: str
    expected: float | str


@functools.cache
def fields(exercise: Exercise) -> list[Field]:
    """The fields of all questions, in order."""
    found = []
    for asked in exercise.by_hand:
        values = values_of(asked, case_of(exercise, asked).expected)
        if values is None:
            raise ValueError(
                f"{exercise.identifier}: the result for {asked.question!r} is not "
                f"{len(asked.parts) or 1} numbers"
            )
        labels = [f"{asked.question}: {part}" for part in asked.parts] or [asked.question]
        found += map(Field, labels, values)
    return found


def case_of(exercise: Exercise, asked: Asked) -> Case:
    """The case of the exercise with these arguments: its expected result is the right answer."""
    wanted = [comparing.plain(argument) for argument in asked.arguments]
    for case in exercise.cases():
        given = [comparing.plain(argument) for argument in case.make_arguments()]
        if len(given) == len(wanted) and all(map(comparing.same, given, wanted)):
            return case
    raise ValueError(f"{exercise.identifier} has no case for {asked.question!r}")


def values_of(asked: Asked, result) -> list | None:
    """What a result is in the fields of a question: its numbers, or one text where it is a shape.

    None where it does not fill them.
    """
    result = comparing.plain(result)
    if isinstance(result, str):
        return None if asked.parts else [result]
    numbers = _numbers(result)
    if numbers is None or len(numbers) == (len(asked.parts) or 1):
        return numbers
    if asked.parts or any(number != round(number) for number in numbers):
        return None
    return [", ".join(str(int(number)) for number in numbers)]


def _numbers(result) -> list[float] | None:
    """All finite numbers of a result, in order; None where there is anything else in it."""
    if isinstance(result, list):
        parts = [_numbers(part) for part in result]
        return None if None in parts else list(itertools.chain(*parts))
    if isinstance(result, bool) or not isinstance(result, (int, float, np.ndarray)):
        return None
    numbers = [float(number) for number in np.ravel(result)]
    return numbers if all(map(math.isfinite, numbers)) else None


@functools.cache
def rows_of_mistakes(exercise: Exercise) -> list[list[list]]:
    """For each mistake of the bank, what its answers give in each field (None: nothing to type).

    A text, such as a shape, is nothing to type where a number is asked for, nor the other way.
    """
    right = [type(field.expected) for field in fields(exercise)]
    rows = []
    for mistake in exercise.mistakes:
        rows.append([])
        for answer in mistake.answers:
            row = []
            for asked in exercise.by_hand:
                seen = observe(answer, case_of(exercise, asked))
                values = None if seen.error is not None else values_of(asked, seen.result)
                row += values or [None] * (len(asked.parts) or 1)
            row = [value if isinstance(value, kind) else None
                   for value, kind in zip(row, right, strict=True)]
            if row not in rows[-1]:
                rows[-1].append(row)
    return rows


@functools.cache
def rows_of_relations(exercise: Exercise) -> list[tuple[str, list, bool]]:
    """For each known relation of numbers: what is said, the numbers, whether one is enough.

    A relation is left out where it would give the expected number itself.
    """
    expected = [field.expected for field in fields(exercise)]
    found = []
    for relation in numbers.RELATIONS:
        row = [
            None if isinstance(value, str) else float(numbers.transform(relation.steps, value))
            for value in expected
        ]
        row = [
            value if value is not None and math.isfinite(value) and value != right else None
            for value, right in zip(row, expected, strict=True)
        ]
        if any(value is not None for value in row):
            text = f"What is wrong {relation.clause}. {relation.advice} {NEXT_HINT}"
            found.append((text, row, relation.of_one))
    return found


def readings(text: str) -> list[float]:
    """The numbers that a text may mean: "1,350" is 1350 to some and 1.35 to others."""
    text = text.strip().replace("\u2212", "-")
    top, slash, bottom = text.partition("/")
    if slash:
        parts = [readings(part)[:1] for part in (top, bottom)]
        return [parts[0][0] / parts[1][0]] if all(parts) and parts[1][0] else []
    found = []
    if GROUPED.fullmatch(text):
        found.append(float(re.sub(r"[, ]", "", text)))
    if DECIMAL.fullmatch(text):
        found.append(float(text.replace(",", ".")))
    return found


def means(text: str, value) -> bool:
    """Whether a text says this value: whole numbers exactly, others to three digits."""
    if value is None:
        return False
    if isinstance(value, str):
        return shape_as_typed(text) == shape_as_typed(value)
    allowed = 0 if value == round(value) else CLOSE * abs(value)
    return any(abs(number - value) <= allowed for number in readings(text))


def shape_as_typed(text: str) -> str:
    """A shape without what people write around it: "(32, 1)", "[32,1]" and "32 1" are the same."""
    return ",".join(re.findall(r"[\w.-]+", text.lower()))


def judge(exercise: Exercise, texts: list[str]) -> Outcome:
    """The verdict on what was typed into the fields."""
    asked = fields(exercise)
    labels = [field.label for field in asked]
    empty = [label for label, text in zip(labels, texts, strict=True) if not text.strip()]
    if len(empty) == len(labels):
        return NotAttempted(EMPTY)
    if empty:
        return Failed(MISSING.format(labels="; ".join(empty)) + ".", NEXT_HINT)
    strange = [
        field.label for field, text in zip(asked, texts, strict=True)
        if not isinstance(field.expected, str) and not readings(text)
    ]
    if strange:
        return Failed(UNREADABLE.format(labels="; ".join(strange)) + ".", NEXT_HINT)
    wrong = [i for i, field in enumerate(asked) if not means(texts[i], field.expected)]
    if not wrong:
        return Passed(exercise.passed)
    complaint = RIGHT.format(
        right=len(asked) - len(wrong), count=len(asked),
        labels="; ".join(labels[i] for i in wrong),
    ) + "."
    for mistake, rows in zip(exercise.mistakes, rows_of_mistakes(exercise), strict=True):
        if any(all(means(texts[i], row[i]) for i in wrong) for row in rows):
            return Failed(complaint, mistake.hint, mistake.name)
    for text, row, alone in rows_of_relations(exercise):
        if (alone or len(wrong) > 1) and all(means(texts[i], row[i]) for i in wrong):
            return Failed(complaint, text)
    return Failed(complaint, NEXT_HINT)
