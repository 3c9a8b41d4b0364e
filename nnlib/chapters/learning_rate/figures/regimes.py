"""How many updates a batch size needs to the goal: one curve, three regimes."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.study import kept
from nnlib.widgets import plots


def regimes_frame():
    """Draw the updates to 90 % over the batch size, each batch with its best rate."""
    best = list(kept.best_clocks().values())
    sizes = np.array([clock.batch_size for clock in best])
    updates = np.array([clock.updates for clock in best])
    low = updates - [clock.fewest for clock in best]
    high = [clock.most for clock in best] - updates
    fewest, critical = kept.fitted_curve()

    figure, ax = plots.figure(500, 330)
    smooth = np.geomspace(sizes[0], sizes[-1], 200)
    ax.loglog(smooth, fewest * (1 + critical / smooth), color=plots.COLORS["prediction"])
    ax.loglog(smooth, updates[0] * sizes[0] / smooth, **plots.role("muted"))
    ax.errorbar(sizes, updates, yerr=[low, high], fmt="o", color="black", markersize=5,
                elinewidth=1, capsize=2)
    ax.vlines(critical, 4, 380, color=plots.COLORS["gradient"], linestyle="-.", linewidth=1.4)
    plots.direct_label(ax, critical, 330, f"critical batch, {critical:.0f}", "gradient")
    plots.direct_label(ax, 11, 11, "perfect: twice the\nbatch, half the updates", "muted",
                       ha="right", va="top", fontsize=8.5, xytext=(0, 0))
    for place, text in [(0.9, "1 perfect\nscaling"), (8, "2 diminishing\nreturns"),
                        (200, "3 nothing more\nto gain")]:
        ax.text(place, 620, text, fontsize=8.5, color=plots.TEXT_COLORS["data"])
    ax.set(ylim=(4, 1300), xlim=(0.8, 2000), xlabel="batch size", ylabel="updates to 90 %",
           title="each batch size with its best rate, six seeds")
    shown = [size for size in sizes if size in (1, 4, 16, 64, 256, 1280)]
    ax.set_xticks(shown, [f"{size:,}" for size in shown])
    ax.set_yticks([10, 100, 1000], ["10", "100", "1,000"])
    ax.minorticks_off()
    points = "; ".join(f"{clock.batch_size}: {clock.updates:g} ({clock.fewest} to {clock.most})"
                       for clock in best)
    return widgets.frame(figure, alt=(
        f"Updates to 90 % over the batch size, median of six seeds and their range: {points}. "
        f"A fitted curve falls like 1/B at first and flattens at {fewest:.0f} updates; it bends "
        f"at a critical batch size of {critical:.0f}."
    ))
