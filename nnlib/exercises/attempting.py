"""Call a reader's function on one case, so that nothing it does can hurt the notebook.

What is guarded, and by which file here:

* it may run for `SECONDS` a call and `SECONDS_IN_ALL` a check, and every exception that it raises
  is kept (`limiting`);
* what it prints is kept short, and it cannot ask for input or end the kernel (`overhearing`);
* random and numeric state is the course's own while it runs, and whatever it changes is put back
  (`surroundings`);
* it gets a copy of the case's arguments in every call.

What cannot be guarded: a single call into compiled code that lets no other thread run, all of the
machine's memory filled, `os._exit` and whatever else ends the process.
"""

from __future__ import annotations

import inspect
import linecache
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nnlib.exercises import comparing, limiting, overhearing, surroundings
from nnlib.exercises.exercise import Case
from nnlib.exercises.limiting import TookTooLong
from nnlib.exercises.overhearing import AskedForInput

SECONDS = 5.0              # for one call
SECONDS_IN_ALL = 15.0      # for all calls of one check


class CourseFault(Exception):
    """The course's own code raised before any of the reader's ran."""


@dataclass(frozen=True)
class Observation:
    """What one call did: its result or its error, and whether it changed its arguments."""

    case: Case
    result: object = None
    error: BaseException | None = None
    where: str = ""                      # the reader's line that raised
    changed_input: tuple[int, ...] = ()  # places of the arguments that it changed
    printed: str = ""


def observe_all(function, cases: list[Case]) -> list[Observation]:
    """Call `function` on case after case; one that never ends, or asks for input, is the last."""
    seen = []
    ends = time.monotonic() + SECONDS_IN_ALL
    for case in cases:
        seen.append(observe(function, case, max(0.0, ends - time.monotonic())))
        if isinstance(seen[-1].error, TookTooLong | AskedForInput):
            break
    return seen


def observe(function, case: Case, seconds_left: float = float("inf")) -> Observation:
    """Call `function` with the case's arguments and note what happened."""
    with surroundings.of_the_course():
        arguments, before = arguments_of(case), arguments_of(case)

        def work():
            with surroundings.quiet():
                result = case.plain(function(*arguments), arguments)
                return result, _changed(before, arguments)

        with surroundings.kept(), overhearing.overheard() as heard:
            done = limiting.call(work, min(SECONDS, seconds_left), _too_long(seconds_left))
        printed = str(heard)
    if heard.asked_for_input:
        return Observation(case, error=AskedForInput("nobody is there to answer"), printed=printed)
    if done.error is not None:
        where = _line_that_raised(function, done.error)
        return Observation(case, error=done.error, where=where, printed=printed)
    result, changed = done.result
    return Observation(case, result=result, changed_input=changed, printed=printed)


def arguments_of(case: Case) -> tuple:
    """Arguments for one call; `CourseFault` where the course cannot make them."""
    try:
        return case.make_arguments()
    except Exception as error:
        raise CourseFault(f"{type(error).__name__}: {error}") from error


def _too_long(seconds_left: float) -> str:
    if seconds_left < SECONDS:
        return f"all calls together take more than {SECONDS_IN_ALL:g} seconds"
    return f"still running after {SECONDS:g} seconds"


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
