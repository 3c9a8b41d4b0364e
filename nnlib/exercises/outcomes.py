"""The outcomes of a check. Each says itself in plain text, in one or two short sentences.

Four are about the answer; `NotChecked` is about the course. `printed` is what the reader's function
printed in its first call: it is shown after the verdict.
"""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST = 300              # characters of an error that are shown


@dataclass(frozen=True)
class _Outcome:
    printed: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Passed(_Outcome):
    """Every case is right."""

    message: str
    note: str = ""

    def __str__(self):
        return " ".join(filter(None, ["Passed.", self.message, self.note]))


@dataclass(frozen=True)
class NotAttempted(_Outcome):
    """The stub is still as it was, or nothing is returned."""

    message: str

    def __str__(self):
        return f"Not attempted yet. {self.message}"


@dataclass(frozen=True)
class Failed(_Outcome):
    """At least one case is wrong; `mistake` names the misconception that explains all of it.

    Where no misconception does, `relation` names what the results have to do with the right ones.
    """

    complaint: str
    hint: str
    mistake: str | None = None
    relation: str | None = None

    def __str__(self):
        return f"Not yet: {self.complaint}\nHint: {self.hint}"


@dataclass(frozen=True)
class Raised(_Outcome):
    """The reader's own code raised; it is shown with what was passed in, and no long traceback.

    `hint` is set, with `mistake` or `relation`, where a known misconception explains it or the
    error is of a known kind.
    """

    error: BaseException
    call: str
    where: str = ""
    hint: str = ""
    mistake: str | None = None
    relation: str | None = None

    def __str__(self):
        text = f"Raised {_first_line(self.error)}\nwhen called as {self.call}"
        text += f"\nat your {self.where}" if self.where else ""
        return text + (f"\nHint: {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class NotChecked(_Outcome):
    """The course's own code failed, so nothing is known about the answer."""

    message: str

    def __str__(self):
        return f"Not checked: {self.message}"


def _first_line(error: BaseException) -> str:
    """The kind of error and the first line of what it says, if that is not too long."""
    said = what_it_says(error).strip()
    kind = type(error).__name__
    if not said:
        return kind
    line = said.splitlines()[0]
    return f"{kind}: {line}" if len(line) <= LONGEST else f"{kind}: {line[:LONGEST]}..."


def what_it_says(error: BaseException) -> str:
    """The text of an error; "" where it cannot say itself."""
    try:
        return str(error)
    except BaseException:
        return ""


Outcome = Passed | NotAttempted | Failed | Raised | NotChecked
