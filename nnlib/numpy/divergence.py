"""The Kullback–Leibler divergence: how far one distribution is from another."""

import numpy as np

from nnlib import validation
from nnlib.numpy.loss import Loss


class KLDivLoss(Loss):
    """Kullback–Leibler divergence of a prediction from a target: ``L = (1/N) Σ t (ln t - z)``.

    The prediction holds *logarithms* of probabilities, z = ln q, such as `log_softmax` returns; the
    target holds probabilities t. The sum runs over all entries, N counts the distributions. Where
    t = 0 the term is 0. L ≥ 0, and 0 only where both are equal.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        "mean" sums over the last axis and averages over all others, "sum" adds everything, "none"
        returns the divergence of each position.

    Shapes
    ------
    prediction
        (..., C): log-probabilities, one distribution along the last axis.
    target
        (..., C), the same shape and dtype: probabilities. That they sum to 1 is not checked.
    loss
        (), or (...) for "none"; in the prediction's dtype, in nats.

    Notes
    -----
    ``dL/dz = -t / N`` for "mean", with N the number of all positions but the last axis, and
    ``-t`` otherwise. For two axes "mean" is what ``torch.nn.KLDivLoss`` calls "batchmean"; with
    more axes "batchmean" divides by the first one only. Its own "mean" divides by the number of all
    elements, so it is C times smaller and no divergence, and its "none" does not sum the last axis.
    Kullback and Leibler (1951), "On information and sufficiency", eq. 2.4.

    Raises
    ------
    ValueError
        If the shapes differ, there is no axis, or for the mean over nothing.
    TypeError
        If the dtypes differ or are not of floats.
    """

    def forward(self, prediction: np.ndarray, target: np.ndarray):
        self.check_alike(prediction, target)
        validation.check_class_axis("KLDivLoss", prediction.shape)
        self.keep(target)
        log_target = np.log(np.where(target == 0, 1, target))  # t ln t goes to 0 with t
        return self.reduce((target * (log_target - prediction)).sum(axis=-1))

    def backward(self) -> np.ndarray:
        (target,) = self.kept()
        positions = target.size // max(target.shape[-1], 1)
        return target * (-1.0 / positions if self.reduction == "mean" else -1.0)
