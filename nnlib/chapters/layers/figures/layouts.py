"""The same numbers flattened in two orders."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import squares, word

MAPS = np.arange(8.0).reshape(2, 2, 2)          # (height, width, channels)


def flatten_frame():
    """Draw two maps of 2×2, and the row they become with channels last and channels first."""
    figure, ax = widgets.plots.canvas(360, 132)
    last, first = MAPS.ravel(), MAPS.transpose(2, 0, 1).ravel()

    def number(value):
        return f"{value:.0f}"

    for c in range(2):
        squares(ax, MAPS[:, :, c], 8, 26 + 58 * c, 22, low=0, high=7, form=number, size=9.5)
        word(ax, 58, 48 + 58 * c, f"channel {c}", 9, ha="left")
    for y, row, name in ((32, last, "channels last: by place"),
                         (90, first, "channels first: by map")):
        word(ax, 148, y - 10, name, 9.5, ha="left", weight="bold")
        squares(ax, row[None], 148, y, 25, low=0, high=7, form=number, size=10)
    orders = (" ".join(map(number, row)) for row in (last, first))
    return widgets.frame(
        figure, colours=24,
        alt="Two maps of 2 by 2 pixels flattened: channels last gives {}, channels first gives {}."
            .format(*orders),
    )
