"""The best of many settings that know nothing: what choosing does to a score."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import share
from nnlib.widgets import plots

TRIES, ROWS = (1, 10, 100, 1000), (25, 100, 400, 1600)
NEW_ROWS = 1000


def best_of(tries, rows, repeats=400, seed=0):
    """Simulate settings that guess between two classes, and choosing the best of them.

    Returns their scores in the first repeat (tries,), the score of the chosen one in every repeat
    on the rows it was chosen with, and its score on new rows, (repeats,) each.
    """
    rng = np.random.default_rng(seed)
    scores = rng.binomial(rows, 0.5, (repeats, tries)) / rows
    new = rng.binomial(NEW_ROWS, 0.5, repeats) / NEW_ROWS
    return scores[0], scores.max(axis=1), new


def selection_frame(tries, rows):
    """Draw the scores of all settings, the chosen one, and the chosen one on new rows."""
    scores, best, new = best_of(tries, rows)
    figure, ax = plots.figure(480, 230, layout="none")
    figure.subplots_adjust(left=0.04, right=0.97, bottom=0.2, top=0.88)
    levels, counts = np.unique(scores, return_counts=True)
    if tries == 1:
        counts = np.array([40])
    ax.bar(levels, counts / counts.max(), width=max(0.006, 0.55 / rows), color="#9AA0A8")
    ax.axvline(0.5, color=plots.COLORS["data"], linewidth=1.2)
    ax.text(0.495, 1.18, "what they are worth", ha="right", fontsize=9.5)
    chosen = float(np.median(best))
    ax.plot(scores.max(), 0.09, "v", color=plots.COLORS["loss"], markersize=11)
    ax.annotate(f"best of this draw: {share(scores.max())}", (scores.max(), 0.16),
                xytext=(6, 22), textcoords="offset points", color=plots.TEXT_COLORS["loss"])
    ax.set(xlim=(0.2, 1), ylim=(0, 1.3), xlabel="validation accuracy", yticks=[])
    ax.set_xticks([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    ax.set_title(f"{tries:,} setting{'s' * (tries > 1)} that guess{'es' * (tries == 1)}, "
                 f"{rows:,} validation rows")
    low, high = np.quantile(best, [0.05, 0.95])
    return widgets.frame(
        figure, colours=16,
        alt=f"{tries:,} settings that guess, measured on {rows:,} validation rows: the best of "
            f"them scores {share(scores.max())} here, {share(chosen)} in the median of 400 "
            f"repetitions; on {NEW_ROWS:,} new rows the chosen one scores "
            f"{share(np.median(new))} in the median.",
        text={"The chosen one, validation rows": f"{share(chosen)} (nine repetitions in ten: "
                                                 f"{share(low)} to {share(high)})",
              "The same one, new rows": share(np.median(new))},
    )


def selection_explorer():
    """Return the explorer of the number of settings and of validation rows."""
    return widgets.Explorer(
        selection_frame,
        {"tries": widgets.Choice("Settings tried", TRIES, [f"{n:,}" for n in TRIES], "toggle"),
         "rows": widgets.Choice("Validation rows", ROWS, [f"{n:,}" for n in ROWS], "toggle")},
        default={"tries": 1, "rows": 100}, name="Choosing among settings that know nothing",
    )
