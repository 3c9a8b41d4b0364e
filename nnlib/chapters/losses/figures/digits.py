"""Digits trained with the right loss, and with softmax applied twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

import nnlib.numpy
from nnlib import widgets
from nnlib.widgets import plots

TRIALS = range(6)               # seeds
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
        alt=f"Training loss over {epochs} epochs, {len(once)} seeds each. With softmax once it "
            f"ends at {ends(once)}. With softmax twice it ends at {ends(twice)}, above the floor "
            f"of {FLOOR:.4f}.",
    )
