"""Modules made of modules: one after another, and around a shortcut."""

from collections.abc import Iterator

import numpy as np

from nnlib import validation
from nnlib.numpy.module import Module


class Sequential(Module):
    """Layers one after another: ``y = f_n(… f_2(f_1(x)))``.

    Backward goes through them in reverse, handing each one's input gradient to the layer before:
    the chain rule ``dL/dx = dL/dy · f_n' ⋯ f_2' · f_1'``, multiplied from the left.

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
            validation.check_layer("Sequential", position, layer, Module)
        self.layers = layers
        validation.check_used_once("Sequential", self.named_modules())
        learns = [any(True for _ in layer.parameters()) for layer in layers]
        self.lowest = learns.index(True) if True in learns else 0

    def forward(self, x: np.ndarray) -> np.ndarray:
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        # What lies below the lowest parameter need not be walked if nobody wants the input's
        # gradient. That saves the first layer's G Wᵀ, up to a third of a training step.
        for position in reversed(range(len(self.layers))):
            needed = input_grad or position > self.lowest
            grad_output = self.layers[position].backward(grad_output, input_grad=needed)
            if not needed or grad_output is None:  # integers, such as token ids, have no gradient
                return None
        return grad_output

    def named_children(self) -> Iterator[tuple[str, Module]]:
        for position, layer in enumerate(self.layers):
            yield str(position), layer

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
        validation.check_layer("Residual", None, module, Module)
        self.module = module
        validation.check_used_once("Residual", self.named_modules())

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = self.module(x)
        validation.check_residual("Residual", x.shape, y.shape)
        return x + y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        grad = self.module.backward(grad_output, input_grad=input_grad)
        return grad_output + grad if input_grad else None
