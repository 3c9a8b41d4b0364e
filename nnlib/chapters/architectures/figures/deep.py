"""Deep against wide at equal size, with normalisation and with shortcuts."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

LABELS = {"plain": "plain", "normalised": "normalised", "with shortcuts": "shortcuts"}
DEPTHS, STACKS = study.digits.DEPTHS, study.digits.STACKS


def kept(stack, depth):
    """What is kept of a stack: rate, curve, accuracy."""
    return study.results()["deep"][f"{stack}, {depth}"]


def deep_frame(depth):
    """Draw the training of the three stacks at one depth, and the accuracy at all depths."""
    figure, (left, right) = plots.figure(500, 250, ncols=2, layout="none")
    figure.subplots_adjust(left=0.07, right=0.83, bottom=0.2, top=0.88, wspace=0.26)
    text = {}
    for stack in STACKS:
        found = kept(stack, depth)
        drawing.runs(left, np.arange(1, 11), found["curve"], stack)
        single = 100 * np.array([kept(stack, each)["accuracy"] for each in DEPTHS])
        means = single.mean(axis=1)
        right.plot(DEPTHS, single, drawing.MARKS[stack], alpha=0.35, markersize=3.5,
                   color=plots.COLORS[drawing.ROLES[stack]])
        right.plot(DEPTHS, means, **plots.role(drawing.ROLES[stack], marker=drawing.MARKS[stack],
                                               markersize=5))
        plots.direct_label(right, DEPTHS[-1], means[-1], LABELS[stack], drawing.ROLES[stack],
                           fontsize=8.5, xytext=(4, -6 if stack == "normalised" else 2))
        width = study.digits.width_for(depth, normalised=stack != "plain")
        text[stack] = (f"{100 * np.mean(found['accuracy']):.1f} % right "
                       f"({drawing.spread(100 * np.array(found['accuracy']), 1)}), width {width}, "
                       f"rate {found['rate']:g}")
    left.set_xticks([1, 5, 10])
    left.set(ylim=(0, 3), xlim=(1, 10), xlabel="epoch", title=f"training loss, depth {depth}")
    right.axvline(depth, **plots.role("muted"))
    right.set_xscale("log", base=2)
    right.set_xticks(DEPTHS, map(str, DEPTHS))
    right.set(ylim=(0, 102), xlabel="hidden layers", title="% of new digits right")
    return widgets.frame(
        figure, colours=24, text=text,
        alt=f"Depth {depth}, about 10,000 parameters: " + "; ".join(
            f"{name}: {said}" for name, said in text.items()) + ".")


def deep_explorer():
    """Return the explorer of six depths."""
    return widgets.Explorer(
        deep_frame, {"depth": widgets.Choice("Hidden layers", DEPTHS, kind="toggle")},
        name="The same number of parameters, deeper and narrower")
