"""How a weight matrix and a bias vector wire up a dense layer."""

from __future__ import annotations

import numpy as np
from matplotlib.patches import Circle

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain
from nnlib.widgets import plots


def wiring_frame(weight, bias):
    """Draw a dense layer: an edge for each weight, a dot for each bias, the matrix beneath.

    Parameters
    ----------
    weight : numpy.ndarray, shape (in, out)
    bias : numpy.ndarray, shape (out,)
    """
    count, units = weight.shape
    figure = plots.figure(490, 370, layout="none")[0]
    figure.clear()
    ax = figure.add_axes((0, 0.36, 1, 0.64))
    ax.set(xlim=(0, 4.9), ylim=(0, 2.37))
    ax.axis("off")
    inputs = [(0.9, height) for height in np.linspace(1.95, 0.35, count)]
    outputs = [(3.6, height) for height in np.linspace(2.0, 0.3, units)]
    largest = np.abs(weight).max()
    for i, start in enumerate(inputs):
        for j, end in enumerate(outputs):
            value, chosen = weight[i, j], j == 1
            ax.plot(*zip(start, end, strict=True), zorder=1,
                    color=plots.COLORS["weight"] if chosen else "#B5BAC2",
                    linestyle="-" if value >= 0 else "--",
                    linewidth=0.8 + 3.2 * abs(value) / largest)
    for i, place in enumerate(inputs):
        ax.add_patch(Circle(place, 0.19, facecolor="white", edgecolor="black", zorder=2))
        ax.text(*place, f"x{_low(i)}", ha="center", va="center", zorder=3)
    for j, place in enumerate(outputs):
        ax.add_patch(Circle(place, 0.19, facecolor="white", zorder=2, linewidth=2 if j == 1 else 1,
                            edgecolor=plots.COLORS["weight"] if j == 1 else "black"))
        ax.text(*place, f"z{_low(j)}", ha="center", va="center", zorder=3)
        ax.plot(place[0] + 0.34, place[1], "o", color=plots.COLORS["loss"], markersize=6)
        ax.text(place[0] + 0.42, place[1], f"b{_low(j)} = {plain(bias[j])}", va="center",
                fontsize=9, color=plots.TEXT_COLORS["loss"])
    ax.text(0.05, 2.22, "solid: weight > 0   dashed: < 0", fontsize=8.5,
            color=plots.TEXT_COLORS["muted"])
    table = figure.add_axes((0.02, 0.01, 0.96, 0.34))
    table.axis("off")
    table.set(xlim=(0, 1), ylim=(-1.6, count + 0.5))
    for i in range(count):
        table.text(0.08, count - 1 - i + 0.3, f"x{_low(i)}", ha="center", va="center")
        for j in range(units):
            table.text(0.24 + 0.19 * j, count - 1 - i + 0.3, plain(weight[i, j]), ha="center",
                       va="center", fontweight="bold" if j == 1 else "normal",
                       color=plots.TEXT_COLORS["weight" if j == 1 else "data"])
    for j in range(units):
        table.text(0.24 + 0.19 * j, -1.0, plain(bias[j]), ha="center", va="center",
                   color=plots.TEXT_COLORS["loss"])
    table.text(0.08, -1.0, "b", ha="center", va="center", color=plots.TEXT_COLORS["loss"])
    table.text(0.0, count + 0.1, f"W ({count}, {units}): a row for each input, a column for each "
               "unit", fontsize=9.5, va="center")
    rows = "; ".join(", ".join(plain(v) for v in row) for row in weight)
    return widgets.frame(
        figure,
        alt=f"A dense layer with {count} inputs and {units} units. {count * units} edges are the "
            f"weights, {units} dots the biases. The matrix beneath, row by row: {rows}. Biases: "
            f"{', '.join(plain(v) for v in bias)}. The edges into z₂ are its second column.",
    )


def _low(index):
    return "₁₂₃₄₅₆₇₈₉"[index]
