"""MaxPool2D, AvgPool2D, GlobalAvgPool2D: against loops, at ties and edges, and their sentences."""

import re

import numpy as np
import parity_cases as cases
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import nnlib.numpy
import nnlib.numpy as nn
import nnlib.torch
from nnlib.gradcheck import gradcheck

both_paths = pytest.mark.parametrize("path", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
either_pool = pytest.mark.parametrize("name", ["MaxPool2D", "AvgPool2D"])


def rng(seed=0):
    return np.random.default_rng(seed)


def distinct(shape, seed=1):
    """Numbers at least 0.1 apart: no finite difference changes which one is the largest."""
    return rng(seed).permutation(np.prod(shape)).reshape(shape) * 0.1


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


def by_loops(name, x, upstream, kernel, stride, padding):
    """Output and input gradient by the definition, window by window."""
    height, width = x.shape[1:3]
    rows = (height + 2 * padding[0] - kernel[0]) // stride[0] + 1
    columns = (width + 2 * padding[1] - kernel[1]) // stride[1] + 1
    y, dx = np.zeros((len(x), rows, columns, x.shape[3])), np.zeros_like(x)
    for n, p, q, c in np.ndindex(*y.shape):
        pixels = []
        for i, j in np.ndindex(*kernel):
            row, column = p * stride[0] + i - padding[0], q * stride[1] + j - padding[1]
            if 0 <= row < height and 0 <= column < width:
                pixels.append((n, row, column, c))
        values = [x[pixel] for pixel in pixels]
        if name == "MaxPool2D":
            y[n, p, q, c] = max(values)
            dx[pixels[values.index(max(values))]] += upstream(y.shape)[n, p, q, c]  # the first
        else:
            y[n, p, q, c] = sum(values) / (kernel[0] * kernel[1])
            for pixel in pixels:
                dx[pixel] += upstream(y.shape)[n, p, q, c] / (kernel[0] * kernel[1])
    return y, dx


@either_pool
@settings(max_examples=40, deadline=None)
@given(
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    stride=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    padding=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    extra=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    ties=st.booleans(),
    seed=st.integers(0, 99),
)
def test_both_paths_follow_the_definition(name, kernel, stride, padding, extra, ties, seed):
    assume(all(2 * p <= k for p, k in zip(padding, kernel, strict=True)))
    size = [max(1, k - 2 * p + e) for k, p, e in zip(kernel, padding, extra, strict=True)]
    shape = (2, *size, 2)
    x = rng(seed).integers(-2, 3, shape) * 1.0 if ties else rng(seed).standard_normal(shape)

    def upstream(shape):
        return rng(seed + 1).standard_normal(shape)

    y, dx = by_loops(name, x, upstream, kernel, stride, padding)
    for path in (nnlib.numpy, nnlib.torch):
        layer = getattr(path, name)(kernel, stride, padding)
        got = layer(path.tensor(x))
        np.testing.assert_allclose(cases.as_array(got), y, atol=1e-12)
        gradient = layer.backward(path.tensor(upstream(y.shape)))
        np.testing.assert_allclose(cases.as_array(gradient), dx, atol=1e-12)


@pytest.mark.parametrize(
    "sizes", [(2,), (3, 2), (3, 2, 1), ((2, 3), (1, 2), (1, 0)), (1, 2)], ids=str
)
@either_pool
def test_finite_differences(name, sizes):
    layer = getattr(nn, name)(*sizes)
    assert gradcheck(layer, distinct((2, 6, 7, 2)), rng=rng(4)) < 1e-7


# ------------------------------------------------------------------------------------- the maximum


@both_paths
def test_of_equal_maxima_the_first_gets_the_gradient(path):
    x = np.array([[0, 5, 1], [5, 5, 1], [5, 0, 1]], "float64").reshape(1, 3, 3, 1)
    layer = path.MaxPool2D(2, 1)
    y = layer(path.tensor(x))
    np.testing.assert_array_equal(cases.as_array(y)[0, ..., 0], [[5, 5], [5, 5]])
    dx = layer.backward(path.tensor(np.array([1.0, 10, 100, 1000]).reshape(1, 2, 2, 1)))
    np.testing.assert_array_equal(
        cases.as_array(dx)[0, ..., 0], [[0, 11, 0], [100, 1000, 0], [0, 0, 0]]
    )


@both_paths
def test_padding_never_wins(path):
    x = np.full((1, 2, 3, 1), -7.0)
    layer = path.MaxPool2D(2, 1, 1)
    y = layer(path.tensor(x))
    np.testing.assert_array_equal(cases.as_array(y), np.full((1, 3, 4, 1), -7.0))
    dx = layer.backward(path.tensor(np.ones((1, 3, 4, 1))))
    np.testing.assert_array_equal(cases.as_array(dx)[0, ..., 0], [[4, 2, 2], [2, 1, 1]])


@pytest.mark.parametrize("pool", [(2, 1, 1), (3, 2, 1), (3, 1, 0)], ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_minus_infinity_and_nan_as_in_torch(pool, dtype):
    """A window of -inf alone still has a first pixel; NaN wins and is seen."""
    for seed in range(5):
        x = rng(seed).choice([-np.inf, np.nan, 1.0, 2.0, np.inf], (2, 5, 6, 3)).astype(dtype)
        x[1] = -np.inf
        layer, plain = nn.MaxPool2D(*pool), torch.nn.MaxPool2d(*pool)
        x_torch = torch.tensor(x).permute(0, 3, 1, 2).requires_grad_()
        expected = plain(x_torch)
        y = layer(x)
        np.testing.assert_array_equal(y, expected.detach().permute(0, 2, 3, 1).numpy())
        assert np.isnan(y[0]).any()
        g = rng(9).standard_normal(y.shape).astype(dtype)
        expected.backward(torch.tensor(g).permute(0, 3, 1, 2))
        np.testing.assert_allclose(
            layer.backward(g), x_torch.grad.permute(0, 2, 3, 1).numpy(), rtol=1e-5, atol=1e-6
        )


def test_a_window_of_more_pixels_than_a_byte_counts():
    x = np.zeros((1, 20, 20, 1))
    x[0, 19, 18] = 3.0  # pixel number 398
    layer = nn.MaxPool2D(20)
    assert layer(x).item() == 3.0
    dx = layer.backward(np.full((1, 1, 1, 1), 2.0))
    assert dx[0, 19, 18, 0] == 2.0
    assert dx.sum() == 2.0


def test_what_is_kept_is_one_byte_for_each_output():
    layer = nn.MaxPool2D(16)
    layer(np.zeros((2, 32, 32, 3)))
    (winner, *_) = layer.kept()
    assert (winner.dtype, winner.shape) == (np.uint8, (2, 2, 2, 3))


# ------------------------------------------------------------------------------------- the mean


@both_paths
def test_padding_counts_in_the_mean(path):
    x = np.arange(1.0, 5.0).reshape(1, 2, 2, 1)
    layer = path.AvgPool2D(2, 2, 1)
    y = cases.as_array(layer(path.tensor(x)))
    np.testing.assert_array_equal(y[0, ..., 0], [[0.25, 0.5], [0.75, 1.0]])


def test_the_mean_of_windows_side_by_side_keeps_the_mean_of_the_image():
    x = rng().standard_normal((3, 6, 8, 4))
    np.testing.assert_allclose(nn.AvgPool2D((3, 2))(x).mean(axis=(1, 2)), x.mean(axis=(1, 2)))
    np.testing.assert_allclose(nn.GlobalAvgPool2D()(x), x.mean(axis=1).mean(axis=1))
    np.testing.assert_allclose(nn.AvgPool2D((6, 8))(x)[:, 0, 0], nn.GlobalAvgPool2D()(x))


@both_paths
def test_global_average_by_hand(path):
    x = np.arange(12.0).reshape(1, 2, 3, 2)
    layer = path.GlobalAvgPool2D()
    np.testing.assert_array_equal(cases.as_array(layer(path.tensor(x))), [[5.0, 6.0]])
    dx = cases.as_array(layer.backward(path.tensor(np.array([[6.0, -12.0]]))))
    np.testing.assert_array_equal(dx, np.tile([1.0, -2.0], (1, 2, 3, 1)))


def test_global_average_passes_finite_differences():
    assert gradcheck(nn.GlobalAvgPool2D(), rng(1).standard_normal((3, 4, 5, 2)), rng=rng(2)) < 1e-7


# ------------------------------------------------------------------------------- what all do alike

POOLS = {
    "max": lambda path: path.MaxPool2D(3, 2, 1),
    "average": lambda path: path.AvgPool2D(3, 2, 1),
    "global": lambda path: path.GlobalAvgPool2D(),
}
every_pool = pytest.mark.parametrize("make", POOLS.values(), ids=POOLS)


@every_pool
def test_images_and_channels_do_not_mix(make):
    layer, x = make(nn), rng(1).standard_normal((4, 6, 5, 3))
    y = layer(x)
    g = rng(2).standard_normal(y.shape)
    dx = layer.backward(g)
    for n in range(4):
        for c in range(3):
            one = (slice(n, n + 1), ..., slice(c, c + 1))
            np.testing.assert_allclose(layer(x[one]), y[one], rtol=1e-12)
            np.testing.assert_allclose(layer.backward(g[one]), dx[one], rtol=1e-12)


@every_pool
def test_every_memory_order_and_nothing_is_changed(make):
    x = rng(1).standard_normal((2, 6, 5, 3))
    layer = make(nn)
    y = layer(x)
    g = rng(2).standard_normal(y.shape)
    dx = layer.backward(g)
    for order in (
        np.asfortranarray,
        lambda a: np.ascontiguousarray(a[:, ::-1])[:, ::-1],
        lambda a: np.ascontiguousarray(a[..., ::-1])[..., ::-1],
        lambda a: np.repeat(a, 2, axis=1)[:, ::2],
    ):
        other, other_g = order(x), order(g)
        np.testing.assert_allclose(layer(other), y, rtol=1e-12)
        np.testing.assert_allclose(layer.backward(other_g), dx, rtol=1e-12)
        np.testing.assert_array_equal(other, x)
        np.testing.assert_array_equal(other_g, g)


@every_pool
def test_dtype_is_kept_and_the_input_gradient_may_be_left_out(make):
    for dtype in ("float32", "float64"):
        layer = make(nn)
        y = layer(np.ones((2, 5, 5, 2), dtype))
        dx = layer.backward(np.ones(y.shape, dtype))
        assert (y.dtype, dx.dtype) == (dtype, dtype)
        assert dx.flags.writeable
        layer(np.ones((2, 5, 5, 2), dtype))
        assert layer.backward(np.ones(y.shape, dtype), input_grad=False) is None
        with pytest.raises(RuntimeError, match="expected a forward before it"):
            layer.backward(np.ones(y.shape, dtype))


@pytest.mark.parametrize("name", ["MaxPool2D", "AvgPool2D"])
def test_the_torch_path_stays_channels_last(name):
    layer = getattr(nnlib.torch, name)(3, 2, 1)
    y = layer(torch.randn(2, 6, 6, 4))
    assert y.is_contiguous()
    assert layer.backward(torch.randn(y.shape)).is_contiguous()


def test_errors_say_what_is_wrong():
    with raises(
        ValueError,
        "MaxPool2D expected input of shape (batch, height, width, channels), got (32, 64): grey",
    ):
        nn.MaxPool2D(2)(np.zeros((32, 64)))
    with raises(TypeError, "AvgPool2D expected float32 or float64 input, got uint8"):
        nn.AvgPool2D(2)(np.zeros((2, 4, 4, 1), "uint8"))
    with raises(
        ValueError,
        "MaxPool2D expected images no smaller than pool_size=(4, 2), got height and width (3, 8)",
    ):
        nn.MaxPool2D((4, 2))(np.zeros((2, 3, 8, 1)))
    with raises(
        ValueError,
        "AvgPool2D expected padding of at most half the window, got padding=(2, 2) with "
        "pool_size=(3, 3): no window may lie in the padding alone",
    ):
        nn.AvgPool2D(3, padding=2)
    with raises(ValueError, "MaxPool2D expected stride >= 1, got 0"):
        nn.MaxPool2D(2, 0)
    with raises(ValueError, "MaxPool2D expected pool_size >= 1, got (2, 0)"):
        nn.MaxPool2D((2, 0))
    with raises(
        TypeError,
        "AvgPool2D expected padding to be an integer or a pair (height, width), got 'same'",
    ):
        nn.AvgPool2D(2, padding="same")
    for layer in (nn.MaxPool2D(2), nn.AvgPool2D(2)):
        layer(np.zeros((2, 5, 4, 1)))
        with pytest.raises(ValueError, match=r"grad_output of shape \(2, 2, 2, 1\), got \(2, 2"):
            layer.backward(np.zeros((2, 2)))
    layer = nn.GlobalAvgPool2D()
    layer(np.zeros((2, 5, 4, 3)))
    with pytest.raises(ValueError, match=r"grad_output of shape \(2, 3\), got \(2, 1, 1, 3\)"):
        layer.backward(np.zeros((2, 1, 1, 3)))


@both_paths
def test_repr(path):
    assert repr(path.MaxPool2D(2)) == "MaxPool2D(pool_size=(2, 2), stride=(2, 2))"
    text = "AvgPool2D(pool_size=(3, 2), stride=(2, 2), padding=(1, 0))"
    assert repr(path.AvgPool2D((3, 2), 2, (1, 0))) == text
    assert repr(path.GlobalAvgPool2D()) == "GlobalAvgPool2D()"
