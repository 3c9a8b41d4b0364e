"""The drawings and explorers of channels, time, heads and norms state what the library gives."""

import re

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.layers import figures
from nnlib.chapters.layers.figures import bands, channels, learned, network, transformer

PATHS = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def as_numpy(array):
    return array.detach().numpy() if isinstance(array, torch.Tensor) else np.asarray(array)


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]


# --- channels ---


@pytest.mark.parametrize("kernel", channels.FILTERS)
def test_three_channels_sum_to_what_torch_gives(kernel):
    chosen = list(channels.FILTERS).index(kernel)
    maps = torch.nn.functional.conv2d(
        torch.tensor(channels.IMAGE).permute(2, 0, 1)[None],
        torch.tensor(channels.KERNELS).permute(3, 2, 0, 1), torch.tensor(channels.BIAS))[0]
    for row, column in np.ndindex(3, 3):
        alt = channels.channels_frame(kernel, row, column).alt
        assert alt.startswith(f"Kernel {kernel[0]} ({kernel[3:]}), row {row}, column {column}.")
        *_, red, green, blue, bias, total = numbers(alt)
        assert red + green + blue + bias == total == maps[chosen, row, column].item()
        assert bias == channels.BIAS[chosen]


def test_only_the_last_column_sees_the_blue_edge():
    assert channels.maps()[:, :, 2].tolist() == [[1, 1, 10]] * 3


# --- one axis ---


@pytest.mark.parametrize("kernel", bands.KERNELS)
def test_the_banded_matrix_is_a_convolution(kernel):
    expected = torch.nn.functional.conv1d(
        torch.tensor(bands.SIGNAL)[None, None],
        torch.tensor(bands.KERNELS[kernel], dtype=torch.float64)[None, None])[0, 0]
    assert (bands.SIGNAL @ bands.band(bands.KERNELS[kernel])).tolist() == expected.tolist()
    for place in bands.PLACES:
        alt = bands.band_frame(kernel, place).alt
        assert alt.startswith(f"Kernel {kernel}, place {place}:")
        assert numbers(alt)[-6:] == expected.tolist()
        assert f"Output {place} is {expected[place].item():g};" in alt


def test_the_figure_counts_the_entries_of_the_matrix():
    matrix = bands.band((1.0, 2.0, 3.0))
    assert (matrix.size, np.sum(matrix == 0), np.sum(matrix != 0)) == (48, 30, 18)
    assert len(np.unique(matrix[matrix != 0])) == 3


# --- a whole network ---


def test_an_image_is_followed_through_the_trained_network():
    model, accuracy, (images, labels) = learned.trained()
    assert sum(p.data.size for p in model.parameters()) == 3658
    said = nnlib.numpy.predict_class(model, images.reshape(-1, 8, 8, 1))
    assert np.mean(said == labels) == pytest.approx(accuracy)
    wrong = 0
    for digit in range(10):
        first = np.flatnonzero(labels == digit)[0]
        stages, probabilities = network.walk(images[first])
        assert [stage.shape for stage in stages] == [
            (8, 8, 8), (4, 4, 8), (4, 4, 16), (2, 2, 16), (32,)]
        assert probabilities.argmax() == said[first]
        alt = network.follow_frame(digit).alt
        assert alt.startswith(f"Digit {digit} ")
        assert alt.endswith(f"It says {said[first]} with {probabilities.max():.2f}.")
        wrong += int(said[first] != digit)
        assert (said[first] != digit) == (digit == 8)
    assert wrong == 1                               # as the text says: all but the 8


# --- attention ---


@PATHS
def test_positions_are_those_of_the_library_and_of_the_formula(nn):
    length, width = 48, 16
    shown = transformer.positions(length, width)
    added = nn.PositionalEncoding(length, width)(nn.tensor(np.zeros((1, length, width))))
    assert shown == pytest.approx(as_numpy(added)[0])
    for t, k in ((3, 0), (7, 5)):
        angle = t / 10000 ** (2 * k / width)
        assert shown[t, 2 * k : 2 * k + 2] == pytest.approx([np.sin(angle), np.cos(angle)])
    alt = figures.positions_frame().alt
    assert f"{np.sin(1):.2f} at position 1 and {np.sin(2):.2f} at 2" in alt


@PATHS
def test_the_drawing_of_heads_is_the_layer(nn):
    """Three dense layers, heads of width d/h, weights (n, n), a fourth dense layer."""
    n, d, h = 5, 12, 3
    rng = np.random.default_rng(0)
    layer = nn.MultiHeadAttention(d, h, rng=rng, dtype="float64")
    x = rng.normal(size=(1, n, d))
    state = {name: as_numpy(value) for name, value in layer.state_dict().items()}
    q, k, v = ((x[0] @ state[f"weight_{c}"] + state[f"bias_{c}"]).reshape(n, h, d // h)
               for c in "qkv")
    heads = []
    for i in range(h):
        scores = np.exp(q[:, i] @ k[:, i].T / np.sqrt(d / h))                # (n, n)
        heads.append(scores / scores.sum(axis=1, keepdims=True) @ v[:, i])   # (n, d/h)
    expected = np.concatenate(heads, axis=1) @ state["weight_o"] + state["bias_o"]
    assert as_numpy(layer(nn.tensor(x)))[0] == pytest.approx(expected, abs=1e-12)


@PATHS
@pytest.mark.parametrize("norm", ["pre", "post"])
def test_the_drawing_of_the_block_is_the_block(nn, norm):
    rng = np.random.default_rng(0)
    block = nn.TransformerBlock(8, 2, 32, norm=norm, rng=rng, dtype="float64")
    x = nn.tensor(rng.normal(size=(1, 4, 8)))

    def forward(h):
        return block.dense2(block.activation(block.dense1(h)))

    if norm == "pre":
        h = x + block.attention(block.norm1(x))
        expected = h + forward(block.norm2(h))
    else:
        h = block.norm1(x + block.attention(x))
        expected = block.norm2(h + forward(h))
    assert as_numpy(block(x)) == pytest.approx(as_numpy(expected))
    assert nn.TransformerBlock(8, 2, 32, rng=rng).norm == "pre"


# --- recurrent ---


@PATHS
def test_the_drawing_of_the_lstm_is_the_layer(nn):
    """c = σ(f) c + σ(i) tanh(g), h = σ(o) tanh(c), the four from x and the last h, over time."""
    rng = np.random.default_rng(0)
    layer = nn.LSTM(3, 4, rng=rng, dtype="float64")
    state = {name: as_numpy(value) for name, value in layer.state_dict().items()}
    x, h, c = rng.normal(size=(1, 6, 3)), np.zeros((1, 4)), np.zeros((1, 4))

    def gate(z):
        return 1 / (1 + np.exp(-z))

    for t in range(6):
        z = x[:, t] @ state["weight_x"] + h @ state["weight_h"] + state["bias"]
        i, f, g, o = np.split(z, 4, axis=1)
        c = gate(f) * c + gate(i) * np.tanh(g)
        h = gate(o) * np.tanh(c)
    assert as_numpy(layer(nn.tensor(x))) == pytest.approx(h)


# --- norms ---


@PATHS
def test_numbers_share_a_mean_as_drawn(nn):
    x = np.random.default_rng(0).normal(3, 2, size=(4, 3, 3, 3))         # 4 images, 3 channels
    out = as_numpy(nn.BatchNorm(3, dtype="float64")(nn.tensor(x)))
    assert out.mean(axis=(0, 1, 2)) == pytest.approx(np.zeros(3), abs=1e-12)
    assert "36 numbers" in figures.axes_frame().alt
    assert x[..., 0].size == 36
    table = x[:, :, 0, 0]
    rows = as_numpy(nn.LayerNorm(3, dtype="float64")(nn.tensor(table)))
    columns = as_numpy(nn.BatchNorm(3, dtype="float64")(nn.tensor(table)))
    assert rows.mean(axis=1) == pytest.approx(np.zeros(4), abs=1e-12)
    assert columns.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)


def test_results_state_their_numbers():
    accuracy = {"none": np.full((2, 3), 0.25), "before ReLU": np.full((2, 3), 0.75),
                "after ReLU": np.array([[0.9, 0.5, 0.7], [0.1, 0.2, 0.9]])}
    alt = figures.placement_frame(["a", "b"], accuracy).alt
    assert "above 60 per cent: a: none 0, before ReLU 3, after ReLU 2; b: none 0" in alt
    runs = {name: np.array([[1.0, 0.5], [0.75, 0.25]]) for name in ("x", "y", "z")}
    alt = figures.shift_frame(np.zeros(64), runs).alt
    assert "x: 0.75 to 1.00 at shift 0, 0.25 to 0.50 at shift 1" in alt


@pytest.mark.parametrize("draw", [
    figures.unrolled_frame, figures.lstm_frame, figures.heads_frame, figures.block_frame,
    figures.positions_frame, figures.axes_frame])
def test_a_drawing_is_small_and_says_what_it_shows(draw):
    frame = draw()
    assert frame.width <= 500
    assert len(frame.image) <= 20_000
    assert len(frame.alt) > 60
    assert draw().image == frame.image


def test_a_placed_digit_keeps_its_pixels():
    rows = np.random.default_rng(0).random((2, 64)).astype("float32")
    for shift in range(5):
        images = figures.placed(rows, shift)
        assert images.shape == (2, 8, 12, 1)
        assert images.sum() == pytest.approx(rows.sum())
        assert np.array_equal(images[:, :, shift : shift + 8, 0], rows.reshape(2, 8, 8))
