"""Modules made of modules: one after another, and around a shortcut."""

from collections.abc import Iterator

import torch

from nnlib import validation
from nnlib.torch.module import Module


class Sequential(Module):
    """Layers one after another: ``y = f_n(… f_2(f_1(x)))``.

    Parameters
    ----------
    *layers : Module
        Each object once; index them with ``model[0]``.

    Shapes
    ------
    input
        What the first layer takes.
    output
        What the last layer returns.

    Raises
    ------
    TypeError
        If something is not a module (a function, or a class without parentheses).
    ValueError
        If there are no layers, or one object appears twice, also inside others.
    """

    def __init__(self, *layers: Module):
        if not layers:
            raise ValueError("Sequential expected at least one layer, got none")
        for position, layer in enumerate(layers):
            validation.check_layer("Sequential", position, layer, torch.nn.Module)
        super().__init__()
        for position, layer in enumerate(layers):
            self.add_module(str(position), layer)
        validation.check_used_once("Sequential", self.named_modules(remove_duplicate=False))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self._modules.values():
            x = layer(x)
        return x

    def unrecorded(self) -> list[Module]:
        found = []
        if self._compiled_call_impl is not None:  # compiled layers keep nothing of their own
            return found
        for layer in self._modules.values():
            part = layer.unrecorded() if isinstance(layer, Module) else ()
            if not part:
                return []
            found += part
            if part[-1]._parameters:
                break
        return found

    def first_in_backward(self) -> torch.nn.Module:
        return _first_in(self.layers[-1])

    @property
    def layers(self) -> tuple[Module, ...]:
        """The layers, in order."""
        return tuple(self._modules.values())

    def __getitem__(self, position: int) -> Module:
        return self.layers[position]

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Module]:
        return iter(self.layers)


class Residual(Module):
    """A shortcut around a module: ``y = x + f(x)``.

    The gradient takes both ways, ``dL/dx = dL/dy + dL/dy · f'(x)``, so it reaches the layers below
    even where f' is small. He et al. (2016), "Deep residual learning for image recognition", eq. 1.

    Parameters
    ----------
    module : Module
        f, which must return the shape of its input.

    Shapes
    ------
    input, output
        (batch, ...), the same.

    Raises
    ------
    TypeError
        If it is given something that is not a module.
    ValueError
        If the module returns another shape than its input's, or one object appears in it twice.
    """

    def __init__(self, module: Module):
        validation.check_layer("Residual", None, module, torch.nn.Module)
        super().__init__()
        self.module = module
        validation.check_used_once("Residual", self.named_modules(remove_duplicate=False))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.module(x)
        validation.check_residual("Residual", x.shape, y.shape)
        return x + y

    def first_in_backward(self) -> torch.nn.Module:
        return _first_in(self.module)


def _first_in(module: torch.nn.Module) -> torch.nn.Module:
    return module.first_in_backward() if isinstance(module, Module) else module
