"""Removing hidden units from networks that were trained with dropout, and without."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots


def knocked_frame():
    """Draw validation accuracy over the number of removed units, five seeds each."""
    kept = study.results()["knocked"]
    figure, ax = plots.figure(480, 250, layout="none")
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.19, top=0.88)
    says = []
    for p, role, name, at in (("0.5", "prediction", "trained with dropout ½", 1.0),
                              ("0.0", "loss", "trained without", 0.62)):
        runs = 100 * np.array(kept[p])                                # (5, 7)
        style = plots.role(role)
        for run in runs:
            ax.plot(study.KNOCKED, run, color=style["color"], alpha=0.35, linewidth=0.9)
        ax.plot(study.KNOCKED, np.median(runs, axis=0), **style)
        half = study.KNOCKED.index(32)
        plots.direct_label(ax, 32 if p == "0.5" else 30, 100 * at, name, role,
                           ha="left" if p == "0.5" else "right", xytext=(-12, 0))
        says.append(f"{name}: none removed {drawing.spread(runs[:, 0] / 100)}, 32 removed "
                    f"{drawing.spread(runs[:, half] / 100)}")
    ax.set(xlim=(0, 48), ylim=(30, 102), xlabel="hidden units removed, out of 64",
           title="% of the validation rows right")
    ax.set_xticks(study.KNOCKED)
    return widgets.frame(figure, colours=20, alt="Accuracy when trained hidden units are removed, "
                         "five seeds. " + "; ".join(says) + ".")
