"""The small studies of the chapter, and what its text says of them."""

import math
import re

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.losses import figures as losses
from nnlib.chapters.losses.figures import confidence, imbalance, slipped

F = torch.nn.functional


@pytest.fixture(scope="module")
def study():
    return losses.slipped_study()


def test_slipped_targets_mislead_the_squared_error_alone(study):
    assert {name: rows.shape for name, rows in study.items()} == dict.fromkeys(
        ("MSE", "MAE", "Huber"), (10, 3))
    harm = {name: rows[:, 2] - rows[:, 1] for name, rows in study.items()}
    assert harm["MSE"].mean() == pytest.approx(25, abs=2)
    assert harm["MSE"].min() == pytest.approx(8, abs=0.5)
    assert harm["MSE"].max() == pytest.approx(49, abs=0.5)
    assert max(abs(harm["MAE"]).max(), abs(harm["Huber"]).max()) < 2
    own, new, _ = (study["MAE"] - study["MSE"]).T
    assert (own < 0).all()
    assert (new < 0).sum() == 1


def test_the_squared_errors_line_is_the_least_squares_line():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((40, 3))
    y = 100 + 20 * x[:, :1] + 5 * rng.standard_normal((40, 1))
    columns = np.hstack([x, np.ones((40, 1))])
    w = np.linalg.lstsq(columns, y, rcond=None)[0]
    own, _ = slipped.distance(nnlib.numpy.MSELoss(), x, y, x, y)
    assert own == pytest.approx(np.abs(columns @ w - y).mean(), rel=1e-3)


def test_the_picture_of_slipped_targets_says_the_means(study):
    alt = losses.slipped_frame(study).alt
    for name, rows in study.items():
        assert f"{name} {rows[:, 1].mean():.0f} and {rows[:, 2].mean():.0f}" in alt
        assert f"{name} {rows[:, 2].max():.0f}" in alt


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_a_weight_multiplies_the_odds(nn):
    x, y = losses.payments(0)
    fits = [losses.train_weighted(x, y, weight, nn=nn) for weight in (1, 10)]
    w, b = ([np.asarray(model.state_dict()[f"0.{key}"]).item() for model in fits]
            for key in ("weight", "bias"))
    assert b[1] - b[0] == pytest.approx(math.log(10), abs=0.1)
    assert w[1] == pytest.approx(w[0], abs=0.1)
    assert w[0] == pytest.approx(2, abs=0.15)                  # the true log-odds: 2x - 2 - ln 49
    assert b[0] == pytest.approx(-2 - math.log(49), abs=0.3)


def test_the_weighted_fit_is_that_of_torchs_pos_weight():
    x, y = losses.payments(3)
    model = losses.train_weighted(x, y, 10)
    w = torch.tensor(model.state_dict()["0.weight"], requires_grad=True)
    b = torch.tensor(model.state_dict()["0.bias"], requires_grad=True)
    F.binary_cross_entropy_with_logits(
        torch.tensor(x) @ w + b, torch.tensor(y), pos_weight=torch.tensor(10.0)).backward()
    assert abs(w.grad).max() < 1e-3
    assert abs(b.grad).max() < 1e-3


def test_frames_of_the_rare_class_say_their_counts():
    explorer = losses.imbalance_explorer()
    assert len({frame.image for frame in explorer.frames.values()}) == 9
    assert sum(len(frame.image) for frame in explorer.frames.values()) < 0.6 * 2**20
    x, y = losses.payments(1)
    for (weight, threshold), frame in explorer.frames.items():
        model = losses.train_weighted(*losses.payments(0), weight)
        p = torch.sigmoid(torch.tensor(nnlib.numpy.predict(model, x))).numpy()
        said = [float(n) for n in re.findall(r"(\S+) %", frame.alt)]
        called = p > threshold
        expected = [called[y == 1].mean(), called[y == 0].mean(), (called == y).mean(), p.mean()]
        assert said[:4] == pytest.approx([100 * v for v in expected], abs=0.51)


def test_what_the_text_says_of_the_rare_class():
    plain, low = imbalance.report(1, 0.5), imbalance.report(1, 0.02)
    heavy = imbalance.report(49, 0.5)
    assert plain["right"] == pytest.approx(0.98, abs=0.002)
    assert [plain["found"], low["found"]] == pytest.approx([0.10, 0.83], abs=0.01)
    assert [plain["alarms"], low["alarms"]] == pytest.approx([0.002, 0.15], abs=0.005)
    assert heavy["found"] == pytest.approx(low["found"], abs=0.02)
    assert heavy["alarms"] == pytest.approx(low["alarms"], abs=0.01)
    assert heavy["mean p"] == pytest.approx(0.23, abs=0.005)
    assert imbalance.report(10, 0.5)["mean p"] == pytest.approx(0.10, abs=0.01)


def test_more_certainty_and_what_smoothing_does_to_it():
    plain, smoothed = ([losses.train_tumours(seed, smoothing=e) for seed in confidence.SPLITS]
                       for e in (0.0, 0.1))
    rise = [run.validation_loss[-1] / min(run.validation_loss) for run, _ in plain[:10]]
    assert 1.3 < np.median(rise) < 1.6
    fall = [np.median([end(run.accuracy) for run, _ in plain[:10]])
            for end in (max, lambda values: values[-1])]
    assert fall[0] - fall[1] == pytest.approx(0.01, abs=0.003)
    surer, less_sure = (np.median([p - right for _, (_, right, p) in runs])
                        for runs in (plain, smoothed))
    assert surer > 0.01
    assert less_sure < -0.03
    cheaper = sum(b[1][0] < a[1][0] for a, b in zip(plain, smoothed, strict=True))
    assert 9 <= cheaper <= 11
    alt = losses.confidence_frame([run for run, _ in plain[:10]]).alt
    assert alt.startswith("10 splits.")
    assert f"by about {10 * round(10 * (np.median(rise) - 1))} % in the median" in alt


def test_a_reduction_is_a_rate_for_gradient_descent_and_not_for_adam():
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((20, 3)), rng.standard_normal((20, 3))
    ends = {}
    for name in ("SGD", "Adam"):
        for reduction in ("mean", "sum"):
            layer = nnlib.numpy.Dense(3, 3, rng=np.random.default_rng(0), dtype="float64")
            model = nnlib.numpy.Sequential(layer)
            optimizer = getattr(nnlib.numpy, name)(model.parameters(), lr=0.05)
            loss_fn = nnlib.numpy.MSELoss(reduction=reduction)
            with np.errstate(all="ignore"):
                for _ in range(500):
                    loss_fn(model(x), y)
                    optimizer.zero_grad()
                    model.backward(loss_fn.backward())
                    optimizer.step()
                ends[name, reduction] = float(np.mean((model(x) - y) ** 2))
    assert ends["Adam", "sum"] == pytest.approx(ends["Adam", "mean"], rel=1e-3)
    assert ends["SGD", "mean"] < 1.05 * ends["Adam", "mean"]
    assert not ends["SGD", "sum"] < 1e6                        # infinite, or no number


def test_numbers_in_the_text():
    normals = [torch.distributions.Normal(torch.tensor(m, dtype=torch.float64), s)
               for m, s in ((1.0, 0.5), (0.0, 1.0))]
    assert torch.distributions.kl_divergence(*normals).item() == pytest.approx(0.818147, abs=5e-7)
    row = 0.9 * np.eye(10)[0] + 0.01
    assert -(row * np.log(row)).sum() == pytest.approx(0.5003, abs=5e-5)
    assert math.log(math.e + 9) == pytest.approx(2.46, abs=0.005)
    pets = torch.tensor([[0.85, 0.15]]).log()
    assert [F.cross_entropy(pets, torch.tensor([c])).item() for c in (0, 1)] == pytest.approx(
        [0.162519, 1.897120], abs=1e-5)
    t = torch.tensor([[0.0, 800.0, 3.0]], requires_grad=True)
    naive = -torch.log(torch.softmax(t, dim=1))[0, 0]
    naive.backward()
    assert naive.item() == math.inf
    assert torch.isnan(t.grad).all()
    two, one = torch.tensor([[0.5, 3.3]]), torch.tensor([2.8])
    assert F.cross_entropy(two, torch.tensor([1])).item() == pytest.approx(
        F.binary_cross_entropy_with_logits(one, torch.ones(1)).item(), abs=1e-6)
    z = np.random.default_rng(0).standard_normal((8, 105, 45))
    follow = np.random.default_rng(1).integers(0, 45, (8, 105))
    assert nnlib.numpy.CrossEntropyLoss()(z, follow) == pytest.approx(
        F.cross_entropy(torch.tensor(z).transpose(1, 2), torch.tensor(follow)).item())
