"""A rare class: what a weight in the loss does, and what a lower threshold does instead."""

from __future__ import annotations

from functools import cache

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

SHARE = 0.02                    # of all rows that are frauds
WEIGHTS = (1, 10, 49)           # 49 frauds' worth: both classes then weigh the same
THRESHOLDS = (0.5, 0.1, 0.02)
ROWS = 10_000


def payments(seed):
    """Synthetic payments: one score each, and whether it was a fraud.

    Honest scores are normal around 0, fraudulent ones around 2, both with spread 1. So the true
    log-odds of fraud are a line in the score, and one unit can learn them.
    """
    rng = np.random.default_rng(seed)
    y = (np.arange(ROWS) < SHARE * ROWS).astype("float64").reshape(-1, 1)
    return rng.standard_normal((ROWS, 1)) + 2 * y, y


def train_weighted(x, y, weight, *, nn=nn, steps=300):
    """Train one unit; each fraud's loss, and so its gradient, counts `weight` times."""
    model = nn.Sequential(nn.Dense(1, 1, init="zeros", rng=np.random.default_rng(0),
                                   dtype="float64"))
    loss_fn = nn.BCEWithLogitsLoss(reduction="none")
    optimizer = nn.Adam(model.parameters(), lr=0.2)
    inputs, targets = nn.tensor(x), nn.tensor(y)
    counts = nn.tensor(np.where(y == 1, weight, 1) / len(y))
    for _ in range(steps):
        loss_fn(model(inputs), targets)                       # (rows, 1)
        optimizer.zero_grad()
        model.backward(loss_fn.backward() * counts)
        optimizer.step()
    return model


@cache
def _model(weight):
    return train_weighted(*payments(0), weight)


def report(weight, threshold):
    """Shares on new payments: frauds found, false alarms, right calls, mean p."""
    x, y = payments(1)
    p = nn.predict_proba(_model(weight), x)
    called, fraud = p > threshold, y == 1
    return {"found": called[fraud].mean(), "alarms": called[~fraud].mean(),
            "right": (called == fraud).mean(), "mean p": p.mean()}


def imbalance_frame(weight, threshold):
    """Draw the learned and the true probability over the score, and the threshold."""
    said = report(weight, threshold)
    figure, ax = plots.figure(480, 290)
    x, y = payments(1)
    line = np.linspace(-3.5, 6, 300).reshape(-1, 1)
    p = nn.predict_proba(_model(weight), line)[:, 0]
    true = nn.sigmoid(2 * line[:, 0] - 2 + np.log(SHARE / (1 - SHARE)))
    ax.plot(line[:, 0], true, color=plots.COLORS["muted"], linestyle=":")
    ax.plot(line[:, 0], p, color=plots.COLORS["prediction"])
    ax.axhline(threshold, color=plots.COLORS["loss"], linestyle="--", linewidth=1.4)
    honest, frauds = x[y == 0][::40], x[y == 1][::2]
    ax.plot(honest, np.full_like(honest, -0.05), "|", color=plots.COLORS["muted"], markersize=7)
    ax.plot(frauds, np.full_like(frauds, 1.05), "|", color="black", markersize=7)
    ax.text(-3.4, 1.05, "frauds", va="center", fontsize=9.5)
    ax.text(5.9, -0.05, "honest", va="center", ha="right", fontsize=9.5,
            color=plots.TEXT_COLORS["muted"])
    plots.direct_label(ax, -3.4, threshold, f"called fraud above {threshold:g}", "loss",
                       xytext=(0, 8))
    plots.direct_label(ax, 4.3, 0.8, "true", "muted", xytext=(0, 0))
    ax.set(xlim=(-3.5, 6), ylim=(-0.12, 1.12), xlabel="score of a payment",
           title=f"learned probability of fraud, weight {weight}", yticks=[0, 0.25, 0.5, 0.75, 1])
    text = {
        "Frauds found": f"{100 * said['found']:.0f} %",
        "False alarms among honest": f"{100 * said['alarms']:.1f} %",
        "Right calls": f"{100 * said['right']:.1f} %",
        "Mean probability": f"{100 * said['mean p']:.1f} % (frauds are {100 * SHARE:g} %)",
    }
    return widgets.frame(
        figure, colours=24,
        alt=f"Weight {weight}, threshold {threshold:g}: frauds found {text['Frauds found']}, false "
            f"alarms {text['False alarms among honest']}, right calls {text['Right calls']}, mean "
            f"probability {text['Mean probability']}.",
        text=text,
    )


def imbalance_explorer():
    """Return the explorer of a weight for the rare class and a threshold."""
    return widgets.Explorer(
        lambda weight, threshold: imbalance_frame(weight, threshold),
        {"weight": widgets.Choice("Weight of a fraud", WEIGHTS, kind="toggle"),
         "threshold": widgets.Choice("Threshold", THRESHOLDS, kind="toggle")},
        default={"weight": 1, "threshold": 0.5}, name="A rare class",
    )
