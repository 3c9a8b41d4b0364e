"""Optimizers: torch's own, with the names, checks and saved state of this library.

``SGD`` and ``Adam`` are subclasses of the classes of ``torch.optim`` and update with their code.
What is added is the property ``lr`` and a ``state_dict`` of plain numbers and lists that a model of
the NumPy path can go on from.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import torch

from nnlib import validation
from nnlib.torch.module import Parameter


class Optimizer(torch.optim.Optimizer):
    """Base: parameters, rate, and a state that can be saved.

    ``options`` pairs the name of each number that a rule depends on with its place in torch's
    parameter group, ``slots`` does so for what the rule keeps for each parameter.
    """

    options: tuple[str, ...] = ("lr",)
    slots: Mapping[str, str] = MappingProxyType({})

    @property
    def parameters(self) -> list[Parameter]:
        """The parameters, in order."""
        return [parameter for group in self.param_groups for parameter in group["params"]]

    @property
    def lr(self) -> float:
        """The learning rate η; set it to change it."""
        return self.param_groups[0]["lr"]

    @lr.setter
    def lr(self, value: float) -> None:
        value = validation.check_at_least(type(self).__name__, "lr", value)
        for group in self.param_groups:
            group["lr"] = value

    def state_dict(self) -> dict:
        """What a resumed run needs: a plain dict of numbers and lists of tensors.

        Returns
        -------
        dict
            ``{"optimizer": "Adam", "lr": …, every other option: …, every slot: [one tensor for each
            parameter, in order]}``. Tensors are copies.
        """
        state = {"optimizer": type(self).__name__}
        state |= {name: self.get_option(name) for name in self.options}
        state |= {name: self._slot(name) for name in self.slots}
        return state

    def load_state_dict(self, state: Mapping) -> None:
        """Continue from a saved state, options such as the rate included.

        Raises
        ------
        ValueError
            If the state is another optimizer's or belongs to other parameters; nothing is changed.
        """
        owner = type(self).__name__
        if state.get("optimizer") != owner:
            raise ValueError(
                f"{owner} expected the state of {owner}, got that of {state.get('optimizer')}"
            )
        given = {name: list(state.get(name, ())) for name in self.slots}
        own = {name: self._slot(name) for name in self.slots}
        validation.check_state(owner, _shapes(own), _shapes(given))
        options = {name: type(self.get_option(name))(state[name]) for name in self.options}
        for name, value in options.items():
            self.set_option(name, value)
        for name, values in given.items():
            for parameter, value, example in zip(self.parameters, values, own[name], strict=False):
                # strict=False: a slot that this rule does not keep has no values
                self.state[parameter][self.slots[name]] = self.to_kept(name, _copy(value, example))

    # ------------------------------------------------- where torch keeps the same things, by name

    def get_option(self, name: str):
        """The value of one of ``options``."""
        return self.param_groups[0][name]

    def set_option(self, name: str, value) -> None:
        """Set one of ``options``."""
        for group in self.param_groups:
            group[name] = value

    def has_slot(self, name: str) -> bool:
        """Whether the rule keeps this slot with its present options."""
        return True

    def to_kept(self, name: str, value: torch.Tensor) -> torch.Tensor:
        """A saved value in the form in which torch keeps it."""
        return value

    def from_kept(self, name: str, parameter: Parameter) -> torch.Tensor:
        """A copy of what torch keeps, or zeros before the parameter's first step."""
        value = self.state[parameter].get(self.slots[name]) if parameter in self.state else None
        return torch.zeros_like(parameter) if value is None else value.clone()

    def _slot(self, name: str) -> list[torch.Tensor]:
        if not self.has_slot(name):
            return []
        return [self.from_kept(name, parameter).detach() for parameter in self.parameters]


def _copy(value, example: torch.Tensor) -> torch.Tensor:
    """An array or tensor as a new tensor with the dtype and device of ``example``."""
    value = value if isinstance(value, torch.Tensor) else torch.as_tensor(np.array(value))
    return value.detach().to(example, copy=True)


def _shapes(slots: Mapping[str, list]) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{i}": np.shape(a) for name, slot in slots.items() for i, a in enumerate(slot)}


def _check_parameters(owner: str, parameters: Iterable[Parameter]) -> list[Parameter]:
    parameters = list(parameters)
    validation.check_parameters(owner, parameters, Parameter)
    return parameters


class SGD(Optimizer, torch.optim.SGD):
    """Stochastic gradient descent, with momentum if wanted.

    Without momentum ``w ← w - η g``. With it, a velocity v that starts at zero remembers the
    gradients::

        g ← g + λ w                      (λ = weight_decay)
        v ← m v + g                      (m = momentum)
        w ← w - η v                      or, with nesterov,  w ← w - η (g + m v)

    Under a constant gradient v grows to g/(1 - m), ten times g at m = 0.9.

    Parameters
    ----------
    parameters : iterable of Parameter
        ``model.parameters()``.
    lr : float
        η ≥ 0.
    momentum : float
        0 ≤ m < 1.
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
        parameters = _check_parameters("SGD", parameters)
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


class Adam(Optimizer, torch.optim.Adam):
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

    options = ("lr", "beta1", "beta2", "eps", "weight_decay")
    slots = MappingProxyType({"steps": "step", "mean": "exp_avg", "square": "exp_avg_sq"})

    def __init__(
        self,
        parameters: Iterable[Parameter],
        lr: float = 0.001,
        *,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        parameters = _check_parameters("Adam", parameters)
        lr = validation.check_at_least("Adam", "lr", lr)
        betas = (
            validation.check_fraction("Adam", "betas[0]", betas[0]),
            validation.check_fraction("Adam", "betas[1]", betas[1]),
        )
        eps = validation.check_at_least("Adam", "eps", eps)
        weight_decay = validation.check_at_least("Adam", "weight_decay", weight_decay)
        torch.optim.Adam.__init__(
            self, parameters, lr=lr, betas=betas, eps=eps, weight_decay=weight_decay
        )

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

    def to_kept(self, name: str, value: torch.Tensor) -> torch.Tensor:
        return value.to("cpu", torch.float32) if name == "steps" else value  # torch counts in float

    def from_kept(self, name: str, parameter: Parameter) -> torch.Tensor:
        if name != "steps":
            return super().from_kept(name, parameter)
        step = self.state[parameter].get("step", 0) if parameter in self.state else 0
        return torch.tensor(int(step))
