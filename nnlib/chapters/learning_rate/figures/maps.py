"""All 54 settings in one picture."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.study import kept, trial
from nnlib.widgets import plots

MARKS = {"learns": "", "wobbles": "w", "too slow": "s", "dead": "x"}
MAPS = ("validation accuracy", "validation loss", "epochs to 90 %")


def map_frame(what="validation accuracy"):
    """Draw all 54 settings at once (medians of the seeds), and what became of them."""
    runs_of = kept.results().runs
    values = np.array([[_map_value(what, rate, size) for size in trial.BATCHES]
                       for rate in trial.RATES])                                # (9, 6), NaN: none
    words = {setting: trial.outcome(runs) for setting, runs in runs_of.items()}
    title, shade, digits = {
        "validation accuracy": ("validation accuracy after 30 epochs, %", values, "{:.0f}"),
        "validation loss": ("validation loss after 30 epochs", -np.log(values), "{:.2f}"),
        "epochs to 90 %": ("epochs until 90 % of validation is right", -np.log(values), "{:.2g}"),
    }[what]
    figure, ax = plots.figure(480, 400, layout="none")
    figure.subplots_adjust(left=0.16, right=0.98, bottom=0.12, top=0.87)
    shade = np.ma.masked_invalid(shade)
    image = ax.imshow(shade, aspect="auto", origin="lower")
    ax.set_facecolor("#E6E8EC")
    ax.set_xticks(range(len(trial.BATCHES)), [str(size) for size in trial.BATCHES])
    ax.set_yticks(range(len(trial.RATES)), [f"{rate:g}" for rate in trial.RATES])
    ax.set(xlabel="batch size", ylabel="learning rate",
           title=f"{title}\n(s too slow, w wobbles, x dead)")
    ax.grid(False)
    parts = []
    for j, size in enumerate(trial.BATCHES):
        cells = []
        for i, rate in enumerate(trial.RATES):
            missing = np.isnan(values[i, j])
            number = "–" if missing else digits.format(values[i, j])
            word = words[rate, size]
            light = missing or image.norm(shade[i, j]) > 0.55
            ax.text(j, i, f"{number} {MARKS[word]}".strip(), ha="center", va="center", fontsize=9,
                    color="black" if light else "white")
            cells.append(f"rate {rate:g} {'never' if missing else number}"
                         + (f" {word}" if word != "learns" else ""))
        parts.append(f"batch size {size}: {', '.join(cells)}")
    return widgets.frame(figure, alt=f"Map of {title}. {'; '.join(parts)}.", colours=48)


def _map_value(what, rate, size):
    runs = kept.results().runs[rate, size]
    if what == "validation accuracy":
        return 100 * np.median([run.validation_accuracy[-1] for run in runs])
    if what == "validation loss":
        return np.median([run.validation_loss[-1] for run in runs])
    reached = kept.read_clocks(rate, size, [run.steps_to_goal for run in runs],
                               [run.validation_accuracy[-1] for run in runs])
    return np.nan if reached is None else reached.epochs


def map_explorer():
    """Return the explorer of the whole map: what to show of the 54 settings."""
    return widgets.Explorer(
        map_frame, {"what": widgets.Choice("Show", MAPS)},
        name="All 54 settings at once",
    )
