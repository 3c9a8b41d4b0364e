"""An answer may loop, print, ask, leave, or change what everyone shares: the notebook goes on."""

import asyncio
import builtins
import getpass
import os
import random
import signal
import sys
import threading
import time
import warnings

import numpy as np
import pytest
import torch

from nnlib.exercises import attempting, catalogue, check, limiting, overhearing
from nnlib.exercises.attempting import Observation, observe, observe_all
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Case
from nnlib.exercises.outcomes import Failed, Passed, Raised

STEPS = catalogue.find("learning_rate.steps_per_epoch")
CASE = Case((3,), 3)


def steps(body):
    """An answer to STEPS that runs `body()` first and is right."""
    def steps_per_epoch(n, batch_size, drop_last):
        body()
        return STEPS.solution(n, batch_size, drop_last)

    return steps_per_epoch


def running():
    """Names of the lines that answers are at, in threads that still compute."""
    frames = sys._current_frames()
    workers = [t for t in threading.enumerate() if isinstance(t, limiting.Worker)]
    return [frames[t.ident].f_code.co_name for t in workers if t.ident in frames]


# --- loops that never end ---


def bare_except(n):
    while True:
        try:
            n += 1
        except:                                                                   # noqa: E722
            n = 0


def finally_goes_on(n):
    while True:
        try:
            n += 1
        finally:
            continue                                                              # noqa: B012


def nested(n):
    while True:
        try:
            while True:
                try:
                    while True:
                        try:
                            n += 1
                        except BaseException:
                            n = 0
                finally:
                    continue                                                      # noqa: B012
        except:                                                                   # noqa: E722
            n = 1


def alarm_off(n):
    signal.alarm(0)
    while True:
        n += 1


def timer_off(n):
    signal.setitimer(signal.ITIMER_REAL, 0)
    while True:
        n += 1


def waits(n):
    while True:
        try:
            time.sleep(0.001)
        except:                                                                   # noqa: E722
            n += 1


LOOPS = [bare_except, finally_goes_on, nested, alarm_off, timer_off, waits]


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.__name__)
def test_no_loop_goes_on_after_its_time(loop, monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.1)
    seen = observe(loop, CASE)
    assert isinstance(seen.error, attempting.TookTooLong)
    assert str(seen.error) == "still running after 0.1 seconds"
    assert loop.__name__ not in running()          # it has left, or it is held and computes nothing


def test_outside_of_the_main_thread_a_loop_ends_as_well(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.1)
    seen = []
    thread = threading.Thread(target=lambda: seen.append(observe(bare_except, CASE)))
    thread.start()
    thread.join()
    assert isinstance(seen[0].error, attempting.TookTooLong)


def test_a_compiled_call_is_left_alone_and_the_reader_told(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.1)
    monkeypatch.setattr(limiting, "TRIES", 2)
    lock = threading.Lock()
    lock.acquire()
    outcome = examine(STEPS, steps(lock.acquire))
    lock.release()
    assert "it cannot be stopped: restart the kernel" in str(outcome)


def test_the_calls_of_a_check_have_a_limit_together(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS_IN_ALL", 0.2)
    calls = []

    def slow(n):
        calls.append(n)
        time.sleep(0.05)
        return n

    seen = observe_all(slow, [CASE] * 100)
    assert 1 <= len(calls) < 20
    assert str(seen[-1].error) == "all calls together take more than 0.2 seconds"


def test_time_over_on_one_path_is_not_a_path_that_does_not_run(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 0.1)
    step = catalogue.find("learning_rate.sgd_step")

    def answer(w, grad, lr):
        while not isinstance(w, np.ndarray):
            pass
        return w - lr * grad

    outcome = examine(step, answer)
    assert isinstance(outcome, Raised)
    assert "still running" in str(outcome)


def test_the_arguments_of_a_case_cost_the_answer_no_time(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 1.0)

    def arguments():
        time.sleep(1.2)
        return (3,)

    assert observe(lambda n: n, Case(arguments, 3)).error is None


def test_an_answer_that_checks_itself_is_told_so():
    calls = []

    def steps_per_epoch(n, batch_size, drop_last):
        calls.append(n)
        check("learning_rate.steps_per_epoch", steps_per_epoch)

    outcome = examine(STEPS, steps_per_epoch)
    assert isinstance(outcome, Raised)
    assert "check was called by the function that it checks" in str(outcome)
    assert len(calls) == len(STEPS.cases())


# --- whatever it raises ---


class Strange(BaseException):
    pass


@pytest.mark.parametrize("error", [KeyboardInterrupt, GeneratorExit, asyncio.CancelledError,
                                   SystemExit, Strange, StopIteration])
def test_whatever_an_answer_raises_is_an_outcome(error):
    def body():
        raise error("mine")

    outcome = examine(STEPS, steps(body))
    assert isinstance(outcome, Raised)
    assert f"Raised {error.__name__}: mine" in str(outcome)


@pytest.mark.parametrize("leave", [sys.exit, exit, quit])
def test_an_answer_that_leaves_is_told_how_a_function_ends(leave):
    stdin = sys.stdin
    outcome = examine(STEPS, steps(leave))
    assert "Raised SystemExit" in str(outcome)
    assert "a function ends with return" in str(outcome)
    assert sys.stdin is stdin
    assert not stdin.closed


def test_an_interrupt_of_the_reader_goes_through_and_stops_the_answer(monkeypatch):
    monkeypatch.setattr(attempting, "SECONDS", 60.0)

    def interrupted_loop(n):
        threading.Timer(0.1, signal.raise_signal, [signal.SIGINT]).start()
        while True:
            n += 1

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            observe(interrupted_loop, CASE)
    finally:
        signal.signal(signal.SIGINT, before)
    assert "interrupted_loop" not in running()


def test_a_long_error_is_cut_and_one_that_leaves_while_it_speaks_is_named():
    def long():
        raise ValueError("x" * 1_000_000)

    class Leaves(Exception):
        def __str__(self):
            sys.exit()

    def leaves():
        raise Leaves

    assert len(str(examine(STEPS, steps(long)))) < 1000
    assert "xxx...\nwhen called as" in str(examine(STEPS, steps(long)))
    assert str(examine(STEPS, steps(leaves))).startswith("Raised Leaves\n")


# --- printing and asking ---


def test_what_is_printed_is_shown_once_after_the_verdict(capsys):
    def body():
        print("a note")
        print("a warning", file=sys.stderr)

    check("learning_rate.steps_per_epoch", steps(body))
    said = capsys.readouterr()
    assert said.out.startswith("Passed. ")
    assert said.out.endswith("Printed by steps_per_epoch in its first call:\na note\na warning\n")
    assert said.out.count("a note") == 1
    assert said.err == ""


def test_of_a_flood_the_beginning_is_shown_and_the_rest_counted(capsys):
    check("learning_rate.steps_per_epoch", steps(lambda: print("x" * 999_999)))
    said = capsys.readouterr().out
    assert said.startswith("Passed. ")
    assert said.endswith("x\n[998,000 more characters left out]\n")
    assert len(said) < 2 * overhearing.LONGEST


def read_lines():
    for _ in sys.stdin:
        pass


@pytest.mark.parametrize("ask", [
    lambda: input("n? "), lambda: sys.stdin.readline(), lambda: sys.stdin.read(), read_lines,
    lambda: getpass.getpass(),
])
def test_an_answer_that_asks_is_told_so_at_once(ask):
    calls = []

    def body():
        calls.append(1)
        try:
            ask()
        except Exception:                          # the usual loop around input
            ask()

    outcome = examine(STEPS, steps(body))
    assert isinstance(outcome, Failed)
    assert str(outcome).startswith("Not yet: steps_per_epoch asks for input, and while")
    assert len(calls) == 1


# --- whatever it changes ---


def spoil(folder):
    """Change everything that a function can reach."""
    np.set_printoptions(precision=1)
    np.seterr(all="raise")
    np.random.seed(1)                                                             # noqa: NPY002
    random.seed(1)
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch.set_printoptions(precision=1)
    torch.manual_seed(1)
    sys.setrecursionlimit(50)
    warnings.simplefilter("error")
    sys.stdout = sys.stderr = sys.stdin = None
    os.chdir(folder)
    builtins.print = builtins.sum = None
    builtins.added = 1
    os.environ["ADDED"] = "1"
    os.environ.pop("PATH", None)
    sys.path.append("added")


def everything():
    return {
        "NumPy prints": np.get_printoptions(), "NumPy errors": np.geterr(),
        "NumPy random": np.random.get_state()[1].tolist(),                        # noqa: NPY002
        "random": random.getstate(), "torch random": torch.get_rng_state().tolist(),
        "torch dtype": torch.get_default_dtype(), "torch gradients": torch.is_grad_enabled(),
        "torch prints": repr(torch.tensor([1 / 3])),
        "recursion": (sys.getrecursionlimit(), sys.setrecursionlimit),
        "warnings": list(warnings.filters), "streams": (sys.stdout, sys.stderr, sys.stdin),
        "folder": os.getcwd(), "builtins": dict(vars(builtins)), "environment": dict(os.environ),
        "path": list(sys.path), "getpass": getpass.getpass,
        "signals": [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGALRM, signal.SIGPROF)],
        "timer": signal.getitimer(signal.ITIMER_REAL),
    }


def test_of_an_object_that_comes_back_the_case_reads_what_is_compared():
    def read(result, arguments):
        return {"real": result.real, "same": result is arguments[0]}

    case = Case((complex(3, 4),), {"real": 3.0, "same": True}, read=read)
    assert observe(lambda z: z, case).result == {"real": 3.0, "same": True}
    assert observe(lambda z: z + 1, case).result == {"real": 4.0, "same": False}
    for nothing in (None, ...):                        # a stub, or a return that is missing
        assert observe(lambda z, nothing=nothing: nothing, case).result is nothing
    assert isinstance(observe(lambda z: "text", case).error, AttributeError)


def test_whatever_an_answer_changes_is_put_back(tmp_path):
    before = everything()
    outcome = examine(STEPS, steps(lambda: spoil(tmp_path)))
    after = everything()
    assert outcome is not None
    assert {name for name in before if before[name] != after[name]} == set()


def test_an_answer_may_lower_the_recursion_limit_in_vain_and_raise_it():
    def deep(n):
        sys.setrecursionlimit(20)
        sys.setrecursionlimit(5000)

        def down(k):
            return 0 if k == 0 else 1 + down(k - 1)

        return down(3000)

    assert observe(deep, CASE).result == 3000


def test_a_timer_of_an_answer_neither_fires_nor_stays():
    def body():
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        time.sleep(0.05)
        signal.setitimer(signal.ITIMER_REAL, 100)

    assert isinstance(examine(STEPS, steps(body)), Passed)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_timer_of_the_notebook_stays():
    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 1000)
    try:
        assert isinstance(observe(alarm_is_off, CASE), Observation)
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def alarm_is_off(n):
    signal.alarm(0)
    return n
