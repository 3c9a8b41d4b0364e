"""What an answer says, asks and ends: print is kept short, input and exit get an error.

Only what goes through Python's own `sys.stdout` and `sys.stderr` is heard. What compiled code or
another process writes to the terminal, or `os.write`, goes there.
"""

from __future__ import annotations

import builtins
import contextlib
import getpass
import io
import sys

LONGEST = 2000             # characters of what one call printed that are kept


class AskedForInput(BaseException):
    """Raised where an answer asks the keyboard; no `except ValueError` around `input` stops it."""


class Overheard(io.TextIOBase):
    """A stream that keeps the beginning of what is written to it, and counts the rest."""

    encoding = "utf-8"

    def __init__(self):
        super().__init__()
        self.beginning, self.left_out, self.asked_for_input = "", 0, False

    def writable(self):
        return True

    def write(self, text):
        kept = text[: LONGEST - len(self.beginning)]
        self.beginning += kept
        self.left_out += len(text) - len(kept)
        return len(text)

    def refuse(self, *prompts, **options):
        """Stands in for `input` and all that reads from the keyboard."""
        self.asked_for_input = True
        raise AskedForInput("nobody is there to answer")

    def __str__(self):
        note = f"\n[{self.left_out:,} more characters left out]" if self.left_out else ""
        return self.beginning.rstrip() + note


class _Keyboard(io.TextIOBase):
    """`sys.stdin` of an answer: every way to read from it is refused."""

    def __init__(self, refuse):
        super().__init__()
        self.read = self.readline = self.readlines = refuse      # iterating calls readline


@contextlib.contextmanager
def overheard():
    """Give the stream to which everything is printed; the caller puts `sys` and builtins back."""
    heard = Overheard()
    sys.stdout = sys.stderr = heard
    sys.stdin = _Keyboard(heard.refuse)
    builtins.input = heard.refuse
    asked, getpass.getpass = getpass.getpass, heard.refuse
    try:
        with _no_exit():
            yield heard
    finally:
        getpass.getpass = asked


@contextlib.contextmanager
def _no_exit():
    """In a notebook `exit()` does not raise but tells the kernel to end: here it raises."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell is None:
        yield
        return

    def leave():
        raise SystemExit

    keep = getattr(shell, "keepkernel_on_exit", None)      # exit() sets it before it asks
    shell.ask_exit = leave
    try:
        yield
    finally:
        vars(shell).pop("ask_exit", None)
        shell.keepkernel_on_exit = keep
