"""The six tasks of the comparison: rows, a model, a loss, and how long to train."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import nnlib.numpy as nn
from nnlib import data


@dataclass(frozen=True)
class Task:
    """One task.

    Attributes
    ----------
    parts : three pairs (x, y)
        Training, validation and test rows; each row is in one of them only.
    network : callable
        ``network(rng)`` builds the model.
    loss : type
        The class of the loss.
    batch_size, updates : int
    about : str
        One line on it.
    """

    parts: tuple
    network: Callable
    loss: type
    batch_size: int
    updates: int
    about: str


def digits(split=0):
    """Ten digits, pixels from 0 to 1: all columns of one kind."""
    rows = data.load_digits()
    parts = data.split(rows.x, rows.y, sizes=(1280, 257, 260), rng=np.random.default_rng(split))
    return Task(parts, dense(64, 32, 10), nn.CrossEntropyLoss, 64, 100, "digits, 64-32-10")


def tumours(split=0):
    """Malignant or benign, every column standardised."""
    return Task(_tumours(split, scaled=True), dense(30, 16, 1), nn.BCEWithLogitsLoss, 32, 100,
                "tumours, 30-16-1, standardised")


def patients(split=0):
    """The progression of diabetes, columns and target standardised."""
    rows = data.load_diabetes()
    parts = data.split(rows.x, rows.y, sizes=(256, 90, 96), rng=np.random.default_rng(split),
                       stratify=False)
    mean, spread = parts[0][1].mean(), parts[0][1].std()
    parts = [(x, ((y - mean) / spread).reshape(-1, 1).astype("float32")) for x, y in parts]
    return Task(_standardised(parts), dense(10, 32, 16, 1), nn.MSELoss, 32, 100,
                "patients, 10-32-16-1, standardised")


def sigmoids(split=0):
    """The digits through three layers of sigmoids: the gradients of early layers are small."""
    rows = digits(split)

    def network(rng):
        layers, before = [], 64
        for _ in range(3):
            layers += [nn.Dense(before, 32, init="glorot_normal", rng=rng), nn.Sigmoid()]
            before = 32
        return nn.Sequential(*layers, nn.Dense(32, 10, init="glorot_normal", rng=rng))

    return Task(rows.parts, network, nn.CrossEntropyLoss, 64, 300, "digits, three sigmoid layers")


def raw_columns(split=0):
    """Malignant or benign for one neuron that gets the columns as they are, from 0.002 to 4,254.

    All training rows in every batch, so that nothing but the surface makes it hard.
    """
    return Task(_tumours(split, scaled=False), dense(30, 1), nn.BCEWithLogitsLoss, 320, 1000,
                "tumours, one neuron, raw columns")


def letters(split=0):
    """The next character of a short text after three: most characters are rare."""
    text = data.load_text("zen")
    alphabet = sorted(set(text))
    ids = np.array([alphabet.index(character) for character in text])
    x = np.stack([ids[i:len(ids) - 3 + i] for i in range(3)], axis=1)           # (853, 3)
    parts = data.split(x, ids[3:], sizes=(593, 130, 130), rng=np.random.default_rng(split),
                       stratify=False)
    size = len(alphabet)

    def network(rng):
        return nn.Sequential(nn.Embedding(size, 16, rng=rng), nn.Flatten(),
                             nn.Dense(48, size, rng=rng))

    return Task(parts, network, nn.CrossEntropyLoss, 32, 300, f"next of {size} characters")


TASKS = {"digits": digits, "tumours": tumours, "patients": patients, "letters": letters,
         "sigmoids": sigmoids, "raw columns": raw_columns}


@functools.cache
def task(name, split=0):
    """Return the `Task` of a name, made once for each split of its rows into three parts."""
    return TASKS[name](split)


def dense(*widths):
    """Return a builder of a network of Dense layers with ReLU between them."""
    def network(rng):
        layers = []
        for before, after in itertools.pairwise(widths):
            layers += [nn.Dense(before, after, rng=rng), nn.ReLU()]
        return nn.Sequential(*layers[:-1])

    return network


def _tumours(split, *, scaled):
    rows = data.load_breast_cancer()
    parts = data.split(rows.x, rows.y, sizes=(320, 120, 129), rng=np.random.default_rng(split))
    parts = [(x, y.reshape(-1, 1).astype("float32")) for x, y in parts]
    return _standardised(parts) if scaled else parts


def _standardised(parts):
    scale = data.Standardizer().fit(parts[0][0])
    return [(scale.transform(x), y) for x, y in parts]
