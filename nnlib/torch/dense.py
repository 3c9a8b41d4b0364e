"""The fully connected layer."""

import numpy as np
import torch
from torch.nn import functional as F

from nnlib import initializers, validation
from nnlib.torch.module import Module, Parameter, dtype_name


class Dense(Module):
    """A fully connected layer: ``y = x W + b``.

    Parameters
    ----------
    in_features, out_features : int
        Sizes of the last axis before and after.
    bias : bool
        Whether to add b, which starts at zeros.
    init : str or callable
        First values of W, see `nnlib.initializers`.
    rng : numpy.random.Generator
        A child of it draws the first weights.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (in_features, out_features)
    bias : Parameter, shape (out_features,), or None

    Shapes
    ------
    input
        (batch, ..., in_features)
    output
        (batch, ..., out_features)

    Notes
    -----
    ``torch.nn.Linear`` keeps W transposed, (out, in), and starts W and b from another distribution.

    Rumelhart, Hinton and Williams (1986), "Learning representations by back-propagating errors",
    eq. 1, 6 and 7.

    Raises
    ------
    ValueError
        If the last axis of the input is not in_features, or the batch axis is missing.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        bias: bool = True,
        init="he_normal",
        rng: np.random.Generator,
        dtype="float32",
    ):
        super().__init__()
        self.in_features = validation.check_positive_int("Dense", "in_features", in_features)
        self.out_features = validation.check_positive_int("Dense", "out_features", out_features)
        dtype = validation.check_float_dtype_name("Dense", dtype)
        child = validation.check_generator("Dense", rng).spawn(1)[0]
        shape = (in_features, out_features)
        values = initializers.initialize("Dense", init, shape, rng=child, dtype=dtype)
        self.weight = Parameter(torch.from_numpy(values))
        zeros = torch.from_numpy(np.zeros(out_features, dtype))
        self.register_parameter("bias", Parameter(zeros) if bias else None)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight, bias = self.weight, self.bias
        validation.check_features("Dense", x.shape, self.in_features, "in_features")
        if x.dtype != weight.dtype and not torch.is_autocast_enabled(x.device.type):
            validation.check_dtype("Dense", dtype_name(x), dtype_name(weight))
        if x.ndim == 2 and bias is not None:
            return torch.addmm(bias, x, weight)  # product and sum in one kernel
        return F.linear(x, weight.t(), bias)

    def unrecorded(self) -> tuple[Module, ...]:
        return (self,) if self.weight.requires_grad else ()

    def input_gradient(self, x: torch.Tensor, grad_output: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return grad_output @ self.weight.t()

    def extra_repr(self) -> str:
        return f"{self.in_features}, {self.out_features}, bias={self.bias is not None}"
