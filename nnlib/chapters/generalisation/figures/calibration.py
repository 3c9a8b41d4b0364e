"""How sure, and how often right: reliability bars over training time and temperature."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import share
from nnlib.chapters.generalisation.study import confidence, kept
from nnlib.widgets import plots

TEMPERATURES = (0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
EDGES = np.linspace(0.5, 1.0, 6)
VALIDATION, TEST = 0, 1


def answers(epochs, part=TEST):
    """Return the logits and the labels of all cuts, (cuts, rows) each."""
    entries = kept.results()["logits"]
    return (np.array([entry["logits"][str(epochs)][part] for entry in entries]),
            np.array([entry["labels"][part] for entry in entries]))


def losses(logits, labels, temperature):
    """Return the mean loss of each cut, its logits divided by the temperature."""
    scaled = logits / np.reshape(temperature, (-1, 1))
    return np.logaddexp(0, np.where(labels == 1, -scaled, scaled)).mean(axis=1)


def scored(epochs, temperature):
    """Return each answer's confidence, whether it is right, and the mean loss, on test rows.

    `temperature` is one for all cuts, or one for each.
    """
    logits, labels = answers(epochs)
    positive = 1 / (1 + np.exp(-logits / np.reshape(temperature, (-1, 1))))
    sure = np.maximum(positive, 1 - positive)
    right = (logits > 0) == (labels == 1)
    return sure.ravel(), right.ravel(), float(losses(logits, labels, temperature).mean())


def temperatures(epochs):
    """Return for each cut the temperature of a fine grid with the lowest validation loss."""
    grid = np.geomspace(0.3, 30, 201)
    logits, labels = answers(epochs, VALIDATION)
    return grid[np.argmin([losses(logits, labels, t) for t in grid], axis=0)]


def bars(sure, right):
    """Return for each bin of confidence: mean confidence, share right, number; empty bins NaN."""
    where = np.clip(np.digitize(sure, EDGES) - 1, 0, len(EDGES) - 2)
    rows = []
    for place in range(len(EDGES) - 1):
        inside = where == place
        rows.append((sure[inside].mean(), right[inside].mean(), inside.sum()) if inside.any()
                    else (np.nan, np.nan, 0))
    return np.array(rows)


def calibration_frame(epochs, temperature):
    """Draw the share right over the confidence, bin by bin, and how many answers are in each."""
    sure, right, loss = scored(epochs, temperature)
    table = bars(sure, right)
    figure, (left, low) = plots.figure(480, 250, ncols=2, layout="none", width_ratios=[1.5, 1])
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.18, top=0.9, wspace=0.25)
    left.plot([0.5, 1], [0.5, 1], **plots.role("muted"))
    left.text(0.5, 0.9, "dotted: as often\nright as sure", color=plots.TEXT_COLORS["muted"],
              fontsize=9, va="center")
    for mean, hit, count in table:
        if count:
            left.bar(mean, hit, width=0.06, color=plots.COLORS["prediction"], alpha=0.75)
            left.plot([mean, mean], [hit, mean], color=plots.COLORS["loss"], linewidth=3)
    left.set(xlim=(0.48, 1.02), ylim=(0, 1.02), xlabel="confidence", title="share right")
    low.bar((EDGES[:-1] + EDGES[1:]) / 2, table[:, 2] / len(sure), width=0.085, color="#9AA0A8")
    low.set(xlim=(0.48, 1.02), ylim=(0, 1), xlabel="confidence", title="share of answers")
    return widgets.frame(
        figure, colours=20,
        alt=f"{epochs} epochs, temperature {temperature:g}, {len(sure):,} answers: mean confidence "
            f"{share(sure.mean())}, right {share(right.mean())}; loss {loss:.2f}.",
        text={"Mean confidence": share(sure.mean()), "Right": share(right.mean()),
              "Loss on new rows": f"{loss:.2f}"},
    )


def calibration_explorer():
    """Return the explorer of training time and temperature."""
    return widgets.Explorer(
        calibration_frame,
        {"epochs": widgets.Choice("Epochs", confidence.EPOCHS, kind="toggle"),
         "temperature": widgets.Choice("Temperature", TEMPERATURES, kind="toggle")},
        default={"epochs": 100, "temperature": 1.0}, name="How sure, and how often right",
    )
