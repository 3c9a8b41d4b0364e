"""Call a reader's function on one case, so that nothing it does can hurt the notebook.

What is guarded: exceptions (kept, not raised), warnings (silent), the random state of Python, NumPy
and torch (put back), the case's own arguments (each call gets copies), and loops that never end
(`SECONDS` for a call, by an alarm signal).
The limits: the alarm exists only on Linux and macOS and in the main thread (a notebook's cells run
there), and it cannot interrupt a single long call into compiled code, nor a loop that catches every
exception; elsewhere the reader's own "interrupt the kernel" ends the loop.
"""

from __future__ import annotations

import contextlib
import inspect
import linecache
import random
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case

SECONDS = 5.0


class TookTooLong(BaseException):
    """Raised in a call that runs past the limit; no `except Exception` of the reader's stops it."""


@dataclass(frozen=True)
class Observation:
    """What one call did: its result or its error, and whether it changed its arguments."""

    case: Case
    result: object = None
    error: BaseException | None = None
    where: str = ""                      # the reader's line that raised
    changed_input: tuple[int, ...] = ()  # places of the arguments that it changed


def observe(function, case: Case) -> Observation:
    """Call `function` with the case's arguments and note what happened."""
    arguments, before = case.make_arguments(), case.make_arguments()
    try:
        with _random_state_kept(), _quiet(), _time_limit():
            result = comparing.plain(function(*arguments))
    except (Exception, SystemExit, TookTooLong) as error:
        return Observation(case, error=error, where=_line_that_raised(function, error))
    return Observation(case, result=result, changed_input=_changed(before, arguments))


def signature_problem(function, arguments: tuple) -> str | None:
    """Why `function` cannot take these arguments, in words; None when it can."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):                    # some built-ins do not tell
        return None
    try:
        signature.bind(*arguments)
    except TypeError:
        values = "1 value" if len(arguments) == 1 else f"{len(arguments)} values"
        return f"is called with {values}, and yours takes {signature}"
    return None


@contextlib.contextmanager
def _random_state_kept():
    """Whatever the reader's function draws or seeds, the notebook's random state stays."""
    python_state = random.getstate()
    numpy_state = np.random.get_state()                                           # noqa: NPY002
    torch = sys.modules.get("torch")
    torch_state = torch.get_rng_state() if torch else None
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)                                          # noqa: NPY002
        if torch:
            torch.set_rng_state(torch_state)


@contextlib.contextmanager
def _quiet():
    """Overflow is often the very thing an exercise is about: no warning on stderr for it."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _time_limit():
    main_thread = threading.current_thread() is threading.main_thread()
    if not (main_thread and hasattr(signal, "setitimer")):
        yield
        return

    def stop(signum, frame):
        raise TookTooLong(f"still running after {SECONDS:g} seconds")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def _line_that_raised(function, error) -> str:
    """The last line of the reader's own code in the traceback, e.g. 'line 3: return n / 0'."""
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    own = [
        (frame, number)
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == code.co_filename
    ]
    if not own:
        return ""
    frame, number = own[-1]
    text = linecache.getline(code.co_filename, number, frame.f_globals).strip()
    return f"line {number}" + (f": {text}" if text else "")


def _differs(before, after) -> bool:
    """Whether data among the arguments changed; models and other objects are not looked into."""
    if isinstance(before, (tuple, list)):
        return len(before) != len(after) or any(map(_differs, before, after))
    if isinstance(before, Mapping):
        return before.keys() != after.keys() or any(_differs(before[k], after[k]) for k in before)
    if isinstance(before, np.ndarray) or hasattr(before, "detach"):
        first, second = comparing.plain(before), comparing.plain(after)
        return not np.array_equal(first, second, equal_nan=True)
    return False


def _changed(before: tuple, after: tuple) -> tuple[int, ...]:
    """Places of the arguments that are not what they were."""
    pairs = enumerate(zip(before, after, strict=True))
    return tuple(place for place, (one, other) in pairs if _differs(one, other))
