"""Where a neuron says 0.5: lines in the plane, a plane in space, and the arrow of the weights."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import draw_sigmoid_with_point, plain, squash
from nnlib.numpy import sigmoid
from nnlib.widgets import plots

POINT = (1.0, 0.5)               # the example whose z is followed
REACH = 3.0                      # the maps go from -3 to 3 in both inputs
LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)
WEIGHTS = (-1, 0, 1, 2)


def draw_map(ax, w1, w2, b):
    """Draw the neuron's output over the plane, its line p = 0.5, and the direction of w."""
    side = np.linspace(-REACH, REACH, 61)
    x1, x2 = np.meshgrid(side, side)
    p = sigmoid(w1 * x1 + w2 * x2 + b)                                       # (61, 61)
    ax.contourf(x1, x2, p, levels=LEVELS, cmap="cividis", vmin=-0.1, vmax=1.1, antialiased=False)
    ax.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), xlabel="x₁", aspect="equal")
    ax.set_ylabel("x₂", labelpad=-4)
    ax.set_xticks([-2, 0, 2])
    ax.set_yticks([-2, 0, 2])
    ax.plot(0, 0, "+", color="white", markersize=9, markeredgewidth=1.5)
    if w1 == w2 == 0:
        ax.text(0, -1.2, f"no line: {squash(b):.2f}\neverywhere", ha="center", va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 2})
        return
    w, length = np.array([w1, w2]), np.hypot(w1, w2)
    foot = -b * w / length**2                                   # the line's point next to (0, 0)
    along = np.outer([-9, 9], [-w2, w1]) / length               # the line runs across w
    for color, width in (("white", 4), ("black", 2)):
        ax.plot(*(foot + along).T, color=color, linewidth=width)
    ax.annotate("", foot + w / length, foot, arrowprops={
        "arrowstyle": "-|>", "color": plots.COLORS["loss"], "linewidth": 2.2, "shrinkA": 0,
        "shrinkB": 0})


def neuron_frame(w1=1, w2=1, b=0):
    """Draw one setting of a neuron with two inputs, and the z of one point."""
    z = w1 * POINT[0] + w2 * POINT[1] + b
    figure, (left, right) = plots.figure(430, 215, ncols=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.975, bottom=0.205, top=0.885, wspace=0.26)
    draw_map(left, w1, w2, b)
    left.plot(*POINT, "o", color="white", markeredgecolor="black", markersize=8)
    left.set_title("p over the plane")
    draw_sigmoid_with_point(right, z, 6)
    right.set_title("σ(z) of the point")
    flat = w1 == w2 == 0
    distance = "no line" if flat else plain(abs(b) / np.hypot(w1, w2), 3)
    return widgets.frame(
        figure, colours=14,
        alt=f"w₁ {w1}, w₂ {w2}, b {b}. "
            + ("There is no line. " if flat
               else f"The line p = 0.5 lies {distance} from the origin. ")
            + f"The point ({POINT[0]:g}, {POINT[1]:g}) has z {plain(z)} and σ(z) {squash(z):.4f}.",
        text={"Line to origin": distance, "z of the point": plain(z),
              "σ(z)": f"{squash(z):.4f}"},
    )


def neuron_explorer():
    """Return the explorer of two weights and a bias."""
    labels = ("−1", "0", "1", "2")
    return widgets.Explorer(
        neuron_frame,
        {
            "w1": widgets.Choice("w₁", WEIGHTS, labels=labels),
            "w2": widgets.Choice("w₂", WEIGHTS, labels=labels),
            "b": widgets.Choice("b", (-2, 0, 2), labels=("−2", "0", "2")),
        },
        default={"w1": 1, "w2": 1, "b": -2}, name="One neuron, two inputs",
    )


def doubling_frame():
    """Draw a neuron beside the one with all of w and b doubled."""
    figure, axes = plots.figure(400, 215, ncols=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.975, bottom=0.205, top=0.885, wspace=0.3)
    for ax, factor in zip(axes, (1, 2), strict=True):
        draw_map(ax, factor, factor, -factor)
        ax.set_title(f"w = ({factor}, {factor}), b = −{factor}")
    return widgets.frame(
        figure, colours=14,
        alt="Two maps. w = (1, 1) with b = −1, and w = (2, 2) with b = −2, have the same line "
            "x₁ + x₂ = 1; at (2, 2) the first gives "
            f"{squash(3):.3f}, the second {squash(6):.3f}.",
    )


def dividing_frame():
    """Draw what w·x + b = 0 is with two inputs and with three."""
    figure = plots.figure(480, 230, layout="none")[0]
    figure.clear()
    flat = figure.add_axes((0.09, 0.19, 0.38, 0.68))
    x1 = np.array([-3.0, 3.0])
    flat.plot(x1, (2 - x1) / 2, color="black")
    flat.fill_between(x1, (2 - x1) / 2, 3, color=plots.COLORS["prediction"], alpha=0.2)
    flat.text(0.9, 1.9, "z > 0", color=plots.TEXT_COLORS["prediction"])
    flat.text(-2.2, -1.6, "z < 0")
    flat.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="x₁", title="2 inputs: a line")
    flat.set_ylabel("x₂", labelpad=-4)
    space = figure.add_axes((0.52, 0.03, 0.45, 0.84), projection="3d")
    first, second = np.meshgrid(np.linspace(-2, 2, 2), np.linspace(-2, 2, 2))
    space.plot_surface(first, second, (1 - first - second) / 2, alpha=0.5,
                       color=plots.COLORS["prediction"])
    space.set(title="3 inputs: a plane", xlabel="x₁", ylabel="x₂", zlim=(-2, 3))
    space.set_zlabel("x₃", labelpad=-8)
    for axis in (space.xaxis, space.yaxis):
        axis.labelpad = -8
    for setter in (space.set_xticks, space.set_yticks, space.set_zticks):
        setter([-2, 0, 2])
    space.tick_params(labelsize=8, pad=-3)
    return widgets.frame(
        figure,
        alt="Two panels. Two inputs: the line x₁ + 2x₂ − 2 = 0 divides the plane into z > 0 and "
            "z < 0. Three inputs: the plane x₁ + x₂ + 2x₃ − 1 = 0 divides space.",
    )
