"""Digits that stand left in training and move right afterwards: who still reads them?"""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK
from nnlib.widgets import plots

WIDTH = 12                       # a digit of 8 pixels has four places to go


def placed(x, shift):
    """Rows of 64 pixels as images (rows, 8, 12, 1), the digit `shift` pixels from the left."""
    wide = np.zeros((len(x), 8, WIDTH, 1), dtype="float32")
    wide[:, :, shift : shift + 8, 0] = x.reshape(-1, 8, 8)
    return wide


def shift_frame(digit, accuracy):
    """Draw a digit at its first and last place, and accuracy over the shift.

    `accuracy` maps the name of a network to an array (seeds, shifts).
    """
    figure = plots.figure(480, 280, layout="none")[0]
    figure.clear()
    shifts = np.arange(next(iter(accuracy.values())).shape[1])
    for k, shift in enumerate((0, shifts[-1])):
        ax = figure.add_axes([0.02, 0.52 - 0.38 * k, 0.23, 0.34])
        ax.imshow(placed(digit[None], shift)[0, :, :, 0], cmap="cividis")
        ax.set_title(f"{'trained' if k == 0 else 'asked'}: shift {shift}", fontsize=9.5)
        ax.axis("off")
    ax = figure.add_axes([0.345, 0.165, 0.635, 0.735])
    says = []
    for (name, runs), kind in zip(accuracy.items(), ("data", "loss", "prediction"), strict=True):
        look = plots.role(kind) | ({"linestyle": ":"} if kind == "data" else {})
        for run in runs:
            ax.plot(shifts, run, **(look | {"alpha": 0.35, "linewidth": 1}))
        mean = runs.mean(axis=0)
        ax.plot(shifts, mean, **look)
        says.append(f"{name}: {spread(runs[:, 0])} at shift 0, "
                    f"{spread(runs[:, -1])} at shift {shifts[-1]}")
    for (name, runs), (x, dy, kind) in zip(
            accuracy.items(), ((2, -14, "data"), (0.8, 6, "loss"), (1.9, 12, "prediction")),
            strict=True):
        y = np.interp(x, shifts, runs.mean(axis=0))
        plots.direct_label(ax, x, y, name, kind, xytext=(4, dy))
    ax.set(ylim=(0, 1.05), xlim=(-0.05, shifts[-1] + 0.05), xlabel="pixels to the right",
           title="validation accuracy")
    ax.set_xticks(shifts)
    ax.tick_params(labelcolor=INK)
    return widgets.frame(figure, colours=24, alt="Accuracy of three seeds each. "
                         + "; ".join(says) + ".")


def spread(values):
    """The smallest and the largest of some numbers, as the text writes them."""
    low, high = f"{values.min():.2f}", f"{values.max():.2f}"
    return low if low == high else f"{low} to {high}"
