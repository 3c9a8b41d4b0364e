"""The pictures of the chapter on layers state what the live code gives."""

import itertools
import re

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.layers import figures
from nnlib.chapters.layers.figures import anatomy, attention, convolution, geometry, learned, memory

PATHS = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
WORDS = ["explicit", "is", "better", "than", "implicit"]


def as_numpy(array):
    return array.detach().numpy() if isinstance(array, torch.Tensor) else np.asarray(array)


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]\d+)?", text)]


def named(alt, setting):
    """The alternative text opens with the setting, word by word."""
    return all(str(value) in alt.split(":")[0] for value in setting)


# --- 2-3-2-1 ---


@PATHS
def test_the_stepper_shows_the_activations_of_the_library(nn):
    rng, model = np.random.default_rng(0), []
    for before, after in itertools.pairwise(figures.SIZES):
        model += [nn.Dense(before, after, rng=rng, dtype="float64"), nn.Sigmoid()]
    model = nn.Sequential(*model)
    model.load_state_dict(figures.STATE)
    a = nn.tensor(np.array([[2.5, 3.1]]))
    for step in range(4):
        shown = numbers(anatomy.forward_frame(step).alt.partition(": ")[2].split(";")[0])
        count = figures.SIZES[step]
        assert shown[-count:] == pytest.approx(as_numpy(a)[0].tolist(), abs=5e-5)
        if step < 3:
            a = model[2 * step + 1](model[2 * step](a))


def test_the_anatomy_counts_its_parameters():
    count = sum(array.size for array in figures.STATE.values())
    assert f"{count} parameters" in figures.anatomy_frame().alt


# --- convolution ---


@pytest.mark.parametrize("kernel", figures.KERNELS)
def test_a_position_shows_what_torch_gives_there(kernel):
    image, weights = convolution.seven_by_seven(), figures.KERNELS[kernel]
    maps = torch.nn.functional.conv2d(torch.tensor(image)[None, None],
                                      torch.tensor(weights, dtype=torch.float64)[None, None])[0, 0]
    for row, column in ((0, 0), (2, 3), (4, 4)):
        alt = convolution.convolution_frame(row, column, kernel).alt
        assert named(alt, (kernel, f"row {row}", f"column {column}"))
        patch = " ".join(str(int(v)) for v in image[row : row + 3, column : column + 3].ravel())
        assert patch in alt.replace(";", "")
        *_, total, low, high = numbers(alt)
        assert total == pytest.approx(maps[row, column].item(), abs=0.0051)
        assert (low, high) == pytest.approx((maps.min().item(), maps.max().item()), abs=0.0051)


def test_the_answer_under_the_explorer_is_right():
    output = convolution.output_of(convolution.seven_by_seven(), figures.KERNELS["edge"])
    assert np.unravel_index(output.argmax(), output.shape) == (1, 0)
    assert np.unravel_index(output.argmin(), output.shape) == (2, 2)
    assert (output.max(), output.min()) == (55, -47)


def test_the_digit_is_real_and_nobody_can_change_it():
    image = figures.seven_by_seven()
    assert image.shape == (7, 7)
    assert set(np.unique(image)) <= set(range(17))
    with pytest.raises(ValueError, match="read-only"):
        image[0, 0] = 1


def test_the_learned_kernels_are_trained_and_not_shared():
    model, accuracy, _ = learned.trained()
    assert accuracy > 0.9
    start = nnlib.numpy.Conv2D(1, 8, 3, rng=np.random.default_rng(0)).weight.data
    kernels = figures.first_layer()
    assert np.abs(kernels - start).max() > 0.05
    kernels[:] = 0
    assert model[0].weight.data.any()
    assert f"{100 * accuracy:.1f} %" in figures.kernels_frame(np.zeros(64)).alt


# --- geometry ---


@PATHS
@pytest.mark.parametrize("setting", list(itertools.product((2, 3, 5), (1, 2, 3), (0, 1, 2))))
def test_windows_are_those_of_the_layers(nn, setting):
    kernel, stride, padding = setting
    layer = nn.Conv2D(1, 1, kernel, stride=stride, padding=padding, rng=np.random.default_rng(0),
                      dtype="float64")
    layer.load_state_dict({"weight": np.ones((kernel, kernel, 1, 1)), "bias": np.zeros(1)})
    x = nn.tensor(np.random.default_rng(0).normal(size=(1, 8, 8, 1)))
    out = layer(x)
    grad = as_numpy(layer.backward(nn.tensor(np.ones(tuple(out.shape)))))[0, :, :, 0]
    starts, unseen = geometry.windows_of(*setting)
    assert len(starts) == out.shape[1]
    without_gradient = np.flatnonzero(grad.sum(axis=0) == 0).tolist()
    assert [pixel for pixel in unseen if 0 <= pixel < 8] == without_gradient
    alt = geometry.geometry_frame(*setting).alt
    assert numbers(alt) == [*setting, 8, len(starts), len(without_gradient)]


@PATHS
@pytest.mark.parametrize("setting", [(1, 3, 1), (3, 3, 1), (3, 3, 2), (2, 5, 2), (4, 3, 2)])
def test_the_receptive_field_is_where_the_gradient_is_not_zero(nn, setting):
    depth, kernel, stride = setting
    rng = np.random.default_rng(0)
    model = nn.Sequential(*(nn.Conv2D(1, 1, kernel, stride=stride, rng=rng, dtype="float64")
                            for _ in range(depth)))
    out = model(nn.tensor(rng.normal(size=(1, 80, 80, 1))))
    one = np.zeros(tuple(out.shape))
    one[0, 1, 1, 0] = 1
    grad = np.abs(as_numpy(model.backward(nn.tensor(one)))[0, :, :, 0])
    measured = int((grad.sum(axis=0) > 0).sum())
    assert geometry.receptive_field(*setting) == measured
    alt = geometry.receptive_frame(*setting).alt
    assert f"sees {measured} by {measured} pixels" in alt
    assert numbers(alt)[:3] == list(setting)


# --- recurrent ---


@pytest.mark.parametrize("later", memory.LATER)
@pytest.mark.parametrize("cell", memory.CELLS)
def test_memory_is_that_of_torch(cell, later):
    kind, share = memory.CELLS[cell]
    ours = memory.build(kind, share)
    layer = getattr(nnlib.torch, kind)(2, 1, return_sequences=True, dtype="float64",
                                       rng=np.random.default_rng(0))
    layer.load_state_dict(ours.state_dict())
    x = torch.tensor(memory.sequence(later), requires_grad=True)
    states = layer(x)[0, :, 0]
    slope = torch.autograd.grad(states[-1], x)[0][0, 0, 0].item()
    found, slopes = memory.walk(kind, share, later)
    assert found == pytest.approx(as_numpy(states), rel=1e-9)
    assert slopes[-1] == pytest.approx(slope, rel=1e-6)
    alt = memory.memory_frame(cell, later).alt
    assert alt.startswith(f"{cell}, later inputs: {later}.")
    assert f"{states[-1].item():.2f} after 50 more" in alt
    assert f"ends at {slope:.1e}" in alt


def test_what_the_chapter_says_about_memory():
    assert "after 30 steps" in memory.memory_frame("RNN, weight 0.9", "nothing").alt
    ends = {(cell, later): memory.walk(*memory.CELLS[cell], later)[0][-1]
            for cell in memory.CELLS for later in memory.LATER}
    assert ends["RNN, weight 1.5", "nothing"] == pytest.approx(0.86, abs=0.005)
    assert ends["RNN, weight 1.5", "noise"] == pytest.approx(-0.16, abs=0.005)
    for cell in memory.CELLS:
        change = abs(ends[cell, "noise"] - ends[cell, "nothing"])
        assert change < 0.01 if cell.startswith("LSTM") else change > 0.5, cell


# --- attention ---


@pytest.mark.parametrize("mask", attention.MASKS)
@pytest.mark.parametrize("temperature", attention.TEMPERATURES)
@pytest.mark.parametrize("query", WORDS)
def test_attention_weights_are_those_of_torch(query, temperature, mask):
    v = torch.tensor(figures.letter_vectors(WORDS))
    eye = torch.eye(len(WORDS), dtype=torch.float64)
    weights = torch.nn.functional.scaled_dot_product_attention(
        v[None] / temperature, v[None], eye[None],
        is_causal=mask == "no later word")[0, WORDS.index(query)]
    alt = attention.attention_frame(WORDS, query, temperature, mask).alt
    assert alt.startswith(f"Query {query}, temperature {temperature:g}, may see {mask}: ")
    shown = numbers(alt.partition(": the")[2])
    assert shown == pytest.approx(weights.tolist(), abs=0.0051)


def test_letters_are_counted():
    vectors = figures.letter_vectors(["Abba"])
    assert vectors.shape == (1, 26)
    assert vectors[0, :2].tolist() == [2, 2]
    assert vectors.sum() == 4


@pytest.mark.parametrize(("d", "largest"), [(1, 0.27), (64, 0.87), (512, 0.95)])
def test_scores_spread_like_the_root_of_d(d, largest):
    for divide, deviation in (("no", np.sqrt(d)), ("yes", 1.0)):
        scores = attention.random_scores(d, divide == "yes")
        assert scores.std() == pytest.approx(deviation, rel=0.03)
        alt = attention.scaling_frame(d, divide).alt
        assert alt.startswith(f"d {d}, divided by √d: {divide}.")
        assert numbers(alt)[-1] == pytest.approx(largest if divide == "no" else
                                                 (0.27 if d == 1 else 0.32), abs=0.011)


# --- explorers ---


@pytest.mark.parametrize(
    ("make", "count"),
    [(figures.geometry_explorer, 27), (figures.receptive_explorer, 20),
     (figures.memory_explorer, 12), (lambda: figures.attention_explorer(WORDS), 18),
     (figures.scaling_explorer, 8), (figures.band_explorer, 12), (figures.channels_explorer, 18),
     (figures.follow_explorer, 10)],
    ids=["geometry", "receptive", "memory", "attention", "scaling", "band", "channels", "follow"],
)
def test_every_setting_has_a_text_of_its_own_and_the_size_is_one(make, count):
    frames = list(make().frames.values())
    assert len(frames) == count
    assert len({frame.alt for frame in frames}) == count
    assert len({(frame.width, frame.height) for frame in frames}) == 1
    assert max(frame.width for frame in frames) <= 500
    assert sum(len(frame.image) for frame in frames) <= 160_000


def test_the_pictures_of_results_state_their_numbers():
    accuracy = np.array([[0.5, 0.75]])
    assert numbers(figures.sizes_frame((1,), (8, 16), accuracy).alt)[-4:] == [8, 50, 1, 16, 75][-4:]
    alt = figures.gradients_frame({"plain": [1e-12, 0.5], "shortcuts": [1.0, 8.0]}).alt
    assert "plain: 1.0e-12 in layer 1, 5.0e-01 in layer 2" in alt
    alt = figures.embedding_frame("ab", np.array([[0.0, 1.0], [2.0, 3.0]])).alt
    assert "'a' (0.0, 1.0)" in alt
    alt = figures.photo_frame(np.zeros((20, 30)), np.zeros((18, 28))).alt
    assert "20 by 30" in alt
    assert "18 by 28" in alt
    for layer in ("Dense", "Conv2D", "LSTM", "Embedding", "Dropout", "Residual"):
        assert layer in figures.guide_frame().alt
    assert figures.hierarchy_frame().alt.startswith("Illustration")
