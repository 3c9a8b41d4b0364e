"""What the pictures of this chapter share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots


def two_panels(width=480, height=260, **options):
    """Return a figure for a frame and its two panels, side by side with fixed margins."""
    figure, axes = plots.figure(width, height, ncols=2, layout="none", **options)
    figure.subplots_adjust(left=0.1, right=0.975, bottom=0.18, top=0.9, wspace=0.28)
    return figure, axes


def draw_seeds(ax, at, curves, role, **options):
    """Draw each curve of (seeds, moments) faintly, and the median of the seeds thick."""
    style = plots.role(role, **options)
    for curve in curves:
        ax.plot(at, curve, color=style["color"], alpha=0.3, linewidth=0.7)
    ax.plot(at, np.median(curves, axis=0), **style)


def draw_dots(ax, place, values, role="prediction", spread=0.12):
    """Draw one dot a seed beside each other at a place of the x axis, and a bar at their mean."""
    values = np.asarray(values)
    across = place + np.linspace(-spread, spread, len(values))
    ax.plot(across, values, "o", color=plots.COLORS[role], markersize=3.2, alpha=0.6)
    ax.plot([place - 2.2 * spread, place + 2.2 * spread], [values.mean()] * 2,
            color=plots.TEXT_COLORS[role], linewidth=2.2)


def gain(before, after):
    """Write the mean gain in points and its standard error, from pairs of equal cut."""
    points = 100 * (np.asarray(after) - np.asarray(before))
    return f"{points.mean():+.1f} ± {points.std(ddof=1) / np.sqrt(len(points)):.1f}"


def share(value, digits=0):
    """Write a fraction as a percentage."""
    return f"{100 * value:.{digits}f} %"
