"""The overview of activations on six cards, and all six at one input."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.activations.figures.functions import FUNCTIONS, small, value_and_slope
from nnlib.widgets import plots

INPUTS = (-5.0, -2.0, -1.0, 0.0, 1.0, 2.0, 5.0)
ALPHAS = (0.01, 0.5)
OTHERS = {
    "GELU": (nn.gelu, "-"), "SiLU": (nn.silu, "--"), "ELU": (nn.elu, "-."),
    "softplus": (lambda x: np.logaddexp(0, x), ":"),
}
WARNING = "⚠ vanishing gradients"


def _six():
    """A figure with six small panels at fixed places."""
    figure, axes = plots.figure(480, 330, ncols=3, nrows=2, layout="none")
    figure.subplots_adjust(left=0.07, right=0.98, bottom=0.08, top=0.93, wspace=0.3, hspace=0.42)
    return figure, axes.ravel()


def overview_frame():
    """Return the cards: five activations, and a sixth with the relatives of ReLU."""
    figure, (relu, leaky, others, sigmoid, tanh, softmax) = _six()
    x = np.linspace(-4, 4, 201)
    for ax, name in [(relu, "ReLU"), (leaky, "leaky ReLU"), (sigmoid, "sigmoid"), (tanh, "tanh")]:
        value, slope = value_and_slope(name, x)
        ax.plot(x, value, color=plots.COLORS["prediction"])
        ax.plot(x, slope, **plots.role("gradient", linewidth=1.4))
        ax.set(title=name, xlim=(-4, 4))
    for ax in (relu, leaky, others):
        ax.set_ylim(-1.5, 4)
    for ax in (sigmoid, tanh):
        ax.set_ylim(-1.4, 1.9)
        ax.axhline(1, **plots.role("muted"))
        ax.text(-3.8, 1.4, WARNING, color=plots.TEXT_COLORS["loss"], fontsize=8)
    sigmoid.axhline(0, **plots.role("muted"))
    tanh.axhline(-1, **plots.role("muted"))
    relu.text(-3.8, 2.9, "value", color=plots.TEXT_COLORS["prediction"], fontsize=9)
    relu.text(-3.8, 2.1, "slope", color=plots.TEXT_COLORS["gradient"], fontsize=9)
    leaky.text(-3.8, -0.2, "slope 0.01, not 0;\nPReLU learns it", va="top", fontsize=8.5,
               color=plots.TEXT_COLORS["muted"])
    for (name, (function, line)), y in zip(OTHERS.items(), (3.3, 2.6, 1.9, 1.2), strict=True):
        colour = plots.COLORS["prediction" if name in ("GELU", "SiLU") else "weight"]
        others.plot(x, function(x), color=colour, linestyle=line, linewidth=1.3)
        others.plot([-3.8, -2.7], [y, y], color=colour, linestyle=line, linewidth=1.3)
        others.text(-2.4, y, name, fontsize=8.5, va="center")
    others.set(title="others", xlim=(-4, 4))
    logits = np.array([2.0, 1.0, 0.1])
    p = nn.softmax(logits)
    softmax.bar(range(3), p, color=plots.COLORS["prediction"], width=0.6)
    for i, value in enumerate(p):
        softmax.text(i, value + 0.03, f"{value:.3f}", ha="center", fontsize=8.5)
    softmax.set(title="softmax", ylim=(0, 1), yticks=[0, 0.5, 1], xticks=range(3),
                xticklabels=[f"{z:g}" for z in logits])
    for ax in (relu, leaky, others, sigmoid, tanh):
        ax.set_xticks([-4, 0, 4])
    return widgets.frame(
        figure, colours=24,
        alt="Six cards, four of them with the slope beside the value. ReLU: 0 up to 0, then x; "
            "slope 0, then 1. Leaky ReLU: slope 0.01 below 0 (PReLU learns it), then x. "
            "Others: GELU, SiLU, ELU and softplus, which bend near 0 and follow x above it. "
            "Sigmoid, with the warning vanishing gradients: an S from 0 to 1; slope at most 0.25. "
            "Tanh, with the same warning: an S from -1 to 1; slope at most 1. Softmax of the "
            "logits 2, 1 and 0.1: "
            f"bars of {p[0]:.3f}, {p[1]:.3f} and {p[2]:.3f}.",
    )


def input_frame(x, alpha):
    """Draw the six functions, and on each the point and the tangent at one input."""
    figure, axes = _six()
    line = np.linspace(-6, 6, 241)
    said = {}
    for ax, name in zip(axes, FUNCTIONS, strict=True):
        bounded = name in ("sigmoid", "tanh")
        value, slope = (float(v[0]) for v in value_and_slope(name, [x], alpha))
        ax.plot(line, value_and_slope(name, line, alpha)[0], color=plots.COLORS["prediction"])
        reach = np.array([x - 2, x + 2])
        ax.plot(reach, value + slope * (reach - x), color=plots.COLORS["gradient"],
                linestyle="-.", linewidth=1.8)
        ax.plot([x], [value], "o", color="black", markersize=6)
        ax.set(title=name, xlim=(-6, 6), ylim=(-1.4, 1.6) if bounded else (-1.8, 6))
        said[name] = f"value {value:.4f}, slope {slope:.4f}"
    listed = "; ".join(f"{name} {words}" for name, words in said.items())
    return widgets.frame(figure, colours=16, text=said,
                         alt=f"At input {x:g}, with α = {alpha:g} in leaky ReLU: {listed}.")


def input_explorer():
    """Return the explorer of one input on all six functions, and of the slope of leaky ReLU."""
    return widgets.Explorer(
        lambda x, alpha: input_frame(x, alpha),
        {"x": widgets.Choice("Input", INPUTS, kind="toggle"),
         "alpha": widgets.Choice("α of leaky ReLU", ALPHAS, kind="toggle")},
        default={"x": 0.0},
        live=widgets.Live(_leaky_now, {
            "x": widgets.Number("Input", -1.5, minimum=-6.0, maximum=6.0),
            "alpha": widgets.Number("Slope α of leaky ReLU", 0.2, minimum=0.0, maximum=2.0),
        }, button="Draw"),
        name="One input, six activations",
    )


def _leaky_now(progress, x, alpha):
    """Draw leaky ReLU with a free slope at a free input, for whoever runs a kernel."""
    figure, ax = plots.figure(300, 250)
    line = np.linspace(-6, 6, 241)
    layer = nn.LeakyReLU(alpha)
    value = layer(np.array([x]))[0]
    slope = layer.backward(np.ones(1))[0]
    ax.plot(line, nn.leaky_relu(line, alpha), color=plots.COLORS["prediction"])
    ax.plot([x], [value], "o", color="black")
    ax.set(xlim=(-6, 6), ylim=(-6, 6), title=f"leaky ReLU, α = {alpha:g}")
    progress(1, 1)
    said = f"value {small(value)}, slope {small(slope)}"
    return widgets.frame(figure, alt=f"Leaky ReLU with slope {alpha:g} at {x:g}: {said}.",
                         text={"leaky ReLU": said})
