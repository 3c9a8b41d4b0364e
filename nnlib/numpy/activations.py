"""Activation functions, and the layers made of them.

Each layer's ``backward`` is the derivative written out, times the incoming gradient.
"""

import numpy as np

from nnlib.numpy.checks import check_float_array, check_grad
from nnlib.numpy.module import Module


def relu(x: np.ndarray) -> np.ndarray:
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
    check_float_array("relu", x)
    return np.maximum(x, 0)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """``1 / (1 + e^-x)``, element by element, between 0 and 1.

    Computed from ``e^-|x|``, which cannot overflow: that is ``1/(1+e^-x)`` for x ≥ 0 and the equal
    ``e^x/(1+e^x)`` below, so small probabilities keep all their digits.

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
    check_float_array("sigmoid", x)
    small = np.exp(-np.abs(x))
    return np.where(x < 0, small, 1) / (1 + small)


def tanh(x: np.ndarray) -> np.ndarray:
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
    check_float_array("tanh", x)
    return np.tanh(x)


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """``e^x_i / Σ_j e^x_j`` along ``axis``: positive numbers that sum to 1.

    Adding a constant to all x_j changes nothing, so the largest x_j *of each row* is subtracted
    first: then no exponential overflows and at least one is 1.

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
    check_float_array("softmax", x)
    exponentials = np.exp(x - x.max(axis=axis, keepdims=True))
    exponentials /= exponentials.sum(axis=axis, keepdims=True)
    return exponentials


def log_softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    """``x_i - log Σ_j e^x_j`` along ``axis``: the logarithm of `softmax`.

    Computed without forming the probabilities, which can round to 0 and have no logarithm.

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
    check_float_array("log_softmax", x)
    shifted = x - x.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


class ReLU(Module):
    """`relu` as a layer: ``y = max(x, 0)``; ``dL/dx = dL/dy`` where x > 0, else 0.

    At 0, where there is no derivative, it takes 0, as PyTorch does. Nair and Hinton (2010),
    "Rectified linear units improve restricted Boltzmann machines".

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = relu(x)
        self.keep(y)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (y,) = self.kept()
        check_grad("ReLU", grad_output, y.shape, y.dtype)
        return grad_output * (y > 0) if input_grad else None  # y > 0 exactly where x > 0


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

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = sigmoid(x)
        self.keep(y)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (y,) = self.kept()
        check_grad("Sigmoid", grad_output, y.shape, y.dtype)
        return grad_output * y * (1 - y) if input_grad else None


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

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = tanh(x)
        self.keep(y)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (y,) = self.kept()
        check_grad("Tanh", grad_output, y.shape, y.dtype)
        return grad_output * (1 - y * y) if input_grad else None


class Softmax(Module):
    """`softmax` as a layer: ``y_i = e^x_i / Σ_j e^x_j`` along ``axis``.

    Every output depends on every input of its row, ``dy_i/dx_j = y_i (δ_ij - y_j)``, hence
    ``dL/dx_j = y_j (dL/dy_j - Σ_i dL/dy_i y_i)``.

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
        self.axis = axis

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = softmax(x, self.axis)
        self.keep(y)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (y,) = self.kept()
        check_grad("Softmax", grad_output, y.shape, y.dtype)
        if not input_grad:
            return None
        weighted = grad_output * y
        return weighted - y * weighted.sum(axis=self.axis, keepdims=True)

    def extra_repr(self) -> str:
        return f"axis={self.axis}"
