"""Faults between the network's outputs and the truth."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.debugging import material
from nnlib.chapters.debugging.watching import Patient, accuracy, r_squared

NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def softmax_twice(seed, sick=True):
    """The network ends in a softmax, and the loss takes one as well."""
    train, validation, _ = material.digits()
    rng = np.random.default_rng(seed)
    model = material.classifier(rng)
    if sick:
        model = nn.Sequential(*model.layers, nn.Softmax())
    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.5), train,
                   validation, accuracy, epochs=40, seed=seed)


class BroadcastMSE:
    """A mean squared error by hand that takes whatever shapes broadcast."""

    def __call__(self, prediction, target):
        self.difference = prediction - target
        self.shape = prediction.shape
        return np.mean(self.difference**2)

    def backward(self):
        grad = 2 * self.difference / self.difference.size
        return grad.sum(axis=1, keepdims=True) if grad.shape != self.shape else grad


def broadcasting(seed, sick=True):
    """Predictions of shape (N, 1), targets of shape (N,)."""
    (x, y), (x_val, y_val) = material.diabetes()
    if sick:
        y, y_val = y[:, 0], y_val[:, 0]
    rng = np.random.default_rng(seed)
    model = material.classifier(rng, hidden=16, features=10, classes=1)
    return Patient(model, BroadcastMSE(), nn.SGD(model.parameters(), lr=0.02), (x, y),
                   (x_val, y_val), r_squared, np.ravel, epochs=30, seed=seed)


def other_order(seed, sick=True):
    """Trained on the classes in alphabetical order, read in the order of counting."""
    train, validation, later = material.digits()
    rng = np.random.default_rng(seed)
    model = material.classifier(rng)
    folders = sorted(NAMES)
    place = np.array([folders.index(name) for name in NAMES])      # of each digit among the folders
    train, validation, later = ((x, place[y]) for x, y in (train, validation, later))

    def read(outputs):
        found = outputs.argmax(axis=-1)
        return place[found] if sick else found

    return Patient(model, nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1), train,
                   validation, accuracy, read, later=later, seed=seed)
