"""A hint or a solution: printed in a console, and in a notebook folded until it is opened.

A notebook that is run from top to bottom runs the cells of its hints and solutions too. What they
say then stands under its title only, in every kind of notebook: JupyterLab shows the outputs of a
cell that runs even where its metadata hide them.
"""

from __future__ import annotations

import html
import sys

MARK = "nnlib-folded"                # by this class the book, which folds by itself, knows it


def show_folded(title, text):
    """Show `text` under `title`, one that opens; in a console print it, and no title."""
    if not _in_notebook():
        print(text)
        return
    from IPython.display import display

    folded = (
        f'<details class="{MARK}"><summary>{html.escape(title)}</summary>'
        f"<pre>{html.escape(text)}</pre></details>"
    )
    display({"text/html": folded, "text/plain": text}, raw=True)


def _in_notebook():
    """Whether a Jupyter kernel runs this, and not a script or IPython in a terminal."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
