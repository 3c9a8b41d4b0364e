"""What dropout does to a sum of many numbers, before and after a bend."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

RATES = (0.0, 0.2, 0.5, 0.8)
VIEWS = ("the sum z", "ReLU(z)")
TOPS = {VIEWS[0]: 0.12, VIEWS[1]: 0.6}       # of the axis: at 0 many masks pile up in ReLU(z)
DRAWS = 40_000


def sums(p, *, seed=0):
    """`DRAWS` sums of 20 numbers with 20 weights under dropout, and the sum without it.

    The numbers are between 0.5 and 1.5, the weights of both signs, so that the sum is 0.6.
    """
    rng = np.random.default_rng(1)
    x = rng.uniform(0.5, 1.5, 20)
    w = rng.normal(0, 0.35, 20)
    w += (0.6 - x @ w) / (x @ x) * x                                  # now x · w = 0.6
    dropout = nn.Dropout(p, rng=np.random.default_rng(seed))
    kept = dropout(np.tile(x, (DRAWS, 1)))                            # (40000, 20)
    return kept @ w, x @ w


def masks_explorer():
    """Return the explorer of drop probability × before or after ReLU."""
    bins = np.linspace(-5, 6, 56)

    def draw(p, view):
        z, plain = sums(p)
        values = nn.relu(z) if view == VIEWS[1] else z
        figure, ax = plots.figure(480, 240, layout="none")
        figure.subplots_adjust(left=0.1, right=0.97, bottom=0.2, top=0.88)
        counts, _ = np.histogram(values, bins)
        top = TOPS[view]
        ax.bar(bins[:-1], counts / DRAWS, width=bins[1] - bins[0], align="edge",
               color=plots.COLORS["muted"], alpha=0.6)
        ax.axvline(plain, color=plots.COLORS["data"], linestyle=":", linewidth=1.8)
        ax.axvline(values.mean(), color=plots.COLORS["loss"], linewidth=1.8)
        ax.set(xlim=(-4, 5), ylim=(0, top), xlabel=f"{view} over {DRAWS:,} masks",
               title="share of the masks")
        plots.direct_label(ax, plain, 0.95 * top, "without dropout", "data", ha="right",
                           xytext=(-5, 0))
        plots.direct_label(ax, values.mean(), 0.82 * top, "mean", "loss", xytext=(5, 0))
        text = {"Without dropout": f"{plain:.2f}", "Mean": f"{values.mean():.2f}",
                "Standard deviation": f"{values.std():.2f}"}
        return widgets.frame(
            figure, colours=16, text=text,
            alt=f"Drop probability {p:g}, {view}: {text['Without dropout']} without dropout; over "
                f"{DRAWS:,} masks mean {text['Mean']}, standard deviation "
                f"{text['Standard deviation']}.")

    return widgets.Explorer(
        draw, {"p": widgets.Choice("Drop probability p", RATES, kind="toggle"),
               "view": widgets.Choice("Look at", VIEWS, kind="toggle")},
        default={"p": 0.5}, name="Dropout and a sum")
