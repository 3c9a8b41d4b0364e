"""Normalization: of each feature over the batch, or of each row over its features.

Both subtract a mean, divide by a standard deviation, and then scale and shift by learned numbers.
"""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.module import Module, Parameter, dtype_name, torch_dtype


def _check(owner: str, x: torch.Tensor, features: int, argument: str, dtype: torch.dtype) -> None:
    validation.check_features(owner, x.shape, features, argument)
    if x.dtype != dtype and not torch.is_autocast_enabled(x.device.type):
        validation.check_dtype(owner, dtype_name(x), str(dtype).removeprefix("torch."))


class BatchNorm(Module):
    """Normalize each feature over the batch: ``y = γ (x - μ) / √(σ² + ε) + β``.

    In training, μ and σ² are the mean and the (biased) variance of the feature over all axes but
    the last. In evaluation mode they are the running ones, which each training forward moves::

        running_mean ← (1 - momentum) · running_mean + momentum · μ
        running_var  ← (1 - momentum) · running_var  + momentum · σ² n / (n - 1)

    with n the number of values per feature (the unbiased variance).

    Parameters
    ----------
    num_features : int
        Size of the last axis: features of a row, or channels of an image.
    momentum : float
        Weight of the *new* value, between 0 and 1. (Keras means the old value's.)
    eps : float
        ε, above 0.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (num_features,)
        γ, starts at ones.
    bias : Parameter, shape (num_features,)
        β, starts at zeros.
    running_mean, running_var : torch.Tensor, shape (num_features,)
        Start at zeros and ones; saved with the state, not learned.

    Shapes
    ------
    input, output
        (batch, ..., num_features), the same: rows or channels-last images.

    Notes
    -----
    ``torch.nn.BatchNorm1d`` and ``2d`` want the features on axis 1, and count batches in one more
    buffer. Ioffe and Szegedy (2015), "Batch normalization", algorithm 1 and section 3.

    Raises
    ------
    ValueError
        If the last axis of the input is not num_features, the batch axis is missing, or in training
        a feature has fewer than two values: then there is no variance.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(
        self, num_features: int, *, momentum: float = 0.1, eps: float = 1e-5, dtype="float32"
    ):
        super().__init__()
        self.num_features = validation.check_positive_int("BatchNorm", "num_features", num_features)
        self.momentum = validation.check_fraction("BatchNorm", "momentum", momentum, one=True)
        self.eps = validation.check_above("BatchNorm", "eps", eps)
        dtype = torch_dtype(validation.check_float_dtype_name("BatchNorm", dtype))
        self.weight = Parameter(torch.ones(num_features, dtype=dtype))
        self.bias = Parameter(torch.zeros(num_features, dtype=dtype))
        self.register_buffer("running_mean", torch.zeros(num_features, dtype=dtype))
        self.register_buffer("running_var", torch.ones(num_features, dtype=dtype))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _check("BatchNorm", x, self.num_features, "num_features", self.weight.dtype)
        if self.training:
            validation.check_several_values("BatchNorm", x.shape)
        if x.ndim == 2:
            return self._normalize(x)
        # (batch, places, 1, features) seen as (batch, features, places, 1) is what torch calls
        # channels_last: nothing is copied, and its kernel for that layout is the fast one.
        places = x.flatten(1, -2).unsqueeze(2).permute(0, 3, 1, 2)
        return self._normalize(places).permute(0, 2, 3, 1).reshape(x.shape)

    def _normalize(self, x: torch.Tensor) -> torch.Tensor:
        return F.batch_norm(
            x, self.running_mean, self.running_var, self.weight, self.bias,
            self.training, self.momentum, self.eps,
        )  # fmt: skip

    def extra_repr(self) -> str:
        return f"{self.num_features}, momentum={self.momentum:g}, eps={self.eps:g}"


class LayerNorm(Module):
    """Normalize each row over its features: ``y = γ (x - μ) / √(σ² + ε) + β``.

    μ and σ² are the mean and the (biased) variance over the last axis, of each row by itself: no
    row depends on another, and training and evaluation mode do the same.

    Parameters
    ----------
    features : int
        Size of the last axis.
    eps : float
        ε, above 0.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (features,)
        γ, starts at ones.
    bias : Parameter, shape (features,)
        β, starts at zeros.

    Shapes
    ------
    input, output
        (batch, ..., features), the same.

    Notes
    -----
    Ba, Kiros and Hinton (2016), "Layer normalization", eq. 4.

    Raises
    ------
    ValueError
        If the last axis of the input is not features, or the batch axis is missing.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(self, features: int, *, eps: float = 1e-5, dtype="float32"):
        super().__init__()
        self.features = validation.check_positive_int("LayerNorm", "features", features)
        self.eps = validation.check_above("LayerNorm", "eps", eps)
        dtype = torch_dtype(validation.check_float_dtype_name("LayerNorm", dtype))
        self.weight = Parameter(torch.ones(features, dtype=dtype))
        self.bias = Parameter(torch.zeros(features, dtype=dtype))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _check("LayerNorm", x, self.features, "features", self.weight.dtype)
        return F.layer_norm(x, (self.features,), self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        return f"{self.features}, eps={self.eps:g}"
