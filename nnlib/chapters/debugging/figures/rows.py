"""Training rows as a network gets them, beside their labels."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.debugging.cases import CASES
from nnlib.widgets import plots


def rows_frame(count=10):
    """Draw the first training pictures of case D, with the labels that they come with."""
    figure, axes = plots.figure(480, 215, ncols=count // 2, nrows=2)
    x, y = CASES["D"](0).train
    for ax, picture, label in zip(axes.flat, x, y, strict=False):
        ax.imshow(picture.reshape(8, 8), cmap="gray_r")
        ax.set(xticks=[], yticks=[], title=f"label {label}")
        ax.grid(visible=False)
    labels = ", ".join(map(str, y[:count]))
    return widgets.frame(
        figure, alt=f"Ten pictures of digits with their labels, {labels}, which mostly name "
                    "another digit than the one that is drawn.")
