"""How far back can a recipe reach? It is to name the first of many characters at the last one."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.architectures import recipes

SYMBOLS = 8
DISTANCES = (4, 8, 16, 32)
UPDATES, BATCH, TESTED = 400, 64, 512
RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
TUNING, SEEDS = (0, 4, 5), (1, 2, 3)       # the rate is chosen on the first
OPEN = 3.0                                 # bias of forget gates that start open


def open_lstm(rng):
    """The LSTM with forget gates that start near σ(3) = 0.95 in place of ½."""
    model = recipes.recurrent(nn, "LSTM", SYMBOLS, 16, 14, rng=rng)
    for layer in model[1], model[2]:
        layer.bias.data[layer.hidden_size:2 * layer.hidden_size] = OPEN
    return model


READERS = {                                # about 3,600 parameters each
    "RNN": lambda rng: recipes.recurrent(nn, "RNN", SYMBOLS, 16, 30, rng=rng),
    "LSTM": lambda rng: recipes.recurrent(nn, "LSTM", SYMBOLS, 16, 14, rng=rng),
    "LSTM, gates open": open_lstm,
    "Transformer": lambda rng: recipes.transformer(nn, SYMBOLS, 16, 1, rng=rng),
    "1-D convolution": lambda rng: recipes.conv_reader(nn, SYMBOLS, 16, 22, 4, rng=rng),
}


def task(distance, count, rng):
    """Random ids (count, distance + 1), and the first of each row, `distance` before the last."""
    x = rng.integers(0, SYMBOLS, (count, distance + 1))
    return x, x[:, 0].copy()


def run(kind, distance, rate, seed):
    """Train a reader; return the share of new first symbols that it names, and its loss there."""
    rng = np.random.default_rng(seed)
    model, loss_fn = READERS[kind](rng), nn.CrossEntropyLoss()
    optimizer = nn.Adam(model.parameters(), lr=rate)
    for _ in range(UPDATES):
        x, y = task(distance, BATCH, rng)
        scores = model(x)
        loss_fn(scores[:, -1], y)
        grad = np.zeros_like(scores)
        grad[:, -1] = loss_fn.backward()       # only the last place is asked
        optimizer.zero_grad()
        model.backward(grad, input_grad=False)
        nn.clip_grad_norm(model.parameters(), 1.0)
        optimizer.step()
    x, y = task(distance, TESTED, np.random.default_rng(1000 + seed))
    with nn.no_grad():
        scores = model(x)[:, -1]
    return float(np.mean(scores.argmax(axis=1) == y)), loss_fn(scores, y).item()
