"""One training run of this chapter's studies, on the digits or on the diabetes patients."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass, field

import numpy as np

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.generalisation.study.changing import changed

SIZES = (1180, 257, 360)         # training, validation, test: 360 is a fifth of 1,797
PATIENTS = (353, 89)


@dataclass
class Run:
    """The curves of one run, looked at before training and after every epoch."""

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    test_accuracy: list[float] = field(default_factory=list)
    model: object = None             # as it stands after the last epoch


@functools.cache
def digits(cut=0):
    """Split the digits: training, validation and test rows, pairs (x, y); `cut` seeds the split."""
    dataset = data.load_digits()
    return data.split(dataset.x, dataset.y, sizes=SIZES, rng=np.random.default_rng(cut))


@functools.cache
def patients(cut=0):
    """Split the diabetes patients, progression above the median or not, and standardise them.

    Returns training and validation pairs; the scale is that of the training rows.
    """
    dataset = data.load_diabetes()
    above = (dataset.y > np.median(dataset.y)).astype(np.int64)
    known, new = data.split(dataset.x, above, sizes=PATIENTS, rng=np.random.default_rng(cut))
    scale = data.Standardizer().fit(known[0])
    return tuple((scale.transform(x), y[:, None].astype(np.float32)) for x, y in (known, new))


def spoiled(labels, share, rng):
    """Return labels of which about `share` is replaced by another digit."""
    wrong = rng.random(len(labels)) < share
    return np.where(wrong, (labels + rng.integers(1, 10, len(labels))) % 10, labels)


def network(sizes, rng, *, dropout=0.0, batch_norm=False):
    """Build dense layers of these sizes with ReLU between, and dropout behind each ReLU."""
    layers = []
    for i, (before, after) in enumerate(itertools.pairwise(sizes)):
        layers.append(nn.Dense(before, after, rng=rng))
        if i < len(sizes) - 2:
            layers += [nn.BatchNorm(after)] if batch_norm else []
            layers.append(nn.ReLU())
            layers += [nn.Dropout(dropout, rng=rng)] if dropout else []
    return nn.Sequential(*layers)


def train_patients(sizes, rows, seed, *, epochs=100):
    """Train on the first `rows` training patients of the cut `seed`; a `Run` without test rows."""
    known, new = patients(seed)
    known = known[0][:rows], known[1][:rows]
    rng = np.random.default_rng(seed)
    model, loss_fn = network(sizes, rng), nn.BCEWithLogitsLoss()
    optimizer = nn.Adam(model.parameters(), lr=0.003)
    run = Run()

    def look():
        run.train_loss.append(nn.evaluate(model, loss_fn, known)["loss"])
        run.validation_loss.append(nn.evaluate(model, loss_fn, new)["loss"])
        right = nn.predict_class(model, new[0]) == new[1][:, 0]
        run.validation_accuracy.append(float(np.mean(right)))

    look()
    for _ in range(epochs):
        nn.fit(model, loss_fn, optimizer, known, epochs=1, batch_size=32, rng=rng)
        look()
    return run


def train_digits(rows=320, wrong=0.0, seed=0, *, cut=0, epochs=60, decay=0.0, dropout=0.0,
                 batch_norm=False, batch_size=32, change="none", rate=0.05):
    """Train 64-128-10 on the first `rows` digits of a cut, or on those of these numbers.

    A share of `wrong` of the labels is replaced, of the validation rows too; test labels are clean.
    The seed decides which labels are wrong. `decay` shrinks weights, not biases. `change` names
    a transformation of `changing`, drawn anew for each row of each epoch. The rate stays.
    """
    (x, y), (x_validation, y_validation), test = digits(cut)
    rng = np.random.default_rng(seed)
    chosen = slice(rows) if isinstance(rows, int) else rows
    x, y = x[chosen], spoiled(y[chosen], wrong, rng)
    validation = x_validation, spoiled(y_validation, wrong, rng)
    model = network((64, 128, 10), rng, dropout=dropout, batch_norm=batch_norm)
    loss_fn = nn.CrossEntropyLoss()
    weights = [p for p in model.parameters() if p.data.ndim == 2]
    others = [p for p in model.parameters() if p.data.ndim != 2]
    optimizers = [nn.SGD(weights, lr=rate, momentum=0.9, weight_decay=decay),
                  nn.SGD(others, lr=rate, momentum=0.9)]
    run = Run()

    def look():
        run.train_loss.append(nn.evaluate(model, loss_fn, (x, y))["loss"])
        scores = nn.evaluate(model, loss_fn, validation)
        run.validation_loss.append(scores["loss"])
        run.validation_accuracy.append(scores["accuracy"])
        run.test_accuracy.append(nn.evaluate(model, loss_fn, test)["accuracy"])

    look()
    for _ in range(epochs):
        model.train()
        seen = changed(x, change, rng)
        for x_batch, y_batch in nn.batches(seen, y, batch_size=batch_size, rng=rng):
            loss_fn(model(x_batch), y_batch)
            for optimizer in optimizers:
                optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            for optimizer in optimizers:
                optimizer.step()
        look()
    run.model = model
    return run
