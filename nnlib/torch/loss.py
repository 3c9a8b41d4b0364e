"""What every loss has in common: two inputs, a reduction, and checks.

``loss_fn(prediction, target)`` gives the loss and ``loss_fn.backward()`` its gradient with respect
to the prediction; torch's own ``loss.backward()`` goes on through the model. With
``reduction="none"`` the loss is a tensor and backward gives the gradient of its sum. NaN in a
prediction or a target makes the loss NaN; nothing hides it.
"""

import torch

from nnlib import validation
from nnlib.torch.module import Module, dtype_name, not_a_tensor


class Loss(Module):
    """Base of the losses: a module of two inputs and no parameters, with a reduction."""

    def __init__(self, *, reduction: str = "mean"):
        super().__init__()
        validation.check_reduction(type(self).__name__, reduction)
        self.reduction = reduction

    def __call__(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        if not isinstance(target, torch.Tensor):
            raise not_a_tensor(type(self).__name__, "target", target)
        return super().__call__(prediction, target)

    def backward(self) -> torch.Tensor:
        """Gradient of the loss with respect to the prediction of the last call; its shape.

        Raises
        ------
        RuntimeError
            If the loss was not called since the last backward, or only under ``no_grad``.
        """
        if self._kept is None:
            raise validation.no_forward(type(self).__name__)
        prediction, loss, _ = self._kept
        self.__dict__["_kept"] = None
        start = torch.ones_like(loss) if self.reduction == "none" else None  # None: torch's own 1
        try:
            return torch.autograd.grad(loss, prediction, start)[0]
        except RuntimeError as error:
            if "second time" in str(error):  # loss.backward() was here before
                raise validation.no_forward(type(self).__name__) from None
            raise

    def check(self, prediction: torch.Tensor) -> None:
        """Raise for a prediction that is not of floats, and for the mean of nothing."""
        owner = type(self).__name__
        if not prediction.is_floating_point():
            validation.check_float(owner, dtype_name(prediction), "prediction")
        validation.check_not_empty(owner, prediction.shape, self.reduction)

    def check_alike(self, prediction: torch.Tensor, target: torch.Tensor) -> None:
        """`check`, and raise unless both have one shape and one dtype."""
        self.check(prediction)
        owner = type(self).__name__
        validation.check_same_shape(owner, prediction.shape, target.shape)
        if target.dtype != prediction.dtype:
            names = dtype_name(target), dtype_name(prediction)
            validation.check_dtype(owner, *names, "target")

    def extra_repr(self) -> str:
        return f"reduction={self.reduction!r}"
