"""Three losses of one logit, for a label that is 1."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.chapters.losses.figures.probability import slopes_by_logit
from nnlib.widgets import plots

STYLES = {"cross-entropy": "gradient", "squared error": "weight", "hinge": "prediction"}


def margin_losses(z):
    """Cross-entropy, squared error of the sigmoid, and hinge loss of each logit for label 1."""
    z = np.asarray(z, dtype="float64")
    ones = np.ones_like(z)
    return {
        "cross-entropy": nn.BCEWithLogitsLoss(reduction="none")(z, ones),
        "squared error": nn.MSELoss(reduction="none")(nn.sigmoid(z), ones),
        "hinge": np.maximum(0, 1 - z),
    }


def margin_frame():
    """Draw the three losses and their slopes over the logit."""
    figure, (left, right) = two_panels(500, 280)
    z = np.linspace(-6, 4, 401)
    steep, flat = slopes_by_logit(z, 1)
    slopes = {"cross-entropy": steep, "squared error": flat, "hinge": -1.0 * (z < 1)}
    for name, values in margin_losses(z).items():
        style = {"color": plots.COLORS[STYLES[name]],
                 "linestyle": plots.role(STYLES[name])["linestyle"]}
        left.plot(z, values, **style)
        right.plot(z, slopes[name], **style)
    for name, x, y in (("cross-entropy", -0.5, 1.9), ("squared error", -5.8, 0.4),
                       ("hinge", -3.9, 5.6)):
        plots.direct_label(left, x, y, name, STYLES[name], xytext=(0, 0))
    for name, x, y in (("cross-entropy", -5.9, -0.62), ("squared error", -5.9, 0.04),
                       ("hinge", 1.2, -0.9)):
        plots.direct_label(right, x, y, name, STYLES[name], xytext=(0, 0))
    left.set(xlim=(-6, 4), ylim=(0, 6), xlabel="logit z, label 1", title="loss",
             xticks=[-6, -4, -2, 0, 2, 4])
    right.set(xlim=(-6, 4), ylim=(-1.1, 0.1), xlabel="logit z, label 1", title="slope by the logit",
              xticks=[-6, -4, -2, 0, 2, 4])
    at = {name: float(values[0]) for name, values in margin_losses([-6.0]).items()}
    ends = {"cross-entropy": steep[0], "squared error": flat[0], "hinge": slopes["hinge"][0]}
    return widgets.frame(
        figure, colours=24,
        alt="Label 1, over the logit. At z = -6: " + "; ".join(
            f"{name} {value:.4f} with slope {ends[name]:.4f}" for name, value in at.items())
        + ". The hinge loss is 0 from z = 1 on.",
    )
