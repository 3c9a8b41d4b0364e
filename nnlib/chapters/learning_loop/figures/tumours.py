"""One measurement of the tumours, benign above and malignant below, and where thresholds fall."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

EDGES = np.arange(6.0, 30.0, 1.0)
KINDS = ((1, "benign", "prediction"), (0, "malignant", "loss"))


def tumours_frame(radius, labels, rule, learned):
    """Draw `radius` (n,) as a histogram for each kind, with the two thresholds across both."""
    figure, axes = plots.figure(480, 280, nrows=2, layout="none", sharex=True)
    figure.subplots_adjust(left=0.12, right=0.98, bottom=0.16, top=0.87, hspace=0.12)
    overlap = radius[labels == 0].min(), radius[labels == 1].max()
    said = []
    for ax, (label, name, role) in zip(axes, KINDS, strict=True):
        own = radius[labels == label]
        ax.hist(own, bins=EDGES, color=plots.COLORS[role], alpha=0.55,
                hatch="" if label else "///", edgecolor="white", linewidth=0.5)
        ax.set(ylim=(0, 75), xlim=(6, 29))
        ax.set_yticks([0, 30, 60])
        ax.set_ylabel("tumours")
        ax.text(28.6, 62, f"{len(own)} {name}", ha="right", va="top", weight="bold",
                color=plots.TEXT_COLORS[role])
        for place, style in ((rule, ":"), (learned, "-")):
            ax.axvline(place, color="black", linestyle=style, linewidth=1.6)
        said.append(f"of {len(own)} {name} tumours {np.sum(own < learned)} lie below {learned:.2f} "
                    f"and {np.sum(own < rule)} below {rule:g}")
    axes[0].text(learned - 0.2, 78, f"learned {learned:.2f}", ha="right", va="bottom", fontsize=9.5)
    axes[0].text(rule + 0.2, 78, f"rule {rule:g}", ha="left", va="bottom", fontsize=9.5)
    axes[1].set_xlabel("mean radius of the cell nuclei")
    return widgets.frame(
        figure,
        alt="Histograms of the mean radius in the training rows, with two thresholds: "
            + "; ".join(said)
            + f". The two kinds overlap from {overlap[0]:.2f} to {overlap[1]:.2f}.",
    )
