"""Losses for numbers: how far a prediction is from its target.

They differ in what they do with outliers: a squared error grows with the square of the distance and
is minimal at the mean, an absolute error grows with the distance and is minimal at the median, and
Huber's is the first near zero and the second beyond.
"""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.loss import Loss


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

    That it is minimal at the mean of the targets: Bishop (2006), "Pattern recognition and machine
    learning", section 1.5.5.

    Raises
    ------
    ValueError
        If the shapes differ, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check_alike(prediction, target)
        return F.mse_loss(prediction, target, reduction=self.reduction)


class MAELoss(Loss):
    """Mean absolute error: ``L = (1/M) Σ |prediction - target|`` over all M elements.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        "mean" divides by the number of all elements (not of rows), "sum" leaves out the 1/M,
        "none" returns the distances.

    Shapes
    ------
    prediction, target
        (...), the same: (N, 1) against (N,) raises, it would broadcast to (N, N).
    loss
        (), or the shape of the prediction for "none"; in the prediction's dtype and in the unit
        of the target.

    Notes
    -----
    ``dL/dprediction = sign(prediction - target) / M`` for "mean", without the M otherwise: the same
    size however close the prediction is. Where they are equal, and there is no derivative, it is 0.
    In ``torch.nn`` this loss is called ``L1Loss``.

    That it is minimal at the median of the targets: Bishop (2006), "Pattern recognition and machine
    learning", section 1.5.5.

    Raises
    ------
    ValueError
        If the shapes differ, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check_alike(prediction, target)
        return F.l1_loss(prediction, target, reduction=self.reduction)


class HuberLoss(Loss):
    """Huber's loss: half the squared error up to a distance of δ, linear beyond it.

    With the error e = prediction - target, over all M elements::

        L = (1/M) Σ h(e)        h(e) = e²/2            where |e| ≤ δ
                                h(e) = δ (|e| - δ/2)   elsewhere

    Parameters
    ----------
    delta : float
        δ > 0, in the unit of the target.
    reduction : {"mean", "sum", "none"}
        "mean" divides by the number of all elements (not of rows), "sum" leaves out the 1/M,
        "none" returns h(e).

    Shapes
    ------
    prediction, target
        (...), the same: (N, 1) against (N,) raises, it would broadcast to (N, N).
    loss
        (), or the shape of the prediction for "none"; in the prediction's dtype and in the unit
        of the target, squared.

    Notes
    -----
    ``dL/dprediction = e / M`` for "mean", with e cut to [-δ, δ], and without the M otherwise: no
    single outlier pulls harder than δ. Huber (1964), "Robust estimation of a location parameter",
    section 4.

    Raises
    ------
    ValueError
        If δ is not above 0, the shapes differ, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def __init__(self, delta: float = 1.0, *, reduction: str = "mean"):
        super().__init__(reduction=reduction)
        self.delta = validation.check_above("HuberLoss", "delta", delta)

    def forward(self, prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.check_alike(prediction, target)
        return F.huber_loss(prediction, target, reduction=self.reduction, delta=self.delta)

    def extra_repr(self) -> str:
        return f"delta={self.delta:g}, {super().extra_repr()}"
