"""The loss on new rows rises while the accuracy stays: tumours, split by split."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.losses.figures.digits import Curves
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

SPLITS = range(30)              # of these the picture shows ten


def train_tumours(seed, *, smoothing=0.0, epochs=60):
    """Train 30 -> 32 -> 2 on 150 tumours; return curves and what it says of 300 others.

    Of the others: mean cross-entropy for the hard labels, share right, mean largest probability.
    """
    tumours = data.load_breast_cancer()
    few, others = data.split(tumours.x, tumours.y, sizes=(150, 300),
                             rng=np.random.default_rng(seed))
    scale = data.Standardizer().fit(few[0])
    few, others = ((scale.transform(x), y) for x, y in (few, others))
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(30, 32, rng=rng), nn.ReLU(), nn.Dense(32, 2, rng=rng))
    history = nn.fit(model, nn.CrossEntropyLoss(label_smoothing=smoothing),
                     nn.Adam(model.parameters(), lr=0.01), few, validation=others,
                     epochs=epochs, batch_size=64, rng=rng)
    curves = Curves(history.train_loss, history.validation_loss, history.validation_accuracy)
    z, y = nn.predict(model, others[0]), others[1]
    p = nn.softmax(z)                                                 # (300, 2)
    cost = float(nn.CrossEntropyLoss()(z, y))
    return curves, (cost, (p.argmax(axis=1) == y).mean(), p.max(axis=1).mean())


def confidence_frame(runs):
    """Draw loss and accuracy on new rows; the first run bold, the others faint."""
    figure, (left, right) = two_panels(500, 280)
    for i, run in reversed(list(enumerate(runs))):
        style = {"alpha": 1, "linewidth": 2} if i == 0 else {"alpha": 0.35, "linewidth": 1}
        epochs = range(1, len(run.validation_loss) + 1)
        left.plot(epochs, run.validation_loss, color=plots.COLORS["loss"], **style)
        left.plot(epochs, run.train_loss, color=plots.COLORS["prediction"],
                  linestyle=plots.role("prediction")["linestyle"], **style)
        right.plot(epochs, np.multiply(100, run.accuracy), color=plots.COLORS["gradient"],
                   **style)
    plots.direct_label(left, epochs[-1], max(r.validation_loss[-1] for r in runs[:1]),
                       "validation", "loss", ha="right", xytext=(0, 14))
    plots.direct_label(left, epochs[-1], 0.0, "training", "prediction", ha="right",
                       xytext=(0, 12))
    left.set(ylim=(0, 0.4), xlabel="epoch", title="cross-entropy")
    right.set(ylim=(80, 100.5), xlabel="epoch", title="validation accuracy, %")
    rise = np.median([run.validation_loss[-1] / min(run.validation_loss) - 1 for run in runs])
    best, last = (100 * np.median([end(run.accuracy) for run in runs])
                  for end in (max, lambda values: values[-1]))
    return widgets.frame(
        figure, colours=24,
        alt=f"{len(runs)} splits. Left: from its lowest point the validation loss rises again, by "
            f"about {10 * round(10 * rise)} % in the median, while the training loss falls towards "
            f"0. Right: the validation accuracy reaches {best:.1f} % at best and is {last:.1f} % "
            "at the end, both in the median.",
    )
