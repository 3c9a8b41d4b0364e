"""What the pictures of this chapter share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots

MODES = ("training", "evaluation")


def frameless(ax):
    """Take ticks and spines away from a picture."""
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


def draw_picture(ax, counts, title, top=16):
    """Draw one picture of 8 × 8 numbers, dark for `top` (ink) and white for 0."""
    ax.imshow(np.reshape(counts, (8, 8)), cmap="gray_r", vmin=0, vmax=top)
    frameless(ax)
    ax.set_title(title, fontsize=9.5)


def draw_probabilities(ax, p, truth=None, title="probability of each digit"):
    """Draw ten bars; the largest is hatched, and a ring marks the true digit."""
    best = int(np.argmax(p))
    bars = ax.bar(range(10), p, color=plots.COLORS["prediction"], width=0.75, alpha=0.55)
    bars[best].set(alpha=1.0, hatch="//", edgecolor="white")
    if truth is not None:
        ax.plot(truth, 1.08, "v", color=plots.COLORS["data"], markersize=6)
        ax.text(truth + 0.35, 1.08, "true", fontsize=8.5, va="center")
    ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.18), title=title)
    ax.set_xticks(range(10))
    ax.set_yticks([0, 0.5, 1])
    ax.grid(axis="x", visible=False)


def percent(value, digits=0):
    """A fraction as a percentage."""
    return f"{100 * value:.{digits}f} %"


def spread(values, digits=0):
    """The smallest and the largest of some fractions, as percentages."""
    low, high = (f"{100 * value:.{digits}f}" for value in (min(values), max(values)))
    return f"{low} %" if low == high else f"{low} to {high} %"
