"""Three ways to shape an output: leave it, make it positive, keep it between two ends."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots


def softplus(x):
    """ln(1 + eˣ), for any size of x."""
    return np.logaddexp(0, x)


def between(x, low, high):
    """A sigmoid stretched to reach from low to high."""
    return low + (high - low) * nn.sigmoid(np.asarray(x, dtype="float64"))


def outputs_frame():
    """Draw the three: the score itself, softplus, and a sigmoid stretched to 1 ... 5."""
    figure, axes = plots.figure(480, 210, ncols=3, layout="none")
    figure.subplots_adjust(left=0.06, right=0.985, bottom=0.22, top=0.86, wspace=0.28)
    x = np.linspace(-6, 6, 121)
    kinds = (("any: z", x, "y = z"), ("positive: softplus", softplus(x), "ln(1 + eᶻ)"),
             ("from 1 to 5", between(x, 1, 5), "1 + 4σ(z)"))
    for ax, (title, y, formula) in zip(axes, kinds, strict=True):
        ax.axhline(0, color=plots.COLORS["muted"], linewidth=0.8)
        ax.plot(x, y, color=plots.COLORS["prediction"])
        ax.set(xlim=(-6, 6), ylim=(-6.2, 6.2), xticks=[-5, 0, 5], yticks=[-5, 0, 5],
               xlabel="score z")
        ax.set_title(title, fontsize=10)
        ax.text(5.8, -5.3, formula, fontsize=9.5, ha="right",
                color=plots.TEXT_COLORS["prediction"])
    for end in (1, 5):
        axes[2].axhline(end, **plots.role("muted"))
    low, high = softplus(np.array([-6.0, 6.0]))
    return widgets.frame(
        figure,
        alt="Three ways to shape an output, for scores from -6 to 6. None: a straight line. "
            f"Softplus: always positive, from {low:.4f} to {high:.4f}. A stretched sigmoid: "
            f"between 1 and 5, and {between(0, 1, 5):g} at a score of 0.",
    )
