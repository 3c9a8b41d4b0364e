"""No committed notebook shows an answer, a hint or a solution to a reader who has not asked."""

import ast
import re

import nbformat
import pytest
from notebook_tools import BOOK_NOTEBOOKS, normaliser

from nnlib.exercises import catalogue

HIDDEN = {"jupyter": {"source_hidden": True}, "cellView": "form"}     # by JupyterLab, by Colab
EXERCISES = {exercise.identifier: exercise for exercise in catalogue.exercises()}


@pytest.fixture(params=BOOK_NOTEBOOKS, ids=lambda path: path.name)
def cells(request):
    """The code cells of one notebook."""
    cells = nbformat.read(request.param, as_version=4).cells
    return [cell for cell in cells if cell.cell_type == "code"]


def calls(source):
    """The names of all that a cell calls: `Predict` for `widgets.Predict(…)`, whatever its form."""
    python = "\n".join("" if re.match(r"\s*[%!]", line) else line for line in source.splitlines())
    found = [node.func for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Call)]
    return {getattr(function, "attr", getattr(function, "id", None)) for function in found}


def printed(cell):
    """Every text of a cell's outputs in one line: where it was wrapped does not matter."""
    outputs = [output.get("text") or str(output.get("data", "")) for output in cell.outputs]
    return " ".join("".join(outputs).split())


def test_a_prediction_and_a_quiz_hide_their_source(cells):
    # With its answer and all its feedback, in the book (by the tag) and in live notebooks.
    for cell in cells:
        if calls(cell.source) & {"Predict", "Quiz", "Question"}:
            assert "hide-input" in cell.metadata.get("tags", []), cell.source
            assert HIDDEN.items() <= cell.metadata.items(), cell.source
            assert cell.source.startswith(f"{normaliser.TITLE} "), cell.source


def test_whatever_the_book_folds_is_folded_live(cells):
    for cell in cells:
        folded = "hide-input" in cell.metadata.get("tags", [])
        assert (HIDDEN.items() <= cell.metadata.items()) == folded, cell.source


def test_a_cell_that_shows_a_hint_or_a_solution_keeps_no_output(cells):
    for cell in cells:
        if calls(cell.source) & {"hint", "solution"}:
            assert "hide-cell" in cell.metadata.get("tags", []), cell.source
            assert (cell.outputs, cell.execution_count) == ([], None), cell.source
            # Nothing else, which the strict comparison would then pass over.
            assert re.fullmatch(r'(hint|solution)\("[\w.]+"(, \d)?\)', cell.source), cell.source


def test_a_check_of_a_stub_says_only_that_nothing_was_attempted(cells):
    for cell in cells:
        if "check" in calls(cell.source):
            assert printed(cell).startswith("Not attempted yet. "), cell.source
            identifier = re.search(r'check\("([\w.]+)"', cell.source)[1]
            for hint in EXERCISES[identifier].hints:
                assert hint not in printed(cell)


def test_no_output_holds_an_answer(cells):
    """Feedback, hints and solutions, in whichever cell they might have been printed."""
    feedback = {
        text.value
        for cell in cells
        if "answer=" in cell.source
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.keyword) and node.arg == "feedback"
        for text in node.value.elts
    }
    hints = {hint for exercise in EXERCISES.values() for hint in exercise.hints}
    solutions = {exercise.solution_source() for exercise in EXERCISES.values()}
    said = [" ".join(text.split()) for text in feedback | hints | solutions]
    for cell in cells:
        text = printed(cell)
        assert not [answer for answer in said if answer in text], cell.source


def test_there_are_questions_and_exercises_to_hide():
    sources = [
        cell.source for path in BOOK_NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells
    ]
    found = "\n".join(sources)
    for name in ("Predict(", "Quiz(", "hint(", "solution(", "check("):
        assert name in found
