"""A convolution along one axis, written as the matrix of the dense layer that it equals."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import brief, outline, squares, word

SIGNAL = np.array([2.0, 2, 2, 5, 5, 5, 1, 1])            # eight moments of some measurement
KERNELS = {"−1 0 1 (change)": (-1.0, 0.0, 1.0), "0 0 1 (move)": (0.0, 0.0, 1.0)}
PLACES = range(len(SIGNAL) - 2)


def band(kernel):
    """The matrix M, (8, 6), with x @ M the convolution of a row x of eight numbers."""
    matrix = np.zeros((len(SIGNAL), len(PLACES)))
    for place in PLACES:
        matrix[place : place + 3, place] = kernel
    return matrix


def band_frame(kernel, place):
    """Draw the signal, the matrix with one of its columns marked, and the output."""
    matrix = band(KERNELS[kernel])
    output = SIGNAL @ matrix
    figure, ax = widgets.plots.canvas(340, 268)
    word(ax, 8, 16, "x", 11, ha="left", weight="bold")
    word(ax, 76, 16, "matrix 8×6: one kernel, six times", 9.5, ha="left")
    squares(ax, SIGNAL[:, None], 8, 30, 24, low=-4, high=15, form=brief, size=9.5)
    squares(ax, matrix, 76, 30, 24, low=-1, high=1, form=brief, size=9.5)
    word(ax, 54, 126, "@", 12)
    squares(ax, output[None], 76, 236, 24, low=-4, high=15, form=brief, size=9.5)
    word(ax, 66, 248, "=", 12, ha="right")
    outline(ax, 8, 30 + 24 * place, 24, 72)
    outline(ax, 76 + 24 * place, 30 + 24 * place, 24, 72)
    outline(ax, 76 + 24 * place, 236, 24, 24)
    for y, text in ((60, "48 entries:"), (78, "30 always 0,"), (94, "18 copies of"),
                    (110, "3 numbers")):
        word(ax, 228, y, text, 9.5, ha="left")
    return widgets.frame(
        figure, colours=16,
        alt=f"Kernel {kernel}, place {place}: the signal "
            f"{' '.join(brief(v) for v in SIGNAL)} times a banded matrix, 8 by 6, whose column "
            f"{place} holds the kernel in rows {place} to {place + 2} and zeros elsewhere. Output "
            f"{place} is {output[place]:g}; the whole output is "
            f"{' '.join(brief(v) for v in output)}.",
    )


def band_explorer():
    """Return the explorer of two kernels and six places."""
    return widgets.Explorer(
        band_frame,
        {"kernel": widgets.Choice("Kernel", tuple(KERNELS)),
         "place": widgets.Choice("Output", PLACES, kind="toggle")},
        default={"place": 0}, name="A convolution in time is a banded matrix",
    )
