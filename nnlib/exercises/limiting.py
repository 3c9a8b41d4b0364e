"""Call a function in a thread of its own, and give up on it when its time is over.

A thread, because there is nothing that an answer can do to the one that waits: not with a bare
`except:`, not with signals or timers, and not with a compiled call that lets other threads run. The
same works on every system, and a real interrupt of the kernel reaches the waiting thread alone.
Three things hold it up all the same: one compiled call that lets no other thread run, such as
`sum(range(10**12))`; all of the machine's memory; and an end of the process, as by `os._exit`.
"""

from __future__ import annotations

import ctypes
import threading
import time

TRIES = 20                 # times that `TookTooLong` is raised in a thread before it is held
PAUSE = 0.02               # seconds that a thread gets after each


class TookTooLong(BaseException):
    """Raised in a call that runs past the limit; no `except Exception` of the reader's stops it."""


class Worker(threading.Thread):
    """The thread of one call; afterwards it has the call's `result`, or the `error` it raised."""

    def __init__(self, work):
        super().__init__(daemon=True)          # one that is held does not keep Python from ending
        self.work = work
        self.result, self.error = None, None
        self.done = threading.Event()          # `join` takes an interrupted wait for the end

    def run(self):
        try:
            self.result = self.work()
        except BaseException as error:         # KeyboardInterrupt and SystemExit are errors here
            self.error = error
        finally:
            self.done.set()


def answer_is_running() -> bool:
    """Whether whoever asks is called by a reader's answer."""
    return isinstance(threading.current_thread(), Worker)


def call(work, seconds: float, message: str) -> Worker:
    """Call `work()`; after `seconds` it is stopped, and its error is TookTooLong(message)."""
    worker = Worker(work)
    deadline = time.monotonic() + seconds
    try:
        worker.start()
        while (left := deadline - time.monotonic()) > 0:
            if worker.done.wait(min(left, 0.1)):       # Windows hears no interrupt during a wait
                return worker
    except KeyboardInterrupt:                  # the reader's own, in the thread that waits
        _stop(worker)
        raise
    stopped = _stop(worker)
    trace = getattr(worker.error, "__traceback__", None)
    unstoppable = "" if stopped else ", and it cannot be stopped: restart the kernel"
    worker.error = TookTooLong(message + unstoppable).with_traceback(trace)
    return worker


def _stop(worker: Worker) -> bool:
    """End the thread, or hold it for good; False where it is in compiled code and hears nothing."""
    for _ in range(TRIES):
        if not _raise_in(worker, TookTooLong) or worker.done.wait(PAUSE):
            return True
    held = threading.Event()

    class Hold(TookTooLong):
        # Python makes an exception in the thread that it is raised in, before any `except` or
        # `finally` there can go on. One that is never made ready holds that thread: it computes
        # and prints nothing any more.
        def __init__(self):
            held.set()
            while True:
                time.sleep(3600)

    _raise_in(worker, Hold)
    return any(held.wait(PAUSE) or worker.done.is_set() for _ in range(TRIES))


def _raise_in(worker: Worker, error: type) -> bool:
    """Raise in the thread as soon as it runs Python again; False where there is none any more."""
    number = ctypes.c_ulong(worker.ident or 0)          # none yet, where its start was interrupted
    return bool(ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(error)))
