"""What a larger batch buys and what it costs: four measurements over the batch size."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.noise import noise_of, relative_error
from nnlib.chapters.learning_rate.study import kept, trial
from nnlib.widgets import plots


def tradeoff_frame():
    """Draw the time of an epoch, the error of a gradient, and epochs and time to the goal."""
    best = list(kept.best_clocks().values())
    sizes = np.array([clock.batch_size for clock in best])
    milliseconds = [kept.results().milliseconds_per_step[size] for size in sizes]
    errors = [relative_error(*noise_of(size, 0)) for size in sizes]
    panels = [
        ("ms of an epoch", trial.SIZES[0] / sizes * milliseconds, "weight"),
        ("error of a gradient", errors, "gradient"),
        ("epochs to 90 %", [clock.epochs for clock in best], "prediction"),
        ("ms to 90 %", [clock.milliseconds for clock in best], "loss"),
    ]
    figure, axes = plots.figure(500, 380, ncols=2, nrows=2)
    parts = []
    for ax, (title, values, role) in zip(axes.flat, panels, strict=True):
        # The full batch has no error, and 0 has no place on a log axis.
        values = np.where(np.asarray(values) < 1e-6, np.nan, values)
        ax.loglog(sizes, values, color=plots.COLORS[role], marker="o", linewidth=1.5)
        ax.set(title=title, xlabel="batch size")
        shown = [1, 4, 16, 64, 256, 1280]
        ax.set_xticks(shown, [str(size) for size in shown])
        ax.minorticks_off()
        parts.append(f"{title} " + ", ".join("none" if np.isnan(v) else f"{v:.2g}" for v in values))
    return widgets.frame(figure, alt="Over batch sizes " + ", ".join(map(str, sizes)) + ": "
                         + "; ".join(parts) + ".")
