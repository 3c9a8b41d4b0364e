"""Training and validation loss of three networks on few and on more patients."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_seeds, share
from nnlib.chapters.generalisation.study import kept
from nnlib.widgets import plots

NETWORKS = {"one neuron": (10, 1), "10-32-1": (10, 32, 1), "10-64-32-16-1": (10, 64, 32, 16, 1)}
PARAMETERS = {"one neuron": 11, "10-32-1": 385, "10-64-32-16-1": 3329}
ROWS = (44, 88, 176, 353)


def losses(network, rows):
    """Return the training and the validation losses of five cuts, each (5, 51)."""
    sizes = list(NETWORKS[network])
    return tuple(kept.curves("patients", key, sizes=sizes, rows=rows)
                 for key in ("train_loss", "validation_loss"))


def overfitting_frame(network, rows):
    """Draw both losses over the epochs; beneath, what is left of them at the end."""
    train, validation = losses(network, rows)
    epochs = 2 * np.arange(train.shape[1])
    figure, ax = plots.figure(480, 250, layout="none")
    figure.subplots_adjust(left=0.1, right=0.8, bottom=0.18, top=0.9)
    draw_seeds(ax, epochs, train, "loss")
    draw_seeds(ax, epochs, validation, "prediction")
    ax.axhline(np.log(2), **plots.role("muted"))
    ax.set(xlim=(0, 100), ylim=(0, 2.5), xlabel="epoch",
           title=f"{PARAMETERS[network]:,} parameters, {rows} rows")
    ends = [float(np.median(curve[:, -1])) for curve in (train, validation)]
    apart = max(0.0, 0.22 - (ends[1] - ends[0])) / 2
    plots.direct_label(ax, 100, min(ends[1] + apart, 2.45), "validation", "prediction")
    plots.direct_label(ax, 100, ends[0] - apart, "training", "loss")
    median = np.median(validation, axis=0)
    low = int(epochs[median.argmin()])
    entries = kept.entries("patients", sizes=list(NETWORKS[network]), rows=rows)
    right = share(np.median([entry["right"] for entry in entries]))
    return widgets.frame(
        figure, colours=20,
        alt=f"{network}, {PARAMETERS[network]:,} parameters, {rows} training rows, median of five "
            f"cuts after 100 epochs: training loss {ends[0]:.2f}, validation loss {ends[1]:.2f}, "
            f"{right} of the new rows right; validation is lowest, {median.min():.2f}, after {low} "
            "epochs.",
        text={"After 100 epochs": f"training {ends[0]:.2f}, validation {ends[1]:.2f}, "
                                  f"{right} of the new rows right",
              "Validation at its lowest": f"{median.min():.2f} after {low} epochs"},
    )


def overfitting_explorer():
    """Return the explorer of the network and of the number of training rows."""
    return widgets.Explorer(
        overfitting_frame,
        {"network": widgets.Choice("Network", tuple(NETWORKS), kind="toggle"),
         "rows": widgets.Choice("Training rows", ROWS, kind="toggle")},
        default={"network": "10-32-1", "rows": 353}, name="Capacity against data",
    )
