"""Exercises that a notebook checks: `check`, `hint`, `solution`.

    check("learning_rate.steps_per_epoch", steps_per_epoch)
    hint("learning_rate.steps_per_epoch")          # and hint(..., 2) for the next one
    solution("learning_rate.steps_per_epoch")

Each prints plain text and returns None, and none raises for a wrong, strange or missing answer.
A chapter's exercises are a folder here, one file an exercise (CONTRIBUTING.md: adding one).
"""

from __future__ import annotations

from nnlib.exercises import catalogue
from nnlib.exercises.catalogue import UnknownExercise
from nnlib.exercises.examining import examine

__all__ = ["check", "hint", "solution"]


def check(identifier, answer=...):
    """Check an answer and print one outcome: passed, not attempted, not yet, or raised."""
    exercise = _find_or_explain(identifier)
    if exercise:
        print(examine(exercise, answer))


def hint(identifier, stage=1):
    """Print one hint; `stage` counts from 1, and each hint says more than the one before."""
    exercise = _find_or_explain(identifier)
    if not exercise:
        return
    count = len(exercise.hints)
    if isinstance(stage, bool) or not isinstance(stage, int) or not 1 <= stage <= count:
        print(f"{identifier} has hints 1 to {count}, got {stage!r}.")
        return
    print(f"Hint {stage} of {count}: {exercise.hints[stage - 1]}")
    if stage < count:
        print(f'For the next one: hint("{identifier}", {stage + 1})')


def solution(identifier):
    """Print the source of the tested solution."""
    exercise = _find_or_explain(identifier)
    if exercise:
        print(exercise.solution_source().rstrip())


def _find_or_explain(identifier):
    try:
        return catalogue.find(identifier)
    except UnknownExercise as unknown:
        print(unknown)
        return None
