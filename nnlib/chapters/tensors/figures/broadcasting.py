"""Two small arrays added, for every pair of shapes: stretched, or refused with the real error."""

from __future__ import annotations

import textwrap

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import INK, TINTS, cell, number, words
from nnlib.widgets import plots

SHAPES_A = ((), (3,), (4,), (4, 1), (1, 3), (4, 3))
SHAPES_B = ((3,), (4, 1), (4, 3), (2, 3))
WIDTH, HEIGHT = 34, 24                    # of one box
MUTED = plots.TEXT_COLORS["muted"]


def arrays(shape_a, shape_b):
    """Return the two arrays: 1, 2, 3, … in A and 10, 20, 30, … in B."""
    a = np.arange(1.0, 1 + np.prod(shape_a, dtype=int)).reshape(shape_a)
    b = 10 * np.arange(1.0, 1 + np.prod(shape_b, dtype=int)).reshape(shape_b)
    return a, b


def added(a, b):
    """Return (a + b, "") or (None, what NumPy says)."""
    try:
        return a + b, ""
    except ValueError as error:
        return None, str(error).strip()


def torch_says(shape_a, shape_b):
    """Return what torch says about the same two shapes; "" where it adds or is not installed."""
    try:
        import torch
    except ImportError:
        return ""
    try:
        torch.zeros(shape_a) + torch.zeros(shape_b)
    except RuntimeError as error:
        return str(error).strip()
    return ""


def broadcasting_frame(shape_a, shape_b):
    """Draw A + B: the shapes in line from the right, the stretched arrays, and what comes out."""
    a, b = arrays(shape_a, shape_b)
    result, error = added(a, b)
    figure, ax = plots.canvas(480, 262)
    _draw_alignment(ax, shape_a, shape_b, None if result is None else result.shape)
    top = 128
    _draw_array(ax, 8, top, "A", a, result)
    words(ax, 155, top + 12, "+", size=14, ha="center", va="center")
    _draw_array(ax, 168, top, "B", b, result)
    words(ax, 321, top + 12, "=", size=14, ha="center", va="center")
    if result is None:
        words(ax, 334, top + 8, "ValueError", weight="bold", color=plots.TEXT_COLORS["loss"])
        words(ax, 334, top + 26, "\n".join(textwrap.wrap(error, 21)), size=9,
              color=plots.TEXT_COLORS["loss"], linespacing=1.35)
    else:
        _draw_array(ax, 334, top, "A + B", result, result)
    return widgets.frame(figure, colours=16, alt=_alt(shape_a, shape_b, result, error),
                         text=_text(shape_a, shape_b, result, error))


def _text(shape_a, shape_b, result, error):
    if result is None:
        said = torch_says(shape_a, shape_b)
        return {"NumPy": f"ValueError, {error}",
                "torch": f"RuntimeError, {said}" if said else "not installed here"}
    stretched = [name for name, shape in (("A", shape_a), ("B", shape_b)) if shape != result.shape]
    return {
        "Shape": f"{shape_a} + {shape_b} → {result.shape}",
        "Stretched": " and ".join(stretched) or "neither: the shapes are equal",
        "Numbers": f"{np.prod(shape_a, dtype=int)} and {np.prod(shape_b, dtype=int)} give "
                   f"{result.size}",
    }


def _alt(shape_a, shape_b, result, error):
    start = f"Shape of A {shape_a}, shape of B {shape_b}: "
    if result is None:
        return f"{start}they cannot be added. NumPy says: {error}."
    rows = "; ".join(
        " ".join(number(value) for value in row) for row in np.atleast_2d(result))
    return f"{start}A + B has shape {result.shape}. Its rows: {rows}."


def _draw_alignment(ax, shape_a, shape_b, shape):
    """Write the shapes beneath each other, in line on the right, with the verdict of each axis."""
    words(ax, 8, 6, "lined up from the right", size=9, color=plots.TEXT_COLORS["muted"])
    axes = max(len(shape_a), len(shape_b), 1)
    for row, (name, lengths) in enumerate((("A", shape_a), ("B", shape_b))):
        words(ax, 8, 28 + 22 * row, f"{name}  {lengths}", size=10)
        for place in range(axes):
            index = place - (axes - len(lengths))
            missing = index < 0
            cell(ax, 120 + 46 * place, 24 + 22 * row, 44, 20,
                 "1" if missing else str(lengths[index]), size=10,
                 ink=MUTED if missing else INK, fill="#E6E8EC" if missing else "white")
    for place in range(axes):
        pair = {(1,) * (axes - len(s)) + s for s in (shape_a, shape_b)}
        lengths = {full[place] for full in pair}
        fits = len(lengths) == 1 or 1 in lengths
        cell(ax, 120 + 46 * place, 70, 44, 22, str(max(lengths)) if fits else "≠", size=10,
             weight="bold", fill=TINTS[1] if fits else TINTS[0], line=1.2)
    verdict = f"A + B  {shape}" if shape is not None else "no shape"
    words(ax, 8, 75, verdict, size=10, weight="bold")
    legend = "equal, or one of them 1: fits" if shape is not None else "≠  different, and no 1"
    words(ax, 120 + 46 * axes + 10, 75, legend, size=9, color=plots.TEXT_COLORS["muted"])
    words(ax, 120 + 46 * axes + 10, 40, "grey: added in front", size=9,
          color=plots.TEXT_COLORS["muted"])


def _draw_array(ax, left, top, name, array, result):
    """Draw an array with the copies of its numbers that stretching makes, dashed and grey."""
    words(ax, left, top - 20, f"{name}  {array.shape}", size=9.5, weight="bold")
    shown = np.atleast_2d(array if result is None else np.broadcast_to(array, result.shape))
    own = np.atleast_2d(array).shape
    for (row, column), value in np.ndenumerate(shown):
        original = row < own[0] and column < own[1]
        cell(ax, left + WIDTH * column, top + HEIGHT * row, WIDTH, HEIGHT, number(value),
             fill=TINTS[2] if original else "white", ink=INK if original else "#5A5F68",
             style="-" if original else (0, (2, 2)), line=1.0 if original else 0.7, size=9.5)


def broadcasting_explorer():
    """Return the explorer of six shapes against four."""
    return widgets.Explorer(
        broadcasting_frame,
        {"shape_a": widgets.Choice("Shape of A", SHAPES_A, labels=map(str, SHAPES_A)),
         "shape_b": widgets.Choice("Shape of B", SHAPES_B, labels=map(str, SHAPES_B))},
        default={"shape_a": (4, 3), "shape_b": (3,)}, name="A + B, whatever their shapes",
    )
