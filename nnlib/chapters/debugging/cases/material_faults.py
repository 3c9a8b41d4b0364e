"""Faults in what the network is given: rows, labels, units."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.debugging import material
from nnlib.chapters.debugging.watching import Patient, accuracy

COPIES = 4


def leak(seed, sick=True):
    """Each row is copied with a little noise, and the copies are dealt out to both parts.

    The healthy run deals out the rows, and copies those of training.
    """
    (x, y), _, later = material.digits(rows=1280)
    x, y = x[:320], y[:320]
    rng = np.random.default_rng([seed, 2])
    y, later = material.spoiled(y, rng), (later[0], material.spoiled(later[1], rng))

    def copied(x, y):
        noise = rng.normal(0, 0.03, (COPIES * len(x), x.shape[1]))
        return (np.tile(x, (COPIES, 1)) + noise).astype("float32"), np.tile(y, COPIES)

    if sick:
        train, validation = data.split(*copied(x, y), sizes=(960, 320), rng=rng)
    else:
        train, validation = data.split(x, y, sizes=(240, 80), rng=rng)
        train = copied(*train)
    model = material.classifier(np.random.default_rng(seed), hidden=128)
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1, momentum=0.9),
                   train, validation, accuracy, later=later, epochs=30, seed=seed)


def shuffled(seed, sick=True):
    """Rows and labels were shuffled each by itself."""
    train, validation, _ = material.digits()
    rng = np.random.default_rng([seed, 2])
    if sick:
        train, validation = ((x, rng.permutation(y)) for x, y in (train, validation))
    model = material.classifier(np.random.default_rng(seed))
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1), train,
                   validation, accuracy, epochs=12, seed=seed)


def unscaled(seed, sick=True):
    """Pixels from 0 to 255 in place of 0 to 1."""
    train, validation, _ = material.digits()
    if sick:
        train, validation = ((255 * x, y) for x, y in (train, validation))
    model = material.classifier(np.random.default_rng(seed))
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1), train,
                   validation, accuracy, epochs=12, seed=seed)
