"""A kernel that slides along a series, with and without a look at the future."""

from __future__ import annotations

import numpy as np

from nnlib import data, widgets
from nnlib.widgets import plots

KERNELS = {
    "mean of five": np.full(5, 0.2),
    "difference": np.array([0.0, 0.0, 0.0, -1.0, 1.0]),
    "drop after a plateau": np.array([0.25, 0.25, 0.25, 0.25, -1.0]),
}
SIDES = ("past only", "both sides")


def brightness():
    """One row of a photograph, 120 pixels from left to right, as a series from 0 to 1."""
    return data.load_photographs().x[0][180, 200:320].mean(axis=-1).astype("float64")


def convolved(series, kernel, side):
    """The kernel's sum at each place, over the past only or centred; zeros outside."""
    k = len(kernel)
    before = k - 1 if side == "past only" else k // 2
    padded = np.concatenate([np.zeros(before), series, np.zeros(k - 1 - before)])
    return np.array([padded[t:t + k] @ kernel for t in range(len(series))])


def series_frame(kernel, side):
    """Draw the series and what the kernel makes of it."""
    x = brightness()
    y = convolved(x, KERNELS[kernel], side)
    figure, (top, bottom) = plots.figure(480, 250, nrows=2, sharex=True, layout="none")
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.19, top=0.9, hspace=0.42)
    top.plot(x, color=plots.COLORS["data"], linewidth=1.4)
    top.set(ylim=(0, 1), xlim=(0, 119), title="the series: brightness along a row of a photo")
    bottom.plot(y, **plots.role("prediction"))
    bottom.axhline(0, color=plots.COLORS["muted"], linewidth=0.8)
    at = 5 + int(np.argmax(np.abs(y[5:])))
    bottom.plot(at, y[at], "o", color=plots.COLORS["loss"])
    bottom.set(ylim=(-0.9, 1.1), xlabel="step", title=f"{kernel}, {side}")
    return widgets.frame(
        figure, colours=16,
        text={"Largest after the first steps": f"{y[at]:+.2f} at step {at}"},
        alt=f"Kernel {kernel}, {side}, along a row of 120 pixels: from step 5 on the output lies "
            f"between {y[5:].min():.2f} and {y[5:].max():.2f}, largest in size {y[at]:+.2f} at "
            f"step {at}.")


def series_explorer():
    """Return the explorer of three kernels, looking back or to both sides."""
    return widgets.Explorer(
        series_frame,
        {"kernel": widgets.Choice("Kernel", tuple(KERNELS), kind="toggle"),
         "side": widgets.Choice("Window", SIDES, kind="toggle")},
        name="A convolution along one axis")
