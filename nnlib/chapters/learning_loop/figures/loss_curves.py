"""Four loss curves of the exercise on reading them, each at a rate and at a tenth of it."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.learning_loop.exercises.read_curves import curves
from nnlib.widgets import plots


def curves_frame():
    """Draw the runs of the exercise, one panel for each letter."""
    figure, axes = plots.figure(480, 340, ncols=2, nrows=2, layout="none", sharex=True, sharey=True)
    figure.subplots_adjust(left=0.11, right=0.98, top=0.92, bottom=0.15, wspace=0.1, hspace=0.3)
    said = []
    for ax, (letter, runs) in zip(axes.flat, curves().items(), strict=True):
        for (rate, losses), role in zip(runs.items(), ("loss", "prediction"), strict=True):
            ax.semilogy(losses, **plots.role(role))
            said.append(f"{letter} at rate {rate:g}: " + ", ".join(
                f"{losses[step]:.3g}" for step in (0, 1, 2, 4, 8, 12, 16, 20)))
        ax.set(xlim=(0, 20), ylim=(1e-3, 1e8))
        ax.set_title(f"{letter}:  {'  or  '.join(f'{rate:g}' for rate in runs)}")
        ax.set_yticks([1e-2, 1, 1e2, 1e4, 1e6])
        ax.minorticks_off()
    figure.text(
        0.11, 0.025, "loss over steps 0 to 20; solid: the first rate, dashed: a tenth of it",
        fontsize=9.5)
    return widgets.frame(
        figure,
        alt="Four panels with the loss over 20 steps, each at a rate and at a tenth of it. Losses "
            "after steps 0, 1, 2, 4, 8, 12, 16 and 20: " + "; ".join(said) + ".",
    )
