"""What can be said of a wrong answer that no bank of mistakes foresaw.

A rule looks at the results of all cases beside the expected ones, and never at the reader's code:
it says what was observed ("is twice the expected one"), where that is so, and asks a question. A
rule that itself goes wrong says nothing, so that a diagnosis raises for no answer whatever.
"""

from __future__ import annotations

import contextlib
import warnings
from dataclasses import dataclass

import numpy as np

from nnlib.exercises.diagnosing import (
    amounts,
    arrays,
    cases,
    dictionaries,
    errors,
    kinds,
    numbers,
    parts,
    positions,
    shapes,
    tendencies,
)
from nnlib.exercises.diagnosing.evidence import (
    Finding,
    all_numeric,
    near,
    pairs_of,
    parameter_names,
)

__all__ = ["VAGUE", "Diagnosis", "of_error", "of_results"]

# What says a tendency and no exact relation: another result is spoken of first.
VAGUE = {"too large", "too small", "range", "some cases", "wrong sign", "close",
         "shape", "too often", "nowhere", "all wrong"}  # fmt: skip


def _of_strung(pairs) -> Finding | None:
    """A relation that all numbers of a list of arrays share."""
    rows = parts.strung(pairs)
    return numbers.find(rows) or amounts.find(rows) if rows else None


EXACT = (kinds.find, shapes.find, numbers.find, amounts.find, arrays.find, parts.of_lists,
         _of_strung)


@dataclass(frozen=True)
class Diagnosis:
    """The kind of relation that was found, and what is said about it."""

    name: str
    text: str


def of_results(exercise, seen) -> Diagnosis | None:
    """What the results of a wrong answer have to do with the expected ones."""
    with _quiet(), np.errstate(all="ignore"):
        return _guarded(_of_results, exercise, seen)


def of_error(exercise, seen) -> Diagnosis | None:
    """What the first error means, and in which cases there is one."""
    with _quiet():
        return _guarded(_of_error, exercise, seen)


@contextlib.contextmanager
def _quiet():
    """Rules try what may not be possible, such as a logarithm: no warning of that on the page."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _guarded(function, *arguments):
    try:
        return function(*arguments)
    except Exception:                                  # a rule met what it did not expect
        return None


# --- results ---


def _of_results(exercise, seen) -> Diagnosis | None:
    pairs = pairs_of(exercise, seen)
    if not pairs:
        return None
    if all(pair.right for pair in pairs):
        return _of_changes(exercise, seen)
    # Where a judge looks for something else than equality, nothing can be compared.
    if any(exercise.judge(pair.expected, pair.expected) is not None for pair in pairs):
        return _said(_guarded(kinds.find, pairs), "your result", pairs)
    if isinstance(pairs[0].expected, dict):
        return _of_dictionary(exercise, pairs[0])
    names = parts.names_of(exercise)
    columns = parts.split(pairs, len(names)) if len(names) > 1 else None
    if columns:
        return _of_parts(names, columns)
    if len(names) > 1:
        found = parts.wrong_number(pairs, len(names))
        if found:
            return _said(found, "your result", pairs)
    return _of_pairs("your result", pairs)


def _of_changes(exercise, seen) -> Diagnosis | None:
    """Right results of a function that writes into what was passed in."""
    changed = {place for item in seen for place in item.changed_input}
    if not changed:
        return None
    names = parts.listed([parameter_names(exercise)[place] for place in sorted(changed)])
    arguments = seen[0].case.make_arguments()
    if all(isinstance(arguments[place], list) for place in changed):
        how = ("append, extend, += and an index on the left of = write into the list itself. Begin "
               "with a copy, list(...), or make a new one with +.")
    else:
        how = ("+= , *= and an index on the left of = write into the array itself. Make a new one, "
               "x = x * 2, or begin with a copy.")
    return Diagnosis(
        "in place", f"The results are right, and {names} of the caller changed with them: {how}"
    )


def _of_dictionary(exercise, pair) -> Diagnosis | None:
    found = dictionaries.find(
        pair.got, pair.expected, lambda answer: exercise.judge(answer, pair.expected)
    )
    return _said(found, "your dictionary", [pair])


def _of_parts(names, columns) -> Diagnosis | None:
    """Results one by one: which are right, and what is the matter with the first that is not."""
    found = parts.exchanged(columns)
    if found:
        return _said(found, "your result", columns[0])
    subjects = parts.subjects(names)
    right = [all(pair.right for pair in column) for column in columns]
    wrong = right.index(False)
    found = [
        _of_pairs(subject, column)
        for subject, column, one in zip(subjects, columns, right, strict=True) if not one
    ]
    exact = [one for one in found if one and one.name not in VAGUE]
    what = (exact or [one for one in found if one] or [None])[0]
    good = [subject for subject, one in zip(subjects, right, strict=True) if one]
    if not good:
        return what
    sentence = f"{_capital(parts.listed(good))} {'is' if len(good) == 1 else 'are'} right"
    if what is None:
        return Diagnosis("one of several", f"{sentence}, {subjects[wrong]} is not.")
    return Diagnosis(what.name, f"{sentence}. {what.text}")


def _of_pairs(subject, pairs) -> Diagnosis | None:
    """One result over all cases: a relation that holds everywhere, or where it is wrong."""
    wrong = [pair for pair in pairs if not pair.right]
    right = [pair for pair in pairs if pair.right]
    text_is_possible = any(isinstance(pair.expected, str) for pair in pairs)
    # What no relation can be told from: a strict judge, and numbers that differ by very little.
    alike = all_numeric(wrong) and all(near(pair.got, pair.expected) for pair in wrong)
    for some in () if alike else (pairs, wrong) if right else (pairs,):
        for rule in EXACT:
            if right and some is wrong and len(_settings(wrong)) < 2 and rule is amounts.find:
                continue                               # in one setting a factor is easily found
            found = _guarded(rule, some)
            if found and not (found.name == "text" and text_is_possible):
                return _said(found, subject, pairs)
    whole = (tendencies.same_everywhere,) if not right else ()
    for rule in (*whole, positions.find, tendencies.find):
        found = _guarded(rule, wrong)
        if found:
            return _said(found, subject, pairs)
    if right:
        return _some_cases(subject, wrong, right)
    return None


def _settings(pairs) -> set[str]:
    """The different cases: those of the two paths often are the same numbers."""
    return {str((np.ravel(pair.expected).tolist(), np.shape(pair.expected))) for pair in pairs}


def _some_cases(subject, wrong, right) -> Diagnosis | None:
    total = len(wrong) + len(right)
    shared = _guarded(cases.common, wrong, right)
    text = f"{_capital(subject)} is right in {len(right)} of {total} cases."
    if shared:
        return Diagnosis("some cases", f"{text} It is wrong exactly where {shared}.")
    words = [pair.expected for pair in wrong
             if isinstance(pair.expected, str) and not isinstance(pair.got, str)]
    if words:
        return Diagnosis("some cases", f'{text} In {len(words)} of the others "{words[0]}" is '
                         "expected, and it gives something else.")
    asked = "What is special about the one above, which is wrong?"
    return Diagnosis("some cases", f"{text} {asked}" if len(right) > len(wrong) else text)


def _said(found: Finding | None, subject, pairs) -> Diagnosis | None:
    """The whole text: in which cases, what is so, and a question."""
    if found is None:
        return None
    scope = ""
    wrong = [pair for pair in pairs if not pair.right]
    right = [pair for pair in pairs if pair.right]
    count = len(wrong) if found.some is None else found.some
    if found.scoped and count == len(pairs) > 1:
        scope = f"in all {len(pairs)} cases "
    elif found.scoped and count < len(pairs):
        shared = _guarded(cases.common, wrong, right) if count == len(wrong) else ""
        scope = f"in {count} of {len(pairs)} cases "
        scope += f"(where {shared}) " if shared else ""
        if not shared and count == 1:
            scope = f"in one of {len(pairs)} cases "
    text = _capital(f"{scope}{subject} {found.clause}.")
    return Diagnosis(found.name, f"{text} {found.advice}".strip())


# --- errors ---


def _of_error(exercise, seen) -> Diagnosis | None:
    raised = [item for item in seen if item.error is not None]
    meaning = errors.explain(exercise, raised[0])
    where = ""
    if len(raised) < len(seen):
        where = f"It raises in {len(raised)} of {len(seen)} cases."
    name = f"raises {type(raised[0].error).__name__}"
    if meaning is None and not where:
        return None
    return Diagnosis(name, " ".join(filter(None, [meaning, where])))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
