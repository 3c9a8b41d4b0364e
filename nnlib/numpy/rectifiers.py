"""The relatives of ReLU: functions that let positive numbers through, and the layers made of them.

They differ in what they do with negative numbers. ReLU's answer, zero, also stops the gradient, so
a unit whose inputs are all negative cannot recover; each of these leaves some slope there.
"""

import math

import numpy as np

from nnlib import validation
from nnlib.numpy.checks import check_float_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter

_TANH_SCALE = math.sqrt(2.0 / math.pi)
_TANH_CUBE = 0.044715


def leaky_relu(x: np.ndarray, negative_slope: float = 0.01) -> np.ndarray:
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
    check_float_array("leaky_relu", x)
    negative_slope = validation.check_at_least("leaky_relu", "negative_slope", negative_slope)
    return np.where(x > 0, x, negative_slope * x)


def elu(x: np.ndarray, alpha: float = 1.0) -> np.ndarray:
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
    check_float_array("elu", x)
    alpha = validation.check_at_least("elu", "alpha", alpha)
    # The side that is not taken is computed too, so large x must not reach the exponential.
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def gelu(x: np.ndarray, approximate: str = "none") -> np.ndarray:
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
    check_float_array("gelu", x)
    validation.check_choice("gelu", "approximate", approximate, ("none", "tanh"))
    return x * _gelu_gate(x, approximate)


def silu(x: np.ndarray) -> np.ndarray:
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
    return x * _sigmoid("silu", x)


def _sigmoid(owner: str, x: np.ndarray) -> np.ndarray:
    check_float_array(owner, x)
    small = np.exp(-np.abs(x))  # as in `nnlib.numpy.sigmoid`
    return np.where(x < 0, small, 1) / (1 + small)


def _normal(x: np.ndarray) -> np.ndarray:
    """Φ(x), in the dtype of x."""
    from scipy.special import ndtr  # NumPy has no erf; imported where it is needed, as it is large

    return ndtr(x)


def _gelu_gate(x: np.ndarray, approximate: str) -> np.ndarray:
    """What `gelu` multiplies x by: Φ(x), or the approximation of it."""
    return _normal(x) if approximate == "none" else 0.5 * (1.0 + np.tanh(_tanh_inner(x)))


def _tanh_inner(x: np.ndarray) -> np.ndarray:
    return _TANH_SCALE * (x + _TANH_CUBE * (x * x * x))


class LeakyReLU(Module):
    """`leaky_relu` as a layer: ``y = x`` where x > 0, else ``a x`` with a = negative_slope.

    ``dL/dx = dL/dy`` where x > 0, else ``a · dL/dy``; at 0, where there is no derivative, it takes
    a, as PyTorch does. Maas, Hannun and Ng (2013), "Rectifier nonlinearities improve neural network
    acoustic models".

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
        self.negative_slope = validation.check_at_least(
            "LeakyReLU", "negative_slope", negative_slope
        )

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = leaky_relu(x, self.negative_slope)
        self.keep(x > 0, y.dtype)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        positive, dtype = self.kept()
        check_grad("LeakyReLU", grad_output, positive.shape, dtype)
        if not input_grad:
            return None
        return np.where(positive, grad_output, self.negative_slope * grad_output)

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
        init = validation.check_finite("PReLU", "init", init)
        self.weight = Parameter(np.full(1, init, validation.check_float_dtype_name("PReLU", dtype)))

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("PReLU", x)
        check_same_dtype("PReLU", x, self.weight.dtype)
        self.keep(x)
        return np.where(x > 0, x, self.weight.data * x).reshape(x.shape)  # 0-d times (1,) is (1,)

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (x,) = self.kept()
        check_grad("PReLU", grad_output, x.shape, x.dtype)
        products = grad_output * np.minimum(x, 0)
        self.weight.add_grad(products.sum(keepdims=True).reshape(1))
        if not input_grad:
            return None
        return np.where(x > 0, grad_output, self.weight.data * grad_output).reshape(x.shape)


class ELU(Module):
    """`elu` as a layer: ``y = x`` where x > 0, else ``α (e^x - 1)``.

    ``dL/dx = dL/dy`` where x > 0, else ``dL/dy · α e^x``. Clevert, Unterthiner and Hochreiter
    (2016), "Fast and accurate deep network learning by exponential linear units", eq. 15.

    Parameters
    ----------
    alpha : float
        α ≥ 0. Only at 1 is the slope continuous at 0; elsewhere it takes α there, as PyTorch does.

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
        self.alpha = validation.check_at_least("ELU", "alpha", alpha)

    def forward(self, x: np.ndarray) -> np.ndarray:
        y = elu(x, self.alpha)
        self.keep(x)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        (x,) = self.kept()
        check_grad("ELU", grad_output, x.shape, x.dtype)
        if not input_grad:
            return None
        return grad_output * np.where(x > 0, 1, self.alpha * np.exp(np.minimum(x, 0)))

    def extra_repr(self) -> str:
        return f"alpha={self.alpha:g}"


class GELU(Module):
    """`gelu` as a layer: ``y = x Φ(x)``; ``dL/dx = dL/dy · (Φ(x) + x φ(x))``.

    φ(x) = e^(-x²/2)/√(2π) is the density that belongs to Φ. For ``approximate="tanh"``, with
    t = tanh(u) and u = √(2/π) (x + 0.044715 x³)::

        y = ½ x (1 + t)
        dy/dx = ½ (1 + t) + ½ x (1 - t²) √(2/π) (1 + 3 · 0.044715 x²)

    Hendrycks and Gimpel (2016), "Gaussian error linear units (GELUs)", section 2.

    Parameters
    ----------
    approximate : {"none", "tanh"}
        "none" is the exact one, the default as in PyTorch; the published weights of several
        language models were trained with "tanh".

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
        validation.check_choice("GELU", "approximate", approximate, ("none", "tanh"))
        self.approximate = approximate

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("gelu", x)
        gate = _gelu_gate(x, self.approximate)
        self.keep(x, gate)  # the gate too: it takes ten times as long as everything else here
        return x * gate

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        x, gate = self.kept()
        check_grad("GELU", grad_output, x.shape, x.dtype)
        if not input_grad:
            return None
        slope = x * x
        if self.approximate == "none":
            slope *= -0.5
            np.exp(slope, out=slope)
            slope *= 1.0 / math.sqrt(2.0 * math.pi)  # φ(x)
        else:
            slope *= 3.0 * _TANH_CUBE
            slope += 1.0
            slope *= 2.0 * _TANH_SCALE * gate * (1.0 - gate)  # ½ (1 - t²) = 2 · ½(1 + t) · ½(1 - t)
        slope *= x
        slope += gate
        slope *= grad_output
        return slope

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

    def forward(self, x: np.ndarray) -> np.ndarray:
        s = _sigmoid("silu", x)
        self.keep(x, s)
        return x * s

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        x, s = self.kept()
        check_grad("SiLU", grad_output, x.shape, x.dtype)
        return grad_output * (s * (1 + x * (1 - s))) if input_grad else None
