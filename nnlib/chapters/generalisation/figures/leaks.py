"""Scores that a leak made: labels are random, so what is above chance is the leak."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_dots, share
from nnlib.widgets import plots


def leaks_frame(panels):
    """Draw dots of the seeds: {title: (chance, {name: scores})}, a panel for each title."""
    figure, axes = plots.figure(480, 260, ncols=len(panels), sharey=True)
    told = []
    for ax, (title, (chance, found)) in zip(axes, panels.items(), strict=True):
        ax.axhline(chance, **plots.role("muted"))
        ax.text(-0.45, chance + 0.02, "chance", color=plots.TEXT_COLORS["muted"])
        for place, (name, scores) in enumerate(found.items()):
            draw_dots(ax, place, scores, "loss" if place == 0 else "prediction")
            told.append(f"{title}, {name}: {share(np.min(scores))} to {share(np.max(scores))}")
        ax.set_xticks(range(len(found)), list(found))
        ax.set(xlim=(-0.5, 1.5), ylim=(0, 1.05), title=title)
        ax.grid(axis="x", visible=False)
    axes[0].set_ylabel("validation accuracy")
    return widgets.frame(figure, alt="Labels are random. Accuracy of each seed. "
                                     + "; ".join(told) + ".")
