"""The three formulas of the backward pass in three conventions, as blocks with their shapes."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from nnlib import widgets
from nnlib.chapters.backpropagation.figures.drawing import word
from nnlib.widgets import plots

SIZES = {"batch": 4, "in": 3, "out": 2}
CONVENTIONS = ("rows, W (in, out)", "rows, W (out, in)", "columns, W (out, in)")
FORMULAS = ("error back", "weights", "bias")
# (convention, formula) -> what is multiplied: (name, rows, columns), and what comes out
PRODUCTS = {
    (0, 0): (("δ", "batch", "out"), ("Wᵀ", "out", "in"), ("∂L/∂A", "batch", "in")),
    (1, 0): (("δ", "batch", "out"), ("W", "out", "in"), ("∂L/∂A", "batch", "in")),
    (2, 0): (("Wᵀ", "in", "out"), ("δ", "out", "batch"), ("∂L/∂A", "in", "batch")),
    (0, 1): (("Aᵀ", "in", "batch"), ("δ", "batch", "out"), ("∂L/∂W", "in", "out")),
    (1, 1): (("δᵀ", "out", "batch"), ("A", "batch", "in"), ("∂L/∂W", "out", "in")),
    (2, 1): (("δ", "out", "batch"), ("Aᵀ", "batch", "in"), ("∂L/∂W", "out", "in")),
    (0, 2): (("δ", "batch", "out"), None, ("∂L/∂b", "out", None)),
    (1, 2): (("δ", "batch", "out"), None, ("∂L/∂b", "out", None)),
    (2, 2): (("δ", "out", "batch"), None, ("∂L/∂b", "out", None)),
}
UNIT = 27


def block(ax, left, name, rows, columns, gone):
    """Draw a block of squares with its name and shape; the axis that goes is orange."""
    n, m = (SIZES[rows], SIZES[columns]) if columns else (1, SIZES[rows])
    top = 108 - n * UNIT / 2
    for i in range(n):
        for j in range(m):
            ax.add_patch(Rectangle(
                (left + j * UNIT + 1, top + i * UNIT + 1), UNIT - 2, UNIT - 2, linewidth=0.8,
                facecolor="#CFE3F1", edgecolor=plots.COLORS["prediction"], zorder=2))
    if rows == gone:
        ax.plot([left - 5] * 2, [top, top + n * UNIT], color=plots.COLORS["loss"], linewidth=4)
    elif columns == gone:
        ax.plot([left, left + m * UNIT], [top - 5] * 2, color=plots.COLORS["loss"], linewidth=4)
    middle = left + m * UNIT / 2
    word(ax, middle, 32, name, size=12, weight="bold")
    shape = f"({rows}, {columns})" if columns else f"({rows},)"
    word(ax, middle, 186, shape, size=9)
    return left + m * UNIT


def gone_axis(first, second, result):
    """The axis that the sum runs over: it is in what comes in and not in what comes out."""
    axes = [axis for part in (first, second) if part for axis in part[1:]]
    return next(axis for axis in axes if axis not in result[1:])


def shapes_frame(convention, formula):
    """Draw one formula in one convention."""
    first, second, result = PRODUCTS[CONVENTIONS.index(convention), FORMULAS.index(formula)]
    gone = gone_axis(first, second, result)
    figure, ax = plots.canvas(490, 204)
    right = block(ax, 40, *first, gone)
    if second:
        word(ax, right + 20, 108, "·", size=18)
        right = block(ax, right + 40, *second, gone)
    else:
        word(ax, right + 42, 90, f"sum over\n{gone}", "loss", size=9)
        right += 64
    word(ax, right + 22, 108, "=", size=16)
    block(ax, right + 46, *result, gone)
    word(ax, 245, 10, f"orange: the axis that is summed away, {gone}", "loss", size=9)
    left = f"{first[0]} ({first[1]}, {first[2]})"
    if second:
        left += f" times {second[0]} ({second[1]}, {second[2]})"
    out = f"({result[1]}, {result[2]})" if result[2] else f"({result[1]},)"
    return widgets.frame(
        figure, colours=16,
        alt=f"{convention}, {formula}: {left}, summed over {gone}, gives {result[0]} {out}.")


def shapes_explorer():
    """Return the explorer of three formulas in three conventions."""
    return widgets.Explorer(
        shapes_frame,
        {"convention": widgets.Choice("Convention", CONVENTIONS),
         "formula": widgets.Choice("Formula", FORMULAS, kind="toggle")},
        name="One backward pass, three ways to write it")
