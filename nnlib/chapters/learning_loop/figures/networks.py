"""A nerve cell beside a unit, a network as a graph, and what the first layer has learned."""

from __future__ import annotations

import itertools

import numpy as np
from matplotlib.patches import Circle

from nnlib import widgets
from nnlib.chapters.learning_loop.figures.boxes import arrow, canvas
from nnlib.widgets import plots

HIDDEN = "#E3EFF7"


def analogy_frame():
    """Draw a nerve cell and a unit of a network side by side: an analogy and no more."""
    figure, ax = canvas(500, 210)
    ax.text(12, 196, "nerve cell", weight="bold", va="center")
    ax.text(262, 196, "unit of a network", weight="bold", va="center")
    ax.text(250, 12, "an analogy only", ha="center", va="center", fontsize=9.5, style="italic")
    pink = plots.COLORS["weight"]
    ax.add_patch(Circle((104, 108), 22, facecolor="#F8E8F1", edgecolor=pink, linewidth=1.5))
    for dx, dy in ((-62, 44), (-72, 8), (-58, -38)):               # dendrites, with two twigs each
        x, y = 104 + dx, 108 + dy
        ax.plot([104 + 0.3 * dx, x], [108 + 0.3 * dy, y], color=pink, linewidth=1.8)
        ax.plot([x - 16, x, x - 14], [y + 12, y, y - 10], color=pink, linewidth=1.1)
    ax.plot([126, 196], [108, 108], color=pink, linewidth=2.4)     # axon, with its ends
    for dy in (16, 0, -16):
        ax.plot([196, 216], [108, 108 + dy], color=pink, linewidth=1.2)
    for x, y, name in ((44, 176, "dendrites"), (104, 72, "cell body"), (172, 122, "axon")):
        ax.text(x, y, name, ha="center", fontsize=9, color=plots.TEXT_COLORS["weight"])
    for y, name in ((152, "x₁"), (108, "x₂"), (64, "x₃")):
        ax.text(276, y, name, ha="center", va="center")
        arrow(ax, (290, y), (346, 108 + (y - 108) * 0.24), role="prediction")
    for y, name in ((143, "w₁"), (116, "w₂"), (66, "w₃")):
        ax.text(322, y, name, ha="center", va="center", fontsize=9,
                color=plots.TEXT_COLORS["prediction"])
    ax.add_patch(Circle((382, 108), 37, facecolor=HIDDEN, edgecolor=plots.COLORS["prediction"],
                        linewidth=1.5))
    ax.text(382, 108, "φ(Σwx + b)", ha="center", va="center", fontsize=8)
    arrow(ax, (419, 108), (462, 108), role="prediction")
    ax.text(474, 108, "ŷ", ha="center", va="center")
    for x, name in ((282, "inputs"), (380, "sum, activation"), (474, "output")):
        ax.text(x, 38, name, ha="center", fontsize=9, color=plots.TEXT_COLORS["prediction"])
    return widgets.frame(
        figure,
        alt="An analogy only. Left, a nerve cell: dendrites, a cell body, an axon. Right, a unit: "
            "three inputs x, each times a weight w, their sum plus b, an activation φ, one output.",
    )


def graph_frame():
    """Draw a network of 3 inputs, two hidden layers of 4 units and 2 outputs as a graph."""
    figure, ax = canvas(500, 230)
    columns, names = (70, 190, 310, 430), ("x", "f₁(x)", "f₂(f₁(x))", "ŷ = f₃(f₂(f₁(x)))")
    layers = [[(x, 128 + 40 * (i - (n - 1) / 2)) for i in range(n)]
              for x, n in zip(columns, (3, 4, 4, 2), strict=True)]
    for before, after in itertools.pairwise(layers):
        for (x0, y0) in before:
            for (x1, y1) in after:
                ax.plot([x0, x1], [y0, y1], color=plots.COLORS["muted"], linewidth=0.7, zorder=1)
    for layer, colour in zip(layers, ("#FFFFFF", HIDDEN, HIDDEN, "#FBEBDD"), strict=True):
        for place in layer:
            ax.add_patch(Circle(place, 11, facecolor=colour, edgecolor="black", linewidth=1.1,
                                zorder=3))
    for x, name, below in zip(columns, ("input", "layer 1", "layer 2", "layer 3 (output)"), names,
                              strict=True):
        ax.text(x, 216, name, ha="center", va="center", fontsize=9.5, weight="bold")
        ax.text(x, 22, below, ha="center", va="center", fontsize=9.5)
    return widgets.frame(
        figure,
        alt="A network as a graph from left to right: 3 inputs x, layer 1 with 4 units computes "
            "f₁(x), layer 2 with 4 units computes f₂(f₁(x)), layer 3 with 2 units gives the output "
            "ŷ = f₃(f₂(f₁(x))). Every unit is joined to every unit of the layer before.",
    )


def weights_frame(weight, at_start):
    """Draw first-layer weights, (64, units), as one 8 × 8 picture a unit, with how far it moved."""
    units = weight.shape[1]
    moved = np.abs(weight - at_start).mean(axis=0)
    figure, axes = plots.figure(480, 190, ncols=units // 2, nrows=2, layout="none")
    figure.subplots_adjust(left=0.01, right=0.99, top=0.99, bottom=0.09, wspace=0.08, hspace=0.25)
    largest = float(np.abs(weight).max())
    for ax, column, distance in zip(axes.flat, weight.T, moved, strict=True):
        ax.imshow(column.reshape(8, 8), vmin=-largest, vmax=largest, cmap="cividis")
        ax.set_axis_off()
        still = distance < 0.05
        ax.text(3.5, 8.9, f"{distance:.2f}", ha="center", va="center", fontsize=9,
                weight="bold" if still else "normal",
                color=plots.TEXT_COLORS["loss" if still else "muted"])
    return widgets.frame(
        figure,
        alt=f"The weights of {units} hidden units as pictures of 8 × 8 pixels: yellow where a "
            f"weight is positive, blue where it is negative, from −{largest:.2f} to {largest:.2f}. "
            f"Most are blotches of yellow beside blue; none is a whole digit. Mean distance from "
            "the start, unit by unit: " + ", ".join(f"{distance:.2f}" for distance in moved) + ".",
    )
