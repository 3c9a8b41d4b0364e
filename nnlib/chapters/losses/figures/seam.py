"""Where Huber's two pieces meet: with the half, and without it."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

SMALL = 1e-6


def slopes_at(delta):
    """Slopes of Huber's loss just before and just beyond δ, by differences of its values."""
    around = np.array([delta - SMALL, delta, delta + SMALL])
    values = nn.HuberLoss(delta=delta, reduction="none")(around, np.zeros(3))
    return np.diff(values) / SMALL


def seam_frame(delta=1.0):
    """Draw Huber's loss with its ½ and without, around e = δ."""
    figure, panels = two_panels(500, 250)
    inner, outer = np.linspace(0, delta, 80), np.linspace(delta, 2.5 * delta, 80)
    line = delta * (outer - delta / 2)
    for ax, half, title in zip(panels, (0.5, 1.0), ("½e² inside δ", "e² inside δ"), strict=True):
        ax.plot(inner, half * inner**2, color=plots.COLORS["gradient"])
        ax.plot(outer, line, color=plots.COLORS["loss"], linestyle="--")
        ax.plot(delta, half * delta**2, "o", color=plots.COLORS["gradient"],
                markeredgecolor="black", zorder=5)
        ax.plot(delta, line[0], "s", color=plots.COLORS["loss"], markeredgecolor="black",
                markersize=5, zorder=6)
        ax.set(xlim=(0, 2.5 * delta), ylim=(0, 2.1 * delta**2), xlabel="error e", title=title)
        plots.direct_label(ax, 1.9 * delta, 1.4 * delta**2, "line", "loss", ha="left",
                           xytext=(6, -8))
    plots.direct_label(panels[1], delta, 0.75 * delta**2, "gap", "muted", xytext=(8, 0))
    before, after = slopes_at(delta)
    return widgets.frame(
        figure, colours=24,
        alt=f"Two panels around e = δ = {delta:g}. With the half both pieces are at "
            f"{delta**2 / 2:g} there and have the slopes {before:.3f} and {after:.3f}. Without it "
            f"the round piece ends at {delta**2:g} and the line begins at {delta**2 / 2:g}: a gap.",
    )
