"""Digits trained with the right loss and with softmax applied twice; loss against accuracy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import nnlib.numpy
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

TRIALS = (0, 1, 2)              # seeds
FLOOR = float(np.log(1 + 9 / np.e))


@dataclass(frozen=True)
class Curves:
    """Losses and validation accuracies of one run, epoch by epoch."""

    train_loss: list
    validation_loss: list
    accuracy: list


def train_digits(train_set, validation, *, twice=False, seed=0, epochs=30, smoothing=0.0,
                 nn=nnlib.numpy):
    """Train 64 -> 32 -> 10 on digits; with `twice`, a softmax before the loss's own.

    Returns the model and its curves.
    """
    rng = np.random.default_rng(seed)
    layers = [nn.Dense(64, 32, rng=rng), nn.ReLU(), nn.Dense(32, 10, rng=rng)]
    model = nn.Sequential(*layers, *([nn.Softmax()] if twice else []))
    history = nn.fit(
        model, nn.CrossEntropyLoss(label_smoothing=smoothing),
        nn.Adam(model.parameters(), lr=0.01), train_set, validation=validation,
        epochs=epochs, batch_size=64, rng=rng,
    )
    return model, Curves(history.train_loss, history.validation_loss, history.validation_accuracy)


def plateau_frame(once, twice):
    """Draw training losses with softmax once and twice; each argument is a list of curves."""
    figure, ax = plots.figure(460, 280)
    for runs, role in ((once, "prediction"), (twice, "loss")):
        for i, run in enumerate(runs):
            ax.plot(range(1, len(run.train_loss) + 1), run.train_loss, color=plots.COLORS[role],
                    linestyle=plots.role(role)["linestyle"], alpha=1 if i == 0 else 0.5,
                    linewidth=2 if i == 0 else 1.3)
    ax.axhline(FLOOR, **plots.role("muted"))
    epochs = len(once[0].train_loss)
    plots.direct_label(ax, epochs, FLOOR, f"floor {FLOOR:.4f}", "muted", ha="right",
                       xytext=(0, -10))
    plots.direct_label(ax, epochs / 2, twice[0].train_loss[epochs // 2], "softmax twice", "loss",
                       xytext=(0, 12), ha="center")
    plots.direct_label(ax, epochs / 2, once[0].train_loss[epochs // 2], "softmax once",
                       "prediction", xytext=(0, 12), ha="center")
    ax.set(xlabel="epoch", title="training loss", ylim=(0, 2.5), xlim=(0, epochs + 0.5))

    def ends(runs):
        return ", ".join(f"{run.train_loss[-1]:.2f}" for run in runs)

    return widgets.frame(
        figure, colours=24,
        alt=f"Training loss over {epochs} epochs, three seeds each. With softmax once it ends at "
            f"{ends(once)}. With softmax twice it ends at {ends(twice)}, above the floor of "
            f"{FLOOR:.4f}.",
    )


def confidence_frame(curves):
    """Draw losses and accuracy of one run: the loss on new rows rises, the accuracy stays."""
    figure, (left, right) = two_panels(500, 280)
    epochs = range(1, len(curves.train_loss) + 1)
    left.plot(epochs, curves.validation_loss, color=plots.COLORS["loss"])
    left.plot(epochs, curves.train_loss, color=plots.COLORS["prediction"],
              linestyle=plots.role("prediction")["linestyle"])
    low = int(np.argmin(curves.validation_loss))
    left.plot(low + 1, curves.validation_loss[low], "o", color="black", markersize=6)
    plots.direct_label(left, epochs[-1], curves.validation_loss[-1], "validation", "loss",
                       ha="right", xytext=(0, 14))
    plots.direct_label(left, epochs[-1], curves.train_loss[-1], "training", "prediction",
                       ha="right", xytext=(0, 10))
    right.plot(epochs, np.multiply(100, curves.accuracy), color=plots.COLORS["gradient"],
               linestyle="-.")
    left.set(ylim=(0, 0.3), xlabel="epoch", title="cross-entropy")
    right.set(ylim=(80, 100.5), xlabel="epoch", title="validation accuracy, %")
    return widgets.frame(
        figure, colours=24,
        alt=f"Left: the validation loss falls to {curves.validation_loss[low]:.3f} in epoch "
            f"{low + 1} and rises to {curves.validation_loss[-1]:.3f} in epoch {epochs[-1]}, while "
            f"the training loss falls to {curves.train_loss[-1]:.4f}. Right: the validation "
            f"accuracy is {100 * curves.accuracy[low]:.1f} % in epoch {low + 1} and "
            f"{100 * curves.accuracy[-1]:.1f} % at the end.",
    )
