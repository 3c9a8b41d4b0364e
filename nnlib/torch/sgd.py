"""Gradient descent on mini-batches, with momentum if wanted."""

from collections.abc import Iterable
from types import MappingProxyType

import torch

from nnlib import validation
from nnlib.torch.module import Parameter
from nnlib.torch.optimizer import Optimizer, checked


class SGD(Optimizer, torch.optim.SGD):
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
    """

    options = ("lr", "momentum", "nesterov", "weight_decay")
    slots = MappingProxyType({"velocity": "momentum_buffer"})

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float,
        *,
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ):
        parameters = checked("SGD", parameters)
        lr = validation.check_at_least("SGD", "lr", lr)
        momentum = validation.check_fraction("SGD", "momentum", momentum)
        weight_decay = validation.check_at_least("SGD", "weight_decay", weight_decay)
        validation.check_nesterov("SGD", nesterov, momentum)
        torch.optim.SGD.__init__(
            self,
            parameters,
            lr=lr,
            momentum=momentum,
            nesterov=bool(nesterov),
            weight_decay=weight_decay,
        )

    def has_slot(self, name: str) -> bool:
        return self.get_option("momentum") != 0
