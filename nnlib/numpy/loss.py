"""What every loss has in common: two inputs, a reduction, and checks.

``loss_fn(prediction, target)`` gives the loss and ``loss_fn.backward()`` its gradient with respect
to the prediction. With ``reduction="none"`` the loss is an array and backward gives the gradient of
its sum. NaN in a prediction or a target makes the loss NaN; nothing hides it.
"""

import numpy as np

from nnlib import validation
from nnlib.numpy.checks import check_array, check_float_array, check_same_dtype
from nnlib.numpy.module import Module


class Loss(Module):
    """Base of the losses: a module of two inputs and no parameters, with a reduction."""

    def __init__(self, *, reduction: str = "mean"):
        validation.check_reduction(type(self).__name__, reduction)
        self.reduction = reduction

    def backward(self) -> np.ndarray:
        """Gradient of the loss with respect to the prediction of the last call; its shape.

        Raises
        ------
        RuntimeError
            If the loss was not called since the last backward, or only under ``no_grad``.
        """
        raise NotImplementedError

    def check(self, prediction: np.ndarray, target: np.ndarray) -> None:
        """Raise for what is no array, a prediction not of floats, and the mean of nothing."""
        owner = type(self).__name__
        check_float_array(owner, prediction, "prediction")
        check_array(owner, target, "target")
        validation.check_not_empty(owner, prediction.shape, self.reduction)

    def check_alike(self, prediction: np.ndarray, target: np.ndarray) -> None:
        """`check`, and raise unless both have one shape and one dtype."""
        self.check(prediction, target)
        owner = type(self).__name__
        validation.check_same_shape(owner, prediction.shape, target.shape)
        check_same_dtype(owner, target, prediction.dtype, "target")

    def reduce(self, losses: np.ndarray):
        """Turn an array of losses into their mean or sum (a NumPy scalar), or leave it."""
        if self.reduction == "none":
            return losses
        total = losses.sum()
        return total / losses.size if self.reduction == "mean" else total

    def extra_repr(self) -> str:
        return f"reduction={self.reduction!r}"
