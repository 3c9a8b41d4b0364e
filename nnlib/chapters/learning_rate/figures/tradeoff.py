"""What a larger batch buys and what it costs: four measurements over the batch size."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.noise import noise_of, relative_error
from nnlib.chapters.learning_rate.study import kept, trial
from nnlib.widgets import plots


def tradeoff_frame():
    """Draw updates and time of an epoch, error of a gradient, and epochs to the goal."""
    sizes = np.array(trial.BATCHES)
    updates = trial.SIZES[0] / sizes
    milliseconds = updates * [kept.results().milliseconds_per_step[size] for size in trial.BATCHES]
    errors = [relative_error(*noise_of(size, 0)) for size in trial.BATCHES]
    best = [kept.best_clocks()[size] for size in trial.BATCHES]
    epochs = [np.nan if clock is None else clock.epochs for clock in best]
    panels = [("updates in an epoch", updates, "data"), ("ms of an epoch", milliseconds,
              "weight"), ("error of a gradient", errors, "gradient"),
              ("epochs to 90 %", epochs, "prediction")]
    figure, axes = plots.figure(500, 380, ncols=2, nrows=2)
    parts = []
    for ax, (title, values, role) in zip(axes.flat, panels, strict=True):
        # The full batch has no error, and 0 has no place on a log axis.
        values = np.where(np.asarray(values) < 1e-6, np.nan, values)
        ax.loglog(sizes, values, color=plots.COLORS[role], marker="o", linewidth=1.5)
        ax.set(title=title, xlabel="batch size")
        ax.set_xticks(sizes, [str(size) for size in sizes])
        ax.minorticks_off()
        parts.append(f"{title} " + ", ".join("none" if np.isnan(v) else f"{v:.2g}" for v in values))
    return widgets.frame(figure, alt="Over batch sizes " + ", ".join(map(str, sizes)) + ": "
                         + "; ".join(parts) + ".")
