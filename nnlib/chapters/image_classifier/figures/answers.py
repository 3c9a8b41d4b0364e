"""The confusion matrix as a map, and the squares behind each of its cells."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, mosaic, show
from nnlib.chapters.image_classifier.study import changing, pictures
from nnlib.widgets import plots

KINDS = ("as taken", "half as bright", "grey")
CELLS = tuple(f"{true}, called {said}" for true in pictures.CLASSES for said in pictures.CLASSES)
SHOWN = 8


def cell_frame(probabilities, cell, kind):
    """Draw the map with one cell outlined, and the surest squares of that cell."""
    x, y = pictures.parts()["test"]
    x = changing.varied(x, kind)
    p = probabilities[kind]
    said = p.argmax(axis=1)
    true, called = divmod(CELLS.index(cell), 2)
    rows = np.flatnonzero((y == true) & (said == called))
    rows = rows[np.argsort(-p[rows, called], kind="stable")][:SHOWN]
    counts = np.array([[np.sum((y == t) & (said == s)) for s in range(2)] for t in range(2)])
    figure = blank(480, 225)
    ax = figure.add_axes([0.12, 0.06, 0.32, 0.68])
    ax.imshow(counts, cmap="Blues", vmin=0, vmax=260)
    for t in range(2):
        for s in range(2):
            ax.text(s, t, counts[t, s], ha="center", va="center", fontsize=13)
    ax.add_patch(plots.plt.Rectangle((called - 0.47, true - 0.47), 0.94, 0.94, fill=False,
                                     linewidth=3, edgecolor=plots.COLORS["loss"]))
    ax.set_xticks(range(2), pictures.CLASSES, fontsize=9)
    ax.set_yticks(range(2), pictures.CLASSES, fontsize=9, rotation=90, va="center")
    ax.xaxis.tick_top()
    ax.grid(visible=False)
    figure.text(0.28, 0.92, "called", ha="center", fontsize=10, weight="bold")
    figure.text(0.015, 0.4, "is", va="center", fontsize=10, weight="bold")
    figure.text(0.5, 0.92, "surest of the outlined cell", fontsize=10, weight="bold")
    figure.text(0.5, 0.855, "with the probability of the answer", fontsize=9)
    if len(rows):
        ax = show(figure, [0.5, 0.02, 0.49, 0.78],
                  mosaic([np.pad(x[row], ((9, 0), (0, 0), (0, 0)), constant_values=1)
                          for row in rows] + [np.ones((41, 32, 3))] * (SHOWN - len(rows)), 4))
        for place, row in enumerate(rows):
            ax.text(34 * (place % 4) + 16, 43 * (place // 4) + 7, f"{p[row, called]:.2f}",
                    ha="center", fontsize=9.5)
    else:
        figure.text(0.74, 0.45, "none", ha="center", fontsize=11)
    surest = f"surest {p[rows[0], called]:.2f}" if len(rows) else "none"
    wrong = counts[0, 1] + counts[1, 0]
    return widgets.frame(
        figure, colours=28,
        alt=f"Test squares {kind}. {cell}: {counts[true, called]} of {counts[true].sum()}, "
            f"{surest}. Wrong in all: {wrong} of {counts.sum()}.",
        text={"In this cell": f"{counts[true, called]} of {counts[true].sum()}, {surest}",
              "Wrong in all": f"{wrong} of {counts.sum()}"},
    )


def answers_explorer(probabilities):
    """Return the explorer of cell and kind; `probabilities` maps a kind to (rows, 2)."""
    return widgets.Explorer(
        lambda cell, kind: cell_frame(probabilities, cell, kind),
        {"cell": widgets.Choice("Cell", CELLS),
         "kind": widgets.Choice("Squares", KINDS, kind="toggle")},
        default={"cell": CELLS[0], "kind": "as taken"},
        name="Confusion matrix: who is taken for whom",
    )
