"""What the reader calls: check, hint, solution, and an id that does not exist."""

import importlib
import pathlib
import subprocess
import sys

import pytest

from nnlib.exercises import catalogue, check, hint, solution

ROOT = pathlib.Path(__file__).parents[2]
IDENTIFIERS = [exercise.identifier for exercise in catalogue.exercises()]


def unwrapped(text):
    """The text in one line: where it was wrapped does not matter."""
    return " ".join(text.split())


def run(code):
    """What a fresh interpreter prints for this code."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("call", [lambda i: check(i, 1), hint, solution])
def test_an_unknown_id_gets_one_sentence_with_the_nearest_and_the_list(call, capsys):
    call("learning_rate.step_per_epoch")
    text = unwrapped(capsys.readouterr().out)
    assert text.startswith(
        'There is no exercise "learning_rate.step_per_epoch". '
        "Did you mean learning_rate.steps_per_epoch"
    )
    for identifier in IDENTIFIERS:
        assert identifier in text


def test_an_id_like_nothing_is_only_listed(capsys):
    check("zzz", 1)
    assert "Did you mean" not in capsys.readouterr().out


@pytest.mark.parametrize("identifier", [None, 3, check, ["learning_rate.sgd_step"]])
def test_an_id_that_is_no_text_is_explained(identifier, capsys):
    check(identifier, "learning_rate.sgd_step")
    assert "The id of the exercise comes first and is text" in unwrapped(capsys.readouterr().out)


def test_check_without_an_answer_says_how(capsys):
    check("learning_rate.sgd_step")
    text = capsys.readouterr().out
    assert text.startswith("Not attempted yet. ")
    assert 'check("learning_rate.sgd_step", sgd_step)' in text


@pytest.mark.parametrize("exercise", catalogue.exercises(), ids=lambda e: e.identifier)
def test_hints_come_in_stages(exercise, capsys):
    hint(exercise.identifier)
    count = len(exercise.hints)
    *first, last = capsys.readouterr().out.splitlines()
    assert " ".join(first) == f"Hint 1 of {count}: {exercise.hints[0]}"
    assert last == f'For the next one: hint("{exercise.identifier}", 2)'
    hint(exercise.identifier, count)
    said = unwrapped(capsys.readouterr().out)
    assert said == f"Hint {count} of {count}: {exercise.hints[-1]}"


@pytest.mark.parametrize("exercise", catalogue.exercises(), ids=lambda e: e.identifier)
def test_no_printed_line_is_cut_off_in_the_page(exercise, capsys):
    for stage in range(1, len(exercise.hints) + 1):
        hint(exercise.identifier, stage)
    check(exercise.identifier)
    check(exercise.identifier, exercise.solution)
    check(exercise.identifier, 7)
    for mistake in exercise.mistakes:
        for answer in mistake.answers:
            check(exercise.identifier, answer)
    check("nothing.of_this_name", 1)
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 78


@pytest.mark.parametrize("stage", [0, 4, -1, "2", 1.0, None, True])
def test_a_stage_that_is_not_there_is_explained(stage, capsys):
    hint("learning_rate.sgd_step", stage)
    assert capsys.readouterr().out == f"learning_rate.sgd_step has hints 1 to 3, got {stage!r}.\n"


def test_the_solution_is_printed_as_the_reader_would_write_it(capsys):
    solution("learning_rate.sgd_step")
    assert capsys.readouterr().out == (
        "def sgd_step(w, grad, lr):\n"
        '    """Return the weights after one step against the gradient; w stays as it was."""\n'
        "    return w - lr * grad\n"
    )
    solution("learning_rate.diagnosis")
    assert capsys.readouterr().out.startswith('diagnosis = {\n    "A": "too high",\n')


def test_a_chapter_is_a_folder_and_ids_begin_with_it():
    assert "learning_rate" in catalogue.chapters()
    for chapter in catalogue.chapters():
        for exercise in catalogue.exercises(chapter):
            assert exercise.identifier.startswith(f"{chapter}.")
    assert len(set(IDENTIFIERS)) == len(IDENTIFIERS)


def test_every_exercise_of_a_chapter_folder_is_in_its_list():
    """A file that is written but not listed would never be checked."""
    for chapter in catalogue.chapters():
        package = importlib.import_module(f"nnlib.chapters.{chapter}.exercises")
        files = {path.stem for path in pathlib.Path(package.__file__).parent.glob("*.py")}
        listed = {exercise.name for exercise in package.EXERCISES}
        assert {name for name in files if not name.startswith("_")} <= listed  # helpers have a _


def test_importing_the_exercises_imports_neither_torch_nor_a_path():
    code = (
        "import sys, nnlib.chapters.learning_rate.exercises\n"
        "print([m for m in ('torch', 'nnlib.torch', 'nnlib.numpy') if m in sys.modules])"
    )
    assert run(code).strip() == "[]"


def test_without_torch_the_exercises_are_checked_on_numpy_alone():
    code = (
        "import sys, importlib.util\n"
        "find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda n, *a: None if n == 'torch' else find(n, *a)\n"
        "class NoTorch:\n"
        "    def find_spec(self, name, *others):\n"
        "        if name.partition('.')[0] == 'torch':\n"
        "            raise ModuleNotFoundError('No module named torch', name='torch')\n"
        "sys.meta_path.insert(0, NoTorch())\n"
        "from nnlib.exercises import catalogue, examining\n"
        "for e in catalogue.exercises():\n"
        "    needed = 'import torch' in e.solution_source()\n"
        "    print('needed' if needed else '', examining.examine(e, e.solution))\n"
    )
    told = "needed Not checked: this exercise is about PyTorch, which is not installed here."
    lines = [line.strip() for line in run(code).splitlines()]
    assert told in lines
    assert [line for line in lines if line != told and not line.startswith("Passed")] == []
