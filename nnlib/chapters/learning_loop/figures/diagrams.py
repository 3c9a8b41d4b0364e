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
    figure, ax = canvas(500, 230)
    area(ax, 6, 124, 488, 100, "always", "always")
    area(ax, 6, 6, 488, 100, "only in training", place="right")
    places = [68, 189, 311, 432]
    for x, name in zip(places, STAGES[:4], strict=True):
        box(ax, x, 164, 100, 40, name, edge="prediction")
    for x, name in zip(reversed(places), STAGES[4:], strict=True):
        box(ax, x, 46, 112, 40, name, edge="loss", fontsize=8.8)
    for left, right in itertools.pairwise(places):
        arrow(ax, (left + 50, 164), (right - 50, 164))
        arrow(ax, (right - 56, 46), (left + 56, 46))
    arrow(ax, (432, 144), (432, 66))
    arrow(ax, (68, 66), (68, 144))
    arrow(ax, (206, 66), (300, 144), role="loss", linestyle="--")
    ax.text(284, 115, "new weights", ha="left", va="center", fontsize=9, zorder=5)
    return widgets.frame(
        figure,
        alt="Pipeline in two rows. Always: " + ", then ".join(STAGES[:4])
            + ". Only in training: from the output on to the " + ", then ".join(STAGES[4:])
            + ", which leads back to the input data. A dashed arrow takes the new weights from the "
              "weight update to the model.",
    )


def lanes_frame():
    """Draw the training loop above the flow of inference."""
    figure, ax = canvas(500, 240)
    area(ax, 6, 104, 488, 130, "training: round and round")
    area(ax, 6, 6, 488, 84, "inference: once through, weights frozen", "always")
    names = ("data", "forward", "loss", "backward", "update")
    places = [52, 151, 250, 349, 448]
    for x, name in zip(places, names, strict=True):
        box(ax, x, 172, 72, 34, name, edge="prediction" if x < 200 else "loss")
    for left, right in itertools.pairwise(places):
        arrow(ax, (left + 36, 172), (right - 36, 172))
    ax.plot([448, 448, 52], [155, 126, 126], color="black", linewidth=1.3)
    arrow(ax, (52, 126), (52, 155))
    ax.text(250, 130, "next batch, new weights", ha="center", va="bottom", fontsize=9)
    for x, name in zip(places[:3], ("input", "forward", "output"), strict=True):
        box(ax, x, 38, 72, 34, name, edge="prediction")
    for left, right in itertools.pairwise(places[:3]):
        arrow(ax, (left + 36, 38), (right - 36, 38))
    ax.text(300, 38, "no loss, no gradient,\nno update", va="center", fontsize=9)
    return widgets.frame(
        figure,
        alt="Two lanes. Training: data, forward, loss, backward, update, and back to the next "
            "batch of data with new weights, round and round. Inference: input, forward, output, "
            "once through with frozen weights: no loss, no gradients, no update.",
    )
