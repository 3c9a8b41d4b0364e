"""The relatives of ReLU: functions that let positive numbers through, and the layers made of them.

They differ in what they do with negative numbers. ReLU's answer, zero, also stops the gradient, so
a unit whose inputs are all negative cannot recover; each of these leaves some slope there.
"""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.activations import check_float
from nnlib.torch.module import Module, Parameter, dtype_name, torch_dtype


def leaky_relu(x: torch.Tensor, negative_slope: float = 0.01) -> torch.Tensor:
    """``x`` where x > 0, else ``negative_slope · x``, element by element.

    The source is that of `LeakyReLU`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    ValueError
        If the slope is negative or not finite.
    """
    check_float("leaky_relu", x)
    negative_slope = validation.check_at_least("leaky_relu", "negative_slope", negative_slope)
    return F.leaky_relu(x, negative_slope)


def elu(x: torch.Tensor, alpha: float = 1.0) -> torch.Tensor:
    """``x`` where x > 0, else ``alpha (e^x - 1)``, element by element: never below -alpha.

    The source is that of `ELU`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    ValueError
        If alpha is negative or not finite.
    """
    check_float("elu", x)
    return F.elu(x, validation.check_at_least("elu", "alpha", alpha))


def gelu(x: torch.Tensor, approximate: str = "none") -> torch.Tensor:
    """``x Φ(x)``, element by element, with Φ the distribution function of the standard normal.

    ``Φ(x) = ½ (1 + erf(x/√2))``; with ``approximate="tanh"`` it is
    ``½ (1 + tanh(√(2/π) (x + 0.044715 x³)))``, at most 5e-4 away.

    The source is that of `GELU`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    ValueError
        If ``approximate`` is neither "none" nor "tanh".
    """
    check_float("gelu", x)
    validation.check_choice("gelu", "approximate", approximate, ("none", "tanh"))
    return F.gelu(x, approximate=approximate)


def silu(x: torch.Tensor) -> torch.Tensor:
    """``x σ(x)``, element by element, with σ the sigmoid; also called swish.

    The source is that of `SiLU`.

    Shapes
    ------
    x, output
        (...), the same.

    Raises
    ------
    TypeError
        If x is not of floats.
    """
    check_float("silu", x)
    return F.silu(x)


class LeakyReLU(Module):
    """`leaky_relu` as a layer: ``y = x`` where x > 0, else ``a x`` with a = negative_slope.

    ``dL/dx = dL/dy`` where x > 0, else ``a · dL/dy``; at 0, where there is no derivative, torch
    takes a. Maas, Hannun and Ng (2013), "Rectifier nonlinearities improve neural network acoustic
    models".

    Parameters
    ----------
    negative_slope : float
        a ≥ 0.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    ValueError
        If the slope is negative or not finite.
    TypeError
        If the input is not of floats.
    """

    def __init__(self, negative_slope: float = 0.01):
        super().__init__()
        self.negative_slope = validation.check_at_least(
            "LeakyReLU", "negative_slope", negative_slope
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return leaky_relu(x, self.negative_slope)

    def extra_repr(self) -> str:
        return f"negative_slope={self.negative_slope:g}"


class PReLU(Module):
    """Leaky ReLU with a learned slope: ``y = x`` where x > 0, else ``a x``; one a for the layer.

    ``dL/dx = dL/dy`` where x > 0, else ``a · dL/dy``; ``dL/da = Σ dL/dy · x`` over all x ≤ 0.
    He et al. (2015), "Delving deep into rectifiers", section 2.1 (the channel-shared variant).

    Parameters
    ----------
    init : float
        First value of a.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (1,)
        a. Leave it out of weight decay, which would pull it towards a plain ReLU.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    ValueError
        If ``init`` is not finite.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(self, init: float = 0.25, *, dtype="float32"):
        super().__init__()
        init = validation.check_finite("PReLU", "init", init)
        dtype = torch_dtype(validation.check_float_dtype_name("PReLU", dtype))
        self.weight = Parameter(torch.full((1,), init, dtype=dtype))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        check_float("PReLU", x)
        weight = self.weight
        if x.dtype != weight.dtype and not torch.is_autocast_enabled(x.device.type):
            validation.check_dtype("PReLU", dtype_name(x), dtype_name(weight))
        return F.prelu(x, weight)


class ELU(Module):
    """`elu` as a layer: ``y = x`` where x > 0, else ``α (e^x - 1)``.

    ``dL/dx = dL/dy`` where x > 0, else ``dL/dy · α e^x``. Clevert, Unterthiner and Hochreiter
    (2016), "Fast and accurate deep network learning by exponential linear units", eq. 15.

    Parameters
    ----------
    alpha : float
        α ≥ 0. Only at 1 is the slope continuous at 0; elsewhere torch takes α there.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    ValueError
        If α is negative or not finite.
    TypeError
        If the input is not of floats.
    """

    def __init__(self, alpha: float = 1.0):
        super().__init__()
        self.alpha = validation.check_at_least("ELU", "alpha", alpha)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return elu(x, self.alpha)

    def extra_repr(self) -> str:
        return f"alpha={self.alpha:g}"


class GELU(Module):
    """`gelu` as a layer: ``y = x Φ(x)``; ``dL/dx = dL/dy · (Φ(x) + x φ(x))``.

    φ(x) = e^(-x²/2)/√(2π) is the density that belongs to Φ. Hendrycks and Gimpel (2016), "Gaussian
    error linear units (GELUs)", section 2.

    Parameters
    ----------
    approximate : {"none", "tanh"}
        "none" is the exact one; the published weights of several language models were trained with
        "tanh".

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    ValueError
        If ``approximate`` is something else.
    TypeError
        If the input is not of floats.
    """

    def __init__(self, approximate: str = "none"):
        super().__init__()
        validation.check_choice("GELU", "approximate", approximate, ("none", "tanh"))
        self.approximate = approximate

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return gelu(x, self.approximate)

    def extra_repr(self) -> str:
        return f"approximate={self.approximate!r}"


class SiLU(Module):
    """`silu` as a layer: ``y = x σ(x)``; ``dL/dx = dL/dy · σ(x) (1 + x (1 - σ(x)))``.

    Also called swish. Elfwing, Uchibe and Doya (2018), "Sigmoid-weighted linear units for neural
    network function approximation in reinforcement learning", eq. 3 and 4.

    Shapes
    ------
    input, output
        (...), the same.

    Raises
    ------
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return silu(x)
