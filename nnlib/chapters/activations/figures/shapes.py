"""Sigmoid and tanh, each with its slope: how early either becomes flat."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.activations.figures.functions import two_panels, value_and_slope
from nnlib.widgets import plots


def shapes_frame():
    """Draw both functions, their slopes beneath, and where the slope is 7 % of its peak."""
    figure, axes = two_panels()
    x = np.linspace(-6, 6, 241)
    said = []
    for ax, name, edge in zip(axes, ("sigmoid", "tanh"), (4.0, 2.0), strict=True):
        value, slope = value_and_slope(name, x)
        ax.axvspan(-6, -edge, color="#EEF0F3")
        ax.axvspan(edge, 6, color="#EEF0F3")
        ax.plot(x, value, color=plots.COLORS["prediction"])
        ax.plot(x, slope, **plots.role("gradient"))
        ax.set(title=name, xlim=(-6, 6), ylim=(-1.15, 1.45), xticks=[-edge, 0, edge])
        peak = slope.max()
        plots.direct_label(ax, 0, peak, f"slope ≤ {peak:g}", "gradient",
                           ha="right", xytext=(-12, 0) if peak == 1 else (0, 10))
        plots.direct_label(ax, 5.9, value[-1], "value", "prediction", ha="right", xytext=(0, -9))
        left = value_and_slope(name, [edge])[1][0] / peak
        said.append(f"{name} with a slope of at most {peak:g} at 0, and {100 * left:.0f} % of "
                    f"that at ±{edge:g}")
    return widgets.frame(figure, alt="Two panels, each a function and its slope: "
                         + "; ".join(said) + ". Outside these limits both are nearly flat.")
