"""A right answer passes whatever the notebook did before; a fault of the course is called one."""

import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch

from nnlib.exercises import catalogue
from nnlib.exercises.examining import examine
from nnlib.exercises.exercise import Case, Exercise
from nnlib.exercises.outcomes import NotChecked, Passed

ROOT = Path(__file__).parents[2]


STATES = ["NumPy raises", "no gradients", "inference", "double precision", "warnings"]


@pytest.fixture(params=STATES)
def state(request):
    """The notebook as a reader may have left it."""
    with warnings.catch_warnings(), np.errstate(), torch.set_grad_enabled(True):
        context = torch.inference_mode(request.param == "inference")
        with context:
            if request.param == "NumPy raises":
                np.seterr(all="raise")
            elif request.param == "no gradients":
                torch.set_grad_enabled(False)
            elif request.param == "double precision":
                torch.set_default_dtype(torch.float64)
            elif request.param == "warnings":
                warnings.simplefilter("error")
            yield
            torch.set_default_dtype(torch.float32)


@pytest.mark.parametrize("exercise", catalogue.exercises(), ids=lambda e: e.identifier)
def test_the_solution_passes_in_any_state(exercise, state):
    assert isinstance(examine(exercise, exercise.solution), Passed)


def halved(n):
    return n / 2


def exercise(cases):
    return Exercise(
        identifier="learning_rate.halved", title="half", level="build", prompt="Halve it.",
        stub="def halved(n):\n    ...\n", solution=halved, cases=cases, hints=("Divide.",),
        mistakes=(), passed="Halved.",
    )


def no_cases():
    raise ArithmeticError("of the course\nand more")


def no_arguments():
    raise ArithmeticError("of the course\nand more")


@pytest.mark.parametrize("cases", [no_cases, lambda: [Case(no_arguments, 1)],
                                   lambda: [Case((2,), 1), Case(no_arguments, 1)]])
def test_a_fault_of_the_course_is_not_the_answers(cases):
    outcome = examine(exercise(cases), halved)
    assert isinstance(outcome, NotChecked)
    assert "the course itself has a fault here" in str(outcome)
    assert str(outcome).endswith("(ArithmeticError: of the course)")


# An import that is broken off where a part of torch is looked for, as by the stop button.
INTERRUPTED = """
    import sys

    class Stop:
        def find_spec(self, name, path=None, target=None):
            if name == {part!r} and self in sys.meta_path:
                sys.meta_path.remove(self)
                raise KeyboardInterrupt

    sys.meta_path.insert(0, Stop())
    from nnlib.exercises import catalogue, check
    answer = catalogue.find("learning_rate.sgd_step").solution
    try:
        check("learning_rate.sgd_step", answer)
    except KeyboardInterrupt:
        print("interrupted")
    check("learning_rate.sgd_step", answer)
    check("learning_rate.steps_per_epoch",
          catalogue.find("learning_rate.steps_per_epoch").solution)
"""


@pytest.mark.parametrize(("part", "verdict"), [
    ("torch._C", "Passed. "),                         # early enough to begin again
    ("torch.nn", "Not checked: an import of torch was interrupted"),
])
def test_an_interrupted_import_of_torch_is_told_as_that(part, verdict):
    code = textwrap.dedent(INTERRUPTED).format(part=part)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr == ""
    first, second = done.stdout.split("interrupted\n", 1)
    assert first == ""
    assert second.startswith(verdict)
    assert second.rstrip().split("\n")[-2].startswith("Passed. ")       # needs no torch
