"""The network of this chapter: it reads digits, and two of its five layers know two modes."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy
from nnlib import data

EPOCHS, BATCH, RATE = 20, 64, 0.1


@functools.cache
def digits():
    """Training, validation and test rows, with the counts of ink 0 to 16 as they were scanned."""
    images = data.load_digits()
    return data.split(images.x * 16, images.y, rng=np.random.default_rng(0))


def pixel_scale():
    """Mean and standard deviation of all training pixels."""
    x = digits()[0][0].astype("float64")
    return float(x.mean()), float(x.std())


def scaled(x, scale=None):
    """Counts of ink as the network wants them: (x − mean) / std, float32."""
    mean, std = pixel_scale() if scale is None else scale
    return ((np.asarray(x, "float64") - mean) / std).astype("float32")


def network(seed, *, nn=nnlib.numpy, p=0.5):
    """An untrained reader of digits, 64-64-10, and the generator that also shuffles."""
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(64, 64, rng=rng), nn.BatchNorm(64), nn.ReLU(), nn.Dropout(p, rng=rng),
        nn.Dense(64, 10, rng=rng),
    )
    return model, rng


def trained(seed, *, nn=nnlib.numpy, epochs=EPOCHS):
    """A trained reader, in the mode that training left it in."""
    (x, y), _, _ = digits()
    model, rng = network(seed, nn=nn)
    optimizer = nn.SGD(model.parameters(), lr=RATE)
    nn.fit(model, nn.CrossEntropyLoss(), optimizer, (scaled(x), y), epochs=epochs,
           batch_size=BATCH, rng=rng)
    return model
