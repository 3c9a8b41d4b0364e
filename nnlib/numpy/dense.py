"""The fully connected layer."""

import numpy as np

from nnlib import initializers, validation
from nnlib.numpy.checks import check_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter


class Dense(Module):
    """A fully connected layer: ``y = x W + b``.

    Parameters
    ----------
    in_features, out_features : int
        Sizes of the last axis before and after.
    bias : bool
        Whether to add b, which starts at zeros.
    init : str or callable
        First values of W, see `nnlib.initializers`.
    rng : numpy.random.Generator
        A child of it draws the first weights.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (in_features, out_features)
    bias : Parameter, shape (out_features,), or None

    Shapes
    ------
    input
        (batch, ..., in_features)
    output
        (batch, ..., out_features)

    Notes
    -----
    With G = dL/dy, summing over all rows n (batch and any axes between)::

        dL/dW[i, j] = Σ_n x[n, i] G[n, j]      = (xᵀ G)[i, j]
        dL/db[j]    = Σ_n G[n, j]
        dL/dx[n, i] = Σ_j G[n, j] W[i, j]      = (G Wᵀ)[n, i]

    PyTorch's `Linear` keeps W transposed, (out, in), and starts W and b from another distribution.

    Rumelhart, Hinton and Williams (1986), "Learning representations by back-propagating errors",
    eq. 1, 6 and 7.

    Raises
    ------
    ValueError
        If the last axis of the input is not in_features, or the batch axis is missing.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        bias: bool = True,
        init="he_normal",
        rng: np.random.Generator,
        dtype="float32",
    ):
        self.in_features = validation.check_positive_int("Dense", "in_features", in_features)
        self.out_features = validation.check_positive_int("Dense", "out_features", out_features)
        dtype = validation.check_float_dtype_name("Dense", dtype)
        child = validation.check_generator("Dense", rng).spawn(1)[0]
        shape = (in_features, out_features)
        self.weight = Parameter(
            initializers.initialize("Dense", init, shape, rng=child, dtype=dtype)
        )
        self.bias = Parameter(np.zeros(out_features, dtype)) if bias else None

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("Dense", x)
        validation.check_features("Dense", x.shape, self.in_features, "in_features")
        check_same_dtype("Dense", x, self.weight.dtype)
        self.keep(x)
        y = self._rows(x) @ self.weight.data
        if self.bias is not None:
            y += self.bias.data
        return y if x.ndim == 2 else y.reshape(*x.shape[:-1], self.out_features)

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (x,) = self.kept()
        shape = (*x.shape[:-1], self.out_features)
        check_grad("Dense", grad_output, shape, x.dtype)
        grad_rows = self._rows(grad_output)
        self.weight.add_grad(self._rows(x).T @ grad_rows)
        if self.bias is not None:
            self.bias.add_grad(grad_rows.sum(axis=0))
        if not input_grad:
            return None
        grad = grad_rows @ self.weight.data.T
        return grad if x.ndim == 2 else grad.reshape(x.shape)

    @staticmethod
    def _rows(x: np.ndarray) -> np.ndarray:
        """All axes but the last as rows of one big batch: one large matrix product, not many."""
        return x if x.ndim == 2 else x.reshape(-1, x.shape[-1])

    def extra_repr(self) -> str:
        return f"{self.in_features}, {self.out_features}, bias={self.bias is not None}"
