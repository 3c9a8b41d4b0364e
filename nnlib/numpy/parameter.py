"""Arrays that come in, and arrays that are learned."""

import numpy as np

from nnlib import arrays


def tensor(data, dtype=None) -> np.ndarray:
    """Copy ``data`` into an array: Python floats become float32, an array keeps its dtype.

    Parameters
    ----------
    data : array_like
        Nested lists of numbers, or an array.
    dtype : str or numpy.dtype, optional
        Overrides both rules.

    Returns
    -------
    numpy.ndarray
        A copy, so that changing it leaves ``data`` as it was.

    Raises
    ------
    TypeError
        If there is something else than numbers in ``data``.
    ValueError
        If its rows differ in shape.
    """
    array = np.array(arrays.numbers("tensor", "data", data), dtype=dtype)
    if dtype is None and not arrays.is_array(data) and array.dtype == np.float64:
        array = array.astype(np.float32)
    return array


def to_numpy(value) -> np.ndarray:
    """An array, list, number or torch tensor (on any device) as a NumPy array."""
    if hasattr(value, "detach"):  # a torch tensor, recognised without importing torch
        value = value.detach().cpu()
    return np.asarray(value)


class Parameter:
    """An array that is learned, with its gradient.

    Attributes
    ----------
    data : numpy.ndarray
        The values. Optimizers change them in place.
    grad : numpy.ndarray or None
        The sum of the gradients of all backward passes since it was last set to None;
        the shape of ``data``.
    """

    def __init__(self, data: np.ndarray):
        self.data = data
        self.grad: np.ndarray | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape

    @property
    def dtype(self) -> np.dtype:
        return self.data.dtype

    def add_grad(self, grad: np.ndarray) -> None:
        """Add a gradient that nobody else holds: where a weight is used twice, gradients sum."""
        if self.grad is None:
            self.grad = grad
        else:
            self.grad = self.grad + grad

    def __repr__(self) -> str:
        return f"Parameter(shape={self.shape}, dtype={self.dtype})"
