"""Cross-entropy of one probability: the loss and its slope, beside that of the squared error."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

PROBABILITIES = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99)
LABELS = (1, 0)


def slopes_by_logit(z, label):
    """Slopes with respect to the logit: of cross-entropy, and of (sigmoid - label) squared."""
    z = np.atleast_1d(np.asarray(z, dtype="float64"))
    target = np.full_like(z, label)
    cross_entropy = nn.BCEWithLogitsLoss(reduction="none")
    cross_entropy(z, target)
    sigmoid, squared = nn.Sigmoid(), nn.MSELoss(reduction="none")
    squared(sigmoid(z), target)
    return cross_entropy.backward(), sigmoid.backward(squared.backward())


def probability_frame(p, label):
    """Draw the loss at one probability, and the slope that each of two losses has there."""
    z = float(np.log(p / (1 - p)))
    loss_fn = nn.BCEWithLogitsLoss()
    loss = float(loss_fn(np.array([z]), np.array([float(label)])))
    steep, flat = (float(v[0]) for v in slopes_by_logit(z, label))
    figure, (left, right) = two_panels()
    line = np.linspace(0.0008, 0.9992, 500)
    left.plot(line, -np.log(line if label == 1 else 1 - line), color=plots.COLORS["loss"])
    left.plot([p, p], [0, loss], **plots.role("muted"))
    left.plot([p], [loss], "o", color="black", markersize=8, zorder=5, clip_on=False)
    left.set(xlim=(-0.03, 1.03), ylim=(0, 7.5), xlabel="p, predicted for label 1",
             title="cross-entropy")
    zs = np.linspace(-8, 8, 321)
    curves = slopes_by_logit(zs, label)
    for values, here, role, marker in ((curves[0], steep, "gradient", "o"),
                                       (curves[1], flat, "weight", "s")):
        right.plot(zs, values, color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        right.plot([z], [here], marker, color=plots.COLORS[role], markeredgecolor="black",
                   markersize=7, zorder=5)
    sign = -1 if label == 1 else 1
    plots.direct_label(right, 0.8 * sign, sign * 0.93, "cross-entropy", "gradient",
                       ha="left" if label == 1 else "right", xytext=(4 if label == 1 else -4, 0))
    plots.direct_label(right, 7.6 * -sign, sign * 0.42, "squared error",
                       "weight", ha="right" if label == 1 else "left", xytext=(0, 0))
    right.axhline(0, **plots.role("muted"))
    right.set(xlim=(-8, 8), ylim=(-1.1, 1.1), xlabel="logit z", title="slope by the logit")
    return widgets.frame(
        figure, colours=24,
        alt=f"Label {label}, p {p:g}: the cross-entropy is {loss:.4f}; its slope by the logit is "
            f"{steep:.4f}, that of the squared error {flat:.4f}.",
        text={"Logit of p": f"{z:.4f}", "Cross-entropy": f"{loss:.4f}",
              "Its slope, p − y": f"{steep:.4f}", "Slope of the squared error": f"{flat:.4f}"},
    )


def probability_explorer():
    """Return the explorer of a predicted probability and a label."""
    return widgets.Explorer(
        lambda p, label: probability_frame(p, label),
        {"p": widgets.Choice("p", PROBABILITIES),
         "label": widgets.Choice("Label", LABELS, kind="toggle")},
        default={"p": 0.1, "label": 1}, name="A probability and its cross-entropy",
    )
