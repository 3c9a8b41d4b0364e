"""One learning rate on one parabola."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import two_panels
from nnlib.widgets import plots

BOWL_RATES = (0.01, 0.1, 0.5, 0.9, 1.0, 1.1)


def bowl_frame(learning_rate, descend):
    """Draw twenty steps on the bowl w², and the distance to its minimum step by step."""
    path = descend(learning_rate)                                           # (21,)
    figure, (left, right) = two_panels()
    w = np.linspace(-8, 8, 200)
    left.plot(w, w**2, **plots.role("loss"))
    inside = path[np.abs(path) <= 8]
    left.plot(inside, inside**2, color=plots.COLORS["weight"], marker="o", markersize=4,
              linewidth=0.8)
    left.plot(path[0], path[0] ** 2, "o", color="black", markersize=6)
    left.annotate("start", (5, 25), xytext=(6, -2), textcoords="offset points")
    outside = len(path) - len(inside)
    if outside:
        left.text(0, 57, f"{outside} more steps outside", ha="center",
                  color=plots.TEXT_COLORS["weight"])
    left.set(xlim=(-8, 8), ylim=(-3, 64), xlabel="w", title="loss w²")
    distance = np.abs(path)
    if distance[-1] == 0:                                  # 0 has no place on a log axis
        right.text(1.5, 1e-4, "exactly 0\nfrom step 1 on", color=plots.TEXT_COLORS["weight"])
        distance = distance[distance > 0]
    right.semilogy(distance, color=plots.COLORS["weight"], marker=".", linewidth=1.2)
    right.axhline(5, **plots.role("muted"))
    right.set(ylim=(5e-5, 1e3), xlim=(0, 20), xlabel="step", title="distance |w|")
    right.set_xticks([0, 5, 10, 15, 20])
    factor = 1 - 2 * learning_rate
    flips = int(np.sum(path[1:] * path[:-1] < 0))
    end = f"{abs(path[-1]):.4g}"
    return widgets.frame(
        figure, colours=24,
        alt=f"Learning rate {learning_rate:g}: on the bowl w², from w = 5, the distance to the "
            f"minimum after 20 steps is {end}; the sign changes {flips} times.",
        text={"One step multiplies w by": f"{factor:+.2f}", "Distance after 20 steps": end,
              "Changes of sign": str(flips)},
    )


def bowl_explorer(descend):
    """Return the explorer of one rate on one bowl; `descend(rate)` gives the path."""
    return widgets.Explorer(
        lambda learning_rate: bowl_frame(learning_rate, descend),
        {"learning_rate": widgets.Choice("Learning rate", BOWL_RATES, kind="toggle")},
        default={"learning_rate": 0.9}, name="Twenty steps down the bowl w²",
    )
