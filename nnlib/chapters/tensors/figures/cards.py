"""Cards: how many axes an array has, and what the axes of the usual arrays are called."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import TINTS, cell, number, words
from nnlib.widgets import plots

MUTED = plots.TEXT_COLORS["muted"]


def dimension_cards(scalar, vector, matrix, image, batch):
    """Draw one card for each number of axes, 0 to 4, with the real shapes of these five arrays."""
    arrays = (scalar, vector, matrix, image, batch)
    uses = ("a loss", "one example, a bias", "a table, weights", "one colour picture",
            "a batch of colour pictures")
    places = ((4, 4, 150), (160, 4, 166), (332, 4, 164), (4, 172, 216), (226, 172, 270))
    figure, ax = plots.canvas(500, 336)
    for array, use, (left, top, width) in zip(arrays, uses, places, strict=True):
        cell(ax, left, top, width, 160, edge="#C9CDD3", line=1.0, fill="#FBFBFC")
        words(ax, left + 10, top + 8, f"{array.ndim}-D", size=13, weight="bold")
        words(ax, left + 10, top + 118, f"shape {tuple(array.shape)}", size=9.5, weight="bold")
        words(ax, left + 10, top + 136, use, size=9.5, color=MUTED)
        _sample(ax, left + 10, top + 36, np.asarray(array))
    shapes = ", ".join(f"{array.ndim}-D {tuple(array.shape)}: {use}"
                       for array, use in zip(arrays, uses, strict=True))
    return widgets.frame(figure, colours=24, alt=f"Five cards, number of axes and shape. {shapes}.")


def _sample(ax, left, top, array):
    """Draw the numbers of a small array, or the planes of one or of several images."""
    if array.ndim <= 2:
        table = np.atleast_2d(array)
        for (row, column), value in np.ndenumerate(table):
            cell(ax, left + 30 * column, top + 28 * row, 30, 28, number(value), size=11,
                 fill=TINTS[2])
    elif array.ndim == 3:
        _planes(ax, left, top, 96, 64)
    else:
        for place in range(3):
            _planes(ax, left + 72 * place, top + 8, 48, 48)
        words(ax, left + 216, top + 30, "…", size=14)


def _planes(ax, left, top, width, height):
    """Draw three planes one behind the other, red in front."""
    for depth in (2, 1, 0):
        cell(ax, left + 8 * depth, top + 8 * (2 - depth) - 8, width, height, fill=TINTS[depth])
        words(ax, left + 8 * depth + width - 3, top + 8 * (2 - depth) - 6, "RGB"[depth], size=8,
              ha="right")


def notation_cards(images, table, ids, embedded):
    """Draw what each axis is called, with the real shapes of four batches."""
    cards = (
        ("pictures", images, ("batch", "height", "width", "channels")),
        ("table", table, ("batch", "features")),
        ("text, as word ids", ids, ("batch", "sequence")),
        ("text, embedded", embedded, ("batch", "sequence", "embedding")),
    )
    places = ((4, 4, 296), (306, 4, 190), (4, 104, 236), (246, 104, 250))
    figure, ax = plots.canvas(500, 200)
    for (title, array, axes), (left, top, width) in zip(cards, places, strict=True):
        if len(axes) != array.ndim:
            raise ValueError(f"{title} expected {len(axes)} axes, got {array.ndim}")
        cell(ax, left, top, width, 92, edge="#C9CDD3", line=1.0, fill="#FBFBFC")
        words(ax, left + 10, top + 8, title, size=10.5, weight="bold")
        step = (width - 20) / len(axes)
        for place, (name, length) in enumerate(zip(axes, array.shape, strict=True)):
            x = left + 10 + step * place
            cell(ax, x, top + 32, step - 4, 28, str(length), size=11, weight="bold",
                 fill=TINTS[1] if place == 0 else TINTS[2])
            words(ax, x + (step - 4) / 2, top + 76, name, size=9, ha="center", va="baseline")
    said = "; ".join(f"{title} ({', '.join(axes)}) {tuple(array.shape)}"
                     for title, array, axes in cards)
    return widgets.frame(figure, colours=24,
                         alt=f"Four cards with the names of the axes and a shape: {said}. "
                             "The batch axis comes first on each.")
