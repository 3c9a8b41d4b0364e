"""How many hidden units does it take to bend a border around two moons?"""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

HIDDEN = (0, 1, 2, 4, 8, 16)


@functools.cache
def points():
    """Training and validation points, 200 each (synthetic)."""
    rng = np.random.default_rng(3)
    pairs = data.make_moons(200, noise=0.15, rng=rng), data.make_moons(200, noise=0.15, rng=rng)
    return tuple((x.astype("float64"), y) for x, y in pairs)


@functools.cache
def train_on_moons(hidden, activation="ReLU", steps=400):
    """Train 2 -> hidden -> 2 on the moons; 0 hidden units is a single dense layer.

    Returns the model and its accuracy on 200 new points.
    """
    (x, y), (x_new, y_new) = points()
    rng = np.random.default_rng(1)
    layers = [nn.Dense(2, 2, rng=rng, dtype="float64")]
    if hidden:
        layers = [nn.Dense(2, hidden, rng=rng, dtype="float64"), getattr(nn, activation)(),
                  nn.Dense(hidden, 2, rng=rng, dtype="float64")]
    model = nn.Sequential(*layers)
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return model, float(np.mean(nn.predict_class(model, x_new) == y_new))


def moons_frame(hidden):
    """Draw what a network with this many hidden units makes of the moons."""
    model, accuracy = train_on_moons(hidden)
    (x, y), _ = points()
    figure, (left, right) = two_panels()
    across, up = np.meshgrid(np.linspace(-1.7, 2.7, 111), np.linspace(-1.3, 1.8, 81))
    grid = np.stack([across.ravel(), up.ravel()], axis=1)
    p = nn.softmax(model(grid))[:, 1].reshape(across.shape)
    left.contourf(across, up, p, levels=np.linspace(0, 1, 9), cmap="cividis", alpha=0.75)
    left.contour(across, up, p, levels=[0.5], colors="black", linewidths=1.5)
    for k, marker in ((0, "o"), (1, "^")):
        left.plot(*x[y == k].T, marker, color=("white", "black")[k], markeredgecolor="black",
                  markeredgewidth=0.6, markersize=4)
    left.set(title=f"hidden units: {hidden}", xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
    left.grid(False)
    upto = [size for size in HIDDEN if size <= hidden]
    accuracies = [100 * train_on_moons(size)[1] for size in upto]
    right.plot(range(len(upto)), accuracies, "o-", color=plots.COLORS["prediction"])
    right.set(xlim=(-0.5, 5.5), ylim=(80, 101), xticks=range(6), xticklabels=HIDDEN,
              xlabel="hidden units", title="new points right, %")
    return widgets.frame(
        figure, colours=24,
        alt=f"Hidden units {hidden}: the network gets {100 * accuracy:.1f} % of 200 new points "
            "of the two moons right.",
        text={"New points right": f"{100 * accuracy:.1f} %"},
    )


def moons_explorer():
    """Return the explorer of hidden units on two moons."""
    return widgets.Explorer(
        lambda hidden: moons_frame(hidden),
        {"hidden": widgets.Choice("Hidden units", HIDDEN, kind="toggle")},
        default={"hidden": 0}, name="Bending a border around two moons (synthetic points)",
    )
