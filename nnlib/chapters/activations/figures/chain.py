"""A chain of activations, one after the other: what the product of their slopes becomes."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.activations.figures.functions import (
    FUNCTIONS,
    small,
    two_panels,
    value_and_slope,
)
from nnlib.widgets import plots

DEPTHS = (1, 5, 10, 20)
FLOOR, CEILING = 1e-21, 1e2        # what the logarithmic axis shows


def through_chain(name, x, depth):
    """Apply an activation `depth` times; return the end values and the product of all slopes.

    Each layer is one unit with weight 1 and bias 0, so the product is the derivative of the whole.
    """
    value, product = np.asarray(x, dtype="float64"), 1.0
    for _ in range(depth):
        value, slope = value_and_slope(name, value)
        product = product * slope
    return value, product


def chain_frame(function, depth):
    """Draw an activation with its slope, and the product of slopes through a chain of it."""
    x = np.linspace(-4, 4, 321)
    value, slope = value_and_slope(function, x)
    _, product = through_chain(function, x, depth)
    figure, (left, right) = two_panels()
    left.plot(x, value, color=plots.COLORS["prediction"])
    left.plot(x, slope, **plots.role("gradient"))
    plots.direct_label(left, -3.9, 1.9, "value", "prediction", xytext=(0, 0))
    plots.direct_label(left, -3.9, 1.55, "slope (dashed)", "gradient", xytext=(0, 0))
    left.set(xlim=(-4, 4), ylim=(-1.3, 2.2), xlabel="x", title=f"{function}: value, slope")
    left.set_xticks([-4, -2, 0, 2, 4])
    right.axhline(1, **plots.role("muted"))
    shown = np.where(product > FLOOR, product, np.nan)
    right.semilogy(x, shown, color=plots.COLORS["gradient"])
    below = product <= FLOOR
    if below.any():                                # 0 has no place on a logarithmic axis
        right.plot(x[below], np.full(below.sum(), 3 * FLOOR), color=plots.COLORS["loss"],
                   linewidth=4, solid_capstyle="butt")
        words = "exactly 0" if (product[below] == 0).all() else f"{product[below].max():.0e}"
        right.text(x[below].mean(), 20 * FLOOR, words, ha="center",
                   color=plots.TEXT_COLORS["loss"])
    layers = "1 layer" if depth == 1 else f"{depth} layers"
    right.set(xlim=(-4, 4), ylim=(FLOOR, CEILING), xlabel="x", title=f"product, {layers}")
    right.set_xticks([-4, -2, 0, 2, 4])
    right.set_yticks([1e-20, 1e-15, 1e-10, 1e-5, 1])
    right.minorticks_off()
    at = {p: small(through_chain(function, [float(p)], depth)[1][0]) for p in (-2, 0, 2)}
    return widgets.frame(
        figure, colours=24,
        alt=f"{function}, depth {depth}: the product of the slopes through {layers} is {at[-2]} "
            f"at x = -2, {at[0]} at 0 and {at[2]} at 2; its largest value is "
            f"{small(product.max())}.",
        text={f"Product at x = {p}": of for p, of in at.items()}
        | {"Largest product": small(product.max())},
    )


def chain_explorer():
    """Return the explorer of six activations at four depths."""
    return widgets.Explorer(
        lambda function, depth: chain_frame(function, depth),
        {"function": widgets.Choice("Function", tuple(FUNCTIONS)),
         "depth": widgets.Choice("Depth", DEPTHS, kind="toggle")},
        default={"function": "sigmoid", "depth": 5},
        name="What a chain of activations lets through",
    )
