"""Dense, Flatten, Sequential, Residual."""

import re

import numpy as np
import pytest
import torch
from torch_reference import torch_gradients

import nnlib.numpy as nn
from nnlib.gradcheck import gradcheck


def rng(seed=0):
    return np.random.default_rng(seed)


def dense(bias=True, dtype="float64"):
    return nn.Dense(3, 2, bias=bias, rng=rng(7), dtype=dtype)


def inputs(seed=1):
    """The same numbers in memory orders that a layer may meet."""
    x = rng(seed).standard_normal((6, 3))
    wide = np.zeros((12, 6))
    wide[::2, ::2] = x
    return {
        "contiguous": x,
        "columns first": np.asfortranarray(x),
        "strided": wide[::2, ::2],
        "reversed": np.ascontiguousarray(x[::-1])[::-1],
        "read-only": _read_only(x.copy()),
    }


def _read_only(array):
    array.flags.writeable = False
    return array


# ----------------------------------------------------------------------------------------- Dense


@pytest.mark.parametrize("order", inputs())
def test_dense_agrees_with_autograd_in_every_memory_order(order):
    layer, x, upstream = dense(), inputs()[order], inputs(2)[order][:, :2]
    layer.bias.data[:] = [0.5, -1.5]
    expected, (dx, dw, db) = torch_gradients(
        lambda x, w, b: torch.nn.functional.linear(x, w.T, b),
        upstream.copy(),
        x.copy(),
        layer.weight.data,
        layer.bias.data,
    )
    np.testing.assert_allclose(layer(x), expected, rtol=1e-12)
    np.testing.assert_allclose(layer.backward(upstream), dx, rtol=1e-12)
    np.testing.assert_allclose(layer.weight.grad, dw, rtol=1e-12)
    np.testing.assert_allclose(layer.bias.grad, db, rtol=1e-12)


def test_dense_by_hand():
    layer = dense()
    layer.weight.data[:] = [[1, 2], [3, 4], [5, 6]]
    layer.bias.data[:] = [10, 20]
    np.testing.assert_array_equal(layer(np.array([[1.0, 0, -1]])), [[6, 16]])
    np.testing.assert_array_equal(layer.backward(np.array([[1.0, -1]])), [[-1, -1, -1]])
    np.testing.assert_array_equal(layer.weight.grad, [[1, -1], [0, 0], [-1, 1]])
    np.testing.assert_array_equal(layer.bias.grad, [1, -1])


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("shape", [(1, 3), (5, 3), (2, 4, 3), (2, 2, 2, 3)])
def test_dense_passes_finite_differences(bias, shape):
    assert gradcheck(dense(bias), rng(3).standard_normal(shape), rng=rng(4)) < 1e-7


def test_dense_without_input_gradient_still_learns():
    layer, x, g = dense(), inputs()["contiguous"], np.ones((6, 2))
    layer(x)
    layer.backward(g)
    expected = layer.weight.grad
    layer.zero_grad()
    layer(x)
    assert layer.backward(g, input_grad=False) is None
    np.testing.assert_array_equal(layer.weight.grad, expected)


def test_dense_of_no_rows_has_zero_gradients():
    layer = dense()
    assert layer(np.zeros((0, 3))).shape == (0, 2)
    assert layer.backward(np.zeros((0, 2))).shape == (0, 3)
    np.testing.assert_array_equal(layer.weight.grad, np.zeros((3, 2)))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_dense_keeps_its_dtype_throughout(dtype):
    layer = nn.Dense(3, 2, rng=rng(), dtype=dtype)
    y = layer(np.ones((4, 3), dtype))
    dx = layer.backward(np.ones((4, 2), dtype))
    arrays = (y, dx, layer.weight.data, layer.bias.data, layer.weight.grad, layer.bias.grad)
    assert {str(array.dtype) for array in arrays} == {dtype}


def test_dense_is_float32_by_default_and_starts_as_the_rounded_float64_layer():
    small, large = nn.Dense(3, 2, rng=rng(5)), nn.Dense(3, 2, rng=rng(5), dtype="float64")
    assert small.weight.dtype == np.float32
    np.testing.assert_array_equal(small.weight.data, large.weight.data.astype("float32"))
    np.testing.assert_array_equal(small.bias.data, np.zeros(2))


def test_layers_draw_from_children_of_the_generator():
    parent, untouched = rng(3), rng(3)
    first, second = nn.Dense(3, 2, rng=parent), nn.Dense(3, 2, rng=parent)
    assert not np.array_equal(first.weight.data, second.weight.data)
    assert parent.random() == untouched.random(), "building a model does not change the shuffles"


def test_dense_has_no_bias_entry_without_bias():
    assert list(dense(bias=False).state_dict()) == ["weight"]


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


def test_dense_says_what_is_wrong_with_its_input():
    layer = nn.Dense(784, 128, rng=rng())
    with raises(
        ValueError,
        "Dense expected input of shape (batch, 784), got (32, 100): "
        "the last axis must equal in_features=784",
    ):
        layer(np.ones((32, 100), np.float32))
    with raises(ValueError, "Dense expected input of shape (batch, 784), got (784,): the first"):
        layer(np.ones(784, np.float32))
    with raises(
        TypeError,
        "Dense expected float32 input, got float64: dtypes are never mixed, convert the array "
        "or the model with model.astype('float64')",
    ):
        layer(np.ones((1, 784)))
    with raises(
        TypeError,
        "Dense expected float32 input, got int64: dtypes are never mixed, convert the array",
    ):
        layer(np.ones((1, 784), np.int64))
    with raises(TypeError, "Dense expected input to be a NumPy array, got list: nn.tensor(x)"):
        layer([[1.0] * 784])
    with raises(TypeError, "Dense expected input to be a NumPy array, got Tensor"):
        layer(torch.ones(1, 784))


def test_dense_says_what_is_wrong_with_a_gradient():
    layer = dense()
    layer(np.ones((5, 3)))
    with raises(ValueError, "Dense.backward expected grad_output of shape (5, 2), got (5, 1): a"):
        layer.backward(np.ones((5, 1)))
    layer(np.ones((5, 3)))
    with raises(TypeError, "Dense expected float64 grad_output, got float32"):
        layer.backward(np.ones((5, 2), np.float32))


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"in_features": 0}, ValueError, "Dense expected in_features >= 1, got 0"),
        ({"out_features": 2.0}, TypeError, "Dense expected out_features to be an integer, got 2.0"),
        ({"out_features": True}, TypeError, "Dense expected out_features to be an integer"),
        ({"dtype": "float16"}, TypeError, "Dense expected dtype 'float32' or 'float64', got 'floa"),
        ({"rng": 0}, TypeError, "Dense expected rng to be a numpy.random.Generator, got int: make"),
        ({"init": "he"}, ValueError, "Dense expected init to be one of 'he_normal', 'he_uniform'"),
    ],
)
def test_dense_says_what_is_wrong_with_its_arguments(arguments, kind, message):
    with raises(kind, message):
        nn.Dense(**{"in_features": 3, "out_features": 2, "rng": rng(), **arguments})


# --------------------------------------------------------------------------------------- Flatten


def test_flatten_runs_through_the_last_axis_first():
    layer, x = nn.Flatten(), np.arange(24.0).reshape(2, 3, 4)
    np.testing.assert_array_equal(layer(x), np.arange(24.0).reshape(2, 12))
    upstream = rng().standard_normal((2, 12))
    gradient = layer.backward(upstream)
    assert gradient.shape == x.shape
    assert gradient[1, 2, 3] == upstream[1, 11]


def test_flatten_of_a_permuted_picture_follows_its_axes_not_its_memory():
    x = np.arange(24.0).reshape(2, 3, 4).transpose(0, 2, 1)
    np.testing.assert_array_equal(nn.Flatten()(x)[0], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    assert gradcheck(nn.Flatten(), x, rng=rng()) < 1e-7
    columns_first = np.asfortranarray(np.arange(24.0).reshape(2, 3, 4))
    np.testing.assert_array_equal(nn.Flatten()(columns_first), np.arange(24.0).reshape(2, 12))


@pytest.mark.parametrize("shape", [(3,), (0, 2, 2), (3, 0)])
def test_flatten_of_unusual_shapes(shape):
    x = np.zeros(shape)
    y = nn.Flatten()(x)
    assert y.shape == (shape[0], int(np.prod(shape[1:])))


def test_flatten_checks():
    layer = nn.Flatten()
    with raises(ValueError, "Flatten expected input of shape (batch, ...), got ()"):
        layer(np.array(1.0))
    layer(np.ones((2, 3, 4)))
    with raises(ValueError, "Flatten.backward expected grad_output of shape (2, 12), got (2, 3, 4"):
        layer.backward(np.ones((2, 3, 4)))
    layer(np.ones((2, 3)))
    assert layer.backward(np.ones((2, 3)), input_grad=False) is None


# ------------------------------------------------------------------------- Sequential and Residual


class Recording(nn.Module):
    """Notes whether its input gradient was asked for."""

    asked = None

    def __init__(self, learns):
        if learns:
            self.weight = nn.Parameter(np.ones(1))

    def forward(self, x):
        return x

    def backward(self, grad_output, *, input_grad=True):
        self.asked = input_grad
        return grad_output if input_grad else None


@pytest.mark.parametrize(
    ("learns", "asked"),
    [
        ([True, False, True], [False, True, True]),
        ([False, True, True], [None, False, True]),  # nothing below the lowest parameter is walked
        ([False, False], [False, True]),
    ],
)
def test_sequential_asks_for_no_gradient_that_nobody_needs(learns, asked):
    layers = [Recording(learn) for learn in learns]
    network, x = nn.Sequential(*layers), np.ones((2, 2))
    network(x)
    assert network.backward(x, input_grad=False) is None
    assert [layer.asked for layer in layers] == asked
    network(x)
    assert network.backward(x) is not None
    assert all(layer.asked for layer in layers)


def test_residual_asks_for_no_gradient_that_nobody_needs():
    inside, x = Recording(True), np.ones((2, 2))
    network = nn.Residual(inside)
    for wanted in (True, False):
        network(x)
        network.backward(x, input_grad=wanted)
        assert inside.asked == wanted


def test_training_steps_agree_with_and_without_input_gradient():
    def network():
        r = rng(9)
        return nn.Sequential(
            nn.Flatten(), nn.Dense(4, 5, rng=r), nn.Tanh(), nn.Dense(5, 2, rng=r)
        )

    first, second = network(), network()
    x = rng(1).standard_normal((6, 2, 2)).astype("float32")
    g = rng(2).standard_normal((6, 2)).astype("float32")
    first(x)
    second(x)
    assert first.backward(g).shape == x.shape
    assert second.backward(g, input_grad=False) is None
    for p, q in zip(first.parameters(), second.parameters(), strict=True):
        np.testing.assert_array_equal(p.grad, q.grad)


def test_a_deep_model_passes_finite_differences():
    r = rng(2)
    network = nn.Sequential(
        nn.Flatten(),
        nn.Dense(6, 5, rng=r),
        nn.Sigmoid(),
        nn.Residual(nn.Sequential(nn.Dense(5, 5, rng=r), nn.Tanh())),
        nn.Dense(5, 3, rng=r),
        nn.Softmax(),
    )
    assert gradcheck(network, rng(3).standard_normal((4, 2, 3)), rng=rng(4)) < 1e-6


def test_residual_adds_both_ways():
    layer, x = nn.Residual(nn.Tanh()), rng().standard_normal((3, 2))
    np.testing.assert_allclose(layer(x), x + np.tanh(x), rtol=1e-15)
    g = rng(1).standard_normal((3, 2))
    np.testing.assert_allclose(layer.backward(g), g * (2 - np.tanh(x) ** 2), rtol=1e-12)
    layer(x)
    assert layer.backward(g, input_grad=False) is None


def test_residual_refuses_a_module_that_changes_the_shape():
    layer = nn.Residual(nn.Dense(3, 1, rng=rng(), dtype="float64"))
    with raises(
        ValueError,
        "Residual expected its module to return the input's shape (2, 3), got (2, 1)",
    ):
        layer(np.ones((2, 3)))


def test_sequential_holds_its_layers_in_order():
    layers = (nn.Dense(2, 2, rng=rng()), nn.ReLU())
    network = nn.Sequential(*layers)
    assert len(network) == 2
    assert tuple(network) == layers
    assert network[-1] is layers[1]


def test_a_layer_used_twice_raises_when_the_model_is_built():
    relu, dense = nn.ReLU(), nn.Dense(2, 2, rng=rng())
    with raises(
        ValueError,
        "Sequential got the same ReLU object twice, as '0' and '1': a layer keeps what its "
        "backward needs from one forward only, so build a second layer",
    ):
        nn.Sequential(relu, relu)
    with raises(ValueError, "Sequential got the same Dense object twice, as '0' and '1.module.0'"):
        nn.Sequential(dense, nn.Residual(nn.Sequential(dense, nn.ReLU())))
    inner = nn.Sequential(dense)
    with raises(ValueError, "Sequential got the same Sequential object twice, as '0' and '2'"):
        nn.Sequential(inner, relu, inner)


def test_residual_checks_what_it_wraps():
    class Pair(nn.Module):
        def __init__(self, layer):
            self.first, self.second = layer, layer

    with raises(ValueError, "Residual got the same Tanh object twice, as 'module.first' and 'modu"):
        nn.Residual(Pair(nn.Tanh()))
    with raises(TypeError, "Residual expected a layer, got ReLU: write ReLU() to make one"):
        nn.Residual(nn.ReLU)


def test_sequential_refuses_what_is_no_layer():
    with raises(TypeError, "Sequential expected a layer at position 1, got ReLU: write ReLU() to"):
        nn.Sequential(nn.Tanh(), nn.ReLU)
    with raises(TypeError, "Sequential expected a layer at position 0, got relu"):
        nn.Sequential(nn.relu)
    with raises(TypeError, "Sequential expected a layer at position 0, got list"):
        nn.Sequential([nn.ReLU()])
    with raises(ValueError, "Sequential expected at least one layer, got none"):
        nn.Sequential()


@pytest.mark.parametrize(
    "layer",
    [
        dense(),
        nn.Flatten(),
        nn.ReLU(),
        nn.Sigmoid(),
        nn.Tanh(),
        nn.Softmax(),
        nn.Residual(nn.Softmax()),
        nn.Sequential(nn.ReLU(), dense()),
    ],
    ids=lambda layer: type(layer).__name__,
)
def test_no_layer_changes_its_input_or_the_gradient_it_is_given(layer):
    x = rng(1).standard_normal((4, 3))
    x_before = x.copy()
    y = layer(x)
    g = rng(2).standard_normal(y.shape)
    g_before, y_before = g.copy(), y.copy()
    layer.backward(g)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(g, g_before)
    np.testing.assert_array_equal(y, y_before)


def test_no_model_is_offered_a_dtype_of_integers():
    layer = nn.Dense(2, 2, rng=rng())
    for dtype, ending in (("float64", "the array or the model with model.astype('float64')"),
                          ("uint8", "convert the array")):  # fmt: skip
        with pytest.raises(TypeError) as caught:
            layer(np.ones((1, 2), dtype))
        assert str(caught.value).endswith(ending)
