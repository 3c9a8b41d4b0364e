"""What the bias moves: the boundary off the origin, and the curve along its axis."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain, signed, squash
from nnlib.numpy import sigmoid
from nnlib.widgets import plots

SLOPES, BIASES = (-1, 0.5, 1, 3), (-4, -2, 0, 2, 4)


def curve_frame(w=1, b=0):
    """Draw σ(wx + b) with its midpoint, over σ(x)."""
    x = np.linspace(-9, 9, 181)
    figure, ax = plots.figure(380, 205, layout="none")
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.21, top=0.88)
    ax.plot(x, sigmoid(x), **plots.role("muted"))
    ax.plot(x, sigmoid(w * x + b), **plots.role("prediction"))
    middle = -b / w
    ax.plot([middle, middle], [0, 0.5], color=plots.COLORS["loss"], linewidth=1.5)
    ax.plot(middle, 0.5, "o", color=plots.COLORS["loss"], markersize=8)
    ax.plot(0, squash(b), "s", color="black", markersize=6)
    ax.set(xlim=(-9, 9), ylim=(0, 1.05), xlabel="x", title=f"σ({plain(w)}·x {_tail(b)})")
    ax.set_yticks([0, 0.5, 1])
    ax.text(8.8, 0.06, "dotted: σ(x)", ha="right", color=plots.TEXT_COLORS["muted"])
    return widgets.frame(
        figure, colours=14,
        alt=f"The curve σ(wx + b) with w {plain(w)} and b {plain(b)}. Its midpoint, the circle, is "
            f"at x = {plain(middle)}; at x = 0, the square, it is {squash(b):.4f}.",
        text={"Midpoint −b/w": plain(middle), "At x = 0": f"{squash(b):.4f}",
              "Slope there, w/4": plain(w / 4)},
    )


def _tail(b):
    return f"{signed(b)[0]} {signed(b)[1:]}" if b else "+ 0"


def curve_explorer():
    """Return the explorer of w and b for one input."""
    return widgets.Explorer(
        curve_frame,
        {
            "w": widgets.Choice("w", SLOPES, labels=("−1", "0.5", "1", "3")),
            "b": widgets.Choice("b", BIASES, labels=("−4", "−2", "0", "2", "4")),
        },
        default={"w": 1, "b": -2}, name="The bias slides the curve",
    )


def bias_boundary_frame(x, y, without, with_bias):
    """Draw two classes with the best line through the origin, and with the best line at all.

    Parameters
    ----------
    x : numpy.ndarray, shape (N, 2)
    y : numpy.ndarray, shape (N,)
    without, with_bias : (w, b)
        Two trained neurons; the b of the first is 0.
    """
    figure, axes = plots.figure(460, 235, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.105, right=0.975, bottom=0.19, top=0.89, wspace=0.12)
    said = []
    for ax, (w, b), title in zip(axes, (without, with_bias), ("no bias", "with bias"), strict=True):
        for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
            ax.plot(*x[y == label].T, marker, color=plots.COLORS[role], markersize=4)
        x1 = np.array([-1.0, 5.0])
        ax.plot(x1, -(b + w[0] * x1) / w[1], color="black")
        ax.plot(0, 0, "+", color="black", markersize=12, markeredgewidth=2)
        right = np.mean((x @ w + b > 0) == (y == 1))
        ax.set(xlim=(-1, 5), ylim=(-1, 5), title=f"{title}: {100 * right:.0f} % right",
               xlabel="x₁")
        said.append(f"{title}, {100 * right:.0f} % right, the line's distance from the origin "
                    f"is {plain(abs(b) / np.hypot(*w), 2)}")
    axes[0].set_ylabel("x₂")
    return widgets.frame(figure, alt=f"Two classes and a neuron's line: {'; '.join(said)}.")
