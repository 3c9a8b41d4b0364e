"""Initializers: variances, layouts, names."""

import re

import numpy as np
import pytest
import torch

import nnlib.numpy as nn
from nnlib import initializers


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("shape", "expected"), [((4, 7), (4, 7)), ((3, 3, 16, 32), (144, 288)), ((5, 2, 3), (10, 15))]
)
def test_fans(shape, expected):
    assert initializers.fans(shape) == expected
    if len(shape) > 2:  # torch puts the channels first
        theirs = torch.empty(shape[-1], shape[-2], *shape[:-2])
        assert torch.nn.init._calculate_fan_in_and_fan_out(theirs) == expected


def test_a_vector_has_no_fans():
    with pytest.raises(ValueError, match=re.escape("fans expected a shape (..., in, out), got (5")):
        initializers.fans((5,))


@pytest.mark.parametrize("shape", [(300, 200), (3, 3, 40, 60)])
@pytest.mark.parametrize(
    ("name", "variance"),
    [
        ("he", lambda fan_in, fan_out: 2 / fan_in),
        ("glorot", lambda fan_in, fan_out: 2 / (fan_in + fan_out)),
        ("lecun", lambda fan_in, fan_out: 1 / fan_in),
    ],
)
@pytest.mark.parametrize("kind", ["normal", "uniform"])
def test_variance_and_form(name, variance, kind, shape):
    weights = getattr(initializers, f"{name}_{kind}")(shape, rng=rng(), dtype="float64")
    expected = variance(*initializers.fans(shape))
    assert weights.shape == shape
    # five standard errors of the sample variance (kurtosis 3 and 1.8) and of the mean
    count, spread = weights.size, {"normal": 2.0, "uniform": 0.8}[kind]
    assert abs(weights.var() / expected - 1) < 5 * np.sqrt(spread / count)
    assert abs(weights.mean()) < 5 * np.sqrt(expected / count)
    largest = np.abs(weights).max() / np.sqrt(expected)
    if kind == "uniform":
        assert 0.999 * np.sqrt(3) < largest <= np.sqrt(3)
    else:
        assert largest > 3  # not truncated


def test_he_keeps_the_mean_square_through_many_relu_layers():
    r, x = rng(1), rng(2).standard_normal((500, 256)).astype("float32")
    network = nn.Sequential(
        *[layer for _ in range(20) for layer in (nn.Dense(256, 256, rng=r), nn.ReLU())]
    )
    mean_square = float((network(x) ** 2).mean())
    assert 0.2 < mean_square < 5.0  # chance moves it by e^±0.6; with 1/fan_in it would be 2^-20


def test_the_same_seed_gives_the_same_weights():
    first, second = (initializers.he_normal((3, 2), rng=rng(4)) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert first.dtype == np.float32


@pytest.mark.parametrize("name", initializers.BY_NAME)
def test_float32_is_the_default_and_is_the_rounded_float64(name):
    draw = initializers.BY_NAME[name]
    usual, wide = draw((4, 3), rng=rng()), draw((4, 3), rng=rng(), dtype="float64")
    assert (usual.dtype, wide.dtype) == (np.float32, np.float64)
    np.testing.assert_array_equal(usual, wide.astype("float32"))


def test_zeros_and_ones():
    assert not initializers.zeros((2, 3)).any()
    assert (initializers.ones((2, 3), dtype="float64") == 1).all()


def test_layers_take_names_and_functions():
    zero = nn.Dense(3, 2, init="zeros", rng=rng())
    assert not zero.weight.data.any()

    def constant(shape, *, rng, dtype):
        return np.full(shape, 0.5)

    layer = nn.Dense(3, 2, init=constant, rng=rng())
    assert (layer.weight.data == 0.5).all()
    assert layer.weight.dtype == np.float32


def test_a_function_that_returns_another_shape_raises():
    message = "Dense expected init to return shape (3, 2), got (2, 3)"
    with pytest.raises(ValueError, match=re.escape(message)):
        nn.Dense(3, 2, init=lambda shape, **_: np.ones(shape[::-1]), rng=rng())


def test_the_layer_does_not_keep_the_array_of_the_function():
    shared = np.ones((2, 2), np.float32)
    layer = nn.Dense(2, 2, init=lambda shape, **_: shared, rng=rng())
    layer.weight.data += 1
    assert (shared == 1).all()
