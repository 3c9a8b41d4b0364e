"""The range test: losses over the rate, raw and smoothed, with and without the start corrected."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import GUESSING
from nnlib.widgets import plots


def range_test_frame(rates, losses, uncorrected, smoothed):
    """Draw the losses of a range test over the rate, and two running averages of them."""
    figure, ax = plots.figure(500, 320)
    ax.semilogx(rates, losses, color=plots.COLORS["loss"], alpha=0.4, linewidth=0.8)
    ax.semilogx(rates, uncorrected, **plots.role("weight"))
    ax.semilogx(rates, smoothed, **plots.role("prediction", linestyle="-"))
    lowest = smoothed.argmin()
    best = rates[lowest]
    ax.plot(best, smoothed[lowest], "o", color="black", markersize=6)
    ax.axvspan(best / 10, best / 3, color=plots.COLORS["gradient"], alpha=0.15)
    ax.text(best / 5.5, 0.1, "a tenth to a third", ha="center", va="bottom", fontsize=9,
            color=plots.TEXT_COLORS["gradient"])
    ax.axhline(GUESSING, **plots.role("muted"))
    plots.direct_label(ax, rates[6], 0.75, "average that starts at 0", "weight")
    plots.direct_label(ax, rates[12], 3.1, "start corrected", "prediction")
    plots.direct_label(ax, best, smoothed[lowest], "lowest", "data", xytext=(8, -4))
    ax.set(ylim=(0, 5), xlim=(rates[0], rates[-1]), xlabel="learning rate",
           ylabel="loss of one batch", title=f"range test: {len(rates)} steps, one run")
    return widgets.frame(figure, alt=(
        f"Range test: the loss of one batch over the learning rate, from {rates[0]:g} to "
        f"{rates[-1]:g}. The losses start at {losses[0]:.1f}; an average that starts at zero rises "
        f"from {uncorrected[0]:.1f} at first, the corrected one starts at {smoothed[0]:.1f}, is "
        f"lowest at rate {best:.2f} and then rises steeply. A band marks a tenth to a third of "
        f"that rate."
    ))
