"""The loss over a weight and a bias: a ravine for raw inputs, a bowl for standardised ones."""

from __future__ import annotations

from functools import cache

import numpy as np
from matplotlib import colormaps

from nnlib import data, widgets
from nnlib.chapters.weights.figures.drawing import plain
from nnlib.numpy import sigmoid
from nnlib.widgets import plots

STEPS = 300
INPUTS = ("raw", "standardised")
RATES = {
    "raw": (0.001, 0.003, 0.01, 0.03),
    "standardised": (0.1, 1.0, 6.0, 20.0),
}
LEVELS = (-1, 0.003, 0.01, 0.03, 0.08, 0.16, 0.3, 0.6, 1.2, 100)     # above the lowest loss
SPEEDS = ("slow", "faster", "best of the four", "too fast")
WINDOWS = {"raw": ((-0.2, 0.6), (-12, 4)), "standardised": ((-0.8, 3.0), (-1.9, 1.9))}


@cache
def patients():
    """Body mass index (353,) of the training rows, and whether each is above the median."""
    full = data.load_diabetes()
    worse = (full.y > np.median(full.y)).astype("int64")
    train, _ = data.split(full.x[:, [2]], worse, sizes=(353, 89), rng=np.random.default_rng(0))
    return train[0][:, 0].astype("float64"), train[1].astype("float64")


def inputs_of(kind):
    """The body mass index of each patient in this form."""
    x = patients()[0]
    return x if kind == "raw" else (x - x.mean()) / x.std()


def losses_at(x, y, w, b):
    """Mean binary cross-entropy of σ(wx + b) for each pair of w and b."""
    z = np.multiply.outer(w, x) + np.asarray(b)[..., None]
    return (np.logaddexp(0, z) - z * y).mean(axis=-1)


def optimum(x, y):
    """The w and b of the lowest loss, and the curvature there, by Newton's method."""
    rows = np.column_stack([x, np.ones(len(x))])
    found = np.zeros(2)
    for _ in range(30):
        p = sigmoid(rows @ found)
        curvature = rows.T @ (rows * (p * (1 - p))[:, None]) / len(x)
        found = found - np.linalg.solve(curvature, rows.T @ (p - y) / len(x))
    return found, curvature


def descent(x, y, rate, steps=STEPS):
    """Gradient descent from zeros: the path (steps + 1, 2) of w and b."""
    path = np.zeros((steps + 1, 2))
    for i in range(steps):
        error = sigmoid(x * path[i, 0] + path[i, 1]) - y
        path[i + 1] = path[i] - rate * np.array([np.mean(error * x), error.mean()])
    return path


def valley_frame(kind="raw", speed="slow"):
    """Draw the loss as a map with the path of 300 steps, and the loss by step."""
    x, y = inputs_of(kind), patients()[1]
    rate = RATES[kind][SPEEDS.index(speed)]
    best, curvature = optimum(x, y)
    path = descent(x, y, rate)
    losses = losses_at(x, y, path[:, 0], path[:, 1])
    lowest = float(losses_at(x, y, best[0], best[1]))
    low, high = np.linalg.eigvalsh(curvature)
    (left, right), (bottom, top) = WINDOWS[kind]
    w, b = np.meshgrid(np.linspace(left, right, 90), np.linspace(bottom, top, 90))
    figure, (ax, curve) = plots.figure(460, 225, ncols=2, layout="none",
                                       gridspec_kw={"width_ratios": [1.3, 1]})
    figure.subplots_adjust(left=0.12, right=0.975, bottom=0.2, top=0.885, wspace=0.36)
    ax.contourf(w, b, losses_at(x, y, w, b) - lowest, antialiased=False, levels=LEVELS,
                colors=colormaps["cividis_r"](np.linspace(0, 1, len(LEVELS) - 1)))
    ax.plot(*path.T, ".-", color=plots.COLORS["loss"], linewidth=1, markersize=4, alpha=0.7)
    ax.plot(*path[0], "o", color=plots.COLORS["loss"], markersize=7, markeredgecolor="black")
    ax.plot(*best, "*", color="white", markeredgecolor="black", markersize=13)
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="w", title=f"loss, {kind}")
    ax.set_ylabel("b", labelpad=-4)
    ax.grid(False)
    curve.plot(losses, **plots.role("loss"))
    curve.axhline(lowest, **plots.role("muted"))
    curve.set(xlim=(0, STEPS), ylim=(0.46, 0.9), xlabel="step", title=f"rate {rate:g}")
    curve.text(STEPS, lowest - 0.006, "lowest", ha="right", va="top",
               color=plots.TEXT_COLORS["muted"], fontsize=9)
    wild = losses[-20:].max() > losses[0]
    ending = f"still at {losses[-20:].max():.2f}" if wild else f"{losses[-1]:.3f}"
    return widgets.frame(
        figure, colours=40,
        alt=f"Body mass index, {kind}, {speed}, rate {rate:g}: the loss goes from "
            f"{losses[0]:.3f} to {ending} in {STEPS} steps; the lowest is {lowest:.3f}, "
            f"at w {plain(best[0], 3)} and b {plain(best[1], 3)}. Steepest against "
            f"flattest curvature there: {high / low:.2g}.",
        text={"Loss after 300 steps": ending, "Lowest loss": f"{lowest:.3f}",
              "Curvature, steepest to flattest": f"{float(f'{high / low:.2g}'):,.6g} : 1"},
    )


def valley_explorer():
    """Return the explorer of the inputs and the rate."""
    return widgets.Explorer(
        valley_frame,
        {"kind": widgets.Choice("Inputs", INPUTS, kind="toggle"),
         "speed": widgets.Choice("Rate", SPEEDS)},
        default={"kind": "raw", "speed": "slow"}, name="A ravine and a bowl",
    )
