"""What layouts do to real pictures."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

COLOURS = 48                              # of the palette: photographs need more than plots


def channel_planes(photograph):
    """Draw a photograph (height, width, 3), its channels in reverse, and its three planes."""
    figure, ax = plots.figure(500, 320, layout="none")
    ax.remove()

    def place(left, top, width, picture, title):
        height = width * photograph.shape[0] / photograph.shape[1]
        box = [left / 500, 1 - (top + height) / 320, width / 500, height / 320]
        _show(figure.add_axes(box), picture, title)

    place(2, 18, 246, photograph, "as it is")
    place(252, 18, 246, photograph[..., ::-1], "channels reversed, [..., ::-1]")
    names = ("red", "green", "blue")
    for c, name in enumerate(names):
        place(2 + 166 * c, 204, 164, photograph[..., c], f"[..., {c}]  {name}")
    means = ", ".join(f"{name} {photograph[..., c].mean():.2f}" for c, name in enumerate(names))
    return widgets.frame(
        figure, colours=128,                # dark leaves need many
        alt=f"A photograph of shape {photograph.shape}, the same with its channels reversed, which "
            f"changes its colours, and its three planes in grey. Mean brightness: {means}.",
    )


def crops_frame(crops, start=0, shown=10):
    """Draw some pictures, in a row, of a batch (batch, height, width, 3)."""
    columns = shown // 2
    figure, axes = plots.figure(500, 206, nrows=2, ncols=columns, layout="none")
    figure.subplots_adjust(left=0.005, right=0.995, bottom=0.01, top=0.99, hspace=0.06, wspace=0.06)
    for ax, crop in zip(axes.ravel(), crops[start : start + shown], strict=True):
        _show(ax, crop[::2, ::2])
    return widgets.frame(
        figure, colours=COLOURS,
        alt=f"{shown} of {len(crops)} square pieces of two photographs, a temple and a flower, "
            f"{crops.shape[1]} by {crops.shape[2]} pixels each.",
    )


def scrambled_frame(picture):
    """Draw the planes of one picture (height, width, 3): transposed, and reshaped by mistake."""
    height, width, _ = picture.shape
    right, wrong = picture.transpose(2, 0, 1), picture.reshape(3, height, width)
    figure, axes = plots.figure(500, 366, nrows=2, ncols=3, layout="none")
    figure.subplots_adjust(left=0.005, right=0.995, bottom=0.01, top=0.94, hspace=0.13, wspace=0.03)
    for row, (name, planes) in enumerate((("transpose", right), ("reshape", wrong))):
        for c in range(3):
            _show(axes[row, c], planes[c], f"{name}, plane {c}")
    place = np.arange(picture.size).reshape(picture.shape)
    kept = np.sum(place.transpose(2, 0, 1) == place.reshape(3, height, width))
    return widgets.frame(
        figure, colours=32,
        alt=f"Two rows of three planes of shape {right.shape[1:]}. After transpose each is the "
            "whole picture in one colour. After reshape each is a third of the picture, torn into "
            f"stripes. {kept} of {picture.size} numbers stand in the same place in both.",
    )


def _show(ax, picture, title=""):
    # Not smoothed: a pixel of the array is a pixel of the picture.
    brightest = 1 if picture.dtype.kind == "f" else 255
    ax.imshow(picture, cmap="gray", vmin=0, vmax=brightest, interpolation="nearest")
    ax.set_title(title, fontsize=9, pad=3, fontweight="normal")
    ax.axis("off")
