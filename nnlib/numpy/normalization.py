"""Normalization: of each feature over the batch, or of each row over its features.

Both subtract a mean, divide by a standard deviation, and then scale and shift by learned numbers.
"""

import numpy as np

from nnlib import validation
from nnlib.numpy.checks import check_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter


def _column_sums(rows: np.ndarray) -> np.ndarray:
    # A row of ones times the matrix: for few columns many times faster than rows.sum(axis=0).
    return np.ones(len(rows), rows.dtype) @ rows


class BatchNorm(Module):
    """Normalize each feature over the batch: ``y = γ (x - μ) / √(σ² + ε) + β``.

    In training, μ and σ² are the mean and the (biased) variance of the feature over all axes but
    the last. In evaluation mode they are the running ones, which each training forward moves::

        running_mean ← (1 - momentum) · running_mean + momentum · μ
        running_var  ← (1 - momentum) · running_var  + momentum · σ² n / (n - 1)

    with n the number of values per feature (the unbiased variance).

    Parameters
    ----------
    num_features : int
        Size of the last axis: features of a row, or channels of an image.
    momentum : float
        Weight of the *new* value, between 0 and 1, as in PyTorch. (Keras means the old value's.)
    eps : float
        ε, above 0.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (num_features,)
        γ, starts at ones.
    bias : Parameter, shape (num_features,)
        β, starts at zeros.
    running_mean, running_var : numpy.ndarray, shape (num_features,)
        Start at zeros and ones; saved with the state, not learned.

    Shapes
    ------
    input, output
        (batch, ..., num_features), the same: rows or channels-last images.

    Notes
    -----
    With G = dL/dy, x̂ = (x - μ)/√(σ² + ε) and sums and means over the n values of a feature::

        dL/dγ = Σ G x̂        dL/dβ = Σ G
        dL/dx = γ / √(σ² + ε) · (G - mean(G) - x̂ · mean(G x̂))       in training
        dL/dx = γ / √(σ² + ε) · G                                    in evaluation mode

    In training the two means appear because μ and σ² depend on every x. Ioffe and Szegedy (2015),
    "Batch normalization", algorithm 1 and section 3.

    Raises
    ------
    ValueError
        If the last axis of the input is not num_features, the batch axis is missing, or in training
        a feature has fewer than two values: then there is no variance.
    TypeError
        If the input's dtype is not the weight's.
    """

    buffers = ("running_mean", "running_var")

    def __init__(
        self, num_features: int, *, momentum: float = 0.1, eps: float = 1e-5, dtype="float32"
    ):
        self.num_features = validation.check_positive_int("BatchNorm", "num_features", num_features)
        self.momentum = validation.check_fraction("BatchNorm", "momentum", momentum, one=True)
        self.eps = validation.check_above("BatchNorm", "eps", eps)
        dtype = validation.check_float_dtype_name("BatchNorm", dtype)
        self.weight = Parameter(np.ones(num_features, dtype))
        self.bias = Parameter(np.zeros(num_features, dtype))
        self.running_mean = np.zeros(num_features, dtype)
        self.running_var = np.ones(num_features, dtype)

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("BatchNorm", x)
        validation.check_features("BatchNorm", x.shape, self.num_features, "num_features")
        check_same_dtype("BatchNorm", x, self.weight.dtype)
        rows = x.reshape(-1, self.num_features)  # all axes but the last are rows of one big batch
        if self.training:
            validation.check_several_values("BatchNorm", x.shape)
            mean = _column_sums(rows) / len(rows)
            normal = rows - mean
            var = _column_sums(normal * normal) / len(rows)
            self._move_running(mean, var, len(rows))
        else:
            mean, var = self.running_mean, self.running_var
            normal = rows - mean
        inverse = 1.0 / np.sqrt(var + self.eps)
        normal *= inverse  # this is x̂
        self.keep(normal, inverse, x.shape, self.training)
        y = normal * self.weight.data
        y += self.bias.data
        return y.reshape(x.shape)

    def _move_running(self, mean: np.ndarray, var: np.ndarray, n: int) -> None:
        for running, new in ((self.running_mean, mean), (self.running_var, var * (n / (n - 1)))):
            running *= 1.0 - self.momentum
            running += self.momentum * new

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        normal, inverse, shape, of_batch = self.kept()
        check_grad("BatchNorm", grad_output, shape, normal.dtype)
        grad = grad_output.reshape(normal.shape)
        grad_bias, grad_weight = _column_sums(grad), _column_sums(grad * normal)
        self.bias.add_grad(grad_bias)
        self.weight.add_grad(grad_weight)
        if not input_grad:
            return None
        scale = self.weight.data * inverse
        if not of_batch:
            return (grad * scale).reshape(shape)
        n = len(normal)
        grad_x = normal * (grad_weight / -n)
        grad_x += grad
        grad_x -= grad_bias / n
        grad_x *= scale
        return grad_x.reshape(shape)

    def extra_repr(self) -> str:
        return f"{self.num_features}, momentum={self.momentum:g}, eps={self.eps:g}"


class LayerNorm(Module):
    """Normalize each row over its features: ``y = γ (x - μ) / √(σ² + ε) + β``.

    μ and σ² are the mean and the (biased) variance over the last axis, of each row by itself: no
    row depends on another, and training and evaluation mode do the same.

    Parameters
    ----------
    features : int
        Size of the last axis.
    eps : float
        ε, above 0.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (features,)
        γ, starts at ones.
    bias : Parameter, shape (features,)
        β, starts at zeros.

    Shapes
    ------
    input, output
        (batch, ..., features), the same.

    Notes
    -----
    With G = dL/dy, x̂ = (x - μ)/√(σ² + ε), sums over all rows and means over the features of a row::

        dL/dγ = Σ G x̂        dL/dβ = Σ G
        dL/dx = (γG - mean(γG) - x̂ · mean(γG x̂)) / √(σ² + ε)

    Ba, Kiros and Hinton (2016), "Layer normalization", eq. 4.

    Raises
    ------
    ValueError
        If the last axis of the input is not features, or the batch axis is missing.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(self, features: int, *, eps: float = 1e-5, dtype="float32"):
        self.features = validation.check_positive_int("LayerNorm", "features", features)
        self.eps = validation.check_above("LayerNorm", "eps", eps)
        dtype = validation.check_float_dtype_name("LayerNorm", dtype)
        self.weight = Parameter(np.ones(features, dtype))
        self.bias = Parameter(np.zeros(features, dtype))

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("LayerNorm", x)
        validation.check_features("LayerNorm", x.shape, self.features, "features")
        check_same_dtype("LayerNorm", x, self.weight.dtype)
        rows = x.reshape(-1, self.features)
        normal = rows - self._means(rows, np.ones_like(self.weight.data))
        var = np.vecdot(normal, normal)[:, None] / self.features
        inverse = 1.0 / np.sqrt(var + self.eps)
        normal *= inverse  # this is x̂
        self.keep(normal, inverse, x.shape)
        y = normal * self.weight.data
        y += self.bias.data
        return y.reshape(x.shape)

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        normal, inverse, shape = self.kept()
        check_grad("LayerNorm", grad_output, shape, normal.dtype)
        grad = grad_output.reshape(normal.shape)
        products = grad * normal
        self.bias.add_grad(_column_sums(grad))
        self.weight.add_grad(_column_sums(products))
        if not input_grad:
            return None
        weight = self.weight.data
        normal_share, share = self._means(products, weight), self._means(grad, weight)
        grad_x = grad * weight
        grad_x -= np.multiply(normal, normal_share, out=products)
        grad_x -= share
        grad_x *= inverse
        return grad_x.reshape(shape)

    def _means(self, rows: np.ndarray, weight: np.ndarray) -> np.ndarray:
        """Mean of each row ⊙ weight, as a column; as a product it is faster than a sum."""
        return (rows @ weight)[:, None] / self.features

    def extra_repr(self) -> str:
        return f"{self.features}, eps={self.eps:g}"
