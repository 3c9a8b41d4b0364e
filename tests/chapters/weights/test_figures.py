"""The frames of the chapter "Weights" state what the library computes, and stay small."""

import re

import numpy as np
import pytest
import torch
from scipy.optimize import linprog

import nnlib.numpy
import nnlib.torch
from nnlib import data, initializers
from nnlib.chapters.weights import figures
from nnlib.chapters.weights.figures import boundary, pictures, scores, starts

PATHS = [nnlib.numpy, nnlib.torch]


def output_of(nn, x, w, b):
    """z and σ(z) of one neuron, by the library's own layer and sigmoid."""
    layer = nn.Dense(len(x), 1, rng=np.random.default_rng(0), dtype="float64")
    layer.load_state_dict({"weight": np.array(w, float)[:, None], "bias": np.array([float(b)])})
    z = layer(nn.tensor(np.array([x], float)))
    return z.item(), nn.sigmoid(z).item()


def number(pattern, text):
    """The number after a piece of an alternative text."""
    found = re.search(pattern + r"\s*([−+-]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)", text)
    assert found, f"{pattern!r} is not in {text!r}"
    return float(found[1].replace("−", "-"))


@pytest.fixture(scope="module")
def explorers():
    return {
        "neuron": figures.neuron_explorer(),
        "customer": figures.customer_explorer(),
        "reputation": figures.reputation_explorer(),
        "curve": figures.curve_explorer(),
        "start": figures.start_explorer(),
        "perceptron": figures.perceptron_explorer(),
        "xor": figures.xor_explorer(),
        "twins": figures.twins_explorer(),
        "valley": figures.valley_explorer(),
    }


def test_explorers_have_their_frames_and_are_small(explorers):
    counts = {name: len(explorer.frames) for name, explorer in explorers.items()}
    assert counts == {"neuron": 48, "customer": 27, "reputation": 11, "curve": 20, "start": 15,
                      "perceptron": 33, "xor": 12, "twins": 16, "valley": 8}
    weights = {
        name: sum(len(frame.image) for frame in explorer.frames.values())
        for name, explorer in explorers.items()
    }
    assert max(weights.values()) < 0.6 * 2**20
    assert sum(weights.values()) < 0.7e6           # the page may weigh 1 MB with everything
    for name in ("neuron", "customer", "reputation", "curve", "start", "xor", "valley"):
        images = [frame.image for frame in explorers[name].frames.values()]
        assert len(set(images)) == len(images)


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_neuron_frames_say_what_a_layer_computes(explorers, nn):
    for (w1, w2, b), frame in explorers["neuron"].frames.items():
        z, p = output_of(nn, boundary.POINT, (w1, w2), b)
        assert frame.alt.startswith(f"w₁ {w1}, w₂ {w2}, b {b}.")
        assert number("has z", frame.alt) == pytest.approx(z)
        assert number(r"σ\(z\)", frame.alt) == pytest.approx(p, abs=6e-5)
        if w1 == w2 == 0:
            assert "no line" in frame.alt
        else:
            distance = abs(b) / np.hypot(w1, w2)
            assert number("lies", frame.alt) == pytest.approx(distance, rel=5e-3)


def test_doubling_leaves_the_line_and_steepens():
    alt = figures.doubling_frame().alt
    for factor, word in ((1, "the first gives"), (2, "the second")):
        assert output_of(nnlib.numpy, (0.5, 0.5), (factor, factor), -factor)[0] == 0
        p = output_of(nnlib.numpy, (2, 2), (factor, factor), -factor)[1]
        assert number(word, alt) == pytest.approx(p, abs=6e-4)


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_customer_frames_say_what_a_layer_computes(explorers, nn):
    for (age, income, bias), frame in explorers["customer"].frames.items():
        z, p = output_of(nn, (age, income), scores.CUSTOMER_WEIGHTS, bias)
        assert number("sum z is", frame.alt) == pytest.approx(z, abs=1e-3)
        assert number(r"σ\(z\) is", frame.alt) == pytest.approx(p, abs=6e-7)
    said = {setting: frame.alt for setting, frame in explorers["customer"].frames.items()}
    assert said[35, 80_000, -5].endswith("z is 2.8 and σ(z) is 0.942676.")
    assert said[35, 80_000, 0].endswith("z is 7.8 and σ(z) is 0.999590.")
    assert said[21, 80_000, -5].endswith("z is 0 and σ(z) is 0.500000.")


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_reputation_frames_say_what_a_layer_computes(explorers, nn):
    for (reputation,), frame in explorers["reputation"].frames.items():
        z, p = output_of(nn, (1, 1, reputation), scores.SPAM_WEIGHTS, scores.SPAM_BIAS)
        assert number("sum z is", frame.alt) == pytest.approx(z)
        assert number(r"σ\(z\) is", frame.alt) == pytest.approx(p, abs=6e-7)
    for reputation, p in ((0, "0.924142"), (3, "0.731059"), (10, "0.075858")):
        assert p in explorers["reputation"].frames[reputation,].alt


def test_curve_frames_name_the_midpoint(explorers):
    for (w, b), frame in explorers["curve"].frames.items():
        middle = number("at x =", frame.alt)
        assert output_of(nnlib.torch, (middle,), (w,), b)[1] == pytest.approx(0.5, abs=1e-3)
        at_zero = number("the square, it is", frame.alt)
        assert output_of(nnlib.torch, (0,), (w,), b)[1] == pytest.approx(at_zero, abs=6e-5)


def test_steps_are_the_customers():
    alt = figures.steps_frame().alt
    z, p = output_of(nnlib.numpy, (35, 80_000), scores.CUSTOMER_WEIGHTS, -5)
    assert f"z = {z:.1f}" in alt
    assert f"a = {p:.4f}" in alt


def test_start_frames_say_what_the_layers_give(explorers):
    for (gain, activation), frame in explorers["start"].frames.items():
        outputs, gradients = figures.signal(gain, activation)
        assert frame.alt.startswith(f"Gain {starts.GAINS[gain]}, {activation},")
        assert number("outputs goes from", frame.alt) == pytest.approx(starts.rms(outputs[0]),
                                                                       rel=0.06)
        assert number("layer 1 to", frame.alt) == pytest.approx(starts.rms(outputs[-1]), rel=0.06)
        assert number("at layer 20 to", frame.alt) == pytest.approx(gradients[0], rel=0.06)


@pytest.mark.parametrize("activation", ["ReLU", "tanh", "sigmoid"])
def test_signals_are_those_of_autograd(activation):
    """The same layers in torch: the outputs, and the gradients at every one of them."""
    outputs, gradients = figures.signal(1.3, activation, depth=5, rows=20)
    rng = np.random.default_rng(2)
    a = torch.tensor(rng.standard_normal((20, starts.WIDTH)))
    phi = {"ReLU": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}[activation]
    layers = []
    for _ in range(5):
        draw = rng.standard_normal((starts.WIDTH, starts.WIDTH)) * 1.3 / 16
        a = phi(a @ torch.tensor(draw)).requires_grad_()
        a.retain_grad()
        layers.append(a)
    a.backward(torch.tensor(rng.standard_normal(tuple(a.shape))))
    for ours, size, theirs in zip(outputs, gradients, layers, strict=True):
        assert ours == pytest.approx(theirs.detach().numpy(), abs=1e-12)
        assert size == pytest.approx(starts.rms(theirs.grad.numpy()), rel=1e-10)


def test_what_the_text_says_of_the_gains():
    def ends(gain, activation):
        outputs, gradients = figures.signal(gain, activation)
        return starts.rms(outputs[-1]), gradients[0]

    assert ends(2**0.5, "ReLU") == pytest.approx((1, 1), abs=0.2)
    assert max(ends(0.5, "ReLU")) < 1e-8
    assert min(ends(3.0, "ReLU")) > 1e6
    size, gradient = ends(3.0, "tanh")
    assert size > 0.8
    assert gradient > 100
    beyond = np.abs(figures.signal(3.0, "tanh")[0][-1]) > 0.9
    assert 0.5 < beyond.mean() < 0.65
    assert all(ends(gain, "sigmoid")[1] < 1e-5 for gain in starts.GAINS)


def test_strengths_and_distributions_state_the_numbers_they_are_given():
    alt = figures.strengths_frame({"ReLU": {"a": [1.0, 0.5], "b": [1.0, 2e-9]},
                                   "tanh": {"a": [1.0, 0.25]}}).alt
    assert alt.endswith("ReLU: a 0.5, b 2e-09; tanh: a 0.25.")
    drawn = initializers.he_normal((784, 128), rng=np.random.default_rng(0))
    alt = figures.distributions_frame({"He": drawn, "half": drawn / 2}).alt
    assert number("He", alt) == pytest.approx((2 / 784) ** 0.5, rel=0.01)
    assert number("half", alt) == pytest.approx((2 / 784) ** 0.5 / 2, rel=0.01)


def test_wiring_states_every_weight_and_bias():
    weight, bias = np.arange(6.0).reshape(2, 3) - 2.5, np.array([0.5, 0.0, -0.25])
    alt = figures.wiring_frame(weight, bias).alt
    assert "2 inputs and 3 units. 6 edges" in alt
    assert "−2.5, −1.5, −0.5; 0.5, 1.5, 2.5." in alt
    assert "Biases: 0.5, 0, −0.25." in alt


def test_the_number_of_flowers_inside_the_other_band():
    square = [[0.0, 0.0], [0.0, 2.0], [2.0, 0.0], [2.0, 2.0]]
    triangle = [[1.0, 1.0], [5.0, 0.0], [5.0, 3.0]]
    x, y = np.array(square + triangle), np.repeat([False, True], [4, 3])
    assert figures.inside_the_other_band(x, y) == 1
    assert figures.inside_the_other_band(x + [[10.0 * label, 0.0] for label in y], y) == 0


def test_bands_agree_with_a_linear_programme_on_the_irises():
    """A solver for systems of linear inequalities says the same: w and b exist, or they do not."""
    iris = data.load_iris()
    petals = iris.x[:, 2:].astype("float64")
    others = iris.y > 0
    for x, y, exists in ((petals, iris.y == 0, True), (petals[others], iris.y[others] == 2, False)):
        signs = np.where(y, 1.0, -1.0)[:, None]
        rows = signs * np.column_stack([x, np.ones(len(x))])
        found = linprog(np.zeros(3), A_ub=-rows, b_ub=-np.ones(len(x)), bounds=(None, None))
        assert (found.status == 0) is exists
        assert (figures.inside_the_other_band(x, y) == 0) is exists


def test_a_frame_of_flowers_counts_the_wrong_ones():
    x = np.array([[1.0, 0.2], [1.5, 0.2], [1.2, 0.6], [5.0, 2.0], [4.0, 1.0], [5.5, 1.0]])
    y = np.array([0, 0, 0, 1, 1, 1])
    panels = [("right", x, y, np.array([1.0, 1.0]), -3.0),
              ("wrong", x, y, np.array([1.0, 1.0]), -6.0)]
    alt = figures.iris_frame(panels).alt
    assert "right: 0 of 6 flowers on the wrong side of the line, 0 inside" in alt
    assert "wrong: 1 of 6 flowers" in alt


def test_a_frame_of_clouds_states_accuracy_and_distance():
    x, y = np.array([[1.0, 1.0], [3.0, 3.0]]), np.array([0, 1])
    alt = figures.bias_boundary_frame(x, y, (np.array([1.0, 1.0]), 0.0),
                                      (np.array([1.0, 1.0]), -4.0)).alt
    assert "no bias, 50 % right, the line's distance from the origin is 0" in alt
    assert "with bias, 100 % right, the line's distance from the origin is 2.8" in alt


def test_xor_of_the_hidden_units_is_separated_by_the_line_that_is_drawn():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    hidden = np.maximum(np.column_stack([x.sum(axis=1), x.sum(axis=1) - 1]), 0)
    assert list(hidden @ [1, -2] > 0.5) == [False, True, True, False]
    alt = figures.xor_frame(hidden).alt
    assert "01 at (1, 0), 10 at (1, 0), 11 at (2, 1), the line h₁ − 2h₂ = 0.5" in alt


def test_noise_has_no_neighbours_and_smooth_pictures_have():
    noise = np.random.default_rng(0).normal(size=(64, 200))
    assert abs(pictures.neighbours(noise)) < 0.02
    ramp = np.arange(64.0)[:, None] * np.ones(3)          # in reading order
    assert pictures.neighbours(ramp) == pytest.approx(1)
    alt = figures.weight_pictures_frame(noise, noise).alt
    assert alt.count(f"{pictures.neighbours(noise[:, :8]):.2f}") == 2


def test_lines_and_planes_are_drawn_where_the_text_says():
    frame = figures.dividing_frame()
    assert "x₁ + 2x₂ − 2 = 0" in frame.alt
    assert frame.width <= 500
