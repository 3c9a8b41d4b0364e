"""Faults of the two modes of a network."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.debugging import material
from nnlib.chapters.debugging.watching import Patient, accuracy


def never_evaluates(seed, sick=True):
    """Batch norm; the validation rows come sorted by class, in training mode."""
    train, (x, y), _ = material.digits()
    order = np.argsort(y, kind="stable")
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(64, 64, rng=rng), nn.BatchNorm(64), nn.ReLU(),
                          nn.Dense(64, 10, rng=rng))
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1), train,
                   (x[order][:256], y[order][:256]), accuracy, evaluates=not sick, epochs=15,
                   seed=seed)


def never_returns(seed, sick=True):
    """Few rows, a fifth of their labels wrong, dropout: off after the first validation."""
    (x, y), (x_val, y_val), _ = material.digits()
    rng = np.random.default_rng([seed, 2])
    y, y_val = material.spoiled(y[:320], rng), material.spoiled(y_val, rng)
    rng = np.random.default_rng(seed)
    model = material.classifier(rng, hidden=128, between=[nn.Dropout(0.5, rng=rng)])
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1, momentum=0.9),
                   (x[:320], y), (x_val, y_val), accuracy, returns=not sick, epochs=40, seed=seed)
