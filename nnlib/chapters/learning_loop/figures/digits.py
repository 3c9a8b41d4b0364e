"""Handwritten digits as pictures, and one of them with what the trained network says about it."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def draw_digit(ax, pixels):
    """Draw 64 pixels as an 8 × 8 picture, ink dark."""
    ax.imshow(np.asarray(pixels).reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
    ax.set_axis_off()


def digits_frame(images, labels):
    """Draw pictures (n, 64) in a row, each with its label."""
    figure, axes = plots.figure(500, 86, ncols=len(images), layout="none")
    figure.subplots_adjust(left=0.01, right=0.99, top=0.74, bottom=0.03, wspace=0.12)
    for ax, pixels, label in zip(axes, images, labels, strict=True):
        draw_digit(ax, pixels)
        ax.set_title(str(label), loc="center")
    return widgets.frame(
        figure,
        alt=f"{len(images)} handwritten digits of 8 × 8 grey pixels, with their labels "
            + ", ".join(map(str, labels)) + ".",
    )


def answer_frame(pixels, probabilities):
    """Draw a picture, and beside it the probability that the network gives to each digit."""
    figure, (left, right) = plots.figure(
        480, 190, ncols=2, layout="none", width_ratios=(1, 2.1))
    figure.subplots_adjust(left=0.02, right=0.97, top=0.86, bottom=0.24, wspace=0.22)
    draw_digit(left, pixels)
    left.set_title("in: 64 pixels")
    right.bar(range(len(probabilities)), probabilities, color=plots.COLORS["prediction"])
    right.set(ylim=(0, 1.08), xlabel="digit", title="out: a probability for each")
    right.set_xticks(range(len(probabilities)))
    right.set_yticks([0, 0.5, 1])
    best = int(np.argmax(probabilities))
    return widgets.frame(
        figure,
        alt=f"A handwritten digit of 8 × 8 pixels, and the network's probabilities for 0 to 9: "
            f"{best} gets {probabilities[best]:.3f}, every other digit at most "
            f"{np.delete(probabilities, best).max():.3f}.",
    )
