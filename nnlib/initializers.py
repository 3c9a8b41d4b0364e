"""First values of weights, from an explicit generator.

An initializer is a function ``f(shape, *, rng, dtype)`` that returns a NumPy array; both paths call
the same ones, so equal seeds give equal first weights. Layers take a name (``init="he_normal"``) or
any function of that form.

The scale depends on the *fans* of a weight, how many values meet in one output (fan in) and how
many outputs one input reaches (fan out). With weights of variance ``Var(w)`` and inputs of mean
square ``q``, a sum of ``fan_in`` terms has variance ``fan_in · Var(w) · q``: choosing ``Var(w)``
near ``1/fan_in`` keeps signals from growing or dying from layer to layer.

Numbers are drawn in float64 and rounded once, so a float32 model starts at the rounded weights of
the float64 model with the same seed.
"""

from collections.abc import Callable
from math import prod, sqrt

import numpy as np

from nnlib import validation

Initializer = Callable[..., np.ndarray]


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return (fan in, fan out) of a weight in this library's layouts.

    ``(in, out)`` gives ``(in, out)``; a kernel ``(kh, kw, in, out)`` gives
    ``(kh·kw·in, kh·kw·out)``, since each output sums over the whole window.
    """
    if len(shape) < 2:
        raise ValueError(
            f"fans expected a shape (..., in, out), got {validation.show(shape)}: "
            "a vector has no fan in; biases start at zeros"
        )
    window = prod(shape[:-2])
    return window * shape[-2], window * shape[-1]


def _normal(shape, variance: float, rng, dtype) -> np.ndarray:
    return (rng.standard_normal(shape) * sqrt(variance)).astype(dtype)


def _uniform(shape, variance: float, rng, dtype) -> np.ndarray:
    bound = sqrt(3.0 * variance)  # a uniform number on (-b, b) has variance b²/3
    return rng.uniform(-bound, bound, shape).astype(dtype)


def he_normal(shape, *, rng, dtype="float32") -> np.ndarray:
    """Normal with variance ``2 / fan_in``, for layers followed by a ReLU.

    The 2 makes up for the half of the signal that the ReLU sets to zero. He et al. (2015),
    "Delving deep into rectifiers", eq. 10. Not truncated, as in PyTorch's ``kaiming_normal_``.
    """
    return _normal(shape, 2.0 / fans(shape)[0], rng, dtype)


def he_uniform(shape, *, rng, dtype="float32") -> np.ndarray:
    """Uniform on ±√(6 / fan_in), which has variance ``2 / fan_in``. He et al. (2015), eq. 10."""
    return _uniform(shape, 2.0 / fans(shape)[0], rng, dtype)


def glorot_normal(shape, *, rng, dtype="float32") -> np.ndarray:
    """Normal with variance ``2 / (fan_in + fan_out)``, for layers followed by a tanh.

    A compromise between keeping the forward signal (1/fan_in) and the backward one (1/fan_out).
    Glorot and Bengio (2010), "Understanding the difficulty of training deep feedforward neural
    networks", eq. 12. Also called Xavier initialization.
    """
    return _normal(shape, 2.0 / sum(fans(shape)), rng, dtype)


def glorot_uniform(shape, *, rng, dtype="float32") -> np.ndarray:
    """Uniform on ±√(6 / (fan_in + fan_out)). Glorot and Bengio (2010), eq. 16."""
    return _uniform(shape, 2.0 / sum(fans(shape)), rng, dtype)


def lecun_normal(shape, *, rng, dtype="float32") -> np.ndarray:
    """Normal with variance ``1 / fan_in``. LeCun et al. (1998), "Efficient BackProp", eq. 16."""
    return _normal(shape, 1.0 / fans(shape)[0], rng, dtype)


def lecun_uniform(shape, *, rng, dtype="float32") -> np.ndarray:
    """Uniform on ±√(3 / fan_in), which has variance ``1 / fan_in``. LeCun et al. (1998), eq. 16."""
    return _uniform(shape, 1.0 / fans(shape)[0], rng, dtype)


def zeros(shape, *, rng=None, dtype="float32") -> np.ndarray:
    """All zeros: right for biases, wrong for weights (all units would stay the same)."""
    return np.zeros(shape, dtype)


def ones(shape, *, rng=None, dtype="float32") -> np.ndarray:
    """All ones."""
    return np.ones(shape, dtype)


BY_NAME: dict[str, Initializer] = {
    function.__name__: function
    for function in (
        he_normal,
        he_uniform,
        glorot_normal,
        glorot_uniform,
        lecun_normal,
        lecun_uniform,
        zeros,
        ones,
    )
}


def initialize(owner: str, init: str | Initializer, shape, *, rng, dtype) -> np.ndarray:
    """Draw the first weights of a layer.

    Parameters
    ----------
    owner : str
        Name of the layer, for error messages.
    init : str or callable
        A name from ``BY_NAME``, or a function ``f(shape, *, rng, dtype)``.
    shape : tuple of int
    rng : numpy.random.Generator
    dtype : {"float32", "float64"}

    Returns
    -------
    numpy.ndarray of ``shape`` and ``dtype``

    Raises
    ------
    ValueError
        If the name is unknown or the function returns another shape.
    """
    if not callable(init):
        validation.check_choice(owner, "init", init, BY_NAME)
        init = BY_NAME[init]
    values = np.array(init(shape, rng=rng, dtype=dtype), dtype=dtype)
    if values.shape != tuple(shape):
        raise ValueError(
            f"{owner} expected init to return shape {validation.show(shape)}, "
            f"got {validation.show(values.shape)}"
        )
    return values
