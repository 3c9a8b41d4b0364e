"""The pictures of the chapter "Activations" state what the live code gives."""

import re

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib import data
from nnlib.chapters.activations import figures as activations
from nnlib.chapters.activations.figures import chain, grid, probabilities

TORCH = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "leaky ReLU": torch.nn.functional.leaky_relu,
    "GELU": torch.nn.functional.gelu,
    "ELU": torch.nn.functional.elu,
}
LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+\.?\d*(?:e[-+]\d+)?", text)]


def test_the_functions_are_those_that_torch_has():
    assert list(activations.FUNCTIONS) == list(TORCH)


@pytest.mark.parametrize("function", activations.FUNCTIONS)
@pytest.mark.parametrize("depth", chain.DEPTHS)
def test_a_chain_is_what_autograd_gives(function, depth):
    x = torch.tensor([-2.0, 0.5, 2.0], dtype=torch.float64, requires_grad=True)
    value = x
    for _ in range(depth):
        value = TORCH[function](value)
    value.sum().backward()
    ours, product = activations.through_chain(function, x.detach().numpy(), depth)
    np.testing.assert_allclose(ours, value.detach().numpy(), rtol=1e-9, atol=1e-300)
    np.testing.assert_allclose(product, x.grad.numpy(), rtol=1e-9, atol=1e-300)


def test_frames_of_chains_say_what_they_show():
    explorer = activations.chain_explorer()
    assert len(explorer.frames) == 24
    for (function, depth), frame in explorer.frames.items():
        assert frame.alt.startswith(f"{function}, depth {depth}: ")
        pattern = r"is (\S+) at x = -2, (\S+) at 0 and (\S+) at 2; its largest value is (\S+)\."
        said = [float(number) for number in re.search(pattern, frame.alt).groups()]
        at = activations.through_chain(function, [-2.0, 0.0, 2.0], depth)[1]
        largest = activations.through_chain(function, np.linspace(-4, 4, 321), depth)[1].max()
        assert said == pytest.approx([*at, largest], rel=6e-3, abs=0)
        assert f"Product at x = 2: {at[2]:.3g}" in frame.text
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT


def test_what_the_text_says_of_chains():
    line = np.linspace(-4, 4, 321)
    largest = {d: activations.through_chain("sigmoid", line, d)[1].max() for d in chain.DEPTHS}
    assert largest[5] > 1e-6 > 0.25**10 > largest[10]
    assert largest[10] == pytest.approx(3.9e-7, rel=5e-3)
    at_two = {f: activations.through_chain(f, [2.0], 20)[1][0] for f in activations.FUNCTIONS}
    assert {f for f, value in at_two.items() if value == 1} == {"ReLU", "leaky ReLU", "ELU"}
    assert activations.through_chain("leaky ReLU", [-2.0], 20)[1][0] == pytest.approx(1e-40)
    for depth in chain.DEPTHS:
        assert activations.through_chain("ReLU", [-2.0], depth)[1][0] == 0


def test_frames_of_one_input_say_what_they_show():
    explorer = activations.input_explorer()
    assert list(explorer.frames) == [(x, a) for x in grid.INPUTS for a in grid.ALPHAS]
    for (point, alpha), frame in explorer.frames.items():
        assert frame.alt.startswith(f"At input {point:g}, with α = {alpha:g} in leaky ReLU: ")
        for name, function in TORCH.items():
            x = torch.tensor([point], dtype=torch.float64, requires_grad=True)
            value = function(x, alpha) if name == "leaky ReLU" else function(x)
            value.backward()
            said = re.search(rf"(?:: |; ){name} value (\S+), slope ([^;]+?)[;.](?: |$)", frame.alt)
            assert float(said[1]) == pytest.approx(value.item(), abs=6e-5)
            # At 0 itself torch takes the right slope of leaky ReLU or the left one, as we do.
            assert float(said[2]) == pytest.approx(x.grad.item(), abs=6e-5)


def test_the_free_slope_of_leaky_relu_is_drawn():
    frame = grid._leaky_now(lambda done, total: None, -1.5, 0.2)
    assert frame.alt == "Leaky ReLU with slope 0.2 at -1.5: value -0.3, slope 0.2."


def test_frames_of_softmax_say_what_they_show():
    explorer = activations.softmax_explorer()
    assert len(explorer.frames) == 21
    for (temperature, name), frame in explorer.frames.items():
        logits = np.array(probabilities.LOGITS[name])
        expected = torch.softmax(torch.tensor(logits / temperature), dim=-1).numpy()
        said = numbers(re.search("probabilities are ([^;]*);", frame.alt)[1])
        np.testing.assert_allclose(said, expected, atol=6e-7)
        entropy = torch.distributions.Categorical(torch.tensor(expected)).entropy().item()
        assert f"entropy {entropy:.3f} nats" in frame.alt
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT
    assert len({frame.image for frame in explorer.frames.values()}) == 21


def test_what_the_text_says_of_temperatures():
    def first(temperature):
        return nnlib.numpy.softmax(np.array([2.0, 1.0, 0.1]) / temperature)[0]

    assert [round(100 * first(t)) for t in (0.5, 0.25)] == [86, 98]
    assert first(0.1) == pytest.approx(0.999955, abs=5e-7)
    assert first(10.0) == pytest.approx(0.366059, abs=5e-7)


def test_frames_of_three_logits_say_what_they_show():
    explorer = activations.logits_explorer()
    assert len(explorer.frames) == 27
    for logits, frame in explorer.frames.items():
        z = torch.tensor(logits, dtype=torch.float64)
        said = [numbers(part) for part in frame.alt.split(". ", 1)[1].split(";")]
        np.testing.assert_allclose(said[0], logits)
        np.testing.assert_allclose(said[1], [*z.exp(), z.exp().sum()], atol=6e-4)
        np.testing.assert_allclose(said[2], torch.softmax(z, dim=0), atol=6e-4)
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT
    default = explorer.alt()
    for number in ("7.389", "2.718", "1.105", "11.213", "0.659", "0.242", "0.099"):
        assert number in default
    assert "0.905" in explorer.alt((0.0, 3.0, 0.1))
    assert "0.333" in explorer.alt((3.0, 3.0, 3.0))


def test_without_hidden_units_the_border_is_straight():
    model, _ = activations.train_on_moons(0)
    assert len(list(model.parameters())) == 2
    across = np.array([[-1.0, 0.0], [0.0, 0.5], [1.0, 1.0]])           # three points of a line
    scores = np.diff(model(across), axis=1)[:, 0]
    assert scores[2] - scores[1] == pytest.approx(scores[1] - scores[0])


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_the_gradient_vanishes_in_a_deep_chain_of_sigmoids(nn):
    digits = data.load_digits()
    (x, y), _, _ = data.split(digits.x, digits.y, rng=np.random.default_rng(0))
    lengths = {}
    for activation in ("Sigmoid", "Tanh", "ReLU", "GELU"):
        model, _ = activations.deep_network(activation, nn=nn, dtype="float64")
        inputs = nn.tensor(x.astype("float64")), nn.tensor(y)
        lengths[activation] = activations.weight_gradients(model, nn.CrossEntropyLoss(), *inputs)
        assert lengths[activation].shape == (10,)
    assert 240_000 < lengths["Sigmoid"][-1] / lengths["Sigmoid"][0] < 300_000
    for activation in ("Tanh", "ReLU", "GELU"):
        assert 0.2 < lengths[activation][-1] / lengths[activation][0] < 5
    alt = activations.gradient_frame(lengths).alt
    for activation, values in lengths.items():
        assert f"{activation} {values[0]:.1e} at layer 1 and {values[-1]:.1e} at layer 10" in alt


def test_the_overview_names_every_card_and_warns_of_two():
    alt = activations.overview_frame().alt
    assert alt.count("warning") == 2
    p = torch.softmax(torch.tensor([2.0, 1.0, 0.1]), dim=0)
    assert ", ".join(f"{v:.3f}" for v in p[:2]) in alt
    for name in ("ReLU", "Leaky ReLU", "GELU", "SiLU", "ELU", "softplus", "Sigmoid", "Tanh"):
        assert name in alt


def test_the_share_of_benign_tumours_is_a_share():
    from nnlib.chapters.activations.figures import needs

    x, y = np.array([1.0, 1.5, 2.0, 2.5]), np.array([1, 0, 0, 0])
    middles, shares = needs.shares_of_benign(x, y, np.array([1.0, 2.0, 3.0]))
    assert middles.tolist() == [1.5, 2.5]
    assert shares.tolist() == [0.5, 0.0]
    plane = needs.main_directions(data.load_digits().x)
    assert plane.var(axis=0)[0] > plane.var(axis=0)[1]
    assert activations.needs_frame().alt.count("from 1.00 to 0.00") == 1


def test_the_guide_has_every_row():
    from nnlib.chapters.activations.figures import guide

    alt = activations.guide_frame().alt
    for question, answer in (*guide.OUTPUTS, *guide.HIDDEN):
        assert f"{question}: {answer}" in alt
