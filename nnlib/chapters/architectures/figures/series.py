"""A kernel that slides along a series, with and without a look at the future."""

from __future__ import annotations

import numpy as np

from nnlib import data, widgets
from nnlib.widgets import plots

KERNELS = {
    "mean of five": np.full(5, 0.2),
    "difference": np.array([0.0, 0.0, 0.0, -1.0, 1.0]),
    "jump": np.array([-0.25, -0.25, -0.25, -0.25, 1.0]),
}
LIMITS = {"mean of five": (0, 1), "difference": (-0.8, 0.8), "jump": (-0.8, 0.8)}
SIDES = ("past only", "both sides")


def brightness():
    """Part of a row of a photograph, 44 pixels from left to right, as a series from 0 to 1."""
    return data.load_photographs().x[0][180, 276:320].mean(axis=-1).astype("float64")


def convolved(series, kernel, side):
    """The kernel's sum at each place, over the past only or centred; zeros outside."""
    k = len(kernel)
    before = k - 1 if side == "past only" else k // 2
    padded = np.concatenate([np.zeros(before), series, np.zeros(k - 1 - before)])
    return np.array([padded[t:t + k] @ kernel for t in range(len(series))])


def largest(series, kernel, side):
    """The step whose output is largest in size, among those whose window lies in the series."""
    k, y = len(kernel), np.abs(convolved(series, kernel, side))
    first = k - 1 if side == "past only" else k // 2
    return first + int(np.argmax(y[first: first + len(series) - k + 1]))


def series_frame(kernel, side):
    """Draw the series and what the kernel makes of it."""
    x = brightness()
    y = convolved(x, KERNELS[kernel], side)
    figure, (top, bottom) = plots.figure(480, 250, nrows=2, sharex=True, layout="none")
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.19, top=0.9, hspace=0.42)
    top.plot(x, color=plots.COLORS["data"], linewidth=1.4)
    top.set(ylim=(0, 1), xlim=(0, len(x) - 1), title="the series: brightness along a row")
    bottom.plot(y, color=plots.COLORS["prediction"])
    bottom.axhline(0, color=plots.COLORS["muted"], linewidth=0.8)
    at = largest(x, KERNELS[kernel], side)
    bottom.plot(at, y[at], "o", color=plots.COLORS["loss"])
    bottom.set(ylim=LIMITS[kernel], xlabel="step", title=f"{kernel}, {side}")
    said = " ".join(f"{value:g}" for value in KERNELS[kernel])
    return widgets.frame(
        figure, colours=16,
        text={"Kernel": said, "Largest in size": f"{y[at]:+.2f} at step {at}"},
        alt=f"Kernel {kernel} ({said}), {side}, along a row of {len(x)} pixels: where the whole "
            f"window lies in the row, the output largest in size is {y[at]:+.2f} at step {at}.")


def series_explorer():
    """Return the explorer of three kernels, looking back or to both sides."""
    return widgets.Explorer(
        series_frame,
        {"kernel": widgets.Choice("Kernel", tuple(KERNELS), kind="toggle"),
         "side": widgets.Choice("Window", SIDES, kind="toggle")},
        name="A convolution along one axis")
