"""Test error over the width of a network whose last layer alone is learned."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_seeds, share
from nnlib.chapters.generalisation.study import features, kept
from nnlib.widgets import plots


def descent_frame(penalty, wrong):
    """Draw the errors on training and on test digits over the width."""
    widths = np.array(features.WIDTHS)
    (entry,) = kept.entries("features", penalty=penalty, wrong=wrong)
    train, test = np.array(entry["train"]), np.array(entry["test"])
    figure, ax = plots.figure(480, 250, layout="none")
    figure.subplots_adjust(left=0.1, right=0.86, bottom=0.18, top=0.9)
    draw_seeds(ax, widths, train, "loss")
    draw_seeds(ax, widths, test, "prediction")
    ax.axvline(features.ROWS, **plots.role("muted"))
    ax.text(features.ROWS * 0.88, 0.93, "300:\nwidth = rows", ha="right", va="top",
            color=plots.TEXT_COLORS["muted"], fontsize=9)
    ax.set(xscale="log", xlim=(5, 3000), ylim=(0, 0.95), xlabel="width of the hidden layer",
           title="share of digits read wrongly")
    ends = [float(np.median(curve[:, -1])) for curve in (train, test)]
    apart = max(0.0, 0.09 - abs(ends[1] - ends[0])) / 2
    up = 1 if ends[1] >= ends[0] else -1
    plots.direct_label(ax, 3000, ends[1] + up * apart, "test", "prediction")
    plots.direct_label(ax, 3000, max(ends[0] - up * apart, 0.02), "training", "loss")
    median = np.median(test, axis=0)
    at = {width: median[features.WIDTHS.index(width)] for width in (100, 300, 3000)}
    told = ", ".join(f"{share(value)} at width {width:,}" for width, value in at.items())
    best = int(widths[median.argmin()])
    return widgets.frame(
        figure, colours=20,
        alt=f"Penalty {penalty:g}, {share(wrong)} wrong labels, median of five cuts: test error "
            f"{told}; lowest, {share(median.min())}, at width {best:,}.",
        text={"Test error at widths 100 / 300 / 3,000":
              " / ".join(share(value) for value in at.values()),
              "Lowest": f"{share(median.min())} at width {best:,}"},
    )


def descent_explorer():
    """Return the explorer of the penalty on the output weights and of the wrong labels."""
    return widgets.Explorer(
        descent_frame,
        {"penalty": widgets.Choice("Penalty λ", features.PENALTIES, kind="toggle"),
         "wrong": widgets.Choice("Wrong labels", features.WRONG, ["0 %", "20 %"], "toggle")},
        default={"penalty": 0.0, "wrong": 0.2}, name="Width, up to ten times the rows",
    )
