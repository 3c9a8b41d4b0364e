"""What is folded in a running notebook, on a page: plain text, as if it had been printed."""

import os
import subprocess
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_book import ROOT

CONFIGURATION = f"""
import sys
sys.path.insert(0, {str(ROOT / "book" / "_ext")!r})
extensions = ["myst_nb", "folded_outputs"]
html_theme = "basic"
exclude_patterns = ["out", "jupyter_execute"]
"""
SHOW = "from nnlib.exercises.folding import show_folded\n"
LIVE = {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "cellView": "form"}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The outputs on a page of: a folded text, the same text printed, another box of HTML."""
    folder = tmp_path_factory.mktemp("folded")
    cells = [
        new_markdown_cell("# Page"),
        new_code_cell(f"{SHOW}show_folded('Title', 'x < 1')", metadata=LIVE),
        new_code_cell("print('x < 1')"),
        new_code_cell("from IPython.display import HTML\nHTML('<details>other</details>')"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), folder / "index.ipynb")
    (folder / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "out"]
    subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    return BeautifulSoup(page, "html.parser").select("div.cell_output")


def test_a_folded_text_looks_as_if_it_had_been_printed(outputs):
    folded, printed, _ = outputs
    assert str(folded) == str(printed)
    assert folded.get_text().strip() == "x < 1"


def test_another_box_stays(outputs):
    assert outputs[2].details.get_text() == "other"


def test_what_live_notebooks_hide_stays_on_the_page(outputs):
    source = outputs[0].find_previous_sibling("div", class_="cell_input")
    assert "show_folded" in source.get_text()
    assert "hide" not in str(outputs[0].parent["class"])
