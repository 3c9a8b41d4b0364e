"""A curve built from ReLU units one by one: each adds a kink."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

UNITS = (0, 1, 3, 6, 12)


def curve(x):
    """What is to be approximated on [-1, 1]: one wave of a sine."""
    return np.sin(np.pi * x)


def hinges(units):
    """Return where the kinks stand (one on the left end, the others evenly), (units,)."""
    return np.linspace(-1, 1, units, endpoint=False)


def features(x, units):
    """A constant, and one ReLU unit a kink: (len(x), 1 + units)."""
    return np.stack([np.ones_like(x), *(nn.relu(x - kink) for kink in hinges(units))], axis=1)


def fitted(units):
    """Output weights that come nearest to the curve, by least squares on 401 points."""
    x = np.linspace(-1, 1, 401)
    return np.linalg.lstsq(features(x, units), curve(x), rcond=None)[0]


def hinges_frame(units):
    """Draw what each unit adds, and the sum beside the curve."""
    x, weights = np.linspace(-1, 1, 401), fitted(units)
    parts = features(x, units) * weights
    total = parts.sum(axis=1)
    figure, (left, right) = two_panels()
    constant, *hinged = parts.T
    for part in hinged:
        left.plot(x, part, color=plots.COLORS["weight"], linewidth=1.4)
    left.plot(x, constant, **plots.role("muted"))
    left.set(title="units; dotted: a constant", xlim=(-1, 1), ylim=(-8, 8), xlabel="x")
    right.plot(x, curve(x), color="black", linewidth=1.2, linestyle=":")
    right.plot(x, total, color=plots.COLORS["prediction"])
    right.plot(hinges(units), np.interp(hinges(units), x, total), "o",
               color=plots.COLORS["weight"], markersize=5)
    right.set(title="their sum", xlim=(-1.03, 1), ylim=(-1.4, 1.4), xlabel="x")
    off = np.abs(total - curve(x)).max()
    pieces = max(1, units)
    return widgets.frame(
        figure, colours=16,
        alt=f"ReLU units {units}: their sum has {pieces} straight piece"
            f"{'s' if pieces > 1 else ''} and is at most {off:.2f} off one wave of a sine.",
        text={"Straight pieces": str(pieces), "Largest error": f"{off:.2f}"},
    )


def hinges_explorer():
    """Return the explorer of the number of units."""
    return widgets.Explorer(
        lambda units: hinges_frame(units),
        {"units": widgets.Choice("ReLU units", UNITS, kind="toggle")},
        default={"units": 3}, name="A curve from kinks",
    )
