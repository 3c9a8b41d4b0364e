"""Three surfaces over two weights, and a walk on them with an optimizer of the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import nnlib.numpy as nn


@dataclass(frozen=True)
class Surface:
    """f = ½ (a x² + b y²): a height, its gradient, and where the walks start."""

    curvatures: tuple
    start: tuple

    def height(self, x, y):
        a, b = self.curvatures
        return 0.5 * (a * x**2 + b * y**2)

    def gradient(self, w):
        return np.asarray(self.curvatures) * w


SURFACES = {
    "bowl": Surface((1.0, 1.0), (8.0, 5.0)),
    "ravine": Surface((1.0, 100.0), (10.0, 1.0)),
    "saddle": Surface((2.0, -2.0), (8.0, 0.01)),
}
METHODS: dict[str, Callable] = {
    "SGD": lambda parameters, lr, beta: nn.SGD(parameters, lr=lr),
    "momentum": lambda parameters, lr, beta: nn.SGD(parameters, lr=lr, momentum=beta),
    "AdaGrad": lambda parameters, lr, beta: nn.AdaGrad(parameters, lr=lr),
    "RMSprop": lambda parameters, lr, beta: nn.RMSprop(parameters, lr=lr),
    "Adam": lambda parameters, lr, beta: nn.Adam(parameters, lr=lr, betas=(beta, 0.999)),
}


def walk(method, gradient, start, lr, steps, beta=0.9):
    """Return the path (steps + 1, numbers), and the optimizer with what it stores at the end."""
    w = nn.Parameter(np.array(start, dtype="float64"))
    optimizer = METHODS[method]([w], lr, beta)
    path = [w.data.copy()]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            w.grad = gradient(w.data)
            optimizer.step()
            path.append(w.data.copy())
    return np.array(path), optimizer
