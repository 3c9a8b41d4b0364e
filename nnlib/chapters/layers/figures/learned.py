"""A small convolutional network trained on the digits, and the kernels that it found."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.layers.figures.canvas import INK, squares


def small_cnn(rng):
    """Two convolutions with pooling, then dense layers 64-32-10."""
    return nn.Sequential(
        nn.Conv2D(1, 8, 3, padding="same", rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Conv2D(8, 16, 3, padding="same", rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Flatten(), nn.Dense(64, 32, rng=rng), nn.ReLU(), nn.Dense(32, 10, rng=rng),
    )


@functools.cache
def trained():
    """Return the network after eight epochs, its validation accuracy, and the validation rows."""
    digits = data.load_digits()
    parts = data.split(digits.x, digits.y, rng=np.random.default_rng(0))
    train, validation = ((x.reshape(-1, 8, 8, 1), y) for x, y in parts[:2])
    rng = np.random.default_rng(0)
    model = small_cnn(rng)
    history = nn.fit(
        model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.2), train, epochs=8,
        batch_size=32, validation=validation, rng=rng,
    )
    return model, history.validation_accuracy[-1], parts[1]


def first_layer():
    """Return the learned kernels, (3, 3, 1, 8)."""
    return trained()[0][0].weight.data.copy()


def kernels_frame(image):
    """Draw the eight learned kernels, and beneath each what it makes of one 8×8 image."""
    model, accuracy, _ = trained()
    kernels = first_layer()[:, :, 0]                                  # (3, 3, 8)
    with nn.no_grad():
        maps = model[1](model[0](image.reshape(1, 8, 8, 1).astype("float32")))[0]  # (8, 8, 8)
    figure, ax = widgets.plots.canvas(490, 172)
    squares(ax, image.reshape(8, 8), 4, 92, 8.5, title="image")
    bound = np.abs(kernels).max()
    for k in range(8):
        left = 88 + 50 * k
        squares(ax, kernels[:, :, k], left, 24, 14.6, low=-bound, high=bound,
                title=f"{k}")
        squares(ax, maps[:, :, k], left, 92, 5.5)
    ax.text(88, 150, "top: kernels 0 to 7; below: the map of each, after ReLU",
            fontsize=9, va="center", color=INK)
    return widgets.frame(
        figure, colours=32,
        alt="The eight 3 by 3 kernels of the first layer after eight epochs, and beneath each its "
            "map of one digit: each lights up along other parts of the strokes, and no kernel is "
            "a textbook edge filter. The network gets "
            f"{100 * accuracy:.1f} % of the validation rows right.",
    )
