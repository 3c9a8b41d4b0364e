"""Gradient descent on mini-batches, with momentum if wanted."""

from collections.abc import Iterable

import numpy as np

from nnlib import validation
from nnlib.numpy.optimizer import Optimizer
from nnlib.numpy.parameter import Parameter


class SGD(Optimizer):
    """Stochastic gradient descent, with momentum if wanted.

    Without momentum ``w ← w - η g``. With it, a velocity v that starts at zero remembers the
    gradients::

        g ← g + λ w                      (λ = weight_decay)
        v ← β v + g                      (β = momentum)
        w ← w - η v                      or, with nesterov,  w ← w - η (g + β v)

    Under a constant gradient v grows to g/(1 - β), ten times g at β = 0.9.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    momentum : float
        0 ≤ β < 1.
    nesterov : bool
        Use the look-ahead form; needs momentum.
    weight_decay : float
        λ ≥ 0: adds the gradient of the penalty (λ/2) Σ w².

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Robbins and Monro (1951) for the method; Polyak (1964) for momentum; Sutskever et al. (2013),
    "On the importance of initialization and momentum in deep learning", for the Nesterov form. They
    put η inside the velocity, ``v ← β v - η g``, which differs as soon as η changes; here, as in
    `torch.optim.SGD`, a change of η acts on the whole velocity at once.
    """

    options = ("lr", "momentum", "nesterov", "weight_decay")
    slots = ("velocity",)

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float,
        *,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ):
        super().__init__(parameters, lr)
        self.momentum = validation.check_fraction("SGD", "momentum", momentum)
        self.nesterov = bool(nesterov)
        self.weight_decay = validation.check_at_least("SGD", "weight_decay", weight_decay)
        validation.check_nesterov("SGD", nesterov, momentum)
        self.velocity = self.zeros() if momentum else []

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        scratch = self._scratch[index]
        direction = grad = self.with_decay(index, data, grad)
        if self.momentum:
            velocity = self.velocity[index]
            velocity *= self.momentum
            velocity += grad
            direction = velocity
        if self.nesterov:
            direction = np.multiply(velocity, self.momentum, out=scratch)
            direction += grad
        np.multiply(direction, self.lr, out=scratch)
        data -= scratch
