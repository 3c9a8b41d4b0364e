"""Small networks on XOR: how many of them get stuck."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data

STARTS = 20


@functools.cache
def xor_losses(hidden, *, updates=600, rate=0.05):
    """Train networks 2-hidden-1 (ReLU) with Adam on the four rows of XOR; return their losses."""
    x, y = data.make_xor()
    y = np.reshape(y, (-1, 1)).astype("float32")
    ends = []
    for seed in range(STARTS):
        rng = np.random.default_rng(seed)
        model = nn.Sequential(nn.Dense(2, hidden, rng=rng), nn.ReLU(), nn.Dense(hidden, 1, rng=rng))
        loss_fn, optimizer = nn.BCEWithLogitsLoss(), nn.Adam(model.parameters(), lr=rate)
        for _ in range(updates):
            loss_fn(model(x), y)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
        ends.append(float(loss_fn(model(x), y)))
    return np.array(ends)
