"""Adam and AdamW: momentum, and a step size of its own for every number."""

from collections.abc import Iterable
from types import MappingProxyType

import torch

from nnlib import validation
from nnlib.torch.module import Parameter
from nnlib.torch.optimizer import Optimizer, checked


class _Moments(Optimizer):
    """What Adam and AdamW have in common: the same options and the same state."""

    has_fused_kernel = True
    options = ("lr", "beta1", "beta2", "eps", "weight_decay")
    slots = MappingProxyType({"steps": "step", "mean": "exp_avg", "square": "exp_avg_sq"})

    def get_option(self, name: str):
        if name in ("beta1", "beta2"):
            return super().get_option("betas")[name == "beta2"]
        return super().get_option(name)

    def set_option(self, name: str, value) -> None:
        if name in ("beta1", "beta2"):
            first, second = super().get_option("betas")
            super().set_option("betas", (value, second) if name == "beta1" else (first, value))
        else:
            super().set_option(name, value)

    @staticmethod
    def check_options(owner: str, lr, betas, eps, weight_decay) -> dict:
        """The options, checked, as torch's constructor takes them."""
        return {
            "lr": validation.check_at_least(owner, "lr", lr),
            "betas": (
                validation.check_fraction(owner, "betas[0]", betas[0]),
                validation.check_fraction(owner, "betas[1]", betas[1]),
            ),
            "eps": validation.check_at_least(owner, "eps", eps),
            "weight_decay": validation.check_at_least(owner, "weight_decay", weight_decay),
        }


class Adam(_Moments, torch.optim.Adam):
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
        λ ≥ 0, added to the gradient, so that the division by √v̂ mostly undoes it.

    Raises
    ------
    ValueError
        If a number is out of its range, or there are no parameters.

    Notes
    -----
    Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1. A parameter
    without a gradient is skipped and its t does not advance.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.001,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        parameters = checked("Adam", parameters)
        options = self.check_options("Adam", lr, betas, eps, weight_decay)
        torch.optim.Adam.__init__(self, parameters, **options)
        self.use_fused_kernel()


class AdamW(_Moments, torch.optim.AdamW):
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
    by λ times a schedule alone; here the factor has η in it, so that a
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
        parameters = checked("AdamW", parameters)
        options = self.check_options("AdamW", lr, betas, eps, weight_decay)
        torch.optim.AdamW.__init__(self, parameters, **options)
        self.use_fused_kernel()
