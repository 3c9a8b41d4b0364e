"""The relatives of ReLU: their kinks, extremes, options, and the learned slope."""

import math
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import integrate, special
from torch_reference import torch_gradients

import nnlib.numpy as nn
from nnlib.gradcheck import gradcheck

ordinary = settings(max_examples=60, deadline=None, derandomize=True)
rows = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=1, max_dims=3, max_side=5), elements=st.floats(-30, 30)
)
MODULES = {
    "LeakyReLU": lambda: nn.LeakyReLU(0.2),
    "PReLU": lambda: nn.PReLU(0.3, dtype="float64"),
    "ELU": lambda: nn.ELU(0.7),
    "GELU": nn.GELU,
    "GELU-tanh": lambda: nn.GELU("tanh"),
    "SiLU": nn.SiLU,
}


def rng(seed=0):
    return np.random.default_rng(seed)


def at(module, *values, dtype="float64"):
    """Outputs and slopes at some points."""
    x = np.array(values, dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = module(x)
        return y, module.backward(np.ones_like(x))


@pytest.mark.parametrize("name", MODULES)
def test_backward_passes_finite_differences(name):
    x = 2 * rng(1).standard_normal((4, 5))
    assert gradcheck(MODULES[name](), x, rng=rng(2)) < 1e-7


@ordinary
@given(rows)
def test_large_inputs_pass_and_negative_ones_shrink(x):
    for make in MODULES.values():
        y = make()(x)
        assert (np.abs(y) <= np.abs(x)).all()
        np.testing.assert_allclose(make()(np.abs(x) + 30), np.abs(x) + 30, rtol=1e-12)


@ordinary
@given(rows)
def test_two_opposite_inputs(x):
    """Each has its identity: x σ(x) - (-x) σ(-x) = x and the like."""
    for function in (nn.silu, nn.gelu, lambda x: nn.gelu(x, "tanh")):
        np.testing.assert_allclose(function(x) - function(-x), x, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(nn.leaky_relu(x, 0.2) + nn.leaky_relu(-x, 0.2), 0.8 * np.abs(x))


# ----------------------------------------------------------------------------------- leaky ReLU


def test_leaky_relu_by_hand():
    y, slope = at(nn.LeakyReLU(0.1), -2.0, -0.0, 0.0, 3.0)
    np.testing.assert_allclose(y, [-0.2, 0, 0, 3])
    np.testing.assert_allclose(slope, [0.1, 0.1, 0.1, 1])
    np.testing.assert_allclose(nn.leaky_relu(np.array([-1.0, 2.0])), [-0.01, 2.0])


def test_a_slope_above_one_is_still_the_formula():
    y, slope = at(nn.LeakyReLU(3.0), -2.0, 2.0)
    np.testing.assert_array_equal(y, [-6, 2])
    np.testing.assert_array_equal(slope, [3, 1])


# ---------------------------------------------------------------------------------------- PReLU


def test_prelu_learns_one_slope_for_all():
    module = nn.PReLU(0.5, dtype="float64")
    y = module(np.array([[-2.0, 1.0], [0.0, -4.0]]))
    np.testing.assert_array_equal(y, [[-1, 1], [0, -2]])
    dx = module.backward(np.array([[1.0, 10.0], [100.0, 1000.0]]))
    np.testing.assert_array_equal(dx, [[0.5, 10], [50, 500]])
    np.testing.assert_array_equal(module.weight.grad, [-2.0 - 4000.0])
    assert list(module.state_dict()) == ["weight"]
    assert module.weight.shape == (1,)


def test_prelu_starts_at_a_quarter_in_float32():
    module = nn.PReLU()
    np.testing.assert_array_equal(module.weight.data, np.array([0.25], "float32"))
    y = module(np.ones((2, 3), np.float32))
    dx = module.backward(y)
    assert y.dtype == dx.dtype == module.weight.data.dtype == module.weight.grad.dtype == np.float32
    assert module.astype("float64").weight.data.dtype == np.float64


def test_prelu_adds_gradients_up_and_skips_the_input():
    module, x = nn.PReLU(dtype="float64"), -np.ones((2, 2))
    module(x)
    assert module.backward(np.ones((2, 2)), input_grad=False) is None
    module(x)
    module.backward(np.ones((2, 2)))
    assert module.weight.grad == -8.0


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4), (0, 3)])
def test_prelu_agrees_with_autograd_for_any_shape(shape):
    x, g = rng(1).standard_normal(shape), rng(2).standard_normal(shape)
    weight = np.array([0.4])
    expected, (dx, dweight) = torch_gradients(torch.nn.functional.prelu, g, np.asarray(x), weight)
    module = nn.PReLU(0.4, dtype="float64")
    np.testing.assert_allclose(module(np.asarray(x)), expected, rtol=1e-14)
    got = module.backward(np.asarray(g))
    assert got.shape == shape
    np.testing.assert_allclose(got, dx, rtol=1e-14)
    np.testing.assert_allclose(module.weight.grad, dweight, rtol=1e-13)


# ------------------------------------------------------------------------------------------ ELU


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_elu_by_hand(alpha):
    y, slope = at(nn.ELU(alpha), -math.log(2), 0.0, 3.0)
    np.testing.assert_allclose(y, [-alpha / 2, 0, 3])
    np.testing.assert_allclose(slope, [alpha / 2, alpha, 1])


def test_elu_keeps_the_digits_of_small_inputs_and_does_not_overflow():
    y, slope = at(nn.ELU(), -1e-12, -1e4, 1e4)
    np.testing.assert_allclose(y, [-1e-12, -1.0, 1e4], rtol=1e-11)
    np.testing.assert_allclose(slope, [1, 0, 1])


# ----------------------------------------------------------------------------------------- GELU


@pytest.mark.parametrize("x", [-2.5, -0.3, 0.0, 1.7])
def test_gelu_is_x_times_the_area_under_the_normal_density(x):
    area, _ = integrate.quad(lambda t: math.exp(-t * t / 2) / math.sqrt(2 * math.pi), -40, x)
    assert nn.gelu(np.array([x])) == pytest.approx(x * area, abs=1e-12)


def test_gelu_keeps_the_digits_of_its_tail():
    x = np.array([-5.0, -10.0, -20.0])
    np.testing.assert_allclose(nn.gelu(x), x * special.erfc(-x / math.sqrt(2)) / 2, rtol=1e-12)


def test_the_two_gelus_differ_by_less_than_5e_4_but_differ():
    x = np.linspace(-6, 6, 1001)
    gap = np.abs(nn.gelu(x) - nn.gelu(x, "tanh")).max()
    assert 1e-4 < gap < 5e-4


@pytest.mark.parametrize("approximate", ["none", "tanh"])
def test_gelu_far_out(approximate):
    y, slope = at(nn.GELU(approximate), -1e4, -0.0, 0.0, 1e4, dtype="float32")
    np.testing.assert_allclose(y, [0, 0, 0, 1e4])
    np.testing.assert_allclose(slope, [0, 0.5, 0.5, 1])
    assert y.dtype == slope.dtype == np.float32


# ----------------------------------------------------------------------------------------- SiLU


def test_silu_by_hand_and_far_out():
    y, slope = at(nn.SiLU(), -1e4, 0.0, math.log(3), 1e4)
    np.testing.assert_allclose(y, [0, 0, 0.75 * math.log(3), 1e4])
    np.testing.assert_allclose(slope, [0, 0.5, 0.75 * (1 + math.log(3) / 4), 1])


# ----------------------------------------------------------------------------------------- words


def test_representations():
    shown = [repr(make()) for make in MODULES.values()]
    assert shown == [
        "LeakyReLU(negative_slope=0.2)", "PReLU()", "ELU(alpha=0.7)",
        "GELU(approximate='none')", "GELU(approximate='tanh')", "SiLU()",
    ]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_nan_stays(name):
    x = np.array([np.nan, 1.0])
    assert np.isnan(MODULES[name]()(x)).tolist() == [True, False]
