"""Cross-entropies: losses for classes and for yes or no, from logits.

With softmax or sigmoid and logarithm in one formula they neither overflow nor take the logarithm of
a probability that was rounded to zero.
"""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.loss import Loss
from nnlib.torch.module import dtype_name

# F.cross_entropy skips targets of this value. Its default, -100, would skip a wrong label silently,
# and the least integer is what NaN becomes as a label.
_NO_LABEL = torch.iinfo(torch.int64).min + 1


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
        If the target is neither of integers nor of the prediction's dtype, or labels are floats.
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
        is_flat = prediction.ndim == 2  # a reshape that changes nothing still costs its time
        try:
            losses = F.cross_entropy(
                prediction if is_flat else prediction.reshape(-1, prediction.shape[-1]),
                rows,
                ignore_index=_NO_LABEL,
                reduction=self.reduction,
                label_smoothing=self.label_smoothing,
            )
        except IndexError:
            self._check_range(prediction, target)
            raise
        if self.reduction == "none" and not is_flat:
            return losses.reshape(prediction.shape[:-1])
        return losses

    def _rows_of_probabilities(self, prediction, target):
        if prediction.ndim and target.shape == prediction.shape[:-1]:
            raise validation.float_labels("CrossEntropyLoss", dtype_name(target), target.shape)
        validation.check_same_shape("CrossEntropyLoss", prediction.shape, target.shape)
        if target.dtype != prediction.dtype:
            names = dtype_name(target), dtype_name(prediction)
            validation.check_dtype("CrossEntropyLoss", *names, "target")
        return target.reshape(-1, prediction.shape[-1])

    def _labels(self, prediction, target):
        validation.check_label_shape("CrossEntropyLoss", prediction.shape, target.shape)
        if target.device.type not in ("cpu", "meta"):
            self._check_range(prediction, target)  # elsewhere torch cannot raise an error by itself
        if target.ndim != 1:
            target = target.reshape(-1)
        return target if target.dtype == torch.int64 else target.long()

    @staticmethod
    def _check_range(prediction, target):
        if target.numel():
            lowest, highest = (bound.item() for bound in target.aminmax())
            classes = prediction.shape[-1]
            if lowest < 0 or highest >= classes:
                wrong = lowest if lowest < 0 else highest
                raise validation.class_out_of_range("CrossEntropyLoss", wrong, classes)

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
        self.check_alike(prediction, target)
        return F.binary_cross_entropy_with_logits(prediction, target, reduction=self.reduction)
