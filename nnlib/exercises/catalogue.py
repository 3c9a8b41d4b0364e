"""Find an exercise by its id.

``weights.neuron`` stands in the room of its chapter: the `EXERCISES` of
``nnlib.chapters.weights.exercises``. Rooms are found by name when somebody asks, so the machinery
knows no chapter.
"""

from __future__ import annotations

import difflib
import importlib
import pathlib

from nnlib.exercises.exercise import Exercise


class UnknownExercise(LookupError):
    """No exercise has this id; the message names the nearest and lists them all."""


def chapters() -> list[str]:
    """Slugs of the chapters that have exercises, in the order of the book."""
    rooms = pathlib.Path(__file__).parents[1] / "chapters"
    return [slug for slug in _order() if (rooms / slug / "exercises").is_dir()]


def number(chapter: str) -> int:
    """Which chapter of the book it is, from 1."""
    return _order().index(chapter) + 1


def _order() -> tuple[str, ...]:
    return importlib.import_module("nnlib.chapters").ORDER


def exercises(chapter: str | None = None) -> list[Exercise]:
    """All exercises of a chapter in the order of its text, or of every chapter."""
    wanted = chapters() if chapter is None else [chapter]
    found = []
    for name in wanted:
        found += importlib.import_module(f"nnlib.chapters.{name}.exercises").EXERCISES
    return found


def find(identifier) -> Exercise:
    """The exercise with this id; `UnknownExercise` with one clear sentence where there is none."""
    if not isinstance(identifier, str):
        raise UnknownExercise(
            "The id of the exercise comes first and is text in quotation marks, "
            f"got {type(identifier).__name__}."
        )
    known = {exercise.identifier: exercise for exercise in exercises()}
    if identifier in known:
        return known[identifier]
    close = difflib.get_close_matches(identifier, known, n=3, cutoff=0.5)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    raise UnknownExercise(
        f'There is no exercise "{identifier}".{meant} Exercises: {", ".join(known)}.'
    )
