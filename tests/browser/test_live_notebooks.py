"""Notebooks in a real JupyterLab: answers, hints and solutions are not in plain sight."""

import ast
import re

import nbformat
import pytest
from live_lab import OpenNotebook, lab
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_tools import BOOK_NOTEBOOKS, normaliser

from nnlib.exercises import catalogue

EXERCISE = catalogue.find("learning_rate.sgd_step")
QUESTION = """\
widgets.Predict(
    "Which number is the larger one?",
    ["one", "two"],
    answer=1,
    feedback=["One comes before it.", "Two comes after it."],
)"""


def written_by_a_test():
    """A chapter in little, as the normaliser writes it, not run."""
    cells = [
        new_markdown_cell("# A chapter"),
        new_code_cell(
            "from nnlib import widgets\nfrom nnlib.exercises import check, hint, solution"
        ),
        new_code_cell(QUESTION, metadata={"tags": ["hide-input"]}),
        new_code_cell(EXERCISE.stub),
        new_code_cell(EXERCISE.check_line),
        new_code_cell(f'hint("{EXERCISE.identifier}")', metadata={"tags": ["hide-cell"]}),
        new_code_cell(f'solution("{EXERCISE.identifier}")', metadata={"tags": ["hide-cell"]}),
        new_code_cell("'the end'"),
    ]
    return normaliser.normalise(new_notebook(cells=cells))


def chapter():
    """A real chapter of the book, as it is committed."""
    return next(path for path in BOOK_NOTEBOOKS if path.name == "02_tensors.ipynb")


def without_space(text):
    return re.sub(r"\s+", "", text)


def feedback_of(source):
    """Every sentence that a prediction or a quiz says after an answer."""
    found = [
        node.value for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.keyword) and node.arg == "feedback"
    ]
    return [text.value for options in found for text in options.elts]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebooks")
    nbformat.write(written_by_a_test(), folder / "little.ipynb")
    (folder / chapter().name).write_bytes(chapter().read_bytes())
    return folder


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    with lab(folder, tmp_path_factory.mktemp("jupyter")) as address:
        yield address


@pytest.fixture
def opened(browser, address, folder):
    shown = []

    def open_notebook(name):
        shown.append(OpenNotebook(browser, address, folder / name))
        return shown[-1]

    yield open_notebook
    for notebook in shown:
        notebook.close()


def test_a_chapter_opens_without_its_answers(opened):
    cells = nbformat.read(chapter(), as_version=4).cells
    notebook = opened(chapter().name)
    text = notebook.visible_text()
    assert "answer=" not in text
    questions = [i for i, cell in enumerate(cells) if "answer=" in cell.source]
    for index in questions:
        for sentence in feedback_of(cells[index].source):
            assert without_space(sentence) not in without_space(text)
    asking = [i for i, cell in enumerate(cells) if normaliser.ASKED_FOR.search(cell.source)]
    for index in asking:
        # The call, which the reader runs when he wants to, and nothing else.
        assert notebook.cell_text(index) == f"[ ]:{cells[index].source}"
    stubs = [i for i, cell in enumerate(cells) if "exercise:" in str(cell.metadata.get("tags"))]
    for index in stubs:
        assert without_space(cells[index].source) in without_space(notebook.cell_text(index))
    assert min(map(len, (questions, asking, stubs))) > 0


def test_the_reader_can_open_a_folded_source(opened):
    notebook = opened("little.ipynb")
    assert "answer=1" not in notebook.visible_text()
    notebook.show_source(2)
    assert "answer=1" in notebook.cell_text(2)


def test_running_every_cell_gives_nothing_away(opened):
    notebook = opened("little.ipynb")
    notebook.run_all()
    text = notebook.visible_text()
    assert "Which number is the larger one?" in notebook.cell_text(2)      # the widget itself
    assert "Not attempted yet." in notebook.cell_text(4)
    assert "answer=" not in text
    for sentence in feedback_of(QUESTION):
        assert sentence not in text
    said = EXERCISE.hints[0].split()[0]
    assert notebook.cell_text(5).endswith("Hint 1 of 3")
    assert notebook.cell_text(6).endswith("Solution")
    assert EXERCISE.solution_source().splitlines()[-1] not in text

    notebook.cells.nth(5).get_by_text("Hint 1 of 3", exact=True).click()
    assert f"Hint 1 of 3: {said}" in notebook.cell_text(5)
    notebook.cells.nth(6).get_by_text("Solution", exact=True).click()
    assert EXERCISE.solution_source().rstrip() in notebook.cell_text(6)
