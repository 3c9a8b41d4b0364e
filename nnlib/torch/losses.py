"""Losses: how wrong a prediction is, as one number, and the gradient of that number.

``loss_fn(prediction, target)`` gives the loss and ``loss_fn.backward()`` its gradient with respect
to the prediction; torch's own ``loss.backward()`` goes on through the model. With
``reduction="none"`` the loss is a tensor and backward gives the gradient of its sum. NaN in a
prediction or a target makes the loss NaN; nothing hides it.
"""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.module import Module, dtype_name, not_a_tensor

# F.cross_entropy skips targets of this value. Its default, -100, would skip a wrong label silently.
_NO_LABEL = torch.iinfo(torch.int64).min


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
        loss = self._kept[1]
        return super().backward(torch.ones_like(loss))

    def check(self, prediction: torch.Tensor) -> None:
        """Raise for a prediction that is not of floats, and for the mean of nothing."""
        owner = type(self).__name__
        if not prediction.is_floating_point():
            validation.check_float(owner, dtype_name(prediction), "prediction")
        validation.check_not_empty(owner, prediction.shape, self.reduction)

    def extra_repr(self) -> str:
        return f"reduction={self.reduction!r}"


class MSELoss(Loss):
    """Mean squared error: ``L = (1/M) Σ (prediction - target)²`` over all M elements.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        "mean" divides by the number of all elements (not of rows), "sum" leaves out the 1/M,
        "none" returns the squares.

    Shapes
    ------
    prediction, target
        (...), the same: (N, 1) against (N,) raises, it would broadcast to (N, N).
    loss
        (), or the shape of the prediction for "none"; in the prediction's dtype and in the squared
        unit of the target.

    Raises
    ------
    ValueError
        If the shapes differ, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check(prediction)
        validation.check_same_shape("MSELoss", prediction.shape, target.shape)
        if target.dtype != prediction.dtype:
            names = dtype_name(target), dtype_name(prediction)
            validation.check_dtype("MSELoss", *names, "target")
        return F.mse_loss(prediction, target, reduction=self.reduction)


class CrossEntropyLoss(Loss):
    """Cross-entropy of softmax probabilities: ``L = (1/N) Σ_n -log softmax(z_n)[target_n]``.

    Takes the raw outputs of the last layer, the logits z, and applies softmax itself: both steps
    together are ``log Σ_j e^z_j - z_target``, which neither overflows nor takes the log of 0.

    Parameters
    ----------
    label_smoothing : float
        ε in [0, 1): the target probabilities become ``(1 - ε) · target + ε / C``.
        Szegedy et al. (2016), "Rethinking the Inception architecture", section 7.
    reduction : {"mean", "sum", "none"}
        "mean" divides by N, the number of all positions but the class axis.

    Shapes
    ------
    prediction
        (..., C): logits, classes on the last axis.
    target
        (...), integers from 0 to C - 1 (sparse labels); or (..., C), floats of the prediction's
        dtype: a row of probabilities for each position (categorical labels). That those rows sum to
        1 is not checked.
    loss
        (), or (...) for "none"; in the prediction's dtype, in nats.

    Notes
    -----
    ``torch.nn.CrossEntropyLoss`` puts classes on axis 1 instead of the last one, and skips labels
    of -100.

    Raises
    ------
    ValueError
        If the shapes do not fit, or for the mean over nothing.
    TypeError
        If the target is neither of integers nor of the prediction's dtype.
    IndexError
        If a label is below 0 or not below C.
    """

    def __init__(self, label_smoothing: float = 0.0, *, reduction: str = "mean"):
        super().__init__(reduction=reduction)
        self.label_smoothing = validation.check_fraction(
            "CrossEntropyLoss", "label_smoothing", label_smoothing
        )

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check(prediction)
        if target.is_floating_point():
            rows = self._rows_of_probabilities(prediction, target)
        elif target.dtype == torch.bool or target.is_complex():
            raise validation.label_dtype("CrossEntropyLoss", dtype_name(target))
        else:
            rows = self._labels(prediction, target)
        losses = F.cross_entropy(
            prediction.reshape(-1, prediction.shape[-1]),
            rows,
            ignore_index=_NO_LABEL,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )
        return losses.reshape(prediction.shape[:-1]) if self.reduction == "none" else losses

    def _rows_of_probabilities(self, prediction, target):
        validation.check_same_shape("CrossEntropyLoss", prediction.shape, target.shape)
        if target.dtype != prediction.dtype:
            names = dtype_name(target), dtype_name(prediction)
            validation.check_dtype("CrossEntropyLoss", *names, "target")
        return target.reshape(-1, prediction.shape[-1])

    def _labels(self, prediction, target):
        validation.check_label_shape("CrossEntropyLoss", prediction.shape, target.shape)
        if target.numel() and not target.is_meta:
            lowest, highest = (bound.item() for bound in target.aminmax())
            classes = prediction.shape[-1]
            if lowest < 0 or highest >= classes:
                wrong = lowest if lowest < 0 else highest
                raise validation.class_out_of_range("CrossEntropyLoss", wrong, classes)
        return target.reshape(-1).long()

    def extra_repr(self) -> str:
        smoothing = f"label_smoothing={self.label_smoothing:g}, " if self.label_smoothing else ""
        return f"{smoothing}{super().extra_repr()}"

class BCEWithLogitsLoss(Loss):
    """Binary cross-entropy of sigmoid probabilities: ``L = -(1/M) Σ [t ln p + (1 - t) ln(1 - p)]``.

    Takes raw outputs, the logits z, and applies the sigmoid itself, p = σ(z): both steps together
    are ``max(z, 0) - z t + ln(1 + e^-|z|)``, which neither overflows nor takes the log of 0.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        "mean" divides by M, the number of all elements (not of rows).

    Shapes
    ------
    prediction
        (...): logits, one for each yes-or-no question.
    target
        (...), the same shape and dtype: probabilities from 0 to 1. (N, 1) against (N,) raises.
    loss
        (), or the shape of the prediction for "none"; in the prediction's dtype, in nats.

    Notes
    -----
    ``dL/dz = (σ(z) - t) / M`` for "mean", without the M otherwise. That targets lie between 0 and 1
    is not checked, as in PyTorch. Bishop (2006), "Pattern recognition and machine learning",
    section 4.3.2, eq. 4.90.

    Raises
    ------
    ValueError
        If the shapes differ, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check(prediction)
        validation.check_same_shape("BCEWithLogitsLoss", prediction.shape, target.shape)
        if target.dtype != prediction.dtype:
            names = dtype_name(target), dtype_name(prediction)
            validation.check_dtype("BCEWithLogitsLoss", *names, "target")
        return F.binary_cross_entropy_with_logits(prediction, target, reduction=self.reduction)
