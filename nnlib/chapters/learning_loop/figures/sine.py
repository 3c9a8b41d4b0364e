"""One hidden layer fitted to the sine on an interval, and asked beyond it."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

UNITS = (2, 8, 32)


def sine_frame(units, fit):
    """Draw the network of `fit(units)`: x (n,) over twice the interval, prediction (n,)."""
    x, prediction = fit(units)
    error = np.abs(prediction - np.sin(x))
    inside = np.abs(x) <= np.pi
    within, beyond = float(error[inside].max()), float(error[~inside].max())
    figure, ax = plots.figure(480, 260)
    ax.axvspan(-np.pi, np.pi, color="#E3EFF7", zorder=0)
    ax.plot(x, np.sin(x), color="black", linewidth=1.2)
    ax.plot(x, prediction, **plots.role("prediction"))
    ax.text(0, 2.55, "trained here", ha="center", color=plots.TEXT_COLORS["prediction"])
    ax.text(-np.pi / 2 - 0.1, -1.8, "sin x", ha="center")
    ax.set(xlim=(-2 * np.pi, 2 * np.pi), ylim=(-3.2, 3.2), xlabel="x",
           title=f"{units} hidden units")
    ax.set_xticks(np.pi * np.arange(-2, 3), ["−2π", "−π", "0", "π", "2π"])
    return widgets.frame(
        figure, colours=24,
        alt=f"A network with {units} hidden units against sin x: largest error {within:.3f} "
            f"between −π and π, where it was trained, and {beyond:.2f} outside, up to 2π.",
        text={"Largest error inside": f"{within:.3f}", "Outside": f"{beyond:.2f}"},
    )


def sine_explorer(fit):
    """Return the explorer of the width; `fit(units)` is the page's own function."""
    return widgets.Explorer(
        lambda units: sine_frame(units, fit),
        {"units": widgets.Choice("Hidden units", UNITS, kind="toggle")},
        default={"units": 2}, name="One hidden layer against the sine",
    )
