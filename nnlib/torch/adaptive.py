"""AdaGrad and RMSprop: a step size of its own for every number, from the size of its gradients."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import torch

from nnlib import validation
from nnlib.torch.module import Parameter
from nnlib.torch.optimizer import Optimizer, checked


class AdaGrad(Optimizer, torch.optim.Adagrad):
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

    has_fused_kernel = True
    options = ("lr", "lr_decay", "eps", "weight_decay")
    slots = MappingProxyType({"steps": "step", "total": "sum"})

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
        torch.optim.Adagrad.__init__(
            self,
            checked("AdaGrad", parameters),
            lr=validation.check_at_least("AdaGrad", "lr", lr),
            lr_decay=validation.check_at_least("AdaGrad", "lr_decay", lr_decay),
            weight_decay=validation.check_at_least("AdaGrad", "weight_decay", weight_decay),
            initial_accumulator_value=validation.check_at_least(
                "AdaGrad", "initial_accumulator_value", initial_accumulator_value
            ),
            eps=validation.check_at_least("AdaGrad", "eps", eps),
        )
        self.use_fused_kernel()


class RMSprop(Optimizer, torch.optim.RMSprop):
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
    ``centered`` gives NaN.
    """

    options = ("lr", "alpha", "eps", "momentum", "centered", "weight_decay")
    slots = MappingProxyType(
        {"square": "square_avg", "mean": "grad_avg", "velocity": "momentum_buffer"}
    )

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
        torch.optim.RMSprop.__init__(
            self,
            checked("RMSprop", parameters),
            lr=validation.check_at_least("RMSprop", "lr", lr),
            alpha=validation.check_fraction("RMSprop", "alpha", alpha),
            eps=validation.check_at_least("RMSprop", "eps", eps),
            weight_decay=validation.check_at_least("RMSprop", "weight_decay", weight_decay),
            momentum=validation.check_fraction("RMSprop", "momentum", momentum),
            centered=bool(centered),
        )

    def has_slot(self, name: str) -> bool:
        option = {"mean": "centered", "velocity": "momentum"}.get(name)
        return option is None or bool(self.get_option(option))

    def load_state_dict(self, state: Mapping) -> None:
        super().load_state_dict(state)
        for parameter in self.parameters:  # torch counts the steps, though the rule has no t
            self.state[parameter].setdefault("step", torch.zeros(()))
