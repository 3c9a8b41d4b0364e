"""The fair comparison: validation loss over the rate, and the fresh seeds."""

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


def comparison_frame(task):
    """Draw tuning (left) and the test losses of ten fresh seeds (right) of all methods."""
    figure, (left, right) = plots.figure(500, 300, ncols=2, layout="none", sharey=True,
                                         width_ratios=[1.25, 1])
    figure.subplots_adjust(left=0.095, right=0.985, bottom=0.17, top=0.9, wspace=0.06)
    told = {}
    for place, (method, (colour, line, marker)) in enumerate(LOOKS.items()):
        kept = study.comparison(task, method)
        medians = np.median(kept.tuning, axis=1)
        left.plot(study.RATES, np.clip(medians, None, 1e3), color=colour, linestyle=line,
                  linewidth=1.4)
        left.plot(kept.rate, medians[kept.place], marker, color=colour, markersize=7,
                  markeredgecolor="white")
        spots = place + np.linspace(-0.22, 0.22, len(kept.test))
        right.plot(spots, kept.test, marker, color=colour, markersize=3.5, alpha=0.7)
        right.hlines(np.median(kept.test), place - 0.36, place + 0.36, color=colour, linewidth=2.5)
        told[method] = (f"{np.median(kept.test):.3g} ({kept.test.min():.3g} to "
                        f"{kept.test.max():.3g}), rate {kept.rate:.2g}")
    left.set(xscale="log", yscale="log", xlim=(1e-7, 100), ylim=LIMITS[task],
             xlabel="learning rate", title="validation, tuning")
    left.set_xticks([1e-6, 1e-4, 1e-2, 1], ["1e-6", "1e-4", "0.01", "1"])
    low, high = LIMITS[task]
    every = WIDE_TICKS if high > 20 * low else TICKS
    ticks = [tick for tick in every if low <= tick <= high]
    left.set_yticks(ticks, [f"{t:g}" for t in ticks])
    for ax in (left, right):
        ax.minorticks_off()
    right.set(xlim=(-0.6, 4.6), title="test, fresh seeds")
    right.set_xticks(range(len(LOOKS)), ["SGD", "mom.", "AdaG.", "RMSp.", "Adam"], fontsize=8)
    return widgets.frame(
        figure, colours=28,
        alt=f"{task} ({study.task(task).about}): test loss, median and range of ten fresh seeds. "
            + "; ".join(f"{method} {text}" for method, text in told.items()) + ".",
        text=told,
    )


def comparison_explorer():
    """Return the explorer of the six tasks."""
    return widgets.Explorer(
        comparison_frame, {"task": widgets.Choice("Task", tuple(study.TASKS), kind="toggle")},
        default={"task": "digits"},
        name="Five methods, 28 rates each: who ends lowest on rows that nobody tuned on?",
    )
