"""Curves of whole runs: the digits over their updates, and networks over their width."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def count_frame(history):
    """Draw the losses of a run over its epochs, with the count of updates above them."""
    figure, ax = plots.figure(480, 270)
    epochs = np.arange(1, len(history.steps) + 1)
    ax.plot(epochs, history.train_loss, **plots.role("loss"))
    ax.plot(epochs, history.validation_loss, **plots.role("prediction"))
    ax.set(xlabel="epoch", title="loss (log scale)", xlim=(0, epochs[-1]), yscale="log",
           ylim=(0.05, 3))
    ax.set_yticks([0.1, 1], ["0.1", "1"])
    ax.minorticks_off()
    plots.direct_label(ax, epochs[6], history.train_loss[6], "training", "loss", xytext=(6, 10))
    plots.direct_label(ax, epochs[6], history.validation_loss[6], "validation", "prediction",
                       xytext=(-4, -14), ha="right")
    above = ax.secondary_xaxis("top")
    marks = [0, *range(10, epochs[-1] + 1, 10)]
    labels = [f"{([0, *history.steps])[mark]:,}" for mark in marks]
    above.set_xticks(marks, labels)
    above.set_xlabel("updates")
    return widgets.frame(
        figure, colours=24,
        alt=f"Loss over {epochs[-1]} epochs, which are {history.steps[-1]:,} updates: training "
            f"falls from {history.train_loss[0]:.2f} to {history.train_loss[-1]:.2f}, validation "
            f"from {history.validation_loss[0]:.2f} to {history.validation_loss[-1]:.2f}.",
    )


def width_frame(widths, training, validation):
    """Draw loss and accuracy over the number of hidden units.

    `training` and `validation` have shape (widths, seeds, 2), loss before accuracy.
    """
    figure, axes = plots.figure(480, 270, ncols=2, layout="none")
    figure.subplots_adjust(left=0.08, right=0.97, bottom=0.18, top=0.9, wspace=0.24)
    places = np.arange(len(widths))
    for index, (ax, title) in enumerate(zip(axes, ("loss", "accuracy, %"), strict=True)):
        for values, role, marker in ((training, "loss", "o"), (validation, "prediction", "s")):
            values = values[..., index] * (100 if index else 1)
            ax.plot(places, values, color=plots.COLORS[role], alpha=0.3, linewidth=0.8)
            ax.plot(places, values.mean(axis=1), **{**plots.role(role), "marker": marker,
                                                    "markersize": 4})
        ax.set(title=title, xlabel="hidden units", ylim=(0, 100 if index else 2.4))
        ax.set_xticks(places, [str(width) for width in widths])
    losses, right = axes
    plots.direct_label(losses, 5, training[5, :, 0].mean(), "training", "loss", xytext=(-8, -14),
                       ha="right")
    plots.direct_label(losses, 5, validation[5, :, 0].mean(), "validation", "prediction",
                       xytext=(0, 16), ha="center")
    plots.direct_label(right, 5, 100 * training[5, :, 1].mean(), "training", "loss",
                       xytext=(-12, 6), ha="right")
    plots.direct_label(right, 5, 100 * validation[5, :, 1].mean(), "validation", "prediction",
                       xytext=(0, -16), ha="center")
    said = (
        f"{width}: {a[:, 0].mean():.2f} and {b[:, 0].mean():.2f}, "
        f"{a[:, 1].mean():.0%} and {b[:, 1].mean():.0%}"
        for width, a, b in zip(widths, training, validation, strict=True)
    )
    return widgets.frame(
        figure,
        alt="Mean loss on training and validation rows, then mean accuracy on both, by number of "
            "hidden units: " + "; ".join(said) + ".",
    )
