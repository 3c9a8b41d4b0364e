"""The network 2-3-2-1: its anatomy, and one forward pass through it."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK
from nnlib.widgets import plots

SIZES = (2, 3, 2, 1)
STATE = {                                   # weights of our own, chosen to give round outputs
    "0.weight": np.array([[0.5, -0.4, 0.3], [0.2, 0.1, 0.5]]),      # (2, 3)
    "0.bias": np.array([-0.48, -0.70, -0.10]),                      # (3,)
    "2.weight": np.array([[0.6, -0.5], [0.4, 0.7], [-0.3, 0.2]]),   # (3, 2)
    "2.bias": np.array([0.12, -0.33]),                              # (2,)
    "4.weight": np.array([[1.5], [-1.0]]),                          # (2, 1)
    "4.bias": np.array([1.23]),                                     # (1,)
}
COLUMNS = ("input", "hidden 1", "hidden 2", "output")
LEFT, GAP, TOP, BOTTOM = 50, 130, 52, 236


def places(column):
    """Centres of the circles of one column, in pixels."""
    count = SIZES[column]
    middle, apart = (TOP + BOTTOM) / 2, 76
    return [(LEFT + GAP * column, middle + (i - (count - 1) / 2) * apart) for i in range(count)]


def _edges(ax, layer, numbers):
    weight = STATE[f"{2 * layer}.weight"]
    for i, (x0, y0) in enumerate(places(layer)):
        for j, (x1, y1) in enumerate(places(layer + 1)):
            w = weight[i, j]
            ax.plot([x0, x1], [y0, y1], color=plots.COLORS["weight" if w > 0 else "muted"],
                    linewidth=0.8 + 2 * abs(w), linestyle="-" if w > 0 else (0, (3, 2)), zorder=1)
            if numbers:
                share = 0.27 if (i + j) % 2 == 0 else 0.71    # so that crossing lines stay readable
                ax.text(x0 + share * (x1 - x0), y0 + share * (y1 - y0), f"{w:+g}", fontsize=7.5,
                        ha="center", va="center", color=INK, zorder=2,
                        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})


def _column(ax, column, words, active):
    for (x, y), text in zip(places(column), words, strict=True):
        ax.plot(x, y, "o", markersize=27, markerfacecolor="#FFF3E0" if active else "white",
                markeredgecolor=plots.COLORS["loss"] if active else "#333840",
                markeredgewidth=2.2 if active else 1, zorder=3)
        ax.text(x, y, text, ha="center", va="center", fontsize=8.5, color=INK, zorder=4)


def anatomy_frame():
    """Draw the columns, every weight on its edge, and every bias under its unit."""
    figure, ax = plots.canvas(490, 290)
    for layer in range(3):
        _edges(ax, layer, numbers=True)
    for column, name in enumerate(COLUMNS):
        words = [f"x{i + 1}" if column == 0 else "σ" for i in range(SIZES[column])]
        _column(ax, column, words, active=False)
        x = LEFT + GAP * column
        shape = f"{SIZES[column]} values" if column == 0 else (
            f"W {SIZES[column - 1]}×{SIZES[column]}, b {SIZES[column]}")
        ax.text(x, 14, name, ha="center", va="center", fontsize=10, weight="bold", color=INK)
        ax.text(x, 278, shape, ha="center", va="center", fontsize=9, color="#333840")
        for (cx, cy), b in zip(places(column), STATE.get(f"{2 * column - 2}.bias", ()),
                               strict=False):
            ax.text(cx, cy + 26, f"b {b:+g}", ha="center", va="center", fontsize=7.5,
                    color=plots.TEXT_COLORS["weight"], zorder=5,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})
    return widgets.frame(
        figure,
        alt="Anatomy of a network 2-3-2-1: a column of 2 inputs, hidden columns of 3 and 2 units "
            "with sigmoid, 1 output. Every unit is joined to all of the column before it. The "
            "weights on the edges make matrices 2×3, 3×2 and 2×1, and each unit has a bias: "
            "20 parameters. Dashed edges are negative weights.",
    )


def _pass(x):
    """Activations of all columns for one input."""
    values = [np.asarray(x, dtype=float)]
    for layer in range(3):
        z = values[-1] @ STATE[f"{2 * layer}.weight"] + STATE[f"{2 * layer}.bias"]
        values.append(1 / (1 + np.exp(-z)))
    return values


def forward_frame(step, x=(2.5, 3.1)):
    """Draw the pass up to column `step`, with the values known so far."""
    values = _pass(x)
    figure, ax = plots.canvas(480, 250)
    for layer in range(3):
        _edges(ax, layer, numbers=False)
    for column, name in enumerate(COLUMNS):
        known = column <= step
        words = [f"{v:.2f}" if known else "?" for v in values[column]]
        _column(ax, column, words, active=column == step)
        ax.text(LEFT + GAP * column, 14, name, ha="center", va="center", fontsize=10,
                weight="bold" if column == step else "normal", color=INK)
    numbers = ", ".join(f"{v:.4f}" if step else f"{v:g}" for v in values[step])
    what = "inputs" if step == 0 else f"activations of {COLUMNS[step]}"
    if step:
        shape = f"({SIZES[step - 1]},) times ({SIZES[step - 1]}, {SIZES[step]})"
        text = {f"Step {step}": f"a = σ(a W + b), {shape}", what.capitalize(): numbers}
    else:
        text = {"Step 0": "two features of one example, nothing is computed",
                what.capitalize(): numbers}
    return widgets.frame(figure, colours=20, text=text,
                         alt=f"Step {step} of 3: {what} {numbers}; what comes later is still "
                             f"unknown." if step < 3 else
                             f"Step 3 of 3: the output is {numbers}.")


def forward_stepper():
    """Return the forward pass column by column."""
    return widgets.Stepper([forward_frame(step) for step in range(4)], name="Step",
                           title="One example walks through the network 2-3-2-1",
                           interval_ms=1500)
