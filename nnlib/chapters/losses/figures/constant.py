"""The cost of answering everybody with one number, under three losses."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import MARKERS, ROLES
from nnlib.widgets import plots

LOSSES = {"MSE": nn.MSELoss, "MAE": nn.MAELoss, "Huber": lambda: nn.HuberLoss(delta=50.0)}
GRID = np.arange(100.0, 200.5, 0.5)


def constant_costs(targets, grid=GRID):
    """Mean loss of each constant in `grid` for targets of shape (n, 1); one array a loss."""
    return {
        name: np.array([make()(np.full_like(targets, c), targets) for c in grid])
        for name, make in LOSSES.items()
    }


def constant_frame(targets):
    """Draw what each constant costs above the best one, and where each loss is lowest."""
    figure, ax = plots.figure(480, 270)
    lowest = {}
    places = {"MSE": (64, 7), "MAE": (-90, 8), "Huber": (-2, 62)}      # beside, not on top
    for name, costs in constant_costs(targets).items():
        role = ROLES[name]
        low = int(np.round(costs, 6).argmin())        # of equally good ones the first
        lowest[name] = GRID[low]
        above = 100 * (costs / costs[low] - 1)
        ax.plot(GRID, above, color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        ax.plot(GRID[low], 0, MARKERS[name], color=plots.COLORS[role], markeredgecolor="black",
                markersize=8, clip_on=False, zorder=5)
        plots.direct_label(ax, GRID[low], 0, f"{name} {GRID[low]:g}", role, xytext=places[name],
                           ha="center")
    ax.set(xlim=(100, 200), ylim=(0, 20), xlabel="the constant c",
           title="cost, % above each loss's own lowest")
    listed = ", ".join(f"{name} at {c:g}" for name, c in lowest.items())
    return widgets.frame(
        figure, colours=24,
        alt=f"Three curves over the constant c, in per cent above their lowest point: {listed}. "
            f"The mean of the targets is {targets.mean():.1f}, the median "
            f"{np.median(targets):.1f}.",
    )
