"""Conv2D: against loops, finite differences, properties of a convolution, and its sentences."""

import copy
import re

import numpy as np
import parity_cases as cases
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

import nnlib.numpy
import nnlib.numpy as nn
import nnlib.torch
from nnlib.gradcheck import gradcheck
from nnlib.numpy import conv as conv_module

both_paths = pytest.mark.parametrize("path", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def rng(seed=0):
    return np.random.default_rng(seed)


def conv(kernel_size=3, in_channels=2, out_channels=3, seed=7, **options):
    layer = nn.Conv2D(
        in_channels, out_channels, kernel_size, rng=rng(seed), **{"dtype": "float64", **options}
    )
    if layer.bias is not None:
        layer.bias.data += rng(8).standard_normal(out_channels)
    return layer


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


def by_loops(x, weight, bias, stride, sides):
    """The definition, pixel by pixel, on an image that is padded by hand."""
    (top, bottom), (left, right) = sides
    batch, height, width, _ = x.shape
    kh, kw, _, channels = weight.shape
    padded = np.zeros((batch, height + top + bottom, width + left + right, x.shape[3]))
    padded[:, top : top + height, left : left + width] = x
    rows = (padded.shape[1] - kh) // stride[0] + 1
    columns = (padded.shape[2] - kw) // stride[1] + 1
    y = np.zeros((batch, rows, columns, channels))
    for n, p, q, c in np.ndindex(*y.shape):
        window = padded[n, p * stride[0] :, q * stride[1] :][:kh, :kw]
        y[n, p, q, c] = (window * weight[..., c]).sum() + bias[c]
    return y


# ----------------------------------------------------------------------------------- the numbers


@settings(max_examples=40, deadline=None)
@given(
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    stride=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    padding=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    extra=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    channels=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    batch=st.integers(0, 3),
    seed=st.integers(0, 99),
)
def test_both_paths_follow_the_definition(kernel, stride, padding, extra, channels, batch, seed):
    size = [max(1, k - 2 * p + e) for k, p, e in zip(kernel, padding, extra, strict=True)]
    x = rng(seed).standard_normal((batch, *size, channels[0]))
    options = {"stride": stride, "padding": padding, "dtype": "float64"}
    layer = nn.Conv2D(*channels, kernel, rng=rng(seed), **options)
    layer.bias.data += rng(seed).standard_normal(channels[1])
    sides = [(p, p) for p in padding]
    expected = by_loops(x, layer.weight.data, layer.bias.data, stride, sides)
    np.testing.assert_allclose(layer(x), expected, atol=1e-12)
    on_torch = nnlib.torch.Conv2D(*channels, kernel, rng=rng(seed), **options)
    on_torch.load_state_dict(layer.state_dict())
    np.testing.assert_allclose(cases.as_array(on_torch(torch.tensor(x))), expected, atol=1e-12)


@pytest.mark.parametrize("kernel", [1, 2, 3, 4, (2, 3), (5, 4)])
@both_paths
def test_same_keeps_the_size_and_follows_the_definition(path, kernel):
    layer = conv(kernel, padding="same")
    x = rng(1).standard_normal((2, 5, 4, 2))
    pair = kernel if isinstance(kernel, tuple) else (kernel, kernel)
    sides = [((k - 1) // 2, k - 1 - (k - 1) // 2) for k in pair]
    expected = by_loops(x, layer.weight.data, layer.bias.data, (1, 1), sides)
    assert expected.shape == (2, 5, 4, 3)
    twin = path.Conv2D(2, 3, kernel, padding="same", rng=rng(), dtype="float64")
    twin.load_state_dict(layer.state_dict())
    np.testing.assert_allclose(cases.as_array(twin(path.tensor(x))), expected, atol=1e-12)


def test_by_hand():
    layer = nn.Conv2D(1, 1, 2, rng=rng(), dtype="float64")
    layer.weight.data[:] = np.array([[1.0, 10.0], [100.0, 1000.0]])[..., None, None]
    layer.bias.data[:] = 0.5
    x = np.arange(1.0, 7.0).reshape(1, 2, 3, 1)  # 1 2 3 over 4 5 6
    np.testing.assert_array_equal(layer(x)[0, ..., 0], [[5421.5, 6532.5]])  # not flipped
    dx = layer.backward(np.array([1.0, -1.0]).reshape(1, 1, 2, 1))
    np.testing.assert_array_equal(dx[0, ..., 0], [[1, 9, -10], [100, 900, -1000]])
    np.testing.assert_array_equal(layer.weight.grad[..., 0, 0], [[-1, -1], [-1, -1]])
    np.testing.assert_array_equal(layer.bias.grad, [0])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"bias": False},
        {"stride": 2, "padding": 1},
        {"stride": (1, 3), "kernel_size": (2, 3)},
        {"padding": "same", "kernel_size": (4, 3)},
    ],
    ids=str,
)
def test_finite_differences(options):
    x = rng(3).standard_normal((2, 6, 7, 2))
    assert gradcheck(conv(**options), x, rng=rng(4)) < 1e-7


@pytest.mark.parametrize("images", [1, 2, 3, 5])
@pytest.mark.parametrize("options", [{}, {"stride": 2, "padding": 1}], ids=str)
def test_blocks_of_any_size_give_the_same(images, options, monkeypatch):
    """A block holds some images; the last block holds the rest."""
    x = rng(1).standard_normal((5, 6, 6, 2))

    def run(block):
        monkeypatch.setattr(conv_module, "_BLOCK", block)
        layer = conv(**options)
        y = layer(x)
        return y, layer.backward(rng(2).standard_normal(y.shape)), layer.weight.grad

    whole = run(2**30)
    positions = whole[0][0, ..., 0].size
    for got, expected in zip(run(images * positions * 2), whole, strict=True):  # by input gradient
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12)
    for got, expected in zip(run(images * positions * 18), whole, strict=True):  # by window
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-12)


def test_memory_does_not_grow_with_the_number_of_windows():
    import tracemalloc

    layer = nn.Conv2D(8, 4, 5, rng=rng())
    x = rng(1).standard_normal((64, 20, 20, 8)).astype("float32")
    layer(x)
    tracemalloc.start()
    y = layer(x)
    layer.backward(y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    matrix = 64 * 16 * 16 * 5 * 5 * 8 * 4  # all windows of all images at once: 13 MB
    assert peak < matrix / 2


# ---------------------------------------------------------------------------------- properties


@settings(max_examples=20, deadline=None)
@given(a=st.floats(-3, 3), b=st.floats(-3, 3), seed=st.integers(0, 99))
def test_linear_in_the_image(a, b, seed):
    layer = conv(bias=False, padding=1, seed=seed)
    x, z = rng(seed).standard_normal((2, 2, 5, 6, 2))
    np.testing.assert_allclose(layer(a * x + b * z), a * layer(x) + b * layer(z), atol=1e-10)


@both_paths
def test_a_shifted_image_gives_a_shifted_output(path):
    layer = path.Conv2D(2, 3, 3, rng=rng(7), dtype="float64")
    x = rng(1).standard_normal((2, 9, 9, 2))
    y = cases.as_array(layer(path.tensor(x)))
    shifted = cases.as_array(layer(path.tensor(np.roll(x, (2, 1), axis=(1, 2)))))
    np.testing.assert_allclose(shifted[:, 2:, 1:], y[:, :-2, :-1], atol=1e-12)


def test_a_batch_is_its_images_one_by_one():
    layer, x = conv(padding=1, stride=2), rng(1).standard_normal((4, 6, 5, 2))
    y = layer(x)
    g = rng(2).standard_normal(y.shape)
    dx = layer.backward(g)
    whole = layer.weight.grad
    layer.zero_grad()
    for n in range(4):
        np.testing.assert_allclose(layer(x[n : n + 1])[0], y[n], rtol=1e-12)
        np.testing.assert_allclose(layer.backward(g[n : n + 1])[0], dx[n], rtol=1e-12)
    np.testing.assert_allclose(layer.weight.grad, whole, rtol=1e-10)


def test_a_1x1_kernel_is_a_dense_layer_on_every_pixel():
    layer = conv(1)
    dense = nn.Dense(2, 3, rng=rng(), dtype="float64")
    dense.load_state_dict({"weight": layer.weight.data[0, 0], "bias": layer.bias.data})
    x = rng(1).standard_normal((2, 4, 5, 2))
    np.testing.assert_allclose(layer(x), dense(x), rtol=1e-12)


def _orders(shape):
    x = rng(1).standard_normal(shape)
    wide = np.zeros([2 * n for n in shape])
    wide[::2, ::2, ::2, ::2] = x
    frozen = x.copy()
    frozen.flags.writeable = False
    return {
        "columns first": np.asfortranarray(x),
        "strided": wide[::2, ::2, ::2, ::2],
        "upside down": np.ascontiguousarray(x[:, ::-1, ::-1])[:, ::-1, ::-1],
        "channels reversed": np.ascontiguousarray(x[..., ::-1])[..., ::-1],
        "channels first": np.ascontiguousarray(x.transpose(0, 3, 1, 2)).transpose(0, 2, 3, 1),
        "read-only": frozen,
    }


@pytest.mark.parametrize("order", _orders((1, 1, 1, 1)))
@pytest.mark.parametrize("padding", [0, 1])
def test_every_memory_order(order, padding):
    layer = conv(padding=padding)
    x = _orders((2, 5, 6, 2))[order]
    y = layer(np.array(x, order="C"))
    g = _orders(y.shape)[order]
    dx, dw = layer.backward(np.array(g, order="C")), layer.weight.grad
    db = layer.bias.grad
    layer.zero_grad()
    x_before, g_before = x.copy(), g.copy()
    np.testing.assert_allclose(layer(x), y, rtol=1e-12)
    np.testing.assert_allclose(layer.backward(g), dx, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(layer.weight.grad, dw, rtol=1e-12)
    np.testing.assert_allclose(layer.bias.grad, db, rtol=1e-12)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(g, g_before)


def test_dtype_is_kept_throughout():
    for dtype in ("float32", "float64"):
        for padding in (0, 1):
            layer = conv(padding=padding, dtype=dtype)
            y = layer(np.ones((2, 5, 5, 2), dtype))
            dx = layer.backward(np.ones(y.shape, dtype))
            arrays = (y, dx, layer.weight.data, layer.weight.grad, layer.bias.grad)
            assert {str(array.dtype) for array in arrays} == {dtype}


def test_backward_without_input_gradient_still_learns():
    layer, x = conv(), rng(1).standard_normal((2, 5, 5, 2))
    g = rng(2).standard_normal(layer(x).shape)
    layer.backward(g)
    expected = layer.weight.grad
    layer.zero_grad()
    layer(x)
    assert layer.backward(g, input_grad=False) is None
    np.testing.assert_array_equal(layer.weight.grad, expected)
    with pytest.raises(RuntimeError, match=r"Conv2D\.backward expected a forward before it"):
        layer.backward(g)


@both_paths
def test_first_weights(path):
    layer = path.Conv2D(16, 64, (3, 5), rng=rng(1), dtype="float64")
    weight = cases.as_array(layer.weight.data)
    assert weight.shape == (3, 5, 16, 64)
    assert weight.std() == pytest.approx(np.sqrt(2 / (3 * 5 * 16)), rel=0.02)
    assert not cases.as_array(layer.bias.data).any()
    assert cases.as_array(path.Conv2D(1, 1, 3, rng=rng()).weight.data).dtype == np.float32
    other = path.Conv2D(16, 64, (3, 5), rng=rng(2), dtype="float64")
    assert not np.array_equal(weight, cases.as_array(other.weight.data))
    parent, untouched = rng(3), rng(3)
    path.Conv2D(1, 1, 3, rng=parent)
    assert parent.random() == untouched.random()


# --------------------------------------------------------------------------------- on torch, CNN


@pytest.mark.parametrize("channels", [(1, 4), (3, 1), (3, 4)])
@pytest.mark.parametrize("options", [{}, {"padding": "same"}, {"stride": 2, "padding": 1}], ids=str)
def test_the_torch_path_stays_channels_last(channels, options):
    layer = nnlib.torch.Conv2D(*channels, 3, rng=rng(), **options)
    x = torch.randn(2, 6, 6, channels[0])
    y = layer(x)
    assert y.is_contiguous()
    dx = layer.backward(torch.randn(y.shape))
    assert dx.is_contiguous()
    assert layer.weight.grad.shape == (3, 3, *channels)


def test_even_same_on_torch_warns_of_nothing(recwarn):
    nnlib.torch.Conv2D(2, 3, 4, padding="same", rng=rng())(torch.zeros(1, 6, 6, 2))
    assert not recwarn


def test_the_torch_layer_is_a_torch_module():
    layer = nnlib.torch.Conv2D(2, 3, 3, rng=rng(), dtype="float64")
    x = torch.tensor(rng(1).standard_normal((2, 5, 5, 2)))
    y = layer(x)
    twin = copy.deepcopy(layer)
    torch.testing.assert_close(twin(x), y)
    y.sum().backward()
    assert layer.weight.grad.shape == layer.weight.shape


def _cnn(nn, dtype):
    r = rng(0)
    return nn.Sequential(
        nn.Conv2D(1, 4, 3, padding="same", rng=r, dtype=dtype),
        nn.ReLU(),
        nn.MaxPool2D(2),
        nn.Conv2D(4, 12, 2, stride=1, padding=1, rng=r, dtype=dtype),
        nn.Tanh(),
        nn.AvgPool2D(3, 2, 1),
        nn.Residual(nn.Sequential(nn.Conv2D(12, 12, 3, padding=1, rng=r, dtype=dtype), nn.Tanh())),
        nn.GlobalAvgPool2D(),
        nn.Dense(12, 10, rng=r, dtype=dtype),
    )


def test_a_whole_network_passes_finite_differences():
    assert gradcheck(_cnn(nn, "float64"), rng(3).standard_normal((2, 8, 8, 1)), rng=rng(4)) < 1e-6


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-10), ("float32", 1e-4)])
def test_a_cnn_trains_alike_on_both_paths(dtype, tolerance):
    bundle = load_digits()
    x = (bundle.images[:320, ..., None] / 16).astype(dtype)
    y = bundle.target[:320]

    def losses(nn):
        model = _cnn(nn, dtype)
        optimizer, loss_fn = nn.Adam(model.parameters(), lr=0.01), nn.CrossEntropyLoss()
        history = nn.fit(
            model, loss_fn, optimizer, (x, y), epochs=10, batch_size=32, rng=rng(1)
        )
        return np.array([*history.train_loss, nn.evaluate(model, loss_fn, (x, y))["loss"]])

    by_hand, on_torch = losses(nnlib.numpy), losses(nnlib.torch)
    assert by_hand[-1] < 0.6 * by_hand[0]
    np.testing.assert_allclose(by_hand, on_torch, rtol=tolerance)


# ------------------------------------------------------------------------------------ sentences


def test_errors_say_what_is_wrong():
    layer = nn.Conv2D(3, 8, 3, rng=rng())
    with raises(
        ValueError,
        "Conv2D expected input of shape (batch, height, width, 3), got (32, 28, 28): grey images "
        "have a channel axis too, x[..., None], and one image alone is x[None]",
    ):
        layer(np.zeros((32, 28, 28), "float32"))
    with raises(
        ValueError,
        "Conv2D expected input of shape (batch, height, width, 3), got (2, 3, 28, 28): "
        "the last axis must equal in_channels=3",
    ):
        layer(np.zeros((2, 3, 28, 28), "float32"))
    with raises(TypeError, "Conv2D expected float32 input, got uint8: dtypes are never mixed"):
        layer(np.zeros((2, 8, 8, 3), "uint8"))
    with raises(TypeError, "Conv2D expected input to be a NumPy array, got list"):
        layer([[1.0]])
    with raises(
        ValueError,
        "Conv2D expected images no smaller than kernel_size=(3, 3), got height and width (2, 8)",
    ):
        layer(np.zeros((2, 2, 8, 3), "float32"))
    with raises(
        ValueError,
        "Conv2D expected images with their padding no smaller than kernel_size=(3, 9), got height "
        "and width (10, 8)",
    ):
        nn.Conv2D(3, 8, (3, 9), padding=(1, 0), rng=rng())(np.zeros((2, 8, 8, 3), "float32"))
    with raises(ValueError, "Conv2D expected stride >= 1, got 0"):
        nn.Conv2D(3, 8, 3, stride=0, rng=rng())
    with raises(
        ValueError, "Conv2D expected stride=1 with padding='same', got stride=(2, 2): a larger"
    ):
        nn.Conv2D(3, 8, 3, stride=2, padding="same", rng=rng())
    with raises(
        ValueError, "Conv2D expected padding to be 'same', an integer or a pair, got 'valid'"
    ):
        nn.Conv2D(3, 8, 3, padding="valid", rng=rng())
    with raises(
        TypeError,
        "Conv2D expected kernel_size to be an integer or a pair (height, width), got (3, 3, 3)",
    ):
        nn.Conv2D(3, 8, (3, 3, 3), rng=rng())
    with raises(
        ValueError,
        "Conv2D expected images of at least one pixel and channel, got (2, 0, 8, 3)",
    ):
        layer(np.zeros((2, 0, 8, 3), "float32"))
    layer(np.zeros((2, 8, 8, 3), "float32"))
    with raises(
        ValueError, "Conv2D.backward expected grad_output of shape (2, 6, 6, 8), got (2, 8, 8, 3)"
    ):
        layer.backward(np.zeros((2, 8, 8, 3), "float32"))


@both_paths
def test_repr_and_summary(path):
    def layer(*args, **options):
        return path.Conv2D(3, 8, *args, rng=rng(), **options)

    assert repr(layer(3)) == "Conv2D(3, 8, kernel_size=(3, 3), stride=(1, 1), bias=True)"
    assert "kernel_size=(5, 3), stride=(2, 1), padding=(2, 1), bias=False" in repr(
        layer((5, 3), stride=(2, 1), padding=(2, 1), bias=False)
    )
    assert "padding=((1, 2), (1, 1))" in repr(layer((4, 3), padding="same"))
    table = path.summary(path.Sequential(layer(3, padding=1), path.MaxPool2D(2)), (28, 26, 3))
    assert [row.output_shape for row in table.rows] == [(28, 26, 8), (14, 13, 8)]
    assert table.total == 3 * 3 * 3 * 8 + 8
