"""Hints and solutions in a notebook: folded until the reader opens them."""

import exercise_notebooks as notebooks
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook

from nnlib.exercises import hint, solution
from nnlib.exercises.folding import show_folded

ID = "losses.malignant_found"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What a kernel shows for a hint, a solution, and a hint that is not there."""
    sources = ["from nnlib.exercises import hint, solution", f'hint("{ID}")', f'solution("{ID}")',
               f'hint("{ID}", 9)']
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    done = notebooks.run(notebook, tmp_path_factory.mktemp("kernel"))
    assert notebooks.complaints(done) == []
    return [cell.outputs for cell in done.cells[1:]]


@pytest.mark.parametrize(("which", "title"), [(0, "Hint 1 of 3"), (1, "Solution")])
def test_in_a_notebook_it_is_a_closed_box_with_the_printed_text(shown, capsys, which, title):
    [output] = shown[which]
    box = BeautifulSoup(output.data["text/html"], "html.parser").details
    assert "open" not in box.attrs
    assert box.summary.get_text() == title
    (hint, solution)[which](ID)
    printed = capsys.readouterr().out.rstrip("\n")
    assert box.pre.get_text() == printed
    assert output.data["text/plain"] == printed


def test_what_gives_nothing_away_is_printed(shown):
    [output] = shown[2]
    assert output.output_type == "stream"
    assert "has hints 1 to 3, got 9" in output.text


def test_signs_of_html_are_text(monkeypatch):
    displayed = []
    monkeypatch.setattr("nnlib.exercises.folding._in_notebook", lambda: True)
    monkeypatch.setattr(
        "IPython.display.display", lambda data, raw: displayed.append(data["text/html"])
    )
    show_folded("a & b", "x < 1 </pre>")
    box = BeautifulSoup(displayed[0], "html.parser").details
    assert box.summary.get_text() == "a & b"
    assert box.pre.get_text() == "x < 1 </pre>"


def test_in_a_terminal_it_is_printed(capsys):
    from IPython.terminal.interactiveshell import TerminalInteractiveShell

    TerminalInteractiveShell.instance()
    try:
        show_folded("Solution", "text")
    finally:
        TerminalInteractiveShell.clear_instance()
    assert capsys.readouterr().out == "text\n"
