"""A rare class: the confusion matrix, precision and recall as the threshold moves."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)


def counts(probability, is_rare, threshold):
    """Return true positives, false positives, false negatives and true negatives."""
    said = probability >= threshold
    return tuple(int(np.sum(a & b)) for a, b in
                 ((said, is_rare), (said, ~is_rare), (~said, is_rare), (~said, ~is_rare)))


def precision_recall(probability, is_rare, threshold):
    """Return precision (1 where nothing is called positive) and recall."""
    hit, false, missed, _ = counts(probability, is_rare, threshold)
    return hit / (hit + false) if hit + false else 1.0, hit / (hit + missed)


def threshold_frame(threshold, weight, probabilities, is_rare, name):
    """Draw the confusion matrix and where it lies on the curve of recall and precision."""
    probability = probabilities[weight]
    hit, false, missed, quiet = counts(probability, is_rare, threshold)
    figure, (left, right) = plots.figure(480, 240, ncols=2, layout="none")
    figure.subplots_adjust(left=0.13, right=0.975, bottom=0.18, top=0.84, wspace=0.32)
    table = np.array([[hit, missed], [false, quiet]])
    colours = [["#CFE3F0", "#F8DCCB"], ["#F8DCCB", "#E6E8EC"]]
    words = [["found", "missed"], ["false alarm", "rightly\nleft alone"]]
    for i in (0, 1):
        for j in (0, 1):
            left.add_patch(plots.plt.Rectangle((j, 1 - i), 0.97, 0.96, color=colours[i][j]))
            left.text(j + 0.48, 1.58 - i, f"{table[i, j]}", ha="center", va="center", fontsize=15)
            left.text(j + 0.48, 1.22 - i, words[i][j], ha="center", va="center", fontsize=8.5)
    left.set(xlim=(0, 2), ylim=(0, 2))
    left.set_xticks([0.5, 1.5], [f"said {name}", "said other"])
    left.set_yticks([1.5, 0.5], [f"is {name}", "other"])
    left.xaxis.tick_top()
    left.grid(visible=False)
    for side in left.spines.values():
        side.set_visible(False)
    for of, role in ((1, "muted"), (9, "prediction")):
        along = np.array([precision_recall(probabilities[of], is_rare, t)
                          for t in np.linspace(0.01, 0.99, 99)])
        right.plot(along[:, 1], along[:, 0], color=plots.COLORS[role], linewidth=1.6,
                   linestyle="-" if of == weight else ":")
    precision, recall = precision_recall(probability, is_rare, threshold)
    right.plot(recall, precision, "D", color="black", markersize=8)
    right.set(xlim=(-0.02, 1.03), ylim=(0, 1.05), xlabel="recall", ylabel="precision")
    right.text(0, 0.04, f"solid: weight {weight}\ndotted: weight {10 - weight}", fontsize=8.5)
    accuracy = (hit + quiet) / len(is_rare)
    return widgets.frame(
        figure, colours=24,
        alt=f"Threshold {threshold:g}, weight {weight} for the rare class: {hit} found, {missed} "
            f"missed, {false} false alarms, {quiet} rightly left alone; precision "
            f"{precision:.2f}, recall {recall:.2f}, accuracy {accuracy:.3f}.",
        text={"Precision": f"{precision:.2f}", "Recall": f"{recall:.2f}",
              "Accuracy": f"{100 * accuracy:.1f} %"},
    )


def threshold_explorer(probabilities, is_rare, name):
    """Return the explorer; `probabilities` gives those of the rare class for each weight."""
    return widgets.Explorer(
        lambda threshold, weight: threshold_frame(threshold, weight, probabilities, is_rare, name),
        {"threshold": widgets.Choice("Threshold", THRESHOLDS, kind="toggle"),
         "weight": widgets.Choice("Weight of the rare class in the loss", tuple(probabilities),
                                  kind="toggle")},
        default={"threshold": 0.5, "weight": 1}, name="Found, missed, false alarms",
    )
