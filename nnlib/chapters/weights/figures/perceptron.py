"""The perceptron's line, update by update."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain
from nnlib.widgets import plots

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
NAMES = ("00", "01", "10", "11")
TABLES = {"OR": (0, 1, 1, 1), "AND": (0, 0, 0, 1), "XOR": (0, 1, 1, 0)}
SHOWN = 10                       # updates that can be stepped through


def updates(labels, most=SHOWN):
    """Run the perceptron's rule from zeros with η = 1, rows in order, and keep every update.

    Returns
    -------
    list of (row or None, w, b)
        First the start, then for each mistake the row's position and the weights after it; it
        ends where a whole pass is free of errors, or after `most` updates.
    """
    w, b, row, quiet, kept = np.zeros(2, int), 0, 0, 0, [(None, np.zeros(2, int), 0)]
    while quiet < len(CORNERS) and len(kept) <= most:
        error = labels[row] - int(w @ CORNERS[row] + b > 0)
        quiet = 0 if error else quiet + 1
        if error:
            w, b = w + error * CORNERS[row], b + error
            kept.append((row, w, b))
        row = (row + 1) % len(CORNERS)
    return kept


def perceptron_frame(table="AND", update=0):
    """Draw the line after this many updates, the side that fires, and the row that caused it."""
    labels = np.array(TABLES[table])
    kept = updates(TABLES[table])
    row, w, b = kept[min(update, len(kept) - 1)]
    wrong = (CORNERS @ w + b > 0) != labels
    figure, ax = plots.figure(300, 235, layout="none")
    figure.subplots_adjust(left=0.15, right=0.96, bottom=0.19, top=0.89)
    side = np.linspace(-0.6, 1.6, 111)
    x1, x2 = np.meshgrid(side, side)
    z = w[0] * x1 + w[1] * x2 + b
    ax.contourf(x1, x2, (z > 0).astype(float), levels=[-0.5, 0.5, 1.5], antialiased=False,
                colors=["white", "#FBE3CF"])
    if w.any():
        ax.contour(x1, x2, z, levels=[0], colors="black", linewidths=2)
    for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
        ax.plot(*CORNERS[labels == label].T, marker, color=plots.COLORS[role], markersize=9)
    beside = CORNERS[wrong] + [0.2, 0]            # a cross on a marker would hide it
    ax.plot(*beside.T, "x", color="black", markersize=10, markeredgewidth=2)
    if row is not None:
        ax.plot(*CORNERS[row], "s", color="black", fillstyle="none", markersize=20)
    ax.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), xlabel="x₁", title=f"{table}: triangles should fire")
    ax.set_ylabel("x₂", labelpad=-4)
    ax.set_xticks([0, 1])
    ax.set_yticks([0, 1])
    caused = "start" if row is None else f"row {NAMES[row]}, {'missed' if labels[row] else 'false'}"
    left = ", ".join(np.array(NAMES)[wrong]) or "none"
    done = len(kept) - 1
    over = f", of which it needed {done}" if update > done else ""
    return widgets.frame(
        figure, colours=12,
        alt=f"{table}, updates: {update}{over}. w = ({plain(w[0])}, "
            f"{plain(w[1])}), b = {plain(b)}. Rows on the wrong side: {left}.",
        text={"Last update": caused, "w": f"({plain(w[0])}, {plain(w[1])})", "b": plain(b),
              "Rows wrong now": left,
              **({"Updates needed": str(done)} if update > done else {})},
    )


def perceptron_explorer():
    """Return the explorer of the truth table and the number of updates."""
    return widgets.Explorer(
        perceptron_frame,
        {
            "table": widgets.Choice("Table", tuple(TABLES), kind="toggle"),
            "update": widgets.Choice("Updates", tuple(range(SHOWN + 1))),
        },
        default={"table": "AND", "update": 0}, name="The perceptron moves its line",
    )
