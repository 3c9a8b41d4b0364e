"""Two diagrams: the pipeline from data to update, and training beside inference."""

from __future__ import annotations

import itertools

from nnlib import widgets
from nnlib.chapters.learning_loop.figures.boxes import area, arrow, box, canvas

STAGES = (
    "input data", "preprocessing", "model", "output",
    "loss", "backpropagation", "weight update", "repeat",
)


def pipeline_frame():
    """Draw the eight stages: a row that always runs, and one that only training has."""
    figure, ax = canvas(500, 270)
    area(ax, 6, 164, 488, 100, "always", "always")
    area(ax, 6, 6, 488, 140, "only in training", place="right")
    places = [68, 189, 311, 432]
    for x, name in zip(places, STAGES[:4], strict=True):
        box(ax, x, 204, 100, 40, name, edge="prediction")
    for x, name in zip(reversed(places), STAGES[4:], strict=True):
        box(ax, x, 86, 112, 40, name, edge="loss", fontsize=8.8)
    box(ax, 432, 28, 112, 30, "target", edge="data", fontsize=8.8)
    for left, right in itertools.pairwise(places):
        arrow(ax, (left + 50, 204), (right - 50, 204))
        arrow(ax, (right - 56, 86), (left + 56, 86))
    arrow(ax, (432, 184), (432, 106))
    arrow(ax, (432, 43), (432, 66))
    arrow(ax, (68, 106), (68, 184))
    arrow(ax, (206, 106), (300, 184), role="loss", linestyle="--")
    ax.text(284, 155, "new weights", ha="left", va="center", fontsize=9, zorder=5)
    ax.text(368, 28, "the right answer", ha="right", va="center", fontsize=9)
    return widgets.frame(
        figure,
        alt="Pipeline in two rows. Always: " + ", then ".join(STAGES[:4])
            + ". Only in training: from the output on to the " + ", then ".join(STAGES[4:])
            + ", which leads back to the input data. The target, the right answer, enters the "
              "loss too. A dashed arrow takes the new weights from the weight update to the model.",
    )


def lanes_frame():
    """Draw the training loop above the flow of inference."""
    figure, ax = canvas(500, 290)
    area(ax, 6, 104, 488, 180, "training: round and round")
    area(ax, 6, 6, 488, 84, "inference: once through, weights frozen", "always")
    names = ("data", "preprocess", "forward", "loss", "backward", "update")
    places = [44, 127, 209, 291, 373, 455]
    for x, name in zip(places, names, strict=True):
        box(ax, x, 172, 72, 34, name, edge="prediction" if x < 250 else "loss", fontsize=8)
    for left, right in itertools.pairwise(places):
        arrow(ax, (left + 36, 172), (right - 36, 172))
    box(ax, 291, 232, 64, 30, "target", fontsize=8.3, edge="data")
    arrow(ax, (291, 217), (291, 189))
    ax.text(332, 232, "from the data as well", va="center", fontsize=9)
    ax.plot([455, 455, 44], [155, 126, 126], color="black", linewidth=1.3)
    arrow(ax, (44, 126), (44, 155))
    ax.text(250, 130, "next batch, new weights", ha="center", va="bottom", fontsize=9)
    lane = ("input", "preprocess", "forward", "output")
    for x, name in zip(places[:4], lane, strict=True):
        box(ax, x, 38, 72, 34, name, edge="prediction", fontsize=8)
    for left, right in itertools.pairwise(places[:4]):
        arrow(ax, (left + 36, 38), (right - 36, 38))
    ax.text(334, 38, "no target, no loss, no\ngradient, no update", va="center", fontsize=9)
    return widgets.frame(
        figure,
        alt="Two lanes. Training: data, preprocessing, forward, loss, backward, update, and back "
            "to the next batch of data with new weights, round and round; the loss also takes the "
            "target. Inference: input, the same preprocessing, forward, output, once through with "
            "frozen weights: no target, no loss, no gradients, no update.",
    )
