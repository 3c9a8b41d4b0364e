"""Three pairs of curves without a name: which network is which?"""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.overfitting import losses
from nnlib.widgets import plots

SHOWN = {"A": "one neuron", "B": "10-64-32-16-1", "C": "10-32-1"}
ROWS = 353


def reading_frame():
    """Draw the median losses of the three networks side by side, named A, B and C."""
    figure, axes = plots.figure(480, 210, ncols=3, layout="none", sharey=True)
    figure.subplots_adjust(left=0.08, right=0.98, bottom=0.2, top=0.88, wspace=0.12)
    told = []
    for ax, (letter, network) in zip(axes, SHOWN.items(), strict=True):
        curves = [np.median(part, axis=0) for part in losses(network, ROWS)]
        for curve, role in zip(curves, ("loss", "prediction"), strict=True):
            ax.plot(2 * np.arange(len(curve)), curve, **plots.role(role))
        ax.axhline(np.log(2), **plots.role("muted"))
        ax.set(xlim=(0, 100), ylim=(0, 2.5), title=letter, xticks=[0, 50], xlabel="epoch")
        train, validation = (curve[-1] for curve in curves)
        told.append(f"{letter}: training {train:.2f}, validation {validation:.2f}, lowest "
                    f"{curves[1].min():.2f} after {2 * int(curves[1].argmin())} epochs")
    plots.direct_label(axes[1], 96, 1.75, "validation", "prediction", ha="right", xytext=(0, -16))
    plots.direct_label(axes[1], 96, 0.2, "training", "loss", ha="right", xytext=(0, 0))
    return widgets.frame(figure, colours=20, alt="Median losses of five cuts after 100 epochs. "
                                                 + "; ".join(told) + ".")
