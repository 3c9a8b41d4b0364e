"""Inputs that are all positive: weights that move together, and a bowl that caps the rate."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.activations.figures.functions import small, two_panels
from nnlib.widgets import plots

GOALS = {"(1, −1)": (1.0, -1.0), "(1, 1)": (1.0, 1.0)}
RATES = (0.1, 0.25, 0.5, 0.75)
INPUTS = {"inputs in [0, 2]": 0.0, "inputs in [−1, 1]": -1.0}
WALKS = 50                                # how many walks the median is taken over


def walk(low, high, *, goal=(1.0, -1.0), rate=0.25, steps=40, seed=0):
    """Follow single examples from (0, 0) towards the weights `goal` of one linear unit.

    The two inputs are uniform on [low, high]. Returns the path (steps + 1, 2) and the share of
    updates in which both weights moved in the same direction.
    """
    rng, goal = np.random.default_rng(seed), np.array(goal)
    w, path, together = np.zeros(2), [np.zeros(2)], 0
    for _ in range(steps):
        x = rng.uniform(low, high, 2)
        gradient = (w @ x - goal @ x) * x            # of half the squared error
        together += int(gradient[0] * gradient[1] > 0)
        w = w - rate * gradient
        path.append(w)
    return np.array(path), together / steps


def curvatures(low, high):
    """The two curvatures of half the mean squared error, by the mean of x xᵀ; smaller first."""
    mean, variance = (low + high) / 2, (high - low) ** 2 / 12
    return np.linalg.eigvalsh(variance * np.eye(2) + mean**2 * np.ones((2, 2)))


def distances(low, high, goal, rate):
    """How far from the goal each of `WALKS` walks ends."""
    ends = [walk(low, high, goal=goal, rate=rate, seed=seed)[0][-1] for seed in range(WALKS)]
    return np.linalg.norm(np.array(ends) - goal, axis=1)


def zigzag_frame(rate, goal):
    """Draw one walk with positive and one with centred inputs, at one rate."""
    end = GOALS[goal]
    figure, axes = two_panels()
    said, listed = [], {}
    for ax, (title, low) in zip(axes, INPUTS.items(), strict=True):
        path, together = walk(low, low + 2, goal=end, rate=rate)
        median = np.median(distances(low, low + 2, end, rate))
        ax.plot(*path.T, ".-", color=plots.COLORS["weight"], linewidth=1.2, markersize=5)
        ax.plot(0, 0, "o", color="black", markersize=6)
        ax.plot(*end, "*", color=plots.COLORS["loss"], markersize=13)
        ax.set(title=title, xlim=(-1.4, 2.4), ylim=(-2.1, 2.1), xlabel="w₁ across, w₂ up")
        ax.set_xticks([-1, 0, 1, 2])
        ax.set_yticks([-2, -1, 0, 1, 2])
        said.append(f"with {title} both weights move the same way in {100 * together:.0f} % of "
                    f"40 updates, and the median of {WALKS} walks ends {small(median)} from the "
                    "goal")
        listed[f"Median distance, {title}"] = small(median)
    return widgets.frame(
        figure, colours=20, text=listed,
        alt=f"Rate {rate:g}, goal {goal}: " + "; ".join(said) + ".",
    )


def zigzag_explorer():
    """Return the explorer of the rate and the goal, positive and centred inputs side by side."""
    return widgets.Explorer(
        lambda rate, goal: zigzag_frame(rate, goal),
        {"rate": widgets.Choice("Rate", RATES, kind="toggle"),
         "goal": widgets.Choice("Goal", tuple(GOALS), kind="toggle")},
        default={"rate": 0.25}, name="One unit, 40 single examples",
    )
