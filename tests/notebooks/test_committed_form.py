"""Every notebook is committed in the one form that tools/normalise_notebooks.py writes.

That it prints what its code prints is the strict comparison's part (`make outputs`).
"""

import nbformat
import pytest
from notebook_tools import BOOK_NOTEBOOKS, normaliser


@pytest.mark.parametrize("path", BOOK_NOTEBOOKS, ids=lambda path: path.name)
def test_is_normalised(path):
    assert normaliser.is_normalised(path), f"run `make normalise NOTEBOOK={path}`"


@pytest.mark.parametrize("path", BOOK_NOTEBOOKS, ids=lambda path: path.name)
def test_was_run_from_top_to_bottom(path):
    # The strict comparison passes over cells without a count: none is left out but those that would
    # show a hint or a solution, and what these say is compared by the tests of the exercises.
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    for number, cell in enumerate(cells, start=1):
        asked_for = normaliser.ASKED_FOR.search(cell.source)
        assert cell.execution_count == (None if asked_for else number), cell.source


@pytest.mark.parametrize("path", BOOK_NOTEBOOKS, ids=lambda path: path.name)
def test_no_output_is_left_out_of_the_comparison(path):
    # Outputs that differ from run to run are not printed at all; there is no exception so far.
    cells = nbformat.read(path, as_version=4).cells
    tags = {tag for cell in cells for tag in cell.metadata.get("tags", [])}
    assert not {tag for tag in tags if tag.lower().replace("-", "_").startswith("nbval")}
    assert not [cell.source for cell in cells if "NBVAL" in cell.source]


def test_there_are_notebooks():
    assert BOOK_NOTEBOOKS
