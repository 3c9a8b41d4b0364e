"""A little network on XOR, trained with snapshots, for the pictures that move."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data

RATE = 0.5


def filled_with(value):
    """An initializer that gives every weight the same value."""
    return lambda shape, *, rng, dtype: np.full(shape, value, dtype)


def xor_snapshots(hidden, output, *, seed, at, units=4):
    """Train 2-`units`-1 on XOR from these first weights.

    Parameters
    ----------
    hidden, output : str or callable
        Initializers of the two layers.
    at : sequence of int
        Steps at which the state is kept.

    Returns
    -------
    dict of int to (dict, float)
        For each kept step the state (`Sequential.state_dict`) and the loss.
    """
    x, y = data.make_xor()
    x, y = x.astype("float64"), y.astype("float64")[:, None]
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(2, units, init=hidden, rng=rng, dtype="float64"), nn.ReLU(),
        nn.Dense(units, 1, init=output, rng=rng, dtype="float64"),
    )
    loss_fn, optimizer = nn.BCEWithLogitsLoss(), nn.SGD(model.parameters(), lr=RATE)
    kept = {}
    for step in range(max(at) + 1):
        loss = loss_fn(model(x), y).item()
        if step in at:
            kept[step] = model.state_dict(), loss
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return kept
