"""Find the exercises in a notebook, put other answers into their stub cells, and run it whole."""

import copy
import os
import pathlib
import re

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).parents[2]
BOOK = ROOT / "book"
TAG = "exercise:"
SECONDS_A_CELL = 300                # a stuck kernel must end the test, not a slow machine


def read(path):
    return nbformat.read(path, as_version=4)


def stub_cells(notebook):
    """{exercise id: index of its stub cell}; an id that occurs twice is an error."""
    found = {}
    for index, cell in enumerate(notebook.cells):
        for tag in cell.metadata.get("tags", []):
            if tag.startswith(TAG):
                identifier = tag.removeprefix(TAG)
                assert identifier not in found, f"two stub cells for {identifier}"
                assert cell.cell_type == "code", f"the stub of {identifier} is not a code cell"
                found[identifier] = index
    return found


def check_cell(notebook, identifier):
    """Index of the one cell that checks this exercise."""
    found = [
        index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and f'check("{identifier}"' in cell.source
    ]
    assert len(found) == 1, f"{identifier} is checked in {len(found)} cells, expected 1"
    return found[0]


def with_answers(notebook, sources):
    """A copy of the notebook with these sources in the stub cells, {exercise id: source}."""
    filled = copy.deepcopy(notebook)
    for identifier, index in stub_cells(filled).items():
        filled.cells[index].source = sources[identifier].rstrip()
    return filled


def cells_that_name(notebook, names):
    """Copies of the code cells in which one of these names occurs: stubs, checks, later uses."""
    pattern = re.compile(rf"\b({'|'.join(names)})\b")
    return [
        copy.deepcopy(cell)
        for cell in notebook.cells
        if cell.cell_type == "code" and pattern.search(cell.source)
    ]


def run(notebook, folder=BOOK):
    """Execute every cell, errors included, with the notebook's folder as working folder."""
    done = copy.deepcopy(notebook)
    client = NotebookClient(
        done, kernel_name="python3", timeout=SECONDS_A_CELL, allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    one_thread = dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
    )
    client.execute(env={**os.environ, **one_thread, "PYTHONPATH": str(ROOT)})
    return done


def complaints(notebook):
    """Every error and every line on stderr of an executed notebook, as text."""
    found = []
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                found.append(f"cell {index}: {output.ename}: {output.evalue}")
            if output.get("name") == "stderr":
                found.append(f"cell {index}: stderr: {output.text}")
    return found


def printed(cell):
    return "".join(
        output.text for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
