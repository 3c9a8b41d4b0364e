"""Exercises that a notebook checks: `check`, `hint`, `solution`, and `progress` over all of them.

    check("learning_rate.steps_per_epoch", steps_per_epoch)
    hint("learning_rate.steps_per_epoch")          # and hint(..., 2) for the next one
    solution("learning_rate.steps_per_epoch")
    progress()                                     # which exercises of which chapter are passed
    statement("Your Name")                         # a page to print, once all are

The first three print plain text and return None, and none raises for a wrong, strange or missing
answer.
In a notebook hints and solutions are folded: they are read when they are asked for.
A chapter's exercises stand in its room, one file an exercise (CONTRIBUTING.md: adding one).
"""

from __future__ import annotations

from nnlib.exercises import catalogue, limiting, record
from nnlib.exercises.catalogue import UnknownExercise
from nnlib.exercises.examining import examine
from nnlib.exercises.folding import show_folded
from nnlib.exercises.outcomes import Passed
from nnlib.exercises.progressing import progress
from nnlib.exercises.saying import say, say_as_it_is, wrapped
from nnlib.exercises.stating import statement

__all__ = ["check", "hint", "progress", "solution", "statement"]

EXAMPLE = '"learning_rate.steps_per_epoch"'


def check(identifier=..., answer=...):
    """Check an answer and print one outcome: passed, not attempted, not yet, or raised.

    Whatever the answer does, the notebook goes on: an answer that runs for more than 5 seconds is
    stopped, its errors and `exit()` are reported, `input()` is refused, what it prints is kept
    short, and random states, print options and the like are put back. Three things cannot be
    caught. One long call into compiled code that lets nothing else run, such as
    ``sum(range(10**12))``, ends only by itself or with the kernel. An array that fills the whole
    memory may take the kernel along. And ``os._exit()`` ends it at once.

    When the course itself fails, the outcome says so: not checked. What is passed is kept in a file
    of the reader's own, for `progress`.
    """
    if limiting.answer_is_running():
        raise RuntimeError(
            "check was called by the function that it checks: "
            "keep the check(...) line outside of the function"
        )
    exercise = _find_or_explain(identifier, f"check({EXAMPLE}, steps_per_epoch)")
    if not exercise:
        return
    outcome = examine(exercise, answer)
    say(outcome)
    if isinstance(outcome, Passed):
        record.add(exercise.identifier)
    if outcome.printed:
        say(f"Printed by {exercise.name} in its first call:")
        say_as_it_is(outcome.printed)


def hint(identifier=..., stage=1):
    """Print one hint; `stage` counts from 1, and each hint says more than the one before."""
    exercise = _find_or_explain(identifier, f"hint({EXAMPLE})")
    if not exercise:
        return
    count = len(exercise.hints)
    if isinstance(stage, bool) or not isinstance(stage, int) or not 1 <= stage <= count:
        say(f"{identifier} has hints 1 to {count}, got {stage!r}.")
        return
    title = f"Hint {stage} of {count}"
    lines = [f"{title}: {exercise.hints[stage - 1]}"]
    if stage < count:
        lines.append(f'For the next one: hint("{identifier}", {stage + 1})')
    show_folded(title, wrapped("\n".join(lines)))


def solution(identifier=...):
    """Print the source of the tested solution."""
    exercise = _find_or_explain(identifier, f"solution({EXAMPLE})")
    if exercise:
        show_folded("Solution", exercise.solution_source().rstrip())


def _find_or_explain(identifier, call):
    if identifier is ...:
        known = ", ".join(exercise.identifier for exercise in catalogue.exercises())
        say(f"Say which exercise, as in {call}. Exercises: {known}.")
        return None
    try:
        return catalogue.find(identifier)
    except UnknownExercise as unknown:
        say(unknown)
        return None
