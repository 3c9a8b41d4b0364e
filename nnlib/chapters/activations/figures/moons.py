"""How many hidden units does it take to bend a border around two moons, and how often?"""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

HIDDEN = (0, 1, 2, 4, 8, 16)
SEEDS = range(10)
RUNS = {"worst": 0, "middle": 4, "best": 9}      # places in the order of accuracy


@functools.cache
def points():
    """Training and validation points, 200 each (synthetic)."""
    rng = np.random.default_rng(3)
    pairs = data.make_moons(200, noise=0.15, rng=rng), data.make_moons(200, noise=0.15, rng=rng)
    return tuple((x.astype("float64"), y) for x, y in pairs)


@functools.cache
def train_on_moons(hidden, seed=0, steps=400):
    """Train 2 -> hidden ReLU units -> 2 on the moons; 0 hidden units is a single dense layer.

    Returns the model and its accuracy on 200 new points.
    """
    (x, y), (x_new, y_new) = points()
    rng = np.random.default_rng(seed)
    if hidden:
        layers = [nn.Dense(2, hidden, rng=rng, dtype="float64"), nn.ReLU(),
                  nn.Dense(hidden, 2, rng=rng, dtype="float64")]
    else:
        layers = [nn.Dense(2, 2, rng=rng, dtype="float64")]
    model = nn.Sequential(*layers)
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return model, float(np.mean(nn.predict_class(model, x_new) == y_new))


def in_order(hidden):
    """The seeds, from the worst accuracy to the best."""
    return sorted(SEEDS, key=lambda seed: (train_on_moons(hidden, seed)[1], seed))


def moons_frame(hidden, run):
    """Draw one of ten networks with this many hidden units, each unit's kink, and all ten."""
    model, accuracy = train_on_moons(hidden, in_order(hidden)[RUNS[run]])
    (x, y), _ = points()
    figure, (left, right) = two_panels()
    across, up = np.meshgrid(np.linspace(-1.7, 2.7, 111), np.linspace(-1.3, 1.8, 81))
    grid = np.stack([across.ravel(), up.ravel()], axis=1)
    p = nn.softmax(model(grid))[:, 1].reshape(across.shape)
    left.contourf(across, up, p, levels=[0, 0.5, 1], colors=["#9BB3CF", "#EFE3A8"])
    if hidden:
        z = model[0](grid).T.reshape(hidden, *across.shape)
        for unit in z:                           # its kink: where its pre-activation is 0
            left.contour(across, up, unit, levels=[0], colors=plots.COLORS["weight"],
                         linewidths=1, linestyles="dashed")
    left.contour(across, up, p, levels=[0.5], colors="black", linewidths=1.8)
    for k, marker in ((0, "o"), (1, "^")):
        left.plot(*x[y == k].T, marker, color=("white", "black")[k], markeredgecolor="black",
                  markeredgewidth=0.6, markersize=3.5)
    left.set(title=f"hidden units: {hidden}", xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
    left.grid(False)
    rates = {}
    for place, size in enumerate(size for size in HIDDEN if size <= hidden):
        rates[size] = [100 * train_on_moons(size, seed)[1] for seed in in_order(size)]
        spread = place + np.linspace(-0.25, 0.25, len(rates[size]))
        right.plot(spread, rates[size], "o", color=plots.COLORS["prediction"], markersize=3.5)
    right.plot(place + np.linspace(-0.25, 0.25, len(SEEDS))[RUNS[run]], 100 * accuracy, "D",
               color=plots.COLORS["loss"], markersize=7)
    right.axhline(99, **plots.role("muted"))
    right.set(xlim=(-0.5, 5.5), ylim=(48, 102), xticks=range(6), xticklabels=HIDDEN,
              xlabel="hidden units, ten runs each", title="new points right, %")
    reach = sum(rate >= 99 for rate in rates[hidden])
    said = {"This run": f"{100 * accuracy:.1f} %",
            "Median of ten": f"{np.median(rates[hidden]):.1f} %",
            "At least 99 %": f"{reach} of 10"}
    return widgets.frame(
        figure, colours=20, text=said,
        alt=f"Hidden units {hidden}, {run} of ten runs: {said['This run']} of 200 new points are "
            f"right; the median of the ten is {said['Median of ten']}, and {said['At least 99 %']} "
            "reach 99 %.",
    )


def moons_explorer():
    """Return the explorer of hidden units on two moons: the worst, a middling, the best run."""
    return widgets.Explorer(
        lambda hidden, run: moons_frame(hidden, run),
        {"hidden": widgets.Choice("Hidden units", HIDDEN, kind="toggle"),
         "run": widgets.Choice("Run", tuple(RUNS), kind="toggle")},
        default={"hidden": 0, "run": "middle"},
        name="Bending a border around two moons (synthetic points)",
    )
