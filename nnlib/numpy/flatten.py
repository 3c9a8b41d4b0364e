"""From pictures to rows."""

from math import prod

import numpy as np

from nnlib import validation
from nnlib.numpy.checks import check_array, check_grad
from nnlib.numpy.module import Module


class Flatten(Module):
    """All axes but the batch become one, in C order (the last axis runs fastest).

    Shapes
    ------
    input
        (batch, ...)
    output
        (batch, product of the other axes): a view of the input where it is contiguous.

    Notes
    -----
    No number changes, so backward only folds the gradient back into the input's shape.

    Raises
    ------
    ValueError
        If the batch axis is missing.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("Flatten", x)
        validation.check_batch_axis("Flatten", x.shape)
        self.keep(x.shape, x.dtype)
        return x.reshape(x.shape[0], prod(x.shape[1:]))

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        shape, dtype = self.kept()
        check_grad("Flatten", grad_output, (shape[0], prod(shape[1:])), dtype)
        return grad_output.reshape(shape) if input_grad else None
