"""One image on its way through a whole trained convolutional network."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import squares, word
from nnlib.chapters.layers.figures.learned import trained
from nnlib.widgets import plots

STAGES = (1, 2, 4, 5, 8)         # after ReLU, pooling, ReLU, pooling, and the hidden layer


def walk(image):
    """What each stage of `STAGES` gives for one 8×8 image, and the ten probabilities."""
    values, found = image.reshape(1, 8, 8, 1).astype("float32"), {}
    model = trained()[0].eval()
    with nn.no_grad():
        for k in range(len(model)):
            values = model[k](values)
            found[k] = values[0]
        probabilities = nn.softmax(values)[0]
    return [found[k] for k in STAGES], probabilities


def follow_frame(digit):
    """Draw all maps, from the first validation image of a digit to its probabilities."""
    images, labels = trained()[2]
    image = images[np.flatnonzero(labels == digit)[0]]
    (first, pooled, second, small, hidden), probabilities = walk(image)
    figure, ax = plots.canvas(456, 346)
    rows = ((44, "image", "8×8×1"), (110, "conv, ReLU", "8×8×8"), (160, "pool", "4×4×8"),
            (198, "conv, ReLU", "4×4×16"), (234, "pool", "2×2×16"), (270, "dense, ReLU", "32"))
    for y, name, shape in rows:
        word(ax, 4, y - 6, name, 9.5, ha="left", weight="bold")
        word(ax, 4, y + 8, shape, 9, ha="left")
    squares(ax, image.reshape(8, 8), 98, 8, 9, lines=False)
    for maps, top, side, gap in ((first, 92, 4.6, 44), (pooled, 148, 6, 44), (second, 188, 5, 22),
                                 (small, 227, 7, 22)):
        high = float(maps.max())
        for k in range(maps.shape[2]):
            squares(ax, maps[:, :, k], 98 + gap * k, top, side, low=0, high=high, lines=False)
    squares(ax, hidden[None], 98, 263, 10.8, low=0)
    word(ax, 4, 314, "softmax", 9.5, ha="left", weight="bold")
    word(ax, 4, 328, "10", 9, ha="left")
    for k, p in enumerate(probabilities):
        x = 112 + 34 * k
        ax.fill([x - 9, x + 9, x + 9, x - 9], [326, 326, 326 - 34 * p, 326 - 34 * p],
                facecolor=plots.COLORS["loss" if k == probabilities.argmax() else "prediction"])
        word(ax, x, 336, str(k), 9)
    word(ax, 196, 40, f"a validation image, class {digit}", 10, ha="left")
    word(ax, 196, 58, f"said: {probabilities.argmax()}, with {probabilities.max():.2f}", 10,
         ha="left")
    return widgets.frame(
        figure, colours=40,
        alt=f"Digit {digit} through the network: image 8×8×1, 8 maps of 8×8, pooled to 4×4, "
            f"16 maps of 4×4, pooled to 2×2, 32 hidden units, 10 probabilities. It says "
            f"{probabilities.argmax()} with {probabilities.max():.2f}.",
    )


def follow_explorer():
    """Return the explorer of ten digits."""
    return widgets.Explorer(
        follow_frame, {"digit": widgets.Choice("Digit", range(10))},
        default={"digit": 3}, name="One image, every map",
    )
