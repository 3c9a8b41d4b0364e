"""What is printed can be shown by every console, and a bare call says how it is meant."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnlib.exercises import catalogue, check, hint, solution
from nnlib.exercises.saying import TYPED

ROOT = Path(__file__).parents[2]
EVERYTHING = """
from nnlib.exercises import catalogue, check, hint, solution
for exercise in catalogue.exercises():
    solution(exercise.identifier)
    for stage in range(len(exercise.hints)):
        hint(exercise.identifier, stage + 1)
    check(exercise.identifier, exercise.mistakes[0].answers[0])
def steps_per_epoch(n, batch_size, drop_last):
    print("\u03bb \u4e2d \u00d7")
    raise ValueError("3\u00d74 \u2260 \u4e2d, \u03bb \u2264 2\u221210 \u2026 \u2202\u00e9")
check("learning_rate.steps_per_epoch", steps_per_epoch)
"""
SHOWN = {
    "ascii": ("ValueError: 3x4 != \\u4e2d, lambda <= 2-10 ... de", "lambda \\u4e2d x"),
    "cp1252": ("ValueError: 3×4 != \\u4e2d, lambda <= 2-10 … dé", "lambda \\u4e2d ×"),
    "utf-8": ("ValueError: 3×4 ≠ 中, λ ≤ 2−10 … ∂é", "λ 中 ×"),
}


@pytest.mark.parametrize("encoding", SHOWN)
def test_every_console_shows_every_exercise(encoding):
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert done.stderr == b""
    said = done.stdout.decode(encoding)
    for text in SHOWN[encoding]:
        assert text in said


@pytest.mark.parametrize("exercise", catalogue.exercises(), ids=lambda e: e.identifier)
def test_all_that_the_course_says_can_be_typed(exercise):
    said = [exercise.solution_source(), exercise.passed, *exercise.hints,
            *(mistake.hint for mistake in exercise.mistakes)]
    assert [c for c in "".join(said).translate(TYPED) if not c.isascii()] == []


@pytest.mark.parametrize(("call", "name"), [(check, "check"), (hint, "hint"),
                                            (solution, "solution")])
def test_a_bare_call_says_how_it_is_called(call, name, capsys):
    assert call() is None
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f'Say which exercise, as in {name}("learning_rate.steps_per_epoch"')
    for exercise in catalogue.exercises():
        assert exercise.identifier in said
