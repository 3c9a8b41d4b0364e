"""A validation that leaves the model in evaluation mode: what training does from then on."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots

NAMES = {
    "clean": "clean digits, dropout and batch norm",
    "wrong labels": "320 rows, a fifth of the labels wrong, dropout",
    "ten layers": "ten layers, batch norm, rate 0.3",
}
LOWEST = {"clean": 80, "wrong labels": 0, "ten layers": 0}         # of the axis, in %


def forgotten_explorer():
    """Return the explorer of three trainings, each with and without a switch back."""
    def draw(run):
        kept = study.results()["forgotten"][run]
        figure, ax = plots.figure(480, 250, layout="none")
        figure.subplots_adjust(left=0.1, right=0.97, bottom=0.19, top=0.88)
        ends = {}
        for name, role in (("switched back", "prediction"), ("forgotten", "loss")):
            runs = 100 * np.array(kept[name])
            at = np.arange(1, runs.shape[1] + 1)
            style = plots.role(role)
            for one in runs:
                ax.plot(at, one, color=style["color"], alpha=0.35, linewidth=0.9)
            ax.plot(at, np.median(runs, axis=0), **style)
            ends[name] = runs[:, -1] / 100
        ax.set(xlim=(1, at[-1]), ylim=(LOWEST[run], 101), xlabel="epoch",
               title="% of the validation rows right")
        ax.set_xticks([at[0], *at[4::5]])
        for name, role, height in (("switched back", "prediction", 0.3),
                                   ("forgotten", "loss", 0.2)):
            ax.plot([0.6, 0.66], [height] * 2, transform=ax.transAxes, **plots.role(role))
            ax.text(0.68, height, name, transform=ax.transAxes, va="center", fontsize=9.5,
                    color=plots.TEXT_COLORS[role])
        text = {f"At the end, {name}": drawing.spread(values) for name, values in ends.items()}
        return widgets.frame(
            figure, colours=20, text=text,
            alt=f"{NAMES[run]}, five seeds. Right at the end: "
                + "; ".join(f"{name} {drawing.spread(values)}" for name, values in ends.items())
                + ".")

    return widgets.Explorer(
        draw, {"run": widgets.Choice("Training", tuple(NAMES), tuple(NAMES.values()))},
        name="After the first validation")
