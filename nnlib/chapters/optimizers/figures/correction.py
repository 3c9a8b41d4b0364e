"""How long Adam's steps would be without its corrections."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

BETAS = (0.9, 0.99, 0.999, 0.9999)
BETA1 = 0.9


def uncorrected(t, beta2, beta1=BETA1):
    """Return m / √s in step t where every gradient is the same, whatever it is: in units of η."""
    return (1 - beta1**t) / np.sqrt(1 - beta2**t)


def correction_frame(beta2):
    """Draw the size of a step over t, with and without the corrections."""
    t = np.unique(np.round(np.geomspace(1, 20000, 300)))
    sizes = uncorrected(t, beta2)
    figure, ax = plots.figure(480, 260, layout="none")
    figure.subplots_adjust(left=0.09, right=0.97, bottom=0.18, top=0.9)
    ax.plot(t, sizes, **plots.role("loss"))
    ax.axhline(1, color=plots.COLORS["prediction"], linestyle="--")
    top = int(sizes.argmax())
    longer = sizes[top] > 1
    at, above, side = (t[top], sizes[top]), (0, 9), "center"
    if not longer:                                       # the curve is below the line
        at, above, side = (3, 0.4), (0, 0), "left"
    plots.direct_label(ax, *at, "without correction", "loss", xytext=above, ha=side)
    ax.text(17000, 0.64, "corrected: η from the first step on", ha="right",
            color=plots.TEXT_COLORS["prediction"])
    ax.set(xscale="log", yscale="log", xlim=(1, 20000), ylim=(0.3, 40), xlabel="step t",
           title="length of a step, in units of η")
    ax.set_yticks([0.5, 1, 3, 10, 30], ["0.5", "1", "3", "10", "30"])
    ax.set_xticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
    ax.minorticks_off()
    within = t[np.flatnonzero(np.abs(sizes - 1) > 0.1)]
    until = f"{within[-1]:,.0f}" if len(within) else "none"
    return widgets.frame(
        figure, colours=24,
        alt=f"Equal gradients, β₂ = {beta2:g}. Without correction the first step is "
            f"{sizes[0]:.2f} times the rate, the longest {sizes.max():.1f} times"
            + (f", at step {t[top]:.0f}" if longer else "") + ". With it every step is the rate.",
        text={"First step without correction": f"{sizes[0]:.2f} η",
              "Longest": f"{sizes[top]:.1f} η, at step {t[top]:.0f}" if longer
                         else "none is longer than η",
              "Last step that is off by a tenth or more": until},
    )


def correction_explorer():
    """Return the explorer of β₂."""
    return widgets.Explorer(
        correction_frame, {"beta2": widgets.Choice("β₂", BETAS, kind="toggle")},
        default={"beta2": 0.9}, name="Adam's first steps under equal gradients (β₁ = 0.9)",
    )
