"""Units that begin alike: who stays a twin, and who does not."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain
from nnlib.chapters.weights.figures.learning import filled_with, xor_snapshots
from nnlib.widgets import plots

STARTS = {
    "all 0.5": (filled_with(0.5), filled_with(0.5)),
    "hidden 0.5, output random": (filled_with(0.5), "he_normal"),
    "all 0": ("zeros", "zeros"),
    "all random": ("he_normal", "he_normal"),
}
STEPS = (0, 5, 30, 400)
ASIDE = (                                  # where the label of each unit stands beside its point
    {"xytext": (12, 6)}, {"xytext": (-8, 0), "ha": "right"},
    {"xytext": (0, 11), "ha": "center"}, {"xytext": (0, -11), "ha": "center"},
)


@cache
def _run(start):
    return xor_snapshots(*STARTS[start], seed=0, at=STEPS)


def groups(columns):
    """Units by the place of their column: {(w₁, w₂): [units]}, equal to six digits."""
    found = {}
    for unit, column in enumerate(columns.T):
        found.setdefault(tuple(np.round(column + 0.0, 6)), []).append(unit)
    return found


def twins_frame(start="all 0.5", step=0):
    """Draw the columns of the hidden layer as points, and what each unit passes on."""
    state, loss = _run(start)[step]
    columns, out = state["0.weight"], state["2.weight"][:, 0]                # (2, 4), (4,)
    places = groups(columns)
    figure, (left, right) = plots.figure(
        420, 215, ncols=2, layout="none", gridspec_kw={"width_ratios": [1.25, 1]})
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.2, top=0.885, wspace=0.32)
    left.axhline(0, color=plots.COLORS["muted"], linewidth=0.8)
    left.axvline(0, color=plots.COLORS["muted"], linewidth=0.8)
    for (w1, w2), units in places.items():
        left.plot(w1, w2, "o", color=plots.COLORS["weight"], markersize=5 + 4 * len(units),
                  markeredgecolor="black")
        plots.direct_label(left, w1, w2, ", ".join(str(u) for u in units), "data",
                           fontsize=9, **ASIDE[len(units) == 1 and units[0]])
    left.set(xlim=(-3, 4.2), ylim=(-3, 4.2), xlabel="weight of x₁",
             title=f"columns: {len(places)} different")
    left.set_ylabel("weight of x₂", labelpad=-2)
    right.bar(range(4), out, color=plots.COLORS["weight"])
    right.axhline(0, color="black", linewidth=0.8)
    right.set(ylim=(-5.5, 5.5), xlabel="unit", title="output weights")
    right.set_xticks(range(4))
    said = "; ".join(f"units {', '.join(str(u) for u in units)} at ({plain(w1, 3)}, "
                     f"{plain(w2, 3)})" for (w1, w2), units in places.items())
    return widgets.frame(
        figure, colours=14,
        alt=f"Start: {start}, after {step} steps. Different columns: {len(places)}: {said}. "
            f"Loss {loss:.3f}.",
        text={"Different hidden units": str(len(places)), "Loss": f"{loss:.3f}"},
    )


def twins_explorer():
    """Return the explorer of the start and the step."""
    return widgets.Explorer(
        twins_frame,
        {"start": widgets.Choice("First weights", tuple(STARTS)),
         "step": widgets.Choice("Steps", STEPS)},
        default={"start": "all 0.5", "step": 0}, name="Twins, or not",
    )
