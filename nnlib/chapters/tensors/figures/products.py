"""Rows times columns."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import TINTS, cell, number, words

SIZE = 34


def product_frame(x, w, row, column):
    """Draw x @ w for small matrices, with one entry of the product and what it is made of."""
    product = x @ w
    figure, ax = widgets.plots.canvas(480, 296)
    left, top = 250, 30
    words(ax, left, top - 22, f"W  {w.shape}", weight="bold", size=10)
    _matrix(ax, left, top, w, lambda i, j: j == column)
    below = top + SIZE * w.shape[0] + 12
    start = left - SIZE * x.shape[1] - 12
    words(ax, start, below - 20, f"X  {x.shape}", weight="bold", size=10)
    _matrix(ax, start, below, x, lambda i, j: i == row)
    _matrix(ax, left, below, product, lambda i, j: (i, j) == (row, column))
    words(ax, left + SIZE * w.shape[1] + 10, below, f"XW  {product.shape}", weight="bold", size=10)
    terms = " + ".join(f"{number(a)}·{number(b)}" for a, b in zip(x[row], w[:, column],
                                                                strict=True))
    sentence = f"row {row} · column {column}\n= {terms}\n= {number(product[row, column])}"
    words(ax, 8, 30, sentence, size=10, linespacing=1.6)
    return widgets.frame(
        figure, colours=24,
        alt=f"A matrix X of shape {x.shape} stands to the left of the product, W of shape "
            f"{w.shape} above it; the product has shape {product.shape}. Its entry in row {row} "
            f"and column {column} is {terms} = {number(product[row, column])}.",
    )


def _matrix(ax, left, top, values, marked):
    for (row, column), value in np.ndenumerate(values):
        hit = marked(row, column)
        cell(ax, left + SIZE * column, top + SIZE * row, SIZE, SIZE, number(value), size=11,
             fill=TINTS[0] if hit else "white", weight="bold" if hit else "normal")
