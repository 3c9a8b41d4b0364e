"""Why fan_in, why fan_out, and what lies between: a signal and its gradient in a funnel."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.starts import rms
from nnlib.widgets import plots

WIDTHS = (1024, 512, 256, 128, 64, 32)
VARIANCES = {
    "1/fan_in": lambda fan_in, fan_out: 1 / fan_in,
    "Xavier": lambda fan_in, fan_out: 2 / (fan_in + fan_out),
    "1/fan_out": lambda fan_in, fan_out: 1 / fan_out,
}


def both_ways(way, *, rows=400, seed=0):
    """Sizes of the outputs, forward, and of the gradients, backward, in layers of slope 1.

    Returns
    -------
    outputs, gradients : list of float
        One size for each of `WIDTHS`: of the signal there, and of the gradient there, for a
        signal of size 1 at the first and a gradient of size 1 at the last.
    """
    rng = np.random.default_rng(seed)
    a, weights = rng.standard_normal((rows, WIDTHS[0])), []
    outputs = [rms(a)]
    for fan_in, fan_out in pairwise(WIDTHS):
        deviation = VARIANCES[way](fan_in, fan_out) ** 0.5
        weights.append(deviation * rng.standard_normal((fan_in, fan_out)))
        a = a @ weights[-1]
        outputs.append(rms(a))
    g = rng.standard_normal(a.shape)
    gradients = [rms(g)]
    for weight in reversed(weights):
        g = g @ weight.T
        gradients.append(rms(g))
    return outputs, gradients[::-1]


def compromise_frame():
    """Draw both sizes for three variances in a network whose layers halve."""
    figure, axes = plots.figure(500, 220, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.2, top=0.885, wspace=0.95)
    said = {way: both_ways(way) for way in VARIANCES}
    places = range(len(WIDTHS))
    for ax, part, role, end in ((axes[0], 0, "prediction", -1), (axes[1], 1, "gradient", 0)):
        for (way, sizes), dash in zip(said.items(), ("-", "--", ":"), strict=True):
            ax.plot(places, sizes[part], color=plots.COLORS[role], linestyle=dash, linewidth=2)
            side = {"xytext": (5, 0)} if end else {"xytext": (-5, 0), "ha": "right"}
            plots.direct_label(ax, places[end], sizes[part][end], way, role, fontsize=8.5, **side)
        ax.set(yscale="log", ylim=(0.1, 10), xlabel="layer of this width")
        ax.set_xticks(list(places), [str(width) for width in WIDTHS], fontsize=7.5)
        ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
        ax.minorticks_off()
    axes[0].set_title("outputs, forward →")
    axes[1].set_title("← gradients, back")
    ends = "; ".join(f"{way}: outputs {outputs[-1]:.2g}, gradients {gradients[0]:.2g}"
                     for way, (outputs, gradients) in said.items())
    return widgets.frame(
        figure, colours=24,
        alt=f"Layers of slope 1 and widths {', '.join(map(str, WIDTHS))}. Size of the outputs at "
            f"the last and of the gradients at the first, where both began at 1. {ends}.",
    )
