"""Activation functions, and the layers made of them: torch's kernels, with the course's checks."""

import torch

from nnlib import validation
from nnlib.torch.module import Module, dtype_name


def check_float(owner: str, x: torch.Tensor) -> None:
    """Raise for an input that is not of floats."""
    # Half precision is torch's own business (autocast); integers are a mistake on both paths.
    if not x.is_floating_point():
        validation.check_float(owner, dtype_name(x))


def relu(x: torch.Tensor) -> torch.Tensor:
    """``max(x, 0)``, element by element. NaN stays NaN.

    The source is that of `ReLU`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("relu", x)
    return torch.relu(x)


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """``1 / (1 + e^-x)``, element by element, between 0 and 1.

    The source is that of `Sigmoid`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("sigmoid", x)
    return torch.sigmoid(x)


def tanh(x: torch.Tensor) -> torch.Tensor:
    """``(e^x - e^-x) / (e^x + e^-x)``, element by element, between -1 and 1.

    The source is that of `Tanh`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("tanh", x)
    return torch.tanh(x)


def softmax(x: torch.Tensor, axis: int = -1) -> torch.Tensor:
    """``e^x_i / Σ_j e^x_j`` along ``axis``: positive numbers that sum to 1.

    The source is that of `Softmax`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("softmax", x)
    return torch.softmax(x, dim=axis)


def log_softmax(x: torch.Tensor, axis: int = -1) -> torch.Tensor:
    """``x_i - log Σ_j e^x_j`` along ``axis``: the logarithm of `softmax`.

    The source is that of `Softmax`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("log_softmax", x)
    return torch.log_softmax(x, dim=axis)


class ReLU(Module):
    """`relu` as a layer: ``y = max(x, 0)``; ``dL/dx = dL/dy`` where x > 0, else 0.

    At 0, where there is no derivative, torch takes 0. Nair and Hinton (2010), "Rectified linear
    units improve restricted Boltzmann machines".

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return relu(x)


class Sigmoid(Module):
    """`sigmoid` as a layer: ``y = σ(x)``; ``dL/dx = dL/dy · y (1 - y)``.

    The slope is at most 1/4, at x = 0.

    Rumelhart, Hinton and Williams (1986), "Learning representations by back-propagating errors",
    eq. 2.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return sigmoid(x)


class Tanh(Module):
    """`tanh` as a layer: ``y = tanh(x)``; ``dL/dx = dL/dy · (1 - y²)``.

    LeCun, Bottou, Orr and Müller (1998), "Efficient BackProp", section 4.4.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return tanh(x)


class Softmax(Module):
    """`softmax` as a layer: ``y_i = e^x_i / Σ_j e^x_j`` along ``axis``.

    For training, leave it out: `CrossEntropyLoss` takes the values before the softmax.

    Bridle (1990), "Probabilistic interpretation of feedforward classification network outputs".

    Parameters
    ----------
    axis : int
        The class axis, the last by default.

    Shapes
    ------
    input, output
        (..., classes), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def __init__(self, axis: int = -1):
        super().__init__()
        self.axis = axis

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return softmax(x, self.axis)

    def extra_repr(self) -> str:
        return f"axis={self.axis}"
