"""Momentum on the ravine: the path, and the factor of every rate and coefficient."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.optimizers.figures.surfaces import SURFACES, walk
from nnlib.widgets import plots

RATES = (0.001, 0.005, 2 / 101, 4 / 121, 0.037, 0.05)     # with the best of both kinds
BETAS = (0.0, 0.5, (9 / 11) ** 2, 0.9, 0.99)
STEPS = 60


def factor(rate, beta, curvature):
    """Return by how much one step shrinks the distance in one direction, in the long run.

    Distance and velocity are multiplied at each step by a 2×2 matrix; the larger of the sizes of
    its eigenvalues, the roots r of r² − (1 + β − ηκ) r + β for a curvature κ, is the factor.
    """
    half = (1 + beta - np.asarray(rate) * curvature) / 2
    root = np.sqrt(np.asarray(half**2 - beta, dtype=complex))
    return np.maximum(np.abs(half + root), np.abs(half - root))


def slowest(rate, beta, curvatures=SURFACES["ravine"].curvatures):
    """Return the largest factor of all directions."""
    return np.max([factor(rate, beta, curvature) for curvature in curvatures], axis=0)


def steps_to_a_thousandth(worst):
    """Return in words how many steps shrink a distance a thousandfold."""
    if worst >= 1 - 1e-9:
        return "never"
    return f"about {np.log(1000) / -np.log(worst):,.0f}"


def momentum_frame(rate, beta):
    """Draw sixty steps in the ravine, and the map of all factors with this setting marked."""
    path, _ = walk("momentum" if beta else "SGD", SURFACES["ravine"].gradient,
                   SURFACES["ravine"].start, rate, STEPS, beta)
    figure, (left, right) = plots.figure(500, 280, ncols=2, layout="none")
    figure.subplots_adjust(left=0.075, right=0.975, bottom=0.17, top=0.91, wspace=0.3)
    _draw_path(left, path)
    _draw_map(right, rate, beta)
    flat, steep = (float(factor(rate, beta, c)) for c in SURFACES["ravine"].curvatures)
    worst = max(flat, steep)
    end = np.hypot(*path[-1])
    distance = f"{end:.2g}" if end < 1e4 else "more than 10,000"
    return widgets.frame(
        figure, colours=48,
        alt=f"Learning rate {rate:.3g}, momentum {beta:.3g}: from (10, 1) in the ravine the "
            f"distance to the minimum after {STEPS} steps is {distance}. One step multiplies the "
            f"distance by {flat:.3f} along the flat direction and by {steep:.3f} across it, in the "
            f"long run.",
        text={"Factor along the floor": f"{flat:.3f}", "Factor across it": f"{steep:.3f}",
              "Steps to a thousandth of the distance": steps_to_a_thousandth(worst),
              f"Distance after {STEPS} steps": distance},
    )


def _draw_path(ax, path):
    x, y = np.meshgrid(np.linspace(-12, 12, 80), np.linspace(-5, 5, 80))
    ax.contour(x, y, SURFACES["ravine"].height(x, y), levels=[10, 60, 200, 500, 1000],
               colors="#C9CDD4", linewidths=0.8)
    ax.plot(*path.T, color=plots.COLORS["weight"], marker="o", markersize=2.5, linewidth=0.9)
    ax.plot(*path[0], "o", color="black", markersize=6)
    ax.plot(0, 0, "*", color=plots.COLORS["gradient"], markersize=11)
    ax.set(xlim=(-12, 12), ylim=(-5, 5), title=f"{STEPS} steps from the dot")
    ax.grid(False)


def _draw_map(ax, rate, beta):
    rates, betas = np.geomspace(5e-4, 0.1, 90), np.linspace(0, 0.995, 80)
    grid_rates, grid_betas = np.meshgrid(rates, betas)
    factors = slowest(grid_rates, grid_betas)
    levels = [0, 0.85, 0.9, 0.95, 0.98, 0.99, 1 - 1e-9]
    greens = ["#00704F", "#2E9A75", "#62B795", "#98D1B8", "#C6E6D8", "#E6F4EE"]
    ax.contourf(grid_rates, grid_betas, factors, levels=levels, colors=greens)
    ax.contour(grid_rates, grid_betas, factors, levels=[1 - 1e-9], colors="black", linewidths=1)
    ax.text(0.045, 0.06, "grows", fontsize=9)
    ax.text(0.0006, 0.06, "slow", fontsize=9)
    ax.plot(4 / 121, (9 / 11) ** 2, "*", color="white", markersize=11, markeredgecolor="black")
    ax.plot(rate, beta, "X", color=plots.COLORS["weight"], markersize=11, markeredgecolor="black")
    ax.set(xscale="log", xlim=(5e-4, 0.1), ylim=(-0.05, 1.04), xlabel="learning rate η",
           title="momentum β, dark: fast")
    ax.set_xticks([0.001, 0.01, 0.1], ["0.001", "0.01", "0.1"])
    ax.minorticks_off()
    ax.grid(False)


def momentum_explorer():
    """Return the explorer of rate and momentum on the ravine."""
    return widgets.Explorer(
        lambda rate, beta: momentum_frame(rate, beta),
        {"rate": widgets.Choice("Learning rate η", RATES, kind="toggle",
                                labels=[f"{rate:.3g}" for rate in RATES]),
         "beta": widgets.Choice("Momentum β", BETAS, kind="toggle",
                                labels=[f"{beta:.3g}" for beta in BETAS])},
        default={"rate": 0.001, "beta": 0.0},
        name="The ravine ½(x² + 100 y²): path, and the factor of every setting",
    )
