"""Cross-entropy over three classes: the probabilities, and the gradient that they give."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

LOGITS = ((2.0, 1.0, 0.1), (0.0, 0.0, 0.0), (6.0, 1.0, 0.1))
LABELS = (0, 1, 2)


def probabilities_and_gradient(logits, label):
    """Loss, probabilities (3,) and gradient by the logits (3,), from the library."""
    z, loss_fn = np.array([logits]), nn.CrossEntropyLoss()
    loss = float(loss_fn(z, np.array([label])))
    return loss, nn.softmax(z)[0], loss_fn.backward()[0]


def classes_frame(logits, label):
    """Draw probabilities and gradient as bars; the right class is named."""
    loss, p, gradient = probabilities_and_gradient(logits, label)
    figure, (left, right) = two_panels()
    names = [f"{i}{' right' if i == label else ''}" for i in range(3)]
    left.bar(range(3), p, width=0.55, color=plots.COLORS["prediction"])
    right.bar(range(3), gradient, width=0.55, color=plots.COLORS["gradient"])
    right.axhline(0, color="black", linewidth=0.8)
    for i in range(3):
        left.text(i, p[i] + 0.03, f"{p[i]:.3f}", ha="center", fontsize=10)
        up = 0.09 if gradient[i] >= 0 else -0.09
        right.text(i, gradient[i] + up, f"{gradient[i]:+.3f}", ha="center", va="center",
                   fontsize=10)
    left.set(ylim=(0, 1.12), title="probabilities p", xlabel="class")
    right.set(ylim=(-1.15, 1.15), title="gradient p − y", xlabel="class")
    for ax in (left, right):
        ax.set(xlim=(-0.6, 2.6), xticks=range(3))
        ax.set_xticklabels(names)
    listed = ", ".join(f"{v:.4f}" for v in p)
    slopes = ", ".join(f"{v:.4f}" for v in gradient)
    return widgets.frame(
        figure, colours=24,
        alt=f"Logits {', '.join(f'{v:g}' for v in logits)}, right class {label}: probabilities "
            f"{listed}; gradient {slopes}; loss {loss:.4f}.",
        text={"Loss": f"{loss:.4f}", "Gradient": f"({slopes})"},
    )


def classes_explorer():
    """Return the explorer of three logits and the class that is right."""
    return widgets.Explorer(
        lambda logits, label: classes_frame(logits, label),
        {"logits": widgets.Choice("Logits", LOGITS,
                                  [", ".join(f"{v:g}" for v in row) for row in LOGITS]),
         "label": widgets.Choice("Right class", LABELS, kind="toggle")},
        default={"logits": LOGITS[1], "label": 0}, name="Cross-entropy and its gradient",
    )
