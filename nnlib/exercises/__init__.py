"""Exercises that a notebook checks: `check`, `hint`, `solution`.

    check("learning_rate.steps_per_epoch", steps_per_epoch)
    hint("learning_rate.steps_per_epoch")          # and hint(..., 2) for the next one
    solution("learning_rate.steps_per_epoch")

Each prints plain text and returns None, and none raises for a wrong, strange or missing answer.
In a notebook hints and solutions are folded: they are read when they are asked for.
A chapter's exercises are a folder here, one file an exercise (CONTRIBUTING.md: adding one).
"""

from __future__ import annotations

import textwrap

from nnlib.exercises import catalogue
from nnlib.exercises.catalogue import UnknownExercise
from nnlib.exercises.examining import examine
from nnlib.exercises.folding import show_folded

__all__ = ["check", "hint", "solution"]

WIDTH = 78                 # the built page cuts off what is printed beyond about 80 characters


def check(identifier, answer=...):
    """Check an answer and print one outcome: passed, not attempted, not yet, or raised."""
    exercise = _find_or_explain(identifier)
    if exercise:
        _say(examine(exercise, answer))


def hint(identifier, stage=1):
    """Print one hint; `stage` counts from 1, and each hint says more than the one before."""
    exercise = _find_or_explain(identifier)
    if not exercise:
        return
    count = len(exercise.hints)
    if isinstance(stage, bool) or not isinstance(stage, int) or not 1 <= stage <= count:
        _say(f"{identifier} has hints 1 to {count}, got {stage!r}.")
        return
    title = f"Hint {stage} of {count}"
    lines = [f"{title}: {exercise.hints[stage - 1]}"]
    if stage < count:
        lines.append(f'For the next one: hint("{identifier}", {stage + 1})')
    show_folded(title, _wrapped("\n".join(lines)))


def solution(identifier):
    """Print the source of the tested solution."""
    exercise = _find_or_explain(identifier)
    if exercise:
        show_folded("Solution", exercise.solution_source().rstrip())


def _say(message):
    print(_wrapped(str(message)))


def _wrapped(text):
    """The text with each of its lines wrapped at a space."""
    wrap = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(wrap.fill(line) for line in text.splitlines())


def _find_or_explain(identifier):
    try:
        return catalogue.find(identifier)
    except UnknownExercise as unknown:
        _say(unknown)
        return None
