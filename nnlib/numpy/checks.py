"""Quick checks of arrays; the sentences are in `nnlib.validation`.

They run in every layer of every step, so the usual case is one comparison.
"""

import numpy as np

from nnlib import validation


def check_array(owner: str, array, what: str = "input") -> None:
    """Raise for what is not a NumPy array (a list, a torch tensor, a Python number)."""
    if not isinstance(array, (np.ndarray, np.generic)):
        raise validation.not_an_array(owner, what, "NumPy array", type(array).__name__)


def check_float_array(owner: str, array: np.ndarray, what: str = "input") -> None:
    """Raise for what is not an array of float32 or float64."""
    check_array(owner, array, what)
    if array.dtype.char not in "fd":
        validation.check_float(owner, array.dtype.name, what)


def check_same_dtype(owner: str, array: np.ndarray, dtype: np.dtype, what: str = "input") -> None:
    """Raise if the array has another dtype."""
    if array.dtype != dtype:
        validation.check_dtype(owner, array.dtype.name, dtype.name, what)


def check_grad(owner: str, grad_output: np.ndarray, shape: tuple, dtype: np.dtype) -> None:
    """Raise unless ``grad_output`` has the shape and dtype of the output."""
    check_array(owner, grad_output, "grad_output")
    if grad_output.shape != shape:
        validation.check_grad_output(owner, grad_output.shape, shape)
    check_same_dtype(owner, grad_output, dtype, "grad_output")
