"""Optimizers: torch's own, with the names, checks and saved state of this library.

Each one is a subclass of its namesake in ``torch.optim`` and updates with that one's code. What is
added is the property ``lr`` and a ``state_dict`` of plain numbers and lists that a model of the
NumPy path can go on from.
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
    has_fused_kernel: bool = False

    def __setstate__(self, state: Mapping) -> None:  # of a copy; torch leaves hooks out of it
        super().__setstate__(state)
        self.use_fused_kernel()

    def use_fused_kernel(self) -> None:
        """Choose torch's kernel anew before each step, if this rule has a fused one."""
        if self.has_fused_kernel:
            self.register_step_pre_hook(_choose_kernel)

    def fits(self, parameter: Parameter) -> bool:
        """Whether the fused kernel of the CPU can update this parameter."""
        tensors = [parameter, *self.state.get(parameter, {}).values()]
        if parameter.grad is not None:
            tensors.append(parameter.grad)
        return parameter.is_cpu and all(tensor.is_contiguous() for tensor in tensors)

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
            parameter, in order]}``. Tensors are copies; those of ``torch.optim`` go on changing.
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
        validation.check_state(
            owner,
            dict.fromkeys(self.options, ()) | _shapes(own),
            {name: () for name in self.options if name in state} | _shapes(given),
        )
        options = {name: type(self.get_option(name))(state[name]) for name in self.options}
        options["lr"] = validation.check_at_least(owner, "lr", options["lr"])
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
        return value.to("cpu", torch.float32) if name == "steps" else value  # torch counts in float

    def from_kept(self, name: str, parameter: Parameter) -> torch.Tensor:
        """A copy of what torch keeps, or zeros before the parameter's first step."""
        value = self.state[parameter].get(self.slots[name]) if parameter in self.state else None
        if name == "steps":
            return torch.tensor(0 if value is None else int(value))
        return torch.zeros_like(parameter) if value is None else value.clone()

    def _slot(self, name: str) -> list[torch.Tensor]:
        if not self.has_slot(name):
            return []
        return [self.from_kept(name, parameter).detach() for parameter in self.parameters]


def checked(owner: str, parameters: Iterable[Parameter]) -> list[Parameter]:
    """The parameters as a list, checked."""
    parameters = list(parameters)
    validation.check_parameters(owner, parameters, Parameter)
    return parameters


def _choose_kernel(optimizer: Optimizer, args, kwargs) -> None:
    """Fuse the update on the CPU where that is possible; elsewhere torch decides.

    The fused kernel makes one pass where the plain code calls a dozen operations, which takes more
    than half of the time of a small network's step. But on the CPU it walks through memory in order
    and does not look at strides: on a transposed gradient it would silently pair numbers that do
    not belong together.
    """
    for group in optimizer.param_groups:
        group["fused"] = True if all(map(optimizer.fits, group["params"])) else None


def _copy(value, example: torch.Tensor) -> torch.Tensor:
    """An array or tensor as a new tensor with the dtype and device of ``example``."""
    value = value if isinstance(value, torch.Tensor) else torch.as_tensor(np.array(value))
    return value.detach().to(example, copy=True)


def _shapes(slots: Mapping[str, list]) -> dict[str, tuple[int, ...]]:
    return {f"{name}.{i}": np.shape(a) for name, slot in slots.items() for i, a in enumerate(slot)}
