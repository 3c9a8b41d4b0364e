"""Cross-entropies: losses for classes and for yes or no, from logits.

With softmax or sigmoid and logarithm in one formula they neither overflow nor take the logarithm of
a probability that was rounded to zero.
"""

import numpy as np

from nnlib import validation
from nnlib.numpy.activations import sigmoid
from nnlib.numpy.checks import check_same_dtype
from nnlib.numpy.loss import Loss


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
        1 is not checked, as in PyTorch.
    loss
        (), or (...) for "none"; in the prediction's dtype, in nats.

    Notes
    -----
    With p = softmax(z) and a row t of target probabilities (one-hot for an integer label)::

        L_n = Σ_j t_j (log Σ_k e^z_k - z_j)
        dL_n/dz = p Σ_j t_j - t        (= p - t where t sums to 1)

    and 1/N of it for "mean". PyTorch puts classes on axis 1 instead of the last one.

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

    def forward(self, prediction: np.ndarray, target: np.ndarray):
        self.check(prediction, target)
        classes = prediction.shape[-1] if prediction.ndim else 0
        sparse = target.dtype.kind in "iu"
        if sparse:
            self._check_labels(prediction, target)
        else:
            self._check_rows(prediction, target)
        if self.label_smoothing:
            rows = np.eye(classes, dtype=prediction.dtype)[target] if sparse else target
            target = (1.0 - self.label_smoothing) * rows + self.label_smoothing / classes
            sparse = False

        # log softmax; subtracting the largest logit of each row keeps the exponentials below 1
        log_p = prediction - prediction.max(axis=-1, keepdims=True)
        p = np.exp(log_p)
        sums = p.sum(axis=-1, keepdims=True)
        p /= sums
        log_p -= np.log(sums)
        self.keep(p, target, sparse)

        if sparse:
            log_p_rows = log_p.reshape(-1, classes)
            losses = -log_p_rows[np.arange(target.size), target.reshape(-1)].reshape(target.shape)
        else:
            losses = -(target * log_p).sum(axis=-1)
        return self.reduce(losses)

    def backward(self) -> np.ndarray:
        p, target, sparse = self.kept()
        grad, classes = p, p.shape[-1]
        positions = p.size // classes
        if sparse:
            grad.reshape(-1, classes)[np.arange(positions), target.reshape(-1)] -= 1.0
        else:
            grad *= target.sum(axis=-1, keepdims=True)
            grad -= target
        if self.reduction == "mean":
            grad *= 1.0 / positions
        return grad

    @staticmethod
    def _check_labels(prediction: np.ndarray, labels: np.ndarray) -> None:
        owner = "CrossEntropyLoss"
        validation.check_label_shape(owner, prediction.shape, labels.shape)
        classes = prediction.shape[-1]
        if labels.size and labels.min() < 0:
            raise validation.class_out_of_range(owner, labels.min(), classes)
        if labels.size and labels.max() >= classes:
            raise validation.class_out_of_range(owner, labels.max(), classes)

    @staticmethod
    def _check_rows(prediction: np.ndarray, rows: np.ndarray) -> None:
        owner = "CrossEntropyLoss"
        if rows.dtype.kind != "f":
            raise validation.label_dtype(owner, rows.dtype.name)
        if prediction.ndim and rows.shape == prediction.shape[:-1]:
            raise validation.float_labels(owner, rows.dtype.name, rows.shape)
        validation.check_same_shape(owner, prediction.shape, rows.shape)
        check_same_dtype(owner, rows, prediction.dtype, "target")

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

    def forward(self, prediction: np.ndarray, target: np.ndarray):
        self.check_alike(prediction, target)
        self.keep(prediction, target)
        losses = np.maximum(prediction, 0) - prediction * target
        losses += np.log1p(np.exp(-np.abs(prediction)))
        return self.reduce(losses)

    def backward(self) -> np.ndarray:
        prediction, target = self.kept()
        grad = sigmoid(prediction) - target
        if self.reduction == "mean":
            grad *= 1.0 / grad.size
        return grad
