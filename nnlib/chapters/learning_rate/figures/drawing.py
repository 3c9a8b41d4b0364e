"""What all pictures of this study share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots

GUESSING = float(np.log(10))     # the loss of guessing evenly among ten digits


def two_panels():
    """Return a figure for a frame, and its two panels, side by side with fixed margins.

    Fixed, so that the axes stay in place from frame to frame; and automatic layout would take as
    long as all the drawing.
    """
    figure, axes = plots.figure(480, 270, ncols=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.975, bottom=0.17, top=0.91, wspace=0.26)
    return figure, axes


def draw_seeds(ax, curves, role, at=None):
    """Draw each curve of (seeds, moments) faintly, and the median of the seeds thick.

    The moments are 0, 1, 2, … (epochs) unless `at` gives them.
    """
    style = plots.role(role)
    at = range(curves.shape[1]) if at is None else at
    for curve in curves:
        ax.plot(at, curve, color=style["color"], alpha=0.35, linewidth=0.8)
    ax.plot(at, np.median(curves, axis=0), **style)


def draw_losses(ax, losses):
    """Draw training losses, one row for each seed, on the axes that all pictures of it share."""
    draw_seeds(ax, losses, "loss")
    end = losses.shape[1] - 1
    ax.set(yscale="log", ylim=(3e-4, 20), xlim=(0, end), xlabel="epoch", title="training loss")
    ax.minorticks_off()
    ax.axhline(GUESSING, **plots.role("muted"))
    ax.text(end, GUESSING * 1.3, "guessing: ln 10", ha="right", color=plots.TEXT_COLORS["muted"])


def percent(value):
    """Write a fraction as a percentage with one decimal."""
    return f"{100 * value:.1f} %"


def spread(values):
    """Write the smallest and the largest of some fractions as percentages."""
    return f"{100 * min(values):.1f} to {100 * max(values):.1f} %"
