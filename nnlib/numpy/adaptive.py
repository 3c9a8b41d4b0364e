"""AdaGrad and RMSprop: a step size of its own for every number, from the size of its gradients."""

from collections.abc import Iterable

import numpy as np

from nnlib import validation
from nnlib.numpy.optimizer import Optimizer
from nnlib.numpy.parameter import Parameter


class AdaGrad(Optimizer):
    """AdaGrad: every number's rate falls with the squares of all its gradients so far.

    With the gradient g, plus λw for a weight decay of λ, at step t = 1, 2, …::

        s ← s + g²                       starts at initial_accumulator_value
        w ← w - η / (1 + (t - 1) d) · g / (√s + ε)          (d = lr_decay)

    Numbers that rarely have a gradient keep a large rate. s only grows, so every rate goes to zero.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    lr_decay : float
        d ≥ 0.
    weight_decay : float
        λ ≥ 0, added to the gradient.
    initial_accumulator_value : float
        First value of s, ≥ 0. At 0 the first step is η · sign(g), however large g is.
    eps : float
        ε ≥ 0, added outside the root.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Duchi, Hazan and Singer (2011), "Adaptive subgradient methods for online learning and stochastic
    optimization", figure 1, with the diagonal. A parameter without a gradient is skipped and its t
    does not advance.
    """

    options = ("lr", "lr_decay", "eps", "weight_decay")
    slots = ("steps", "total")

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.01,
        *,
        lr_decay: float = 0.0,
        weight_decay: float = 0.0,
        initial_accumulator_value: float = 0.0,
        eps: float = 1e-10,
    ):
        super().__init__(parameters, lr)
        self.lr_decay = validation.check_at_least("AdaGrad", "lr_decay", lr_decay)
        self.weight_decay = validation.check_at_least("AdaGrad", "weight_decay", weight_decay)
        start = validation.check_at_least(
            "AdaGrad", "initial_accumulator_value", initial_accumulator_value
        )
        self.eps = validation.check_at_least("AdaGrad", "eps", eps)
        self.steps, self.total = self.counters(), self.zeros()
        for total in self.total:
            total.fill(start)

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        step = self.steps[index]
        rate = self.lr / (1.0 + int(step) * self.lr_decay)
        step += 1
        grad = self.with_decay(index, data, grad)
        blocks = self.blocks(index, data, grad, self.total)
        for data, grad, total, scratch in blocks:
            total += np.multiply(grad, grad, out=scratch)
            np.sqrt(total, out=scratch)
            scratch += self.eps
            np.divide(grad, scratch, out=scratch)
            scratch *= rate
            data -= scratch


class RMSprop(Optimizer):
    """RMSprop: every number's step is measured in the running size of its own gradients.

    With the gradient g, plus λw for a weight decay of λ::

        v ← α v + (1 - α) g²             running mean of g², from 0, its bias left in
        w ← w - η g / (√v + ε)

    With ``centered``, a running mean of g is kept too and √v becomes a standard deviation::

        m ← α m + (1 - α) g
        w ← w - η g / (√(v - m²) + ε)

    With ``momentum`` μ, the quotient q that η multiplies is gathered in a velocity first::

        u ← μ u + q
        w ← w - η u

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    alpha : float
        0 ≤ α < 1.
    eps : float
        ε ≥ 0, added outside the root.
    weight_decay : float
        λ ≥ 0, added to the gradient.
    momentum : float
        0 ≤ μ < 1.
    centered : bool
        Divide by the standard deviation of the gradient instead of its size.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Tieleman and Hinton (2012), "Neural networks for machine learning", lecture 6.5; ``centered`` is
    from Graves (2013), "Generating sequences with recurrent neural networks", eq. 38 to 41. As v
    starts at 0 and is not corrected, the first steps are about η/√(1 - α) long, ten times η at
    α = 0.99. Where g never changes, v - m² is zero to rounding and can fall below it: then
    ``centered`` gives NaN, here as in PyTorch.
    """

    options = ("lr", "alpha", "eps", "momentum", "centered", "weight_decay")
    slots = ("square", "mean", "velocity")

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.01,
        *,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
        centered: bool = False,
    ):
        super().__init__(parameters, lr)
        self.alpha = validation.check_fraction("RMSprop", "alpha", alpha)
        self.eps = validation.check_at_least("RMSprop", "eps", eps)
        self.weight_decay = validation.check_at_least("RMSprop", "weight_decay", weight_decay)
        self.momentum = validation.check_fraction("RMSprop", "momentum", momentum)
        self.centered = bool(centered)
        self.square = self.zeros()
        self.mean = self.zeros() if self.centered else []
        self.velocity = self.zeros() if self.momentum else []

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        grad = self.with_decay(index, data, grad)
        in_use = [slot for slot in (self.square, self.mean, self.velocity) if slot]
        blocks = self.blocks(index, data, grad, *in_use)
        for data, grad, square, *others, scratch in blocks:  # others: m and u, where in use
            square *= self.alpha
            np.multiply(grad, grad, out=scratch)
            scratch *= 1.0 - self.alpha
            square += scratch

            if self.centered:
                mean = others[0]
                mean *= self.alpha
                mean += np.multiply(grad, 1.0 - self.alpha, out=scratch)
                np.multiply(mean, mean, out=scratch)
                np.subtract(square, scratch, out=scratch)
                np.sqrt(scratch, out=scratch)
            else:
                np.sqrt(square, out=scratch)
            scratch += self.eps
            np.divide(grad, scratch, out=scratch)

            if self.momentum:
                velocity = others[-1]
                velocity *= self.momentum
                velocity += scratch
                np.multiply(velocity, self.lr, out=scratch)
            else:
                scratch *= self.lr
            data -= scratch
