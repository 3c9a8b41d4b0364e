"""Inputs that are all positive make a unit's weights move together, so the path zigzags."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

GOAL = np.array([1.0, -1.0])


def walk(low, high, *, rate=0.25, steps=40, seed=0):
    """Follow single examples from (0, 0) towards the weights (1, -1) of one linear unit.

    The two inputs are uniform on [low, high]. Returns the path (steps + 1, 2) and the share of
    updates in which both weights moved in the same direction.
    """
    rng = np.random.default_rng(seed)
    w, path, together = np.zeros(2), [np.zeros(2)], 0
    for _ in range(steps):
        x = rng.uniform(low, high, 2)
        gradient = (w @ x - GOAL @ x) * x            # of half the squared error
        together += int(gradient[0] * gradient[1] > 0)
        w = w - rate * gradient
        path.append(w)
    return np.array(path), together / steps


def zigzag_frame():
    """Draw both walks side by side."""
    figure, axes = two_panels()
    said = []
    for ax, (low, high, title) in zip(
        axes, ((0.0, 2.0, "inputs in [0, 2]"), (-1.0, 1.0, "inputs in [-1, 1]")), strict=True
    ):
        path, together = walk(low, high)
        ax.plot(*path.T, ".-", color=plots.COLORS["weight"], linewidth=1.2, markersize=5)
        ax.plot(0, 0, "o", color="black", markersize=6)
        ax.plot(*GOAL, "*", color=plots.COLORS["loss"], markersize=13)
        ax.set(title=title, xlim=(-0.9, 1.9), ylim=(-1.9, 0.9), xlabel="w₁ across, w₂ up")
        ax.text(-0.8, 0.65, f"same sign in {100 * together:.0f} % of steps", fontsize=9)
        said.append(f"with {title} both weights move in the same direction in "
                    f"{100 * together:.0f} % of 40 updates, and the path ends "
                    f"{np.linalg.norm(path[-1] - GOAL):.2f} from the goal")
    return widgets.frame(
        figure, alt="Two paths of the weights of one unit from (0, 0) to (1, -1): "
        + "; ".join(said) + ".",
    )
