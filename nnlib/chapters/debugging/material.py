"""Data and networks that several cases share."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data


@functools.cache
def digits(seed=0, rows=1280):
    """Train, validation and later rows of the digits, pixels from 0 to 1."""
    found = data.load_digits()
    rng = np.random.default_rng(seed)
    return data.split(found.x, found.y, sizes=(rows, 257, 260), rng=rng)


def classifier(rng, *, hidden=32, features=64, classes=10, between=()):
    """Return dense, ReLU, dense, with layers in `between` after the ReLU."""
    return nn.Sequential(nn.Dense(features, hidden, rng=rng), nn.ReLU(), *between,
                         nn.Dense(hidden, classes, rng=rng))


def spoiled(labels, rng, share=0.2, classes=10):
    """Labels of which about this share is another class."""
    wrong = rng.random(len(labels)) < share
    return np.where(wrong, (labels + rng.integers(1, classes, len(labels))) % classes, labels)


@functools.cache
def diabetes(seed=0):
    """Train and validation rows of the diabetes data, both sides standardised on train rows."""
    found = data.load_diabetes()
    (x, y), (x_val, y_val) = data.split(
        found.x, found.y, sizes=(342, 100), rng=np.random.default_rng(seed))
    scale = data.Standardizer().fit(x)
    mean, std = y.mean(), y.std()
    return ((scale.transform(x), ((y - mean) / std)[:, None]),
            (scale.transform(x_val), ((y_val - mean) / std)[:, None]))
