"""The pictures of the chapter "Losses" state what the live code gives."""

import itertools
import re

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib import data
from nnlib.chapters.losses import exercises as bank
from nnlib.chapters.losses import figures as losses
from nnlib.chapters.losses.figures import digits, errors, outlier, probability

F = torch.nn.functional
LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def torch_value_and_slope(name, e, delta):
    """Loss and slope of one error by PyTorch's own function and autograd."""
    t = torch.tensor([e], dtype=torch.float64, requires_grad=True)
    zero = torch.zeros(1, dtype=torch.float64)
    value = {"MSE": lambda: F.mse_loss(t, zero), "MAE": lambda: F.l1_loss(t, zero),
             "Huber": lambda: F.huber_loss(t, zero, delta=delta)}[name]()
    value.backward()
    return value.item(), t.grad.item()


def test_frames_of_errors_say_what_they_show():
    explorer = losses.error_explorer()
    assert list(explorer.frames) == list(itertools.product(errors.ERRORS, errors.DELTAS))
    for (e, delta), frame in explorer.frames.items():
        assert frame.alt.startswith(f"Error {e:g}, δ {delta:g}: ")
        for name in errors.ROLES:
            said = re.search(rf"{name} loss (\S+), slope ([^;.]\S*?)[;.](?: |$)", frame.alt)
            expected = torch_value_and_slope(name, e, delta)
            assert [float(said[1]), float(said[2])] == pytest.approx(expected, abs=1e-6)
            assert f"{name}: loss {said[1]}, slope {said[2]}" in frame.text
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT
    assert len({frame.image for frame in explorer.frames.values()}) == 15


def test_a_free_error_is_drawn():
    frame = errors._now(lambda done, total: None, -3.0, 1.5)
    value, slope = torch_value_and_slope("Huber", -3.0, 1.5)
    assert f"Huber loss {value:g}, slope {slope:g}." in frame.alt


def absolute_line(x, y):
    """The line with the least absolute error, out of those through two of the points."""
    def cost(pair):
        (i, j) = pair
        slope = (y[j] - y[i]) / (x[j] - x[i])
        return np.abs(y - y[i] - slope * (x - x[i])).sum()

    i, j = min(itertools.combinations(range(len(x)), 2), key=cost)
    return (y[j] - y[i]) / (x[j] - x[i])


def huber_line(x, y, rounds=500):
    """Huber's line by weighted least squares, each far point weighted by 1/|e|."""
    columns, weights = np.stack([x, np.ones_like(x)], axis=1), np.ones_like(x)
    for _ in range(rounds):
        scaled = columns * weights[:, None]
        w = np.linalg.solve(scaled.T @ columns, scaled.T @ y)
        weights = 1 / np.maximum(np.abs(y - columns @ w), 1)
    return w[0]


def test_the_lines_are_the_best_ones():
    explorer = losses.outlier_explorer()
    assert list(explorer.frames) == [(height,) for height in outlier.HEIGHTS]
    for (height,), frame in explorer.frames.items():
        x, y = losses.points(height)
        expected = [np.polyfit(x, y, 1)[0], absolute_line(x, y), huber_line(x, y)]
        said = re.search(r"Target at (\S+): .* MSE (\S+), MAE (\S+), Huber (\S+)\. ", frame.alt)
        assert float(said[1]) == height
        assert [float(n) for n in said.groups()[1:]] == pytest.approx(expected, abs=8e-3)
    assert len({frame.image for frame in explorer.frames.values()}) == 6


def test_a_line_is_fitted_the_same_on_torch():
    x, y = losses.points(20.0)
    for name in ("MSE", "MAE", "Huber"):
        lines = [losses.fit_line(getattr(nn, f"{name}Loss")(), x, y, nn=nn, steps=300)
                 for nn in (nnlib.numpy, nnlib.torch)]
        np.testing.assert_allclose(*lines, atol=1e-9)


def test_what_the_text_says_of_the_outlier():
    slopes = [
        [losses.fit_line(loss, *losses.points(h))[0] for h in outlier.HEIGHTS]
        for loss in (nnlib.numpy.MSELoss(), nnlib.numpy.HuberLoss())
    ]
    np.testing.assert_allclose(np.diff(slopes[0]), 0.15, atol=0.005)
    np.testing.assert_allclose(slopes[1], [0.50] + [0.52] * 5, atol=0.006)


def test_frames_of_probabilities_say_what_they_show():
    explorer = losses.probability_explorer()
    assert len(explorer.frames) == 12
    for (p, label), frame in explorer.frames.items():
        assert frame.alt.startswith(f"Label {label}, p {p:g}: ")
        z = torch.logit(torch.tensor(p, dtype=torch.float64)).requires_grad_()
        target = torch.tensor(float(label), dtype=torch.float64)
        loss = F.binary_cross_entropy_with_logits(z, target)
        (steep,) = torch.autograd.grad(loss, z)
        (flat,) = torch.autograd.grad((torch.sigmoid(z) - target) ** 2, z)
        said = re.search(r"is (\S+); its slope by the logit is (\S+), that .* (\S+)\.$", frame.alt)
        expected = [loss.item(), steep.item(), flat.item()]
        assert [float(n) for n in said.groups()] == pytest.approx(expected, abs=6e-5)
    assert sum(len(frame.image) for frame in explorer.frames.values()) < LIMIT
    assert len({frame.image for frame in explorer.frames.values()}) == 12


def test_the_squared_error_is_flat_where_it_is_most_wrong():
    steep, flat = probability.slopes_by_logit(-10.0, 1)
    assert steep[0] == pytest.approx(-0.999955, abs=5e-7)
    assert flat[0] == pytest.approx(-9.08e-5, rel=1e-3)


@pytest.fixture(scope="module")
def digit_rows():
    images = data.load_digits()
    train_set, validation, _ = data.split(images.x, images.y, rng=np.random.default_rng(0))
    return train_set, validation


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_softmax_twice_stops_at_its_floor(digit_rows, nn):
    ends = {}
    for twice in (False, True):
        _, run = losses.train_digits(*digit_rows, twice=twice, seed=1, nn=nn)
        ends[twice] = run.train_loss[-1]
        assert run.accuracy[-1] > 0.95
    assert ends[False] < 0.05
    assert digits.FLOOR < ends[True] < digits.FLOOR + 0.05
    perfect = torch.eye(10, dtype=torch.float64)
    floor = F.cross_entropy(perfect, torch.arange(10)).item()
    assert pytest.approx(floor) == digits.FLOOR


def test_the_plateau_says_where_the_runs_end(digit_rows):
    once, twice = ([losses.train_digits(*digit_rows, twice=t, epochs=3, seed=s)[1]
                    for s in (0, 1)] for t in (False, True))
    alt = losses.plateau_frame(once, twice).alt
    for runs in (once, twice):
        assert ", ".join(f"{run.train_loss[-1]:.2f}" for run in runs) in alt
    assert "Training loss over 3 epochs" in alt


def test_the_exercises_expect_what_torch_gives():
    for case in bank.huber.cases():
        e, delta = case.arguments
        assert case.expected == pytest.approx(torch_value_and_slope("Huber", e, delta)[0])
    for case in bank.stable_bce.cases():
        z, y = (torch.tensor(v) for v in case.arguments)
        expected = F.binary_cross_entropy_with_logits(z, y, reduction="none").numpy()
        np.testing.assert_allclose(case.expected, expected, rtol=1e-9)
    for case in bank.stable_cross_entropy.cases():
        z, labels = (torch.tensor(v) for v in case.arguments)
        loss = F.cross_entropy(z.requires_grad_(), labels)
        loss.backward()
        assert case.expected[0] == pytest.approx(loss.item())
        np.testing.assert_allclose(case.expected[1], z.grad.numpy(), atol=1e-12)
    for case in bank.training_loss.cases():
        expected = F.cross_entropy(*(torch.tensor(v) for v in case.arguments)).item()
        assert case.expected == pytest.approx(expected)
    for case in bank.cost_parts.cases():
        z, y = (torch.tensor(v) for v in case.arguments)
        crossed = F.cross_entropy(z, y).item()
        entropy = torch.distributions.Categorical(y).entropy().item()
        assert case.expected == pytest.approx([crossed, entropy, crossed - entropy], abs=1e-9)
    for case in bank.two_heads.cases():
        output, numbers, labels, weight = case.arguments
        t = torch.tensor(output, requires_grad=True)
        loss = F.mse_loss(t[:, 0], torch.tensor(numbers))
        loss = loss + weight * F.cross_entropy(t[:, 1:], torch.tensor(labels))
        loss.backward()
        assert case.expected[0] == pytest.approx(loss.item())
        np.testing.assert_allclose(case.expected[1], t.grad.numpy(), atol=1e-12)
    for case in bank.binary_cross_entropy.cases():
        p, y = (torch.tensor(float(v), dtype=torch.float64) for v in case.arguments)
        assert case.expected == pytest.approx(F.binary_cross_entropy(p, y).item())


def test_the_best_constant_is_the_one_that_the_exercise_names():
    targets, grid = np.array([1.0, 2, 3, 4, 100]), np.linspace(0, 100, 10_001)
    error = grid[:, None] - targets
    costs = {
        "squared error, averaged": (error**2).mean(1),
        "absolute error, averaged": np.abs(error).mean(1),
        "squared error, summed": (error**2).sum(1),
        "square root of the mean squared error": (error**2).mean(1) ** 0.5,
    }
    for delta in (0.001, 1000):
        near = np.minimum(np.abs(error), delta)
        costs[f"Huber with δ = {delta:g}"] = (near * (np.abs(error) - near / 2)).mean(1)
    places = {"mean": targets.mean(), "median": np.median(targets)}
    assert set(costs) == set(bank.best_constant.BEST)
    for name, cost in costs.items():
        assert grid[cost.argmin()] == pytest.approx(places[bank.best_constant.BEST[name]], abs=0.02)
