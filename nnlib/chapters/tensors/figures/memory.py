"""Who shares whose memory: `b` is made from `a`, then written to, and `a` is looked at again."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import TINTS, cell, number, words
from nnlib.widgets import plots

# How b is made, in NumPy and in torch.
MAKINGS = {
    "a[0]": "a[0]",
    "a[:, 1:]": "a[:, 1:]",
    "a.T": "a.T",
    "a.reshape(3, 2)": "a.reshape(3, 2)",
    "a.T.reshape(6)": "a.T.reshape(6)",
    "a[[1, 0]]": "a[[1, 0]]",
    "a[a > 2]": "a[a > 2]",
    "a + 0": "a + 0",
    "a.copy()": "a.clone()",
}
WRITTEN = 9.0
WIDTH, HEIGHT = 40, 28                    # of one box


def start():
    """Return `a`: the numbers 0 to 5, shape (2, 3)."""
    return np.arange(6.0).reshape(2, 3)


def written_through(expression, a):
    """Make b from `a` (of either path), set all of b to 9, and return b."""
    b = eval(expression, {"a": a})
    b[:] = WRITTEN
    return b


def sharing_frame(making):
    """Draw a and b after writing to b, and the memory that each of them looks at."""
    a = start()
    b = written_through(making, a)
    shared = np.shares_memory(a, b)
    figure, ax = plots.canvas(480, 262)
    words(ax, 8, 6, f"b = {making};  b[:] = 9", weight="bold", size=11)
    changed = a == WRITTEN
    _table(ax, 8, 58, f"a  {a.shape}  afterwards", a, changed)
    shown = np.atleast_2d(b)
    _table(ax, 270, 58, f"b  {b.shape}", shown, np.ones_like(shown, bool),
           width=WIDTH if shown.shape[1] < 6 else 34)
    words(ax, 8, 168, "memory that a looks at", size=9.5)
    _table(ax, 8, 186, "", a.reshape(1, 6), changed.reshape(1, 6))
    if shared:
        words(ax, 270, 168, "b looks at the tinted boxes", size=9.5)
        words(ax, 270, 186, "of the same memory", size=9.5)
    else:
        words(ax, 270, 168, "memory of b's own", size=9.5)
        own = b.reshape(1, -1)
        _table(ax, 270, 186, "", own, np.ones_like(own, bool), width=34)
    words(ax, 8, 226, f"{changed.sum()} of 6 numbers of a have changed", weight="bold", size=10.5,
          color=plots.TEXT_COLORS["loss" if shared else "gradient"])
    kind = "a view: it shares a's memory" if shared else "a new array: nothing is shared"
    rows = "; ".join(" ".join(map(number, row)) for row in a)
    return widgets.frame(
        figure, colours=16,
        alt=f"b = {making} has shape {b.shape} and is {kind}. After b[:] = 9, {changed.sum()} of "
            f"6 numbers of a have changed; its rows are {rows}.",
        text={"torch": f"b = {MAKINGS[making]}", "b is": kind},
    )


def _table(ax, left, top, title, values, tinted, width=WIDTH):
    if title:
        words(ax, left, top - 20, title, size=9.5, weight="bold")
    for (row, column), value in np.ndenumerate(values):
        hit = tinted[row, column]
        cell(ax, left + width * column, top + HEIGHT * row, width, HEIGHT, number(value), size=11,
             fill=TINTS[0] if hit else "white", weight="bold" if hit else "normal")


def sharing_explorer():
    """Return the explorer of nine ways to make b from a."""
    return widgets.Explorer(
        sharing_frame, {"making": widgets.Choice("b =", tuple(MAKINGS))},
        default={"making": "a.T"}, name="b is written to: what becomes of a?",
    )
