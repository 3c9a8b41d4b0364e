"""First weights, and what they do to a signal on its way through many layers."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.numpy import relu, sigmoid, tanh
from nnlib.widgets import plots

WIDTH, ROWS, DEPTH = 256, 200, 20
GAINS = {0.5: "0.5", 1.0: "1", 2**0.5: "√2", 2.0: "2", 3.0: "3"}            # and their names
ACTIVATIONS = {
    "ReLU": (relu, lambda a: (a > 0).astype(a.dtype)),
    "tanh": (tanh, lambda a: 1 - a**2),
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
}
SHOWN = (1, 5, 10, 20)
RANGES = {"ReLU": (1e-11, 1e12), "tanh": (1e-9, 1e2)}    # of the axes, for ten layers


def signal(gain, activation, *, seed=2, depth=DEPTH, rows=ROWS):
    """Send unit-normal inputs through `depth` layers with weights of deviation gain/√width.

    Returns
    -------
    activations : list of numpy.ndarray, shape (rows, 256)
        The outputs of layers 1 to depth.
    gradients : list of float
        Root mean square of the gradient at those outputs, for a unit-normal gradient at the last.
    """
    phi, slope = ACTIVATIONS[activation]
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((rows, WIDTH))                                   # (rows, 256)
    weights, activations = [], []
    for _ in range(depth):
        weights.append(rng.standard_normal((WIDTH, WIDTH)) * gain / np.sqrt(WIDTH))
        a = phi(a @ weights[-1])
        activations.append(a)
    g, gradients = rng.standard_normal(a.shape), []
    for layer in reversed(range(depth)):
        gradients.append(rms(g))
        g = (g * slope(activations[layer])) @ weights[layer].T
    return activations, gradients[::-1]


def rms(values) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(values))))


def start_frame(gain=2**0.5, activation="ReLU"):
    """Draw the outputs of four layers as histograms, and both signals over all layers."""
    activations, gradients = signal(gain, activation)
    forward = [rms(a) for a in activations]
    figure = plots.figure(480, 255, layout="none")[0]
    figure.clear()
    for place, layer in enumerate(SHOWN):
        ax = figure.add_axes((0.125, 0.705 - 0.17 * place, 0.3, 0.145))
        _draw_histogram(ax, activations[layer - 1], activation)
        ax.text(-0.04, 0.5, f"layer {layer}", transform=ax.transAxes, ha="right", va="center",
                fontsize=8.5)
        if place == 0:
            ax.set_title("log₁₀ of outputs > 0" if activation == "ReLU" else "outputs",
                         fontsize=10)
        if layer != SHOWN[-1]:
            ax.set_xticklabels([])
    right = figure.add_axes((0.53, 0.19, 0.445, 0.69))
    layers = np.arange(1, DEPTH + 1)
    right.plot(layers, forward, **plots.role("prediction"))
    right.plot(layers, gradients, **plots.role("gradient"))
    right.set(yscale="log", ylim=(1e-15, 1e12), xlim=(1, DEPTH), xlabel="layer",
              title="size of the signal")
    right.minorticks_off()
    right.set_yticks([1e-12, 1e-8, 1e-4, 1, 1e4, 1e8])
    right.set_xticks([1, 5, 10, 15, 20])
    right.text(1.6, 2e10, "dashed: outputs", color=plots.TEXT_COLORS["prediction"], fontsize=8.5)
    right.text(1.6, 4e8, "dash-dot: gradients", color=plots.TEXT_COLORS["gradient"], fontsize=8.5)
    return widgets.frame(
        figure, colours=16,
        alt=f"Gain {GAINS.get(gain, gain)}, {activation}, 20 layers of 256 units. "
            f"The size of the outputs goes from {forward[0]:.2g} in layer 1 to "
            f"{forward[-1]:.2g} in layer 20; the gradient from "
            f"{gradients[-1]:.2g} at layer 20 to {gradients[0]:.2g} at layer 1.",
        text={"Outputs, layer 1 → 20": f"{forward[0]:.2g} → {forward[-1]:.2g}",
              "Gradient, layer 20 → 1": f"{gradients[-1]:.2g} → {gradients[0]:.2g}",
              "Deviation of the weights": f"{gain / np.sqrt(WIDTH):.4f}"},
    )


def _draw_histogram(ax, outputs, activation):
    """Draw how outputs are spread, on an axis that is the same for every gain.

    ReLU's have no upper end, so their powers of ten are counted; the others' range is fixed.
    """
    if activation == "ReLU":
        counts, edges = np.histogram(np.log10(outputs[outputs > 0]), np.linspace(-14, 8, 89))
        ax.set_xticks([-12, -8, -4, 0, 4, 8])
    else:
        low = -1 if activation == "tanh" else 0
        counts, edges = np.histogram(outputs, np.linspace(low, 1, 61))
        ax.set_xticks([low, (low + 1) / 2, 1])
    ax.stairs(counts / max(counts.max(), 1), edges, fill=True, color=plots.COLORS["prediction"])
    ax.set(xlim=(edges[0], edges[-1]), ylim=(0, 1.08))
    ax.set_yticks([])
    ax.grid(False)
    ax.tick_params(labelsize=8.5)


def start_explorer():
    """Return the explorer of the gain and the activation."""
    return widgets.Explorer(
        start_frame,
        {
            "gain": widgets.Choice("Gain", tuple(GAINS), labels=tuple(GAINS.values())),
            "activation": widgets.Choice("Activation", tuple(ACTIVATIONS)),
        },
        default={"gain": 0.5, "activation": "ReLU"}, name="Twenty layers at the start",
    )


def strengths_frame(measured):
    """Draw how the size of the outputs changes from layer to layer.

    Parameters
    ----------
    measured : dict of str to dict of str to sequence of float
        For each activation, for each way to start, the size of the outputs of each layer.
    """
    figure, axes = plots.figure(480, 260, ncols=len(measured), layout="none")
    figure.subplots_adjust(left=0.135, right=0.875, bottom=0.17, top=0.9, wspace=0.85)
    dashes = ("-", "--", "-.", ":", (0, (4, 1, 1, 1, 1, 1)))
    said = []
    for ax, (activation, ways) in zip(axes, measured.items(), strict=True):
        for spread, dash in zip(ways.values(), dashes, strict=False):
            ax.plot(range(1, len(spread) + 1), spread, color=plots.COLORS["prediction"],
                    linestyle=dash, linewidth=1.8)
        low, high = RANGES[activation]
        apart = 0.068 * np.log10(high / low)              # between two labels, in decades
        height = -np.inf
        for name, spread in sorted(ways.items(), key=lambda way: way[1][-1]):
            height = max(np.log10(spread[-1]), height + apart)
            ax.plot([10, 10.9], [spread[-1], 10**height], linewidth=0.8, clip_on=False,
                    color=plots.COLORS["muted"])          # from the line's end to its label
            plots.direct_label(ax, 10.9, 10**height, name, "prediction", fontsize=8.5,
                               xytext=(2, 0))
        ax.set(yscale="log", ylim=(low, high), xlim=(1, 10), xlabel="layer", title=activation)
        ax.minorticks_off()
        ends = ", ".join(f"{name} {spread[-1]:.2g}" for name, spread in ways.items())
        said.append(f"{activation}: {ends}")
    axes[0].set_ylabel("size of the outputs")
    return widgets.frame(
        figure, alt=f"Size of the outputs of layers 1 to 10. At layer 10, "
                    f"{'; '.join(said)}.",
    )


def distributions_frame(samples):
    """Draw the distributions of the weights that several ways to start give.

    Parameters
    ----------
    samples : dict of str to numpy.ndarray
        Weights by the name of the way.
    """
    figure, axes = plots.figure(480, 175, ncols=len(samples), layout="none", sharey=True)
    figure.subplots_adjust(left=0.03, right=0.98, bottom=0.24, top=0.86, wspace=0.1)
    edges = np.linspace(-0.16, 0.16, 65)
    said = []
    for ax, (name, weights) in zip(axes, samples.items(), strict=True):
        counts, _ = np.histogram(weights, edges, density=True)
        ax.stairs(counts, edges, fill=True, color=plots.COLORS["weight"])
        ax.set(xlim=(-0.16, 0.16), title=name, xlabel=f"std {weights.std():.4f}")
        ax.set_yticks([])
        ax.set_xticks([-0.1, 0, 0.1])
        said.append(f"{name} {weights.std():.4f}")
    return widgets.frame(
        figure, alt=f"Histograms of first weights. Standard deviations: {', '.join(said)}.",
    )
