"""A reader goes back and runs an earlier cell again: it prints what it printed before.

Each notebook is run from top to bottom, and then, in the same kernel, from bottom to top. So every
cell is run when all later ones have been, with whatever they did to the names it uses.
"""

import configparser
import copy
import re

import exercise_notebooks as notebooks
import pytest
from notebook_tools import BOOK_NOTEBOOKS, ROOT


def sanitisers():
    """What the strict comparison overlooks, this one does too."""
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "tests" / "notebooks" / "nbval.cfg")
    return [(re.compile(part["regex"]), part["replace"]) for _, part in settings.items()
            if "regex" in part]


def said(cell):
    """All text that a cell shows, errors included."""
    texts = []
    for output in cell.outputs:
        if output.output_type == "error":
            texts.append(f"{output.ename}: {output.evalue}")
        else:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            texts.append("".join(text))
    together = "".join(texts)
    for pattern, replacement in sanitisers():
        together = pattern.sub(replacement, together)
    return together


# One process a notebook, and the notebooks side by side.
@pytest.mark.parametrize(
    "path",
    [pytest.param(p, id=p.stem, marks=pytest.mark.xdist_group(p.stem)) for p in BOOK_NOTEBOOKS],
)
def test_every_cell_can_be_run_again_later(path):
    notebook = notebooks.read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    both_ways = notebook.copy()
    both_ways.cells = code + [copy.deepcopy(cell) for cell in reversed(code)]
    done = notebooks.run(both_ways).cells
    numbers = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    changed = [
        f"cell {number} said\n{said(first)}\nand later\n{said(again)}"
        for number, first, again in zip(
            numbers, done[: len(code)], reversed(done[len(code) :]), strict=True
        )
        if said(first) != said(again)
    ]
    assert not changed, "\n\n".join(changed)
