"""The six activations of the explorers, with their slopes from the library's own backward."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.widgets import plots

FUNCTIONS = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "ReLU": nn.ReLU,
    "leaky ReLU": nn.LeakyReLU,
    "GELU": nn.GELU,
    "ELU": nn.ELU,
}


def value_and_slope(name, x, alpha=0.01):
    """Return the activation of this name and its slope at each number of x, in float64.

    `alpha` is the slope of leaky ReLU on the left; the other functions have none.
    """
    layer = nn.LeakyReLU(alpha) if name == "leaky ReLU" else FUNCTIONS[name]()
    x = np.asarray(x, dtype="float64")
    value = layer(x)
    return value, layer.backward(np.ones_like(x))


def small(value):
    """Write a number with three digits, however small; exactly 0 as 0."""
    return f"{float(value):.3g}"


def two_panels(width=480, height=270, wspace=0.32):
    """Return a figure for a frame and its two panels, with margins that never move."""
    figure, axes = plots.figure(width, height, ncols=2, layout="none")
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.17, top=0.9, wspace=wspace)
    return figure, axes
