"""BatchNorm and LayerNorm: statistics, running statistics, modes, gradients."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from parity_cases import as_array, assert_close

import nnlib.numpy
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
SHAPES = [(6, 4), (3, 5, 4), (2, 3, 5, 4)]


def rng(seed=0):
    return np.random.default_rng(seed)


def filled(layer, seed=5):
    """The layer with other numbers than the ones and zeros it starts with."""
    state = {
        name: as_array(value) + rng(seed).uniform(0.2, 0.8, value.shape)
        for name, value in layer.state_dict().items()
    }
    layer.load_state_dict(state)
    return layer


# ------------------------------------------------------------------------------------- BatchNorm


@both_paths
@pytest.mark.parametrize("shape", SHAPES)
def test_batchnorm_normalizes_each_feature_over_all_other_axes(nn, shape):
    x = rng(1).standard_normal(shape) * 3 + 5
    y = as_array(nn.BatchNorm(4, eps=1e-12, dtype="float64")(nn.tensor(x)))
    axes = tuple(range(len(shape) - 1))
    np.testing.assert_allclose(y.mean(axes), np.zeros(4), atol=1e-12)
    np.testing.assert_allclose(y.var(axes), np.ones(4), rtol=1e-10)


@both_paths
def test_batchnorm_by_hand(nn):
    layer = nn.BatchNorm(1, momentum=0.25, eps=3.0, dtype="float64")
    layer.load_state_dict(
        {"weight": [2.0], "bias": [10.0], "running_mean": [8.0], "running_var": [4.0]}
    )
    y = layer(nn.tensor(np.array([[1.0], [3.0]])))  # mean 2, variance 1 biased, 2 unbiased
    np.testing.assert_allclose(as_array(y), [[9], [11]], rtol=1e-14)  # ±1 / √(1 + 3) · 2 + 10
    np.testing.assert_allclose(as_array(layer.running_mean), [6.5], rtol=1e-14)  # ¾·8 + ¼·2
    np.testing.assert_allclose(as_array(layer.running_var), [3.5], rtol=1e-14)  # ¾·4 + ¼·2
    layer.eval()
    y = layer(nn.tensor(np.array([[9.0]])))
    expected = 2 * (9 - 6.5) / np.sqrt(3.5 + 3) + 10
    np.testing.assert_allclose(as_array(y), [[expected]], rtol=1e-14)
    np.testing.assert_allclose(as_array(layer.running_mean), [6.5], rtol=1e-14)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("shape", SHAPES)
def test_running_statistics_are_torchs(shape, dtype):
    twin = torch.nn.BatchNorm2d(4, momentum=0.3, dtype=getattr(torch, dtype))
    layers = [nn.BatchNorm(4, momentum=0.3, dtype=dtype) for nn in (nnlib.numpy, nnlib.torch)]
    for step in range(3):
        x = (rng(step).standard_normal(shape) * 2 + 3).astype(dtype)
        rows = torch.tensor(x).reshape(-1, 4)
        twin(rows.T.reshape(1, 4, -1, 1))
        for layer, nn in zip(layers, (nnlib.numpy, nnlib.torch), strict=True):
            layer(nn.tensor(x))
    for layer in layers:
        assert_close(layer.running_mean, twin.running_mean, dtype, "running mean")
        assert_close(layer.running_var, twin.running_var, dtype, "running variance")


@both_paths
def test_running_statistics_move_in_training_only(nn):
    layer = nn.BatchNorm(4, dtype="float64").eval()
    layer(nn.tensor(rng().standard_normal((6, 4))))
    np.testing.assert_array_equal(as_array(layer.running_mean), np.zeros(4))
    np.testing.assert_array_equal(as_array(layer.running_var), np.ones(4))
    layer.train()
    with nn.no_grad():  # keeping nothing for backward is another switch
        layer(nn.tensor(rng().standard_normal((6, 4))))
    assert (as_array(layer.running_mean) != 0).all()


@both_paths
def test_a_refused_batch_changes_no_statistics(nn):
    layer = nn.BatchNorm(4, dtype="float64")
    with pytest.raises(ValueError, match="expected at least 2 values per feature in training"):
        layer(nn.tensor(np.ones((1, 4))))
    np.testing.assert_array_equal(as_array(layer.running_var), np.ones(4))
    assert tuple(layer.eval()(nn.tensor(np.ones((1, 4)))).shape) == (1, 4)


@both_paths
def test_a_single_image_has_enough_values(nn):
    y = nn.BatchNorm(2, dtype="float64")(nn.tensor(rng().standard_normal((1, 2, 1, 2))))
    assert np.isfinite(as_array(y)).all()


@both_paths
@pytest.mark.parametrize("mode", ["train", "eval"])
@pytest.mark.parametrize("shape", SHAPES)
def test_batchnorm_passes_finite_differences(nn, mode, shape):
    layer = filled(nn.BatchNorm(4, dtype="float64"))
    getattr(layer, mode)()
    assert gradcheck(layer, rng(1).standard_normal(shape), rng=rng(2)) < 1e-6


@pytest.mark.parametrize("shape", SHAPES)
def test_batchnorm_in_evaluation_mode_treats_rows_alone(shape):
    layer = filled(nnlib.numpy.BatchNorm(4, dtype="float64")).eval()
    x = rng(1).standard_normal(shape)
    alone = np.concatenate([layer(x[i : i + 1]) for i in range(len(x))])
    np.testing.assert_allclose(layer(x), alone, rtol=1e-13)
    assert layer(x[:0]).shape == (0, *shape[1:])
    assert layer.backward(x[:0]).shape == (0, *shape[1:])


def test_a_mode_switch_before_backward_does_not_change_the_gradient():
    x, g = rng(1).standard_normal((6, 4)), rng(2).standard_normal((6, 4))
    first, second = (filled(nnlib.numpy.BatchNorm(4, dtype="float64")) for _ in range(2))
    first(x)
    second(x)
    second.eval()
    np.testing.assert_array_equal(first.backward(g), second.backward(g))


@both_paths
def test_buffers_are_state_but_not_learned(nn):
    layer = nn.BatchNorm(4)
    assert list(layer.state_dict()) == ["weight", "bias", "running_mean", "running_var"]
    assert [name for name, _ in layer.named_parameters()] == ["weight", "bias"]
    assert as_array(layer.astype("float64").running_var).dtype == np.float64
    layer(nn.tensor(rng().standard_normal((6, 4))))
    assert as_array(layer.running_var).dtype == np.float64


@given(shift=st.floats(-50, 50), scale=st.floats(0.1, 50), seed=st.integers(0, 1000))
def test_batchnorm_does_not_see_shift_and_scale_of_a_feature(shift, scale, seed):
    layer = nnlib.numpy.BatchNorm(3, eps=1e-12, dtype="float64")
    x = rng(seed).standard_normal((8, 3))
    np.testing.assert_allclose(layer(x * scale + shift), layer(x), atol=1e-7)


def test_large_means_do_not_drown_the_variance():
    x = (rng().standard_normal((20_000, 3)) + 300).astype("float32")
    y = nnlib.numpy.BatchNorm(3)(x)
    np.testing.assert_allclose(y.std(axis=0), np.ones(3), rtol=1e-3)
    np.testing.assert_allclose(y.mean(axis=0), np.zeros(3), atol=1e-3)


# ------------------------------------------------------------------------------------- LayerNorm


@both_paths
@pytest.mark.parametrize("shape", SHAPES)
def test_layernorm_normalizes_each_row(nn, shape):
    x = rng(1).standard_normal(shape) * 3 + 5
    y = as_array(nn.LayerNorm(4, eps=1e-12, dtype="float64")(nn.tensor(x)))
    np.testing.assert_allclose(y.mean(-1), np.zeros(shape[:-1]), atol=1e-12)
    np.testing.assert_allclose(y.var(-1), np.ones(shape[:-1]), rtol=1e-9)


@both_paths
def test_layernorm_by_hand(nn):
    layer = nn.LayerNorm(2, eps=3.0, dtype="float64")
    layer.load_state_dict({"weight": [2.0, 4.0], "bias": [10.0, 20.0]})
    y = layer(nn.tensor(np.array([[1.0, 3.0]])))
    np.testing.assert_allclose(as_array(y), [[9, 22]], rtol=1e-14)


@both_paths
@pytest.mark.parametrize("shape", SHAPES)
def test_layernorm_passes_finite_differences(nn, shape):
    layer = filled(nn.LayerNorm(4, dtype="float64"))
    assert gradcheck(layer, rng(1).standard_normal(shape), rng=rng(2)) < 1e-6


def test_layernorm_treats_rows_alone_and_does_the_same_in_both_modes():
    layer = filled(nnlib.numpy.LayerNorm(4, dtype="float64"))
    x = rng(1).standard_normal((3, 5, 4))
    alone = np.concatenate([layer(x[i : i + 1]) for i in range(3)])
    np.testing.assert_allclose(layer(x), alone, rtol=1e-13)
    np.testing.assert_array_equal(layer.eval()(x), layer.train()(x))


@given(shift=st.floats(-50, 50), scale=st.floats(0.1, 50), seed=st.integers(0, 1000))
def test_layernorm_does_not_see_shift_and_scale_of_a_row(shift, scale, seed):
    layer = nnlib.numpy.LayerNorm(5, eps=1e-12, dtype="float64")
    x = rng(seed).standard_normal((3, 5))
    np.testing.assert_allclose(layer(x * scale + shift), layer(x), atol=1e-6)


@pytest.mark.parametrize("nn_layer", ["BatchNorm", "LayerNorm"])
def test_inputs_are_left_alone_in_every_memory_order(nn_layer):
    layer = filled(getattr(nnlib.numpy, nn_layer)(4, dtype="float64"))
    x, g = rng(1).standard_normal((3, 5, 4)), rng(2).standard_normal((3, 5, 4))
    expected, gradient = layer(x), layer.backward(g)
    for order in (
        np.asfortranarray,
        lambda a: np.ascontiguousarray(a[::-1, :, ::-1])[::-1, :, ::-1],
    ):
        strange_x, strange_g = order(x), order(g)
        strange_x.flags.writeable = strange_g.flags.writeable = False
        np.testing.assert_allclose(layer(strange_x), expected, rtol=1e-12)
        np.testing.assert_allclose(layer.backward(strange_g), gradient, rtol=1e-9, atol=1e-14)


@both_paths
def test_reprs(nn):
    assert repr(nn.BatchNorm(4)) == "BatchNorm(4, momentum=0.1, eps=1e-05)"
    assert repr(nn.LayerNorm(4)) == "LayerNorm(4, eps=1e-05)"
