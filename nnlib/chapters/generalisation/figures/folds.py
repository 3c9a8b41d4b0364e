"""Cross-validation, fold by fold."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import share
from nnlib.widgets import plots


def fold_stepper(scores):
    """Return a stepper over the folds of {model: scores (folds,)}; the last frame has the means."""
    count = len(next(iter(scores.values())))
    labels = [f"Fold {fold + 1} of {count} is held out" for fold in range(count)]
    return widgets.Stepper(
        [fold_frame(scores, fold) for fold in range(count + 1)], name="Fold",
        labels=[*labels, "All folds: mean and standard error"],
        title="Every row is held out once",
    )


def fold_frame(scores, fold):
    """Draw which fold is held out, and the scores so far; behind the last fold, the means."""
    count = len(next(iter(scores.values())))
    done = min(fold + 1, count)
    figure, (left, right) = plots.figure(480, 260, ncols=2, layout="none", width_ratios=[1, 1.5])
    figure.subplots_adjust(left=0.03, right=0.97, bottom=0.2, top=0.88, wspace=0.35)
    for block in range(count):
        held = block == fold
        left.add_patch(plots.plt.Rectangle((0.12, count - 1 - block + 0.08), 0.76, 0.84,
                                           color=plots.COLORS["loss" if held else "muted"],
                                           alpha=1 if held else 0.35))
        left.text(0.5, count - 0.5 - block, "held out" if held else "trained on",
                  ha="center", va="center", color="white" if held else "#333840")
    left.set(xlim=(0, 1), ylim=(0, count), title="rows")
    left.axis("off")
    told = []
    for line, (name, values) in enumerate(scores.items()):
        y = len(scores) - 1 - line
        right.plot(values[:done], [y] * done, "o", color=plots.COLORS["prediction"], alpha=0.6)
        if fold < count:
            right.plot(values[fold], y, "o", color=plots.COLORS["loss"], markersize=9)
            told.append(f"{name} {share(values[fold], 1)}")
        else:
            mean, error = np.mean(values), np.std(values, ddof=1) / np.sqrt(count)
            right.errorbar(mean, y - 0.22, xerr=error, fmt="D", color="black", capsize=4)
            told.append(f"{name} {share(mean, 1)} ± {share(error, 1)}")
        right.text(0.585, y + 0.24, name, fontsize=9.5,
                   bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    right.set(xlim=(0.58, 0.86), ylim=(-0.5, len(scores) - 0.35), yticks=[],
              xticks=[0.6, 0.65, 0.7, 0.75, 0.8, 0.85], xlabel="accuracy on the held-out fold")
    state = f"Fold {fold + 1} of {count} held out. " if fold < count else (
        "Mean and standard error over the folds. ")
    return widgets.frame(figure, colours=24, alt=state + "; ".join(told) + ".",
                         text="; ".join(told))
