"""The four outcomes of a check. Each says itself in plain text, in one or two short sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Passed:
    """Every case is right."""

    message: str
    note: str = ""

    def __str__(self):
        return " ".join(filter(None, ["Passed.", self.message, self.note]))


@dataclass(frozen=True)
class NotAttempted:
    """The stub is still as it was, or nothing is returned."""

    message: str

    def __str__(self):
        return f"Not attempted yet. {self.message}"


@dataclass(frozen=True)
class Failed:
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
class Raised:
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


def _first_line(error: BaseException) -> str:
    """The kind of error and the first line of what it says."""
    try:
        said = str(error).strip()
    except Exception:                                  # an error that cannot say itself
        said = ""
    kind = type(error).__name__
    return f"{kind}: {said.splitlines()[0]}" if said else kind


Outcome = Passed | NotAttempted | Failed | Raised
