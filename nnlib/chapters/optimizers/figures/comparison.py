"""The fair comparison: validation loss over the rate, and the fresh seeds, pair by pair."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.optimizers import study
from nnlib.chapters.optimizers.figures.race import LOOKS
from nnlib.widgets import plots

LIMITS = {"digits": (0.04, 4), "tumours": (0.04, 2), "patients": (0.4, 2), "letters": (2.5, 6),
          "sigmoids": (0.03, 4), "raw columns": (0.05, 30)}
TICKS = (0.5, 1, 2, 3, 4, 6)
WIDE_TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
NEAR_ONE = (0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2)
AROUND_ONE = (0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3)


def comparison_frame(task):
    """Draw the tuning on the first split, and the test losses of all splits as parts of SGD's."""
    figure, (left, right) = plots.figure(500, 310, ncols=2, layout="none", width_ratios=[1, 1.25])
    figure.subplots_adjust(left=0.09, right=0.985, bottom=0.17, top=0.9, wspace=0.24)
    for method, (colour, line, marker) in LOOKS.items():
        kept = study.comparison(task, method)
        medians = np.median(kept.tuning, axis=1)
        left.plot(study.RATES, np.clip(medians, None, 1e3), color=colour, linestyle=line,
                  linewidth=1.4)
        left.plot(kept.rate, medians[kept.place], marker, color=colour, markersize=7,
                  markeredgecolor="white")
    told, ratios = {}, []
    others = [method for method in LOOKS if method != "SGD"]
    for place, method in enumerate(others):
        colour, _, marker = LOOKS[method]
        for split in study.SPLITS:
            ratio = (study.comparison(task, method, split).test
                     / study.comparison(task, "SGD", split).test)              # (10,)
            at = place + 0.26 * (split - 1)
            right.plot(np.full(len(ratio), at), ratio, marker, color=colour, markersize=3,
                       markeredgewidth=0)
            right.hlines(np.median(ratio), at - 0.1, at + 0.1, color=colour, linewidth=3)
            ratios.append(ratio)
        told[method] = _told(task, method)
    left.set(xscale="log", yscale="log", xlim=(1e-7, 100), ylim=LIMITS[task],
             xlabel="learning rate", title="validation, tuning")
    left.set_xticks([1e-6, 1e-4, 1e-2, 1], ["1e-6", "1e-4", "0.01", "1"])
    low, high = LIMITS[task]
    _ticks(left, WIDE_TICKS if high > 20 * low else TICKS, low, high)
    low, high = np.min(ratios) / 1.03, np.max(ratios) * 1.03
    right.axhline(1, **plots.role("muted"))
    right.set(xlim=(-0.55, 3.55), yscale="log", ylim=(low, high), title="test loss / SGD's")
    wide = AROUND_ONE if high < 10 * low else WIDE_TICKS
    _ticks(right, NEAR_ONE if high < 2 * low else wide, low, high)
    right.set_xticks(range(4), ["mom.", "AdaG.", "RMSp.", "Adam"], fontsize=9)
    right.set_xlabel("three splits each")
    return widgets.frame(
        figure, colours=48,
        alt=f"{task} ({study.task(task).about}). Median test losses of the three splits: "
            f"SGD {_told(task, 'SGD')}; "
            + "; ".join(f"{method} {text}" for method, text in told.items()) + ".",
        text={"SGD": _told(task, "SGD")} | told,
    )


def _told(task, method):
    """Return the medians of the splits, and how many runs end below SGD's of equal seed."""
    medians = study.medians(task, method)
    text = f"{medians.min():.3g} to {medians.max():.3g}"
    if method == "SGD":
        return text
    return f"{text}, below SGD in {study.lower(task, method, 'SGD').sum()} of 30 pairs"


def _ticks(ax, wanted, low, high):
    ticks = [tick for tick in wanted if low <= tick <= high]
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks], fontsize=9)
    ax.minorticks_off()


def comparison_explorer():
    """Return the explorer of the six tasks."""
    return widgets.Explorer(
        comparison_frame, {"task": widgets.Choice("Task", tuple(study.TASKS), kind="toggle")},
        default={"task": "digits"},
        name="Five methods, 28 rates each: who ends lowest on rows that nobody tuned on?",
    )
