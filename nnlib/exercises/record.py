"""What this reader has passed: one line for each exercise, in a small file of the reader's own.

Lines are only ever added, each in one write, so nothing that happens midway harms the ones before:
a crash leaves half a line at most, two notebooks at once add their lines one after the other, and a
line that cannot be read is passed over. Where no file can be written, what is passed is remembered
until the kernel ends.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import pathlib

SETTING = "NNLIB_PROGRESS"            # an environment variable: another place for the file

_of_this_session: dict[str, datetime.date] = {}


def path() -> pathlib.Path | None:
    """What ``NNLIB_PROGRESS`` names, else a file in the home folder; None where there is none."""
    chosen = os.environ.get(SETTING) or pathlib.Path("~", ".nnlib-course", "progress.jsonl")
    try:
        return pathlib.Path(chosen).expanduser()
    except RuntimeError:
        return None


def add(identifier: str) -> None:
    """Note that an exercise is passed today; one that was passed before keeps its day."""
    if identifier in passed():
        return
    today = datetime.date.today()
    _of_this_session[identifier] = today
    line = json.dumps({"passed": identifier, "on": today.isoformat()})
    with contextlib.suppress(OSError):        # no such place, no right to write, no space left
        _append(path(), line)


def passed() -> dict[str, datetime.date]:
    """Every exercise that was passed, and the day when it was first."""
    found = {}
    for identifier, day in [*_read(), *_of_this_session.items()]:
        found.setdefault(identifier, day)
    return found


def is_kept() -> bool:
    """Whether what was passed in this session stands in the file."""
    return _of_this_session.keys() <= dict(_read()).keys()


def _append(file: pathlib.Path | None, line: str) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as opened:            # "a": what others add meanwhile is not overwritten
        size = opened.seek(0, os.SEEK_END)
        opened.seek(max(size - 1, 0))
        half = opened.read(1) not in (b"", b"\n")
        opened.write(b"\n" * half + line.encode() + b"\n")


def _read() -> list[tuple[str, datetime.date]]:
    file = path()
    try:
        lines = file.read_bytes().splitlines() if file else []
    except OSError:
        return []
    return [entry for entry in map(_entry, lines) if entry]


def _entry(line: bytes) -> tuple[str, datetime.date] | None:
    """The exercise and the day in a line; None for a line that is damaged or somebody else's."""
    try:
        said = json.loads(line)
        return str(said["passed"]), datetime.date.fromisoformat(said["on"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
