"""Digits: an MLP and a CNN of equal size on ordered and shuffled pixels; deep against wide."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.architectures import recipes

TUNING, SEEDS = (0, 1), tuple(range(3, 18))   # the rate is chosen on the first
# --- what the order of pixels is worth ---
ROWS, ORDERS, UPDATES = (80, 320, 1180), ("in order", "shuffled"), 400
ORDER_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
# --- deep against wide ---
BUDGET, DEPTHS, DEEP_EPOCHS = 10_000, (1, 2, 4, 8, 16, 32), 10
DEEP_RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
DEEP_SEEDS = tuple(range(3, 9))
STACKS = ("plain", "normalised", "with shortcuts")


@functools.cache
def parts():
    """Training (1,180), validation (257) and test rows (360)."""
    images = data.load_digits()
    return data.split(images.x, images.y, sizes=(1180, 257, 360), rng=np.random.default_rng(0))


def shuffled(x):
    """All images with their pixels in one and the same random order."""
    return x[:, np.random.default_rng(12345).permutation(64)]


def order_accuracy(kind, rows, order, rate, seed, part):
    """Accuracy of an MLP or a CNN after 400 updates on `rows` images, on part 1 or 2."""
    arrays = [x if order == "in order" else shuffled(x) for x, _ in parts()]
    rng = np.random.default_rng(seed)
    picked = rng.permutation(len(arrays[0]))[:rows]
    if kind == "CNN":
        model, arrays = recipes.cnn(nn, rng=rng), [x.reshape(-1, 8, 8, 1) for x in arrays]
    else:
        model = recipes.mlp(nn, (64, 49, 10), rng=rng)
    x, y = arrays[0][picked], parts()[0][1][picked]
    loss_fn, optimizer, done = nn.CrossEntropyLoss(), nn.SGD(model.parameters(), rate), 0
    while done < UPDATES:
        for x_batch, y_batch in nn.batches(x, y, batch_size=32, rng=rng, drop_last=True):
            loss_fn(model(x_batch), y_batch)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
            done += 1
    return float(np.mean(nn.predict_class(model, arrays[part]) == parts()[part][1]))


def width_for(depth, budget=BUDGET, normalised=False):
    """The largest width with which `depth` hidden layers stay within the budget."""
    width = 1
    while parameters(depth, width + 1, normalised) <= budget:
        width += 1
    return width


def parameters(depth, width, normalised=False):
    """Parameters of 64 inputs, `depth` hidden layers of one width, 10 outputs."""
    norms = depth * 2 * width if normalised else 0
    return 64 * width + width + (depth - 1) * (width + 1) * width + norms + 10 * width + 10


def stack(kind, depth, rng):
    """A network of `depth` hidden layers, about 10,000 parameters in all.

    Normalisation stands before each dense layer but the first, the last one included: without that
    one the sum of many shortcuts would reach the scores as large as it has become.
    """
    width = width_for(depth, normalised=kind != "plain")
    layers = [nn.Dense(64, width, rng=rng), nn.ReLU()]
    for _ in range(depth - 1):
        part = [nn.Dense(width, width, rng=rng), nn.ReLU()]
        if kind != "plain":
            part = [nn.LayerNorm(width), *part]
        layers += [nn.Residual(nn.Sequential(*part))] if kind == "with shortcuts" else part
    layers += [] if kind == "plain" else [nn.LayerNorm(width)]
    return nn.Sequential(*layers, nn.Dense(width, 10, rng=rng))


def deep_run(kind, depth, rate, seed, part):
    """Training loss after each of 10 epochs, and the accuracy on part 1 or 2 at the end."""
    rng = np.random.default_rng(seed)
    model, loss_fn = stack(kind, depth, rng), nn.CrossEntropyLoss()
    with np.errstate(all="ignore"):                    # some of these runs overflow
        history = nn.fit(model, loss_fn, nn.SGD(model.parameters(), rate), parts()[0],
                         epochs=DEEP_EPOCHS, batch_size=64, rng=rng)
        found = nn.evaluate(model, loss_fn, parts()[part])
    return history.train_loss, found["accuracy"]
