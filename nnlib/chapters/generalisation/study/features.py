"""Random features and least squares: a network of which only the last layer is learned.

Its training has a closed form, so width can be varied far beyond the number of rows at once. Belkin
et al. (2019), "Reconciling modern machine-learning practice and the classical bias–variance
trade-off", study such models.
"""

from __future__ import annotations

import numpy as np

from nnlib.chapters.generalisation.study.trial import digits, spoiled

ROWS = 300
WIDTHS = (5, 10, 20, 40, 70, 100, 150, 200, 250, 280, 290, 300, 310, 320, 350, 400, 500, 700, 1000,
          1500, 2000, 3000)
PENALTIES = (0.0, 1e-5, 1e-3, 1e-2, 1.0)
WRONG = (0.0, 0.2)


def errors(width, penalty, wrong, seed):
    """Return the shares of training and of test digits that are read wrongly.

    The hidden layer (64, width) is drawn at random and stays; tanh, since some ReLU units would
    never fire on so few rows. The output weights minimise squared error plus `penalty` times their
    squared length; without a penalty they are, of all that fit best, the shortest. Training errors
    count against the labels as they are, wrong ones included. Each seed has a cut of its own.
    """
    (x, y), _, (x_test, y_test) = digits(seed)
    rng = np.random.default_rng(seed)
    labels = spoiled(y[:ROWS], wrong, rng)
    weights = rng.normal(0.0, (2 / 64) ** 0.5, (64, width))
    bias = rng.uniform(-0.5, 0.5, width)
    hidden, hidden_test = (np.tanh(rows.astype(float) @ weights + bias) / width**0.5
                           for rows in (x[:ROWS], x_test))                  # (rows, width)
    targets = np.eye(10)[labels]                                            # (ROWS, 10)
    if penalty == 0:
        output = np.linalg.lstsq(hidden, targets, rcond=1e-10)[0]           # (width, 10)
    elif width > ROWS:
        output = hidden.T @ np.linalg.solve(hidden @ hidden.T + penalty * np.eye(ROWS), targets)
    else:
        output = np.linalg.solve(hidden.T @ hidden + penalty * np.eye(width), hidden.T @ targets)
    return tuple(float(np.mean((rows @ output).argmax(axis=1) != right))
                 for rows, right in ((hidden, labels), (hidden_test, y_test)))
