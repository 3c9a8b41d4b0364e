"""Adam and AdamW: momentum, and a step size of its own for every number."""

from collections.abc import Iterable

import numpy as np

from nnlib import validation
from nnlib.numpy.optimizer import Optimizer
from nnlib.numpy.parameter import Parameter


class Adam(Optimizer):
    """Adam: momentum, and a step size of its own for every number.

    With the gradient g, plus λw for a weight decay of λ, at step t = 1, 2, …::

        m ← β₁ m + (1 - β₁) g            running mean of g
        v ← β₂ v + (1 - β₂) g²           running mean of g² (not of the variance)
        m̂ = m / (1 - β₁ᵗ)                both start at zero: undo their bias towards it
        v̂ = v / (1 - β₂ᵗ)
        w ← w - η m̂ / (√v̂ + ε)

    The first step is η · sign(g), however large g is.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    betas : tuple of two floats
        (β₁, β₂), each in [0, 1).
    eps : float
        ε ≥ 0, added outside the root.
    weight_decay : float
        λ ≥ 0, added to the gradient as in `torch.optim.Adam`, so that the division by √v̂ mostly
        undoes it.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1. A parameter
    without a gradient is skipped and its t does not advance.
    """

    options = ("lr", "beta1", "beta2", "eps", "weight_decay")
    slots = ("steps", "mean", "square")

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.001,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        super().__init__(parameters, lr)
        owner = type(self).__name__
        self.beta1 = validation.check_fraction(owner, "betas[0]", betas[0])
        self.beta2 = validation.check_fraction(owner, "betas[1]", betas[1])
        self.eps = validation.check_at_least(owner, "eps", eps)
        self.weight_decay = validation.check_at_least(owner, "weight_decay", weight_decay)
        self.steps, self.mean, self.square = self.counters(), self.zeros(), self.zeros()

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        self._move(index, data, self.with_decay(index, data, grad))

    def _move(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        """One step along ``grad``, without weight decay."""
        step = self.steps[index]
        step += 1
        t = int(step)
        blocks = self.blocks(index, data, grad, self.mean, self.square)
        for data, grad, mean, square, scratch in blocks:
            mean *= self.beta1
            mean += np.multiply(grad, 1.0 - self.beta1, out=scratch)
            square *= self.beta2
            np.multiply(grad, grad, out=scratch)
            scratch *= 1.0 - self.beta2
            square += scratch

            # scratch becomes √v̂ + ε, then η m̂ over it
            np.sqrt(square, out=scratch)
            scratch /= (1.0 - self.beta2**t) ** 0.5
            scratch += self.eps
            np.divide(mean, scratch, out=scratch)
            scratch *= self.lr / (1.0 - self.beta1**t)
            data -= scratch


class AdamW(Adam):
    """Adam with the weight decay apart from the gradient.

    With the same m̂ and v̂ as `Adam`, of g alone::

        w ← w - η λ w                    (λ = weight_decay)
        w ← w - η m̂ / (√v̂ + ε)

    Every weight shrinks by the same factor 1 - ηλ. In `Adam` the decay is divided by √v̂ with the
    rest, so that weights with large gradients hardly feel it.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    betas : tuple of two floats
        (β₁, β₂), each in [0, 1).
    eps : float
        ε ≥ 0, added outside the root.
    weight_decay : float
        λ ≥ 0.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Loshchilov and Hutter (2019), "Decoupled weight decay regularization", algorithm 2. They decay
    by λ times a schedule alone; here, as in `torch.optim.AdamW`, the factor has η in it, so that a
    schedule of the rate scales both.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.001,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ):
        super().__init__(parameters, lr, betas=betas, eps=eps, weight_decay=weight_decay)

    def update(self, index: int, data: np.ndarray, grad: np.ndarray) -> None:
        data *= 1.0 - self.lr * self.weight_decay
        self._move(index, data, grad)
