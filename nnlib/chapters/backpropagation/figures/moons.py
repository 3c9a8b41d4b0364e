"""The two moons, learned by the engine alone."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.engine import Value
from nnlib.widgets import plots

HIDDEN, RATE, UPDATES = 16, 1.0, 1000
SHOWN = (0, 10, 30, 100, 300, 600, 1000)
LIMITS = (-1.6, 2.6, -1.15, 1.65)


def points():
    """200 points (200, 2) in float64, and their labels as a column (200, 1)."""
    x, y = data.make_moons(200, noise=0.1, rng=np.random.default_rng(0))
    return x.astype("float64"), y.reshape(-1, 1).astype("float64")


def first_weights(seed=0):
    """Weights and biases of 2-16-1, drawn as the library draws them."""
    rng = np.random.default_rng(seed)
    layers = (nn.Dense(2, HIDDEN, rng=rng, dtype="float64"),
              nn.Dense(HIDDEN, 1, rng=rng, dtype="float64"))
    return [np.array(p.data) for layer in layers for p in layer.parameters()]


def scores(x, w1, b1, w2, b2):
    """Pre-activations of the output unit for rows x, all of them arrays."""
    return np.maximum(x @ w1 + b1, 0) @ w2 + b2


def trained(seed=0, updates=UPDATES):
    """{update: parameters} and the loss before every update, by the engine."""
    x, y = points()
    parameters = [Value(array) for array in first_weights(seed)]
    kept, losses = {}, []
    for update in range(updates + 1):
        if update in SHOWN:
            kept[update] = [p.data for p in parameters]
        w1, b1, w2, b2 = parameters
        p = ((x @ w1 + b1).relu() @ w2 + b2).sigmoid()
        loss = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
        losses.append(float(loss.data))
        for parameter in parameters:
            parameter.grad = None
        loss.backward()
        for parameter in parameters:
            parameter.data = parameter.data - RATE * parameter.grad
    return kept, losses


def moons_frame(update, parameters, losses):
    """Draw the points and what the network says about the plane after some updates."""
    x, y = points()
    across, down = np.meshgrid(np.linspace(*LIMITS[:2], 120), np.linspace(*LIMITS[2:], 80))
    plane = np.stack([across.ravel(), down.ravel()], axis=1)                   # (9600, 2)
    score = np.clip(scores(plane, *parameters), -40, 40).reshape(across.shape)
    right = np.mean((scores(x, *parameters) > 0) == (y > 0.5))
    figure, (left, curve) = plots.figure(490, 240, ncols=2, layout="none",
                                         gridspec_kw={"width_ratios": (1.5, 1)})
    figure.subplots_adjust(left=0.02, right=0.955, bottom=0.19, top=0.88, wspace=0.2)
    left.contourf(across, down, 1 / (1 + np.exp(-score)), levels=[0, 0.1, 0.5, 0.9, 1],
                  colors=["#DDE9F4", "#F2F6FA", "#FBF3EC", "#F5DFCC"])
    left.contour(across, down, score, levels=[0], colors="black", linewidths=1.6)
    for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
        chosen = y[:, 0] == label
        left.plot(*x[chosen].T, marker, markersize=3.5, color=plots.COLORS[role])
    left.set(xticks=[], yticks=[], title=f"after {update} updates")
    curve.semilogy(np.maximum(losses, 1e-6), color=plots.COLORS["loss"])
    curve.plot(update, losses[update], "o", color="black", markersize=6)
    curve.set(xlabel="update", title="loss", ylim=(0.005, 1.2), xlim=(-20, UPDATES + 20))
    curve.set_yticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    curve.minorticks_off()
    return widgets.frame(
        figure, colours=24,
        alt=f"Two moons after {update} updates by the engine: loss {losses[update]:.3f}, "
            f"{100 * right:.1f} % of the 200 points right.",
        text={"Right": f"{100 * right:.1f} %", "Loss": f"{losses[update]:.3f}"})


def moons_stepper():
    """Return the training, at seven moments."""
    kept, losses = trained()
    frames = [moons_frame(update, kept[update], losses) for update in SHOWN]
    return widgets.Stepper(frames, name="Moment", title="Two moons, learned by the engine",
                           labels=[f"Update {update}" for update in SHOWN], interval_ms=900)
