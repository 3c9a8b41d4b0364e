"""`progress()`: which exercises of which chapter are passed."""

from __future__ import annotations

import html
from dataclasses import dataclass

from nnlib.exercises import catalogue, record

BAR = 10                              # characters of a full bar


@dataclass(frozen=True)
class Chapter:
    """The exercises of one chapter: their names, and which of them are passed.

    `number` is None for a page of practice.
    """

    number: int | None
    title: str
    names: tuple[str, ...]
    passed: frozenset

    @property
    def heading(self) -> str:
        """Number and title; the title alone where there is no number."""
        return self.title if self.number is None else f"{self.number} {self.title}"

    @property
    def open(self) -> list[str]:
        return [name for name in self.names if name not in self.passed]


@dataclass(frozen=True)
class Progress:
    """What `progress` returns: text in a console, a table in a notebook."""

    chapters: tuple[Chapter, ...]
    note: str

    @property
    def total(self) -> int:
        return sum(len(chapter.names) for chapter in self.chapters)

    @property
    def passed(self) -> int:
        return sum(len(chapter.passed) for chapter in self.chapters)

    def __repr__(self):
        lines = [f"{self.passed} of {self.total} exercises passed"]
        for chapter in self.chapters:
            done, count = len(chapter.passed), len(chapter.names)
            bar = "#" * (BAR * done // count)
            number = "" if chapter.number is None else chapter.number
            lines.append(f"{number:>2} {chapter.title:20} {bar:-<{BAR}} {done:>2} of "
                         f"{count}{_still(chapter)}")
        return "\n".join([*lines, self.note])

    def _repr_html_(self):
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(chapter.heading)}</th>"
            f"<td><meter min='0' max='{len(chapter.names)}' value='{len(chapter.passed)}' "
            f"aria-hidden='true'></meter> {len(chapter.passed)} of {len(chapter.names)}</td>"
            f"<td>{html.escape(', '.join(chapter.open)) or 'all passed'}</td></tr>"
            for chapter in self.chapters
        )
        return (
            f"<table><caption>{self.passed} of {self.total} exercises passed</caption><thead><tr>"
            "<th scope='col'>Chapter</th><th scope='col'>Passed</th><th scope='col'>Still open</th>"
            f"</tr></thead><tbody>{rows}</tbody></table><p>{html.escape(self.note)}</p>"
        )


def progress(chapter: str | None = None) -> Progress:
    """Show which exercises are passed: of every chapter, or of one by its name in the ids.

    Parameters
    ----------
    chapter : str, optional
        The word before the dot, such as ``"activations"``.

    Raises
    ------
    ValueError
        If no chapter has that name.

    Notes
    -----
    What `check` has passed stands in ``~/.nnlib-course/progress.jsonl``, or where the environment
    variable ``NNLIB_PROGRESS`` says; nothing is sent anywhere. Delete the file to begin anew.
    """
    known = catalogue.chapters()
    if chapter is not None and chapter not in known:
        raise ValueError(f"progress expected one of {', '.join(known)}, got {chapter!r}")
    done = record.passed()
    found = []
    for slug in known if chapter is None else [chapter]:
        names = tuple(exercise.name for exercise in catalogue.exercises(slug))
        passed = frozenset(name for name in names if f"{slug}.{name}" in done)
        number, title = catalogue.number(slug), catalogue.title(slug)
        found.append(Chapter(number, title, names, passed))
    return Progress(tuple(found), _note())


def _note() -> str:
    file = record.path()
    if file and record.is_kept():
        return f"Kept in {file}."
    reason = f"{file} cannot be written" if file else "there is no home folder to keep it in"
    return f"Remembered until this kernel ends: {reason}."


def _still(chapter: Chapter) -> str:
    """What is still open, where the reader has begun; a chapter not begun needs no list."""
    return f"   open: {', '.join(chapter.open)}" if chapter.passed and chapter.open else ""
