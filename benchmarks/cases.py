"""What is measured: networks, each written with this library and in torch's own words.

Every side of a case does the same work on the same numbers: forward, loss, backward, Adam, in
float32. The convolution alone is forward and backward, with the gradients of weights and input.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Case:
    """A network and its data.

    ``ours(nn, rng)`` builds it on a path and ``plain(torch.nn)`` in plain torch; ``labels`` is the
    shape of the targets, or None where there is no loss and backward starts from random numbers.
    ``images`` says that torch wants the channels first. ``goals`` are the highest ratios aimed at:
    the NumPy path, and the torch path, against plain torch; ``beside_fused`` is that of the NumPy
    path against plain torch with an Adam that is one kernel.
    """

    name: str
    shape: tuple
    labels: tuple | None
    ours: Callable
    plain: Callable
    goals: tuple
    beside_fused: float | None = None
    at_two_threads: float | None = None  # what is aimed at there, where it is another number
    classes: int = 10
    batches: int = 10
    images: bool = False
    hidden: int | None = None  # of an MLP with one hidden layer, which scikit-learn has too

    def data(self):
        """``batches`` pairs of arrays, the same on every side."""
        rng = np.random.default_rng(0)
        x = rng.standard_normal((self.batches, *self.shape)).astype("float32")
        if self.labels is None:
            return [(batch, None) for batch in x]
        return list(
            zip(x, rng.integers(0, self.classes, (self.batches, *self.labels)), strict=True)
        )


def mlp(inputs, hidden, batch, goal, beside_fused=None, name=None):
    """One hidden layer and ten classes."""

    def ours(nn, rng):
        return nn.Sequential(
            nn.Dense(inputs, hidden, rng=rng), nn.ReLU(), nn.Dense(hidden, 10, rng=rng)
        )

    def plain(nn):
        return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, 10))

    name = name or f"MLP {inputs}-{hidden}-10, batch {batch}"
    goals = (goal, 1.1)
    return Case(name, (batch, inputs), (batch,), ours, plain, goals, beside_fused=beside_fused,
                batches=50, hidden=hidden)  # fmt: skip


def _cnn(nn, rng):
    return nn.Sequential(
        nn.Conv2D(1, 16, 3, rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Conv2D(16, 32, 3, rng=rng), nn.ReLU(), nn.MaxPool2D(2),
        nn.Flatten(), nn.Dense(800, 10, rng=rng),
    )  # fmt: skip


def _plain_cnn(nn):
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 10),
    )  # fmt: skip


def _plain_lstm(nn):
    class LastState(nn.Module):
        def __init__(self):
            super().__init__()
            self.lstm, self.out = nn.LSTM(64, 128, batch_first=True), nn.Linear(128, 10)

        def forward(self, x):
            return self.out(self.lstm(x)[0][:, -1])

    return LastState()


def _plain_attention(nn):
    class SelfAttention(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(128, 4, batch_first=True)
            self.out = nn.Linear(128, 10)

        def forward(self, x):
            return self.out(self.attention(x, x, x, need_weights=False)[0])

    return SelfAttention()


CASES = [
    mlp(64, 64, 32, 0.4, beside_fused=0.4),
    mlp(784, 512, 128, 1.1, beside_fused=1.2),
    Case("CNN, batch 32 of 28×28×1", (32, 28, 28, 1), (32,), _cnn, _plain_cnn, (2, 1.1),
         images=True),
    Case("Conv2D 3×3 alone, 32×26×26×16 to 32", (32, 26, 26, 16), None,
         lambda nn, rng: nn.Conv2D(16, 32, 3, rng=rng), lambda nn: nn.Conv2d(16, 32, 3), (2, 1.1),
         images=True),
    Case("LSTM 64-128, batch 32, 50 steps", (32, 50, 64), (32,),
         lambda nn, rng: nn.Sequential(nn.LSTM(64, 128, rng=rng), nn.Dense(128, 10, rng=rng)),
         _plain_lstm, (1.5, 1.1)),
    Case("attention, batch 32, 64 tokens, width 128", (32, 64, 128), (32, 64),
         lambda nn, rng: nn.Sequential(
             nn.MultiHeadAttention(128, 4, rng=rng), nn.Dense(128, 10, rng=rng)),
         _plain_attention, (1.5, 1.1), at_two_threads=2),
]  # fmt: skip

# How the cost grows: one thing changes at a time.
GROWTH = {
    "batch size, MLP 64-64-10": [
        mlp(64, 64, batch, 1.1, name=f"batch {batch}") for batch in (1, 8, 32, 128, 512)
    ],
    "width, MLP 64-width-10, batch 32": [
        mlp(64, width, 32, 1.1, name=f"width {width}") for width in (16, 64, 256, 1024)
    ],
}

BY_NAME = {case.name: case for case in [*CASES, *(case for row in GROWTH.values() for case in row)]}
