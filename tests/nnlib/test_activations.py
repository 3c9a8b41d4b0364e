"""Activations: values, gradients, extremes."""

import re
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import special
from torch_reference import torch_gradients

import nnlib.numpy as nn
from nnlib.gradcheck import gradcheck

REFERENCES = {
    "ReLU": (nn.ReLU, nn.relu, torch.relu),
    "Sigmoid": (nn.Sigmoid, nn.sigmoid, torch.sigmoid),
    "Tanh": (nn.Tanh, nn.tanh, torch.tanh),
    "LeakyReLU": (nn.LeakyReLU, nn.leaky_relu, torch.nn.functional.leaky_relu),
    "ELU": (nn.ELU, nn.elu, torch.nn.functional.elu),
    "GELU": (nn.GELU, nn.gelu, torch.nn.functional.gelu),
    "SiLU": (nn.SiLU, nn.silu, torch.nn.functional.silu),
    "Softmax": (nn.Softmax, nn.softmax, lambda x: torch.softmax(x, -1)),
}

rows = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=3, min_side=1, max_side=5),
    elements=st.floats(-30, 30),
)
ordinary = settings(max_examples=60, deadline=None, derandomize=True)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", REFERENCES)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 4), (0, 3)])
def test_values_and_gradients_agree_with_autograd(name, shape):
    layer, function, reference = REFERENCES[name]
    x, upstream = 3 * rng(1).standard_normal(shape), rng(2).standard_normal(shape)
    expected, (dx,) = torch_gradients(reference, upstream, x)
    module = layer()
    np.testing.assert_allclose(module(x), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(function(x), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(module.backward(upstream), dx, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("name", REFERENCES)
def test_gradients_agree_in_other_memory_orders(name):
    layer, _, reference = REFERENCES[name]
    x, upstream = rng(1).standard_normal((6, 8)).T[::2], rng(2).standard_normal((6, 4)).T[::-1]
    _, (dx,) = torch_gradients(reference, upstream.copy(), x.copy())
    module = layer()
    module(x)
    np.testing.assert_allclose(module.backward(upstream), dx, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("name", REFERENCES)
def test_backward_passes_finite_differences(name):
    assert gradcheck(REFERENCES[name][0](), rng(1).standard_normal((4, 5)), rng=rng(2)) < 1e-7


@pytest.mark.parametrize("name", REFERENCES)
def test_without_input_gradient_there_is_none(name):
    module, x = REFERENCES[name][0](), np.ones((2, 3))
    module(x)
    assert module.backward(x, input_grad=False) is None


@pytest.mark.parametrize("name", REFERENCES)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dtypes_stay(name, dtype):
    layer, function, _ = REFERENCES[name]
    x, module = np.linspace(-3, 3, 6, dtype=dtype).reshape(2, 3), layer()
    assert module(x).dtype == function(x).dtype == dtype
    assert module.backward(x).dtype == dtype


def test_log_softmax_stays_in_its_dtype_too():
    assert nn.log_softmax(np.ones((2, 3), np.float32)).dtype == np.float32


@pytest.mark.parametrize(
    "function",
    [
        *(nn.relu, nn.leaky_relu, nn.elu, nn.gelu, nn.silu),
        *(nn.sigmoid, nn.tanh, nn.softmax, nn.log_softmax),
    ],
)
def test_functions_refuse_what_is_not_a_float_array(function):
    name = function.__name__
    message = f"^{name} expected float32 or float64 input, got int64$"
    with pytest.raises(TypeError, match=message):
        function(np.array([1, 2]))
    message = f"{name} expected input to be a NumPy array, got list: nn.tensor(x) makes one"
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        function([1.0, 2.0])


@pytest.mark.parametrize(
    "function", [nn.relu, nn.leaky_relu, nn.elu, nn.gelu, nn.silu, nn.sigmoid, nn.tanh]
)
def test_functions_take_numpy_scalars(function):
    assert function(np.float32(-1.5)) == function(np.array([-1.5], np.float32))[0]
    assert function(np.float32(-1.5)).dtype == np.float32


@pytest.mark.parametrize("name", REFERENCES)
def test_a_gradient_of_the_wrong_shape_or_dtype_raises(name):
    module, x = REFERENCES[name][0](), np.ones((2, 3))
    module(x)
    message = f"{name}.backward expected grad_output of shape (2, 3), got (3,)"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        module.backward(np.ones(3))  # would broadcast
    module(x)
    with pytest.raises(TypeError, match=f"^{name} expected float64 grad_output, got float32"):
        module.backward(np.ones((2, 3), np.float32))


# ------------------------------------------------------------------------------------------ ReLU


def test_relu_at_zero_and_at_nan():
    module = nn.ReLU()
    y = module(np.array([-1.0, -0.0, 0.0, 1.0, np.inf, np.nan]))
    np.testing.assert_array_equal(y, [0, 0, 0, 1, np.inf, np.nan])
    np.testing.assert_array_equal(module.backward(np.full(6, 2.0))[:5], [0, 0, 0, 2, 2])


# --------------------------------------------------------------------------------------- sigmoid


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sigmoid_keeps_small_probabilities_and_does_not_overflow(dtype):
    x = np.array([-1e4, -80, -30, -1, 0, 1, 30, 1e4], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        y = nn.sigmoid(x)
    np.testing.assert_allclose(y, special.expit(x), rtol=4 * np.finfo(dtype).eps)
    assert y[1] > 0, "½(1 + tanh(x/2)) rounds this to zero"


@ordinary
@given(rows)
def test_sigmoid_of_x_and_of_minus_x_sum_to_one(x):
    np.testing.assert_allclose(nn.sigmoid(x) + nn.sigmoid(-x), 1, rtol=1e-15)


def test_worked_values():
    np.testing.assert_allclose(
        nn.sigmoid(np.array([-5.0, -1, 0, 1])), [0.007, 0.27, 0.5, 0.73], atol=0.0015
    )
    np.testing.assert_allclose(
        nn.softmax(np.array([2.0, 1.0, 0.1])), [0.659, 0.242, 0.099], atol=5e-4
    )


# --------------------------------------------------------------------------------------- softmax


@ordinary
@given(rows)
def test_softmax_rows_are_probabilities(x):
    p = nn.softmax(x)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-14)
    np.testing.assert_allclose(p, special.softmax(x, axis=-1), rtol=1e-12)


@ordinary
@given(rows, st.floats(-500, 500))
def test_softmax_does_not_change_with_a_shift(x, shift):
    # tolerance: x + shift has already lost digits of x
    np.testing.assert_allclose(nn.softmax(x + shift), nn.softmax(x), rtol=1e-11)


@ordinary
@given(rows)
def test_log_softmax_is_the_logarithm_of_softmax(x):
    np.testing.assert_allclose(nn.log_softmax(x), special.log_softmax(x, axis=-1), rtol=1e-12)


def test_softmax_takes_the_maximum_of_each_row_not_of_the_array():
    x = np.array([[0.0, 1.0], [1000.0, 1001.0]])
    expected = 1 / (1 + np.e)
    np.testing.assert_allclose(nn.softmax(x)[:, 0], [expected, expected], rtol=1e-12)
    np.testing.assert_allclose(nn.log_softmax(x)[:, 0], np.log([expected, expected]), rtol=1e-12)


def test_softmax_and_log_softmax_of_extremes():
    x = np.array([[-np.inf, 0.0, 0.0], [-1e4, 0.0, -1e4]], np.float32)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        np.testing.assert_allclose(nn.softmax(x), [[0, 0.5, 0.5], [0, 1, 0]])
        assert nn.log_softmax(x)[1, 0] == -1e4
    assert np.isnan(nn.softmax(np.array([np.nan, 0.0]))).all()


@pytest.mark.parametrize("axis", [0, 1, -2])
def test_softmax_along_another_axis(axis):
    x, g = rng(1).standard_normal((3, 4, 2)), rng(2).standard_normal((3, 4, 2))
    expected, (dx,) = torch_gradients(lambda x: torch.softmax(x, axis), g, x)
    module = nn.Softmax(axis)
    np.testing.assert_allclose(module(x), expected, rtol=1e-12)
    np.testing.assert_allclose(module.backward(g), dx, rtol=1e-10, atol=1e-15)
    np.testing.assert_allclose(
        nn.log_softmax(x, axis), special.log_softmax(x, axis=axis), rtol=1e-12
    )
    assert repr(module) == f"Softmax(axis={axis})"


def test_the_gradient_of_a_plain_sum_cannot_test_a_softmax():
    """The reason why every check here uses random upstream gradients."""
    module = nn.Softmax()
    module(rng().standard_normal((3, 4)))
    np.testing.assert_allclose(module.backward(np.ones((3, 4))), 0, atol=1e-15)
