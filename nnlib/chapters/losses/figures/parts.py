"""Cross-entropy taken apart: the entropy of the target, and the divergence of the prediction."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

TARGETS = (0.0, 0.1, 0.3, 0.5)
PREDICTIONS = (0.1, 0.3, 0.5, 0.9)


def parts(y, p):
    """Cross-entropy of p for the target y, the entropy of y, and both divergences, in nats."""
    target, said = (np.array([[1 - v, v]]) for v in (y, p))
    with np.errstate(divide="ignore"):
        log_target = np.log(target)
    crossed = float(nn.CrossEntropyLoss()(np.log(said), target))
    forward = float(nn.KLDivLoss()(np.log(said), target))
    backward = float((said * (np.log(said) - log_target)).sum())
    return crossed, crossed - forward, forward, backward


def parts_frame(y, p):
    """Draw the cross-entropy over p for one target, and its two parts at one p."""
    crossed, entropy, forward, backward = parts(y, p)
    figure, (left, right) = two_panels()
    line = np.linspace(0.005, 0.995, 397)
    left.plot(line, -(y * np.log(line) + (1 - y) * np.log(1 - line)), color=plots.COLORS["loss"])
    left.axhline(entropy, **plots.role("muted"))
    left.plot([p, p], [entropy, crossed], color=plots.COLORS["loss"], linewidth=3, alpha=0.5)
    left.plot([p], [crossed], "o", color="black", markersize=7, zorder=5, clip_on=False)
    left.set(xlim=(0, 1), ylim=(0, 2.5), xlabel="p, predicted for label 1",
             title=f"cross-entropy, target {y:g}")
    right.bar([0], [entropy], width=0.5, color=plots.COLORS["muted"])
    right.bar([0], [forward], width=0.5, bottom=[entropy], color=plots.COLORS["loss"], hatch="//",
              edgecolor="white")
    right.set(xlim=(-0.5, 1.6), ylim=(0, 2.5), xticks=[], title="its two parts")
    if entropy > 0.1:
        plots.direct_label(right, 0.28, entropy / 2, "entropy of the\ntarget", "muted")
    if forward > 0.1:
        plots.direct_label(right, 0.28, entropy + forward / 2, "KL(y‖p)", "loss")
    other = f"{backward:.4f}" if np.isfinite(backward) else "∞"
    return widgets.frame(
        figure, colours=24,
        alt=f"Target {y:g}, prediction {p:g}: the cross-entropy is {crossed:.4f}, of which the "
            f"entropy of the target is {entropy:.4f} and the divergence KL(y‖p) {forward:.4f}. "
            f"The other way round, KL(p‖y) is {other}.",
        text={"Cross-entropy": f"{crossed:.4f} = {entropy:.4f} + {forward:.4f}",
              "The other way round, KL(p‖y)": other},
    )


def parts_explorer():
    """Return the explorer of a target, a prediction, and the two parts of the cost."""
    return widgets.Explorer(
        lambda y, p: parts_frame(y, p),
        {"y": widgets.Choice("Target y", TARGETS, kind="toggle"),
         "p": widgets.Choice("Prediction p", PREDICTIONS, kind="toggle")},
        default={"y": 0.0, "p": 0.1}, name="Cross-entropy and its parts",
    )
