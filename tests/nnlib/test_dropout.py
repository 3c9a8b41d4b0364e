"""Dropout: what the mask is, when it is drawn, and whose random numbers it takes."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from parity_cases import as_array

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def rng(seed=0):
    return np.random.default_rng(seed)


@both_paths
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_entries_are_dropped_with_probability_p_and_the_rest_scaled(nn, dtype):
    p = 0.3
    y = as_array(nn.Dropout(p, rng=rng())(nn.tensor(np.full((400, 500), 2.0, dtype))))
    assert y.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(np.unique(y), np.array([0, 2 * (1 / (1 - p))], dtype))
    assert abs((y == 0).mean() - p) < 0.005  # 5 standard deviations
    assert abs(y.mean() - 2.0) < 0.02  # the expected value stays


@given(seed=st.integers(0, 2**32), p=st.floats(0.0, 1.0), size=st.integers(0, 40))
def test_masks_are_the_same_on_both_paths_and_in_both_dtypes(seed, p, size):
    x = np.random.default_rng(1).uniform(1, 2, (size, 3))
    kept = [
        as_array(nn.Dropout(p, rng=rng(seed))(nn.tensor(x.astype(dtype)))) != 0
        for nn in (nnlib.numpy, nnlib.torch)
        for dtype in ("float32", "float64")
    ]
    for other in kept[1:]:
        np.testing.assert_array_equal(kept[0], other)


@both_paths
def test_each_forward_draws_a_new_mask_and_each_layer_its_own(nn):
    parent = rng()
    first, second = nn.Dropout(0.5, rng=parent), nn.Dropout(0.5, rng=parent)
    x = nn.tensor(np.ones((20, 20)))
    masks = [as_array(layer(x)).copy() for layer in (first, first, second)]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert not np.array_equal(masks[i], masks[j])


@both_paths
def test_the_callers_generator_is_left_alone(nn):
    parent, untouched = rng(3), rng(3)
    layer = nn.Dropout(0.5, rng=parent)
    layer(nn.tensor(np.ones((5, 5))))
    assert parent.random() == untouched.random()


@both_paths
def test_backward_uses_the_mask_of_the_forward(nn):
    layer = nn.Dropout(0.5, rng=rng())
    x = rng(1).uniform(1, 2, (30, 4))
    y = as_array(layer(nn.tensor(x)))
    position = copy.deepcopy(layer.generator.bit_generator.state)
    upstream = rng(2).standard_normal(x.shape)
    gradient = as_array(layer.backward(nn.tensor(upstream)))
    np.testing.assert_allclose(gradient, upstream * y / x, rtol=1e-14)
    assert layer.generator.bit_generator.state == position
    assert (gradient == 0).any()


@both_paths
def test_evaluation_mode_is_the_identity_and_draws_nothing(nn):
    layer = nn.Dropout(0.9, rng=rng()).eval()
    position = copy.deepcopy(layer.generator.bit_generator.state)
    x = nn.tensor(rng(1).standard_normal((3, 4)))
    np.testing.assert_array_equal(as_array(layer(x)), as_array(x))
    upstream = nn.tensor(rng(2).standard_normal((3, 4)))
    np.testing.assert_array_equal(as_array(layer.backward(upstream)), as_array(upstream))
    assert layer.generator.bit_generator.state == position
    layer.train()
    assert (as_array(layer(x)) == 0).any()


@both_paths
def test_switching_mode_between_forward_and_backward_changes_nothing(nn):
    layer = nn.Dropout(0.5, rng=rng())
    x = nn.tensor(np.ones((30, 4)))
    y = as_array(layer(x)).copy()
    layer.eval()
    np.testing.assert_array_equal(as_array(layer.backward(nn.tensor(np.ones((30, 4))))), y)


@both_paths
def test_nothing_dropped_with_p_0(nn):
    layer = nn.Dropout(0, rng=rng())
    x = nn.tensor(rng(1).standard_normal((3, 4)))
    np.testing.assert_array_equal(as_array(layer(x)), as_array(x))


@both_paths
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_with_p_1_everything_is_zero_as_in_torch(nn, dtype):
    layer, theirs = nn.Dropout(1.0, rng=rng()), torch.nn.Dropout(1.0)
    x = np.linspace(-3, 3, 12).reshape(3, 4).astype(dtype)
    y, gradient = as_array(layer(nn.tensor(x))), as_array(layer.backward(nn.tensor(x)))
    for ours in (y, gradient):
        assert ours.dtype == dtype
        np.testing.assert_array_equal(ours, theirs(torch.tensor(x)).numpy())
        np.testing.assert_array_equal(ours, np.zeros((3, 4)))
    layer.eval()
    np.testing.assert_array_equal(as_array(layer(nn.tensor(x))), x)
    model = nn.Sequential(nn.Dense(3, 4, rng=rng()), nn.Dropout(1, rng=rng()))
    assert gradcheck(model, rng(2).standard_normal((5, 3)), rng=rng(3)) < 1e-6
    with pytest.raises(ValueError, match=r"^Dropout expected 0 <= p <= 1, got 1.01$"):
        nn.Dropout(1.01, rng=rng())
    block = nn.TransformerBlock(4, 2, 6, dropout=1, rng=rng())
    x = nn.tensor(rng(4).standard_normal((2, 3, 4)).astype("float32"))
    np.testing.assert_array_equal(as_array(block(x)), as_array(x))  # both halves add nothing


@both_paths
@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (7,)])
def test_unusual_shapes(nn, shape):
    layer = nn.Dropout(0.5, rng=rng())
    y = layer(nn.tensor(np.ones(shape)))
    assert tuple(y.shape) == shape
    assert tuple(layer.backward(nn.tensor(np.ones(shape))).shape) == shape


@both_paths
def test_the_mask_does_not_change_during_a_gradient_check(nn):
    model = nn.Sequential(
        nn.Dense(3, 8, rng=rng()), nn.Tanh(), nn.Dropout(0.5, rng=rng(1)), nn.Dense(8, 2, rng=rng())
    )
    assert gradcheck(model, rng(2).standard_normal((5, 3)), rng=rng(3)) < 1e-6


def test_under_no_grad_there_is_no_backward_and_without_input_grad_none():
    layer = nnlib.numpy.Dropout(0.5, rng=rng())
    layer(np.ones((2, 2)))
    assert layer.backward(np.ones((2, 2)), input_grad=False) is None
    with nnlib.numpy.no_grad():
        layer(np.ones((2, 2)))
    with pytest.raises(RuntimeError, match="expected a forward before it"):
        layer.backward(np.ones((2, 2)))


def test_works_with_loss_backward_and_in_a_compiled_model():
    nn = nnlib.torch
    model = nn.Sequential(nn.Dense(3, 8, rng=rng()), nn.Dropout(0.5, rng=rng(1)))
    twin = copy.deepcopy(model)
    x = nn.tensor(rng(2).standard_normal((5, 3)).astype("float32"))
    model(x).sum().backward()
    torch.compile(twin, backend="aot_eager")(x).sum().backward()
    for one, other in zip(model.parameters(), twin.parameters(), strict=True):
        torch.testing.assert_close(one.grad, other.grad)
    assert (model[0].bias.grad != 5).any()


@both_paths
def test_repr(nn):
    assert repr(nn.Dropout(0.25, rng=rng())) == "Dropout(0.25)"
