"""Faults of the updates, and of where they start."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.debugging import material
from nnlib.chapters.debugging.watching import Patient, accuracy, r_squared


def never_cleared(seed, sick=True):
    """Each backward adds to the gradients of all batches before."""
    train, validation, _ = material.digits()
    model = material.classifier(np.random.default_rng(seed))
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.02), train,
                   validation, accuracy, clears=not sick, epochs=20, seed=seed)


EDGE, WELL = 0.24, 0.1


def at_the_edge(seed, sick=True):
    """A linear model on all rows at once, at a rate just below 2/λmax."""
    train, validation = material.diabetes()
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(10, 1, rng=rng))
    return Patient(model, nn.MSELoss(), nn.SGD(model.parameters(), lr=EDGE if sick else WELL),
                   train, validation, r_squared, np.ravel, epochs=40, batch_size=None, seed=seed)


BIAS = -3.0


def dead_units(seed, sick=True):
    """Biases that start so low that few units ever fire."""
    rng = np.random.default_rng(0)
    x, y = data.make_moons(600, noise=0.1, rng=rng)
    scale = data.Standardizer().fit(x[:400])
    x, y = scale.transform(x), y.astype("int64")
    model = material.classifier(np.random.default_rng(seed), hidden=16, features=2, classes=2)
    if sick:
        bias = model.layers[0].bias
        bias.data = np.full_like(bias.data, BIAS)
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.3),
                   (x[:400], y[:400]), (x[400:], y[400:]), accuracy, epochs=60, seed=seed)
