"""What a loss averages when predictions of shape (N, 1) meet targets of shape (N,)."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import TINTS, cell, number, words
from nnlib.widgets import plots

WIDTH, HEIGHT = 46, 28
LEFT, TOP = 100, 58


def squares_frame(prediction, target):
    """Draw the squares that the careless loss averages, with those that were meant tinted."""
    squares = (prediction - target) ** 2
    meant = np.diagonal(squares)
    figure, ax = plots.canvas(480, TOP + HEIGHT * len(squares) + 12)
    words(ax, LEFT + 4, 6, f"target  {target.shape}", weight="bold", size=10)
    words(ax, 4, TOP - 8, f"prediction\n{prediction.shape}", weight="bold", size=10, va="bottom")
    for column, value in enumerate(target):
        words(ax, LEFT + WIDTH * (column + 0.5), TOP - 12, number(value), ha="center", va="center")
    for row, value in enumerate(prediction[:, 0]):
        words(ax, LEFT - 10, TOP + HEIGHT * (row + 0.5), number(value), ha="right", va="center")
    for (row, column), value in np.ndenumerate(squares):
        hit = row == column
        cell(ax, LEFT + WIDTH * column, TOP + HEIGHT * row, WIDTH, HEIGHT, number(value), size=10,
             fill=TINTS[1] if hit else "white", weight="bold" if hit else "normal")
    right = LEFT + WIDTH * len(target) + 12
    words(ax, right, TOP, f"mean of all {squares.size}:\n{squares.mean():.1f}", size=10.5,
          color=plots.TEXT_COLORS["loss"], weight="bold", linespacing=1.4)
    words(ax, right, TOP + 62, f"mean of the\ndiagonal: {meant.mean():.1f}", size=10.5,
          color=plots.TEXT_COLORS["gradient"], weight="bold", linespacing=1.4)
    return widgets.frame(
        figure, colours=16,
        alt=f"The table of squared differences of {len(meant)} predictions, shape "
            f"{prediction.shape}, and {len(target)} targets, shape {target.shape}. The mean of all "
            f"{squares.size} squares is {squares.mean():.1f}, that of the {len(meant)} on the "
            f"diagonal, prediction and target of one example, {meant.mean():.1f}.",
    )
