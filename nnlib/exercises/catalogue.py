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
    """Slugs of all rooms that have exercises: the chapters in order, then those of practice."""
    rooms = pathlib.Path(__file__).parents[1] / "chapters"
    slugs = (*_rooms().ORDER, *_rooms().PRACTICE)
    return [slug for slug in slugs if (rooms / slug / "exercises").is_dir()]


def number(chapter: str) -> int | None:
    """Which chapter of the book it is, from 1; None for a room of practice, which has no number."""
    order = _rooms().ORDER
    return order.index(chapter) + 1 if chapter in order else None


def title(chapter: str) -> str:
    """What a room is called where its exercises are counted."""
    return _rooms().TITLES.get(chapter) or chapter.replace("_", " ").capitalize()


def _rooms():
    return importlib.import_module("nnlib.chapters")


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
