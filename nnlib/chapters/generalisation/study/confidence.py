"""How sure a network is of patients it has not seen: logits after few and after many epochs."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.generalisation.study.trial import network

EPOCHS = (5, 20, 100)
SPLITS = 20
SIZES = (264, 89, 89)            # training, validation (to fit a temperature), test


def split_patients(seed):
    """Split the patients into three standardised parts; labels (rows, 1), 1: above the median."""
    dataset = data.load_diabetes()
    above = (dataset.y > np.median(dataset.y)).astype(np.int64)
    parts = data.split(dataset.x, above, sizes=SIZES, rng=np.random.default_rng(seed))
    scale = data.Standardizer().fit(parts[0][0])
    return tuple((scale.transform(x), y[:, None].astype(np.float32)) for x, y in parts)


def logits(seed):
    """Train 10-64-32-16-1 on one split.

    Returns {epochs: (validation logits, test logits)} and the two parts' labels.
    """
    known, validation, test = split_patients(seed)
    rng = np.random.default_rng(seed)
    model, loss_fn = network((10, 64, 32, 16, 1), rng), nn.BCEWithLogitsLoss()
    optimizer = nn.Adam(model.parameters(), lr=0.003)
    found, done = {}, 0
    for epochs in EPOCHS:
        nn.fit(model, loss_fn, optimizer, known, epochs=epochs - done, batch_size=32, rng=rng)
        done = epochs
        found[epochs] = tuple(nn.predict(model, part[0])[:, 0] for part in (validation, test))
    return found, (validation[1][:, 0], test[1][:, 0])
