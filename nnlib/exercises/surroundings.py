"""What surrounds a call: set as the course expects it, and put back as the notebook had it.

A notebook may have switched gradients off, doubled torch's precision, or turned warnings into
errors; cases, expected values and answers must not depend on it. And an answer may do the same,
which must not outlive it.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import random
import signal
import sys
import threading
import warnings

import numpy as np

TIMERS = {"ITIMER_REAL": "SIGALRM", "ITIMER_VIRTUAL": "SIGVTALRM", "ITIMER_PROF": "SIGPROF"}


def loaded_torch():
    """torch where it was imported, and whole; else None. It is never imported here."""
    torch = sys.modules.get("torch")
    return torch if hasattr(torch, "get_rng_state") else None


def torch_is_half_imported() -> bool:
    """Whether an import of torch was interrupted: Python drops the package and keeps its parts."""
    return "torch" not in sys.modules and any(name.startswith("torch.") for name in sys.modules)


def mend_import_of_torch() -> None:
    """Let an interrupted import begin again, which it can until the compiled part is loaded."""
    if torch_is_half_imported() and "torch._C" not in sys.modules:
        for name in [name for name in sys.modules if name.startswith("torch.")]:
            del sys.modules[name]


@contextlib.contextmanager
def of_the_course():
    """Numbers, warnings and gradients as in a fresh notebook; afterwards as they were."""
    torch = loaded_torch()
    with contextlib.ExitStack() as back:
        back.callback(random.setstate, random.getstate())
        back.callback(np.random.set_state, np.random.get_state())                 # noqa: NPY002
        back.enter_context(np.printoptions())
        back.enter_context(warnings.catch_warnings())
        back.enter_context(quiet())
        if torch:
            back.callback(torch.set_rng_state, torch.get_rng_state())
            back.callback(torch.set_default_dtype, torch.get_default_dtype())
            printing = torch._tensor_str.PRINT_OPTS
            back.callback(vars(printing).update, dict(vars(printing)))
            torch.set_default_dtype(torch.float32)
        yield


@contextlib.contextmanager
def quiet():
    """What holds for one thread alone: no warning of NumPy's, and gradients are recorded.

    Overflow is often the very thing an exercise is about: no warning on stderr for it.
    """
    torch = loaded_torch()
    with contextlib.ExitStack() as back:
        back.enter_context(np.errstate(all="ignore"))
        warnings.simplefilter("ignore")
        if torch:
            back.enter_context(torch.inference_mode(False))
            back.enter_context(torch.enable_grad())
        yield


@contextlib.contextmanager
def kept():
    """Whatever is done to the process, it is undone: streams, names, folder, limits, timers."""
    with contextlib.ExitStack() as back:
        for name in ("stdin", "stdout", "stderr", "displayhook", "excepthook"):
            back.callback(setattr, sys, name, getattr(sys, name))
        back.callback(_put_back_builtins, dict(vars(builtins)))
        back.callback(_put_back_environment, dict(os.environ))
        back.callback(sys.path.__setitem__, slice(None), list(sys.path))
        with contextlib.suppress(OSError):                 # the folder may be gone already
            back.callback(os.chdir, os.getcwd())
        _keep_recursion_limit(back)
        _keep_timers(back)
        yield


def _put_back_builtins(before):
    names = vars(builtins)
    for name in names.keys() - before.keys():
        del names[name]
    names.update(before)


def _put_back_environment(before):
    if dict(os.environ) != before:
        os.environ.clear()
        os.environ.update(before)


def _keep_recursion_limit(back):
    """A lower limit would hold for the thread that waits as well, which is deeper already."""
    limit, change = sys.getrecursionlimit(), sys.setrecursionlimit
    back.callback(change, limit)
    back.callback(setattr, sys, "setrecursionlimit", change)
    sys.setrecursionlimit = lambda new: change(max(new, limit))


def _keep_timers(back):
    """A timer that an answer sets would end the kernel, whose signals nobody handles."""
    for timer, name in TIMERS.items():
        if not hasattr(signal, timer):                     # Windows has no timers
            continue
        timer, number = getattr(signal, timer), getattr(signal, name)
        if threading.current_thread() is threading.main_thread():
            before = signal.getsignal(number)
            if before is not None:
                back.callback(signal.signal, number, before)
                signal.signal(number, signal.SIG_IGN)
        back.callback(signal.setitimer, timer, *signal.getitimer(timer))
