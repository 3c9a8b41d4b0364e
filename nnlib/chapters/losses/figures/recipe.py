"""One recipe for losses: minus the logarithm of the probability that was given to what happened."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.losses.figures.errors import two_panels
from nnlib.widgets import plots

SEEN = 1.0                      # what happened: the number 1, or the label 1
PREDICTIONS = (-2, 0, 1, 3)
CLAIMS = ("normal", "laplace", "coin")
NAMES = {"normal": "normal", "laplace": "Laplace", "coin": "coin with logit"}
REACH = np.linspace(-4, 6, 401)


def cost(claim, prediction):
    """Minus the logarithm of the height at `SEEN`, made from the library's own losses."""
    prediction = np.atleast_1d(np.asarray(prediction, dtype="float64"))
    seen = np.full_like(prediction, SEEN)
    if claim == "normal":       # spread 1: half the squared error, and a constant
        return nn.MSELoss(reduction="none")(prediction, seen) / 2 + np.log(2 * np.pi) / 2
    if claim == "laplace":      # spread 1: the absolute error, and a constant
        return nn.MAELoss(reduction="none")(prediction, seen) + np.log(2)
    return nn.BCEWithLogitsLoss(reduction="none")(prediction, seen)


def _claim(ax, claim, prediction):
    """Draw what the prediction claims: a density over the target, or two bars."""
    if claim == "coin":
        p = float(nn.sigmoid(np.array([float(prediction)]))[0])
        ax.bar([0, 1], [1 - p, p], width=0.5, color=[plots.COLORS["muted"],
                                                    plots.COLORS["prediction"]])
        ax.set(xlim=(-1, 2), ylim=(0, 1.05), xticks=[0, 1])
    else:
        away = np.abs(REACH - prediction)
        height = np.exp(-away) / 2 if claim == "laplace" else (
            np.exp(-(away**2) / 2) / np.sqrt(2 * np.pi))
        ax.plot(REACH, height, color=plots.COLORS["prediction"])
        ax.set(xlim=(-4, 6), ylim=(0, 0.55), xticks=[-4, -2, 0, 2, 4, 6])
    ax.set(xlabel="target", title="what was claimed")


def recipe_frame(claim, prediction):
    """Draw the claim and the height it gives to what happened; beside it the cost of each claim."""
    figure, (left, right) = two_panels()
    here = float(cost(claim, prediction)[0])
    height = float(np.exp(-here))
    _claim(left, claim, prediction)
    left.plot([SEEN, SEEN], [0, height], color="black", linewidth=2)
    left.plot([SEEN], [height], "o", color="black", markersize=7, clip_on=False)
    right.plot(REACH, cost(claim, REACH), color=plots.COLORS["loss"])
    right.plot([prediction], [min(here, 7)], "o", color="black", markersize=7, clip_on=False)
    if claim != "coin":                       # a logit has no place on the axis of the targets
        right.axvline(SEEN, **plots.role("muted"))
    right.set(xlim=(-4, 6), ylim=(0, 7), title="−ln(height at 1)",
              xlabel="prediction, a logit" if claim == "coin" else "prediction",
              xticks=[-4, -2, 0, 2, 4, 6])
    loss = {"normal": "½(ŷ − y)² + 0.919", "laplace": "|ŷ − y| + 0.693",
            "coin": "binary cross-entropy"}[claim]
    return widgets.frame(
        figure, colours=24,
        alt=f"Claim: {NAMES[claim]} at {prediction}. The target 1 was given the height "
            f"{height:.4f}; minus its logarithm is {here:.4f}, which is {loss}.",
        text={"Height at what happened": f"{height:.4f}", "−ln of it": f"{here:.4f}",
              "That is": loss},
    )


def recipe_explorer():
    """Return the explorer of three claims and the losses that they turn into."""
    return widgets.Explorer(
        lambda claim, prediction: recipe_frame(claim, prediction),
        {"claim": widgets.Choice("Claim", CLAIMS, ("normal", "Laplace", "coin"), kind="toggle"),
         "prediction": widgets.Choice("Prediction", PREDICTIONS, kind="toggle")},
        default={"claim": "normal", "prediction": 0}, name="From a claim to a loss",
    )
