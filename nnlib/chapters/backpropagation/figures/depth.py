"""Ten layers on the digits before training: what each layer gives, and which gradients it gets."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.widgets import plots

WIDTH, DEPTH, SEEDS = 32, 10, range(5)
ACTIVATIONS = {"sigmoid": nn.Sigmoid, "tanh": nn.Tanh, "ReLU": nn.ReLU}
BUILDS = ("customary start", "weights halved", "weights doubled", "with LayerNorm",
          "with shortcuts")
SHOWN = (1, 3, 5, 7, 9)                                 # layers whose histograms are drawn


@functools.cache
def rows():
    """256 digits, standardised as a whole, and their labels."""
    digits = data.load_digits()
    x = digits.x[:256].astype("float64")
    return (x - x.mean()) / x.std(), digits.y[:256]


def network(activation, build, seed):
    """Ten dense layers, nine with an activation: (model, its layers in blocks)."""
    rng = np.random.default_rng(seed)
    init = "he_normal" if activation == "ReLU" else "glorot_normal"
    blocks = []
    for number in range(1, DEPTH):
        dense = nn.Dense(64 if number == 1 else WIDTH, WIDTH, init=init, rng=rng, dtype="float64")
        factor = {"weights halved": 0.5, "weights doubled": 2.0}.get(build, 1.0)
        dense.weight.data = dense.weight.data * factor
        layers = [dense, ACTIVATIONS[activation]()]
        if build == "with LayerNorm":
            layers.insert(1, nn.LayerNorm(WIDTH, dtype="float64"))
        block = nn.Sequential(*layers)
        blocks.append(nn.Residual(block) if build == "with shortcuts" and number > 1 else block)
    blocks.append(nn.Dense(WIDTH, 10, init="glorot_normal", rng=rng, dtype="float64"))
    return nn.Sequential(*blocks)


def weight_of(block):
    """The dense weight of a block, whatever is built around it."""
    return next(p for name, p in block.named_parameters()
                if name.endswith("weight") and p.data.ndim == 2)


@functools.cache
def measured(activation, build, seed):
    """(outputs of each hidden layer, their gradients, gradient of each of the ten weights)."""
    model, loss_fn = network(activation, build, seed), nn.CrossEntropyLoss()
    x, y = rows()
    outputs, back, a = [], [], x
    for block in model:
        a = block(a)
        outputs.append(a.ravel())
    loss_fn(a, y)
    gradient = loss_fn.backward()
    for block in reversed(list(model)):
        back.insert(0, gradient.ravel())
        gradient = block.backward(gradient)
    return outputs[:-1], back[:-1], [weight_of(block).grad.ravel() for block in model]


def lengths(activation, build, seed):
    """Lengths of the gradients of the nine hidden layers' outputs, and of their weights."""
    _, back, weights = measured(activation, build, seed)
    return tuple(np.array([np.linalg.norm(g) for g in of]) for of in (back, weights[:-1]))


def ratios(activation, build):
    """Layer 1 over layer 9, of five seeds: gradients of the outputs, and of the weights."""
    found = [lengths(activation, build, seed) for seed in SEEDS]
    return tuple(sorted(of[which][0] / of[which][-1] for of in found) for which in (0, 1))


def _ridge(ax, values, low, high, offset, color):
    counts, edges = np.histogram(np.clip(values, low, high), bins=48, range=(low, high))
    height = counts / max(counts.max(), 1) * 0.85
    middle = (edges[1:] + edges[:-1]) / 2
    ax.fill_between(middle, offset, offset + height, step="mid", color=color, alpha=0.8,
                    linewidth=0)
    ax.axhline(offset, color="#8A8F98", linewidth=0.6)


def depth_frame(activation, build):
    """Draw histograms of outputs and of their gradients, layer by layer."""
    outputs, back, _ = measured(activation, build, 0)
    figure, (left, right) = plots.figure(490, 310, ncols=2, layout="none")
    figure.subplots_adjust(left=0.08, right=0.98, bottom=0.16, top=0.9, wspace=0.12)
    for place, layer in enumerate(reversed(SHOWN)):
        _ridge(left, outputs[layer - 1], -4, 4, place, plots.COLORS["prediction"])
        size = np.log10(np.maximum(np.abs(back[layer - 1]), 1e-12))
        _ridge(right, size, -12, 1, place, plots.COLORS["gradient"])
    for ax in (left, right):
        ax.set(ylim=(0, len(SHOWN)), yticks=[])
        ax.grid(axis="y", visible=False)
    left.set_yticks(np.arange(len(SHOWN)) + 0.35, [f"{layer}" for layer in reversed(SHOWN)])
    left.set(xlim=(-4, 4), title="outputs of layer …", xlabel="output")
    right.set(xlim=(-12, 1), title="their gradients", xlabel="size, power of ten")
    right.set_xticks([-12, -9, -6, -3, 0])
    (low, *_, high), (w_low, *_, w_high) = ratios(activation, build)
    of, weights = lengths(activation, build, 0)
    return widgets.frame(
        figure, colours=20,
        alt=f"{activation}, {build}: the gradient of the outputs has the length {of[0]:.0e} in "
            f"layer 1, {of[4]:.0e} in layer 5 and {of[8]:.0e} in layer 9; that of the weights "
            f"{weights[0]:.0e}, {weights[4]:.0e} and {weights[8]:.0e}. Layer 1 over layer 9, five "
            f"runs: outputs {low:.1e} to {high:.1e}, weights {w_low:.1e} to {w_high:.1e}.",
        text={"Gradient of outputs, layers 1 and 9": f"{of[0]:.1e} and {of[8]:.1e}",
              "Gradient of weights, layers 1 and 9": f"{weights[0]:.1e} and {weights[8]:.1e}",
              "Gradient of outputs, layer 1 over 9, five runs": f"{low:.1e} to {high:.1e}"})


def depth_explorer():
    """Return the explorer of three activations and five ways to build."""
    return widgets.Explorer(
        depth_frame,
        {"activation": widgets.Choice("Activation", tuple(ACTIVATIONS), kind="toggle"),
         "build": widgets.Choice("Network", BUILDS)},
        name="Ten layers before the first update")
