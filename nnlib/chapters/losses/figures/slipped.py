"""Patients some of whose targets are wrong: what each loss makes of them, split by split."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data, schedules, widgets
from nnlib.chapters.losses.figures.constant import LOSSES
from nnlib.chapters.losses.figures.errors import ROLES, two_panels
from nnlib.widgets import plots

SPLITS = range(10)


def distance(loss_fn, x, y, x_new, y_new):
    """Fit a line under a loss; return the mean distance on its own rows and on new ones.

    The rate falls along a cosine to 0, so that the absolute error comes to rest too.
    """
    rng = np.random.default_rng(0)
    model = nn.Sequential(nn.Dense(x.shape[1], 1, rng=rng, dtype="float64"))
    nn.fit(model, loss_fn, nn.Adam(model.parameters(), lr=4.0), (x, y), epochs=400,
           batch_size=len(x), rng=rng, schedule=schedules.CosineLR(4.0, epochs=400))
    return [np.abs(nn.predict(model, inputs) - wanted).mean()
            for inputs, wanted in ((x, y), (x_new, y_new))]


def slip(targets, rng, count=10):
    """Copy targets and multiply `count` of them by ten: a decimal point has slipped."""
    damaged = targets.copy()
    damaged[rng.choice(len(targets), count, replace=False)] *= 10
    return damaged


def slipped_study(splits=SPLITS):
    """Mean distances: {loss: array (splits, 3)}: clean on its own rows, clean and damaged on new.

    Each split has 353 rows to learn from, with ten slipped targets, and 89 clean ones.
    """
    patients = data.load_diabetes()
    targets = patients.y.astype("float64").reshape(-1, 1)
    found = {name: [] for name in LOSSES}
    for seed in splits:
        rng = np.random.default_rng(seed)
        (x, y), (x_new, y_new) = data.split(patients.x, targets, sizes=(353, 89), rng=rng,
                                            stratify=False)
        scale = data.Standardizer().fit(x)
        x, x_new = (scale.transform(part).astype("float64") for part in (x, x_new))
        damaged = slip(y, rng)
        for name, make in LOSSES.items():
            own, new = distance(make(), x, y, x_new, y_new)
            found[name].append([own, new, distance(make(), x, damaged, x_new, y_new)[1]])
    return {name: np.array(rows) for name, rows in found.items()}


def slipped_frame(study):
    """Draw the distance on new rows, after clean and after damaged targets, split by split."""
    figure, panels = two_panels(500, 280)
    for ax, column, title in zip(panels, (1, 2), ("clean targets", "ten slipped"), strict=True):
        for place, (name, rows) in enumerate(study.items()):
            role = ROLES[name]
            ax.plot(place + np.linspace(-0.2, 0.2, len(rows)), rows[:, column], "o", markersize=5,
                    color=plots.COLORS[role], alpha=0.75)
            mean = rows[:, column].mean()
            ax.plot([place - 0.35, place + 0.35], [mean] * 2, color="black", linewidth=1.6)
            ax.text(place, 34, f"{mean:.0f}", ha="center", color=plots.TEXT_COLORS[role],
                    fontsize=11)
        ax.set(xlim=(-0.6, 2.6), ylim=(30, 102), xticks=range(3), title=title)
        ax.set_xticklabels(list(study))
    listed = "; ".join(
        f"{name} {rows[:, 1].mean():.0f} and {rows[:, 2].mean():.0f}"
        for name, rows in study.items()
    )
    worst = {name: rows[:, 2].max() for name, rows in study.items()}
    return widgets.frame(
        figure, colours=24,
        alt=f"Mean distance on new rows after clean and after damaged targets, averaged over "
            f"{len(study['MSE'])} splits: {listed}. Worst split with damaged targets: "
            + ", ".join(f"{name} {value:.0f}" for name, value in worst.items()) + ".",
    )
