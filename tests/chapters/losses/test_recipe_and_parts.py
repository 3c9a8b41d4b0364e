"""What the pictures of claims, of entropies and of classes say is what torch gives."""

import itertools
import re

import numpy as np
import pytest
import torch
from scipy import stats

from nnlib.chapters.losses import figures as losses
from nnlib.chapters.losses.figures import (
    classes,
    constant,
    margin,
    parts,
    probability,
    recipe,
    seam,
)

F = torch.nn.functional
LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh


def small_and_all_different(explorer):
    images = [frame.image for frame in explorer.frames.values()]
    return len(set(images)) == len(images) and sum(map(len, images)) < LIMIT


def test_a_cost_is_minus_the_logarithm_of_the_likelihood():
    explorer = losses.recipe_explorer()
    assert list(explorer.frames) == list(itertools.product(recipe.CLAIMS, recipe.PREDICTIONS))
    assert small_and_all_different(explorer)
    for (claim, prediction), frame in explorer.frames.items():
        p = 1 / (1 + np.exp(-prediction))
        expected = {"normal": stats.norm(prediction).logpdf(recipe.SEEN),
                    "laplace": stats.laplace(prediction).logpdf(recipe.SEEN),
                    "coin": np.log(p)}[claim]
        said = re.search(r"the height (\S+); minus its logarithm is (\S+),", frame.alt)
        assert float(said[1]) == pytest.approx(np.exp(expected), abs=6e-5)
        assert float(said[2]) == pytest.approx(-expected, abs=6e-5)


def test_what_the_text_says_of_the_claims():
    for claim in ("normal", "laplace"):
        costs = recipe.cost(claim, recipe.PREDICTIONS)
        assert recipe.PREDICTIONS[costs.argmin()] == 1
        assert costs[3] - costs[2] == pytest.approx(2)
    assert (np.diff(recipe.cost("coin", recipe.PREDICTIONS)) < 0).all()


def test_the_parts_add_up_and_are_those_of_torch():
    explorer = losses.parts_explorer()
    assert list(explorer.frames) == list(itertools.product(parts.TARGETS, parts.PREDICTIONS))
    assert small_and_all_different(explorer)
    for (y, p), frame in explorer.frames.items():
        target, said = (torch.distributions.Categorical(
            torch.tensor([1 - v, v], dtype=torch.float64)) for v in (y, p))
        numbers = re.search(
            r"cross-entropy is (\S+), .* target is (\S+) and .* KL\(y‖p\) (\S+)\. .* is (\S+)\.$",
            frame.alt).groups()
        forward = torch.distributions.kl_divergence(target, said).item()
        entropy = target.entropy().item()
        expected = [entropy + forward, entropy, forward]
        assert [float(n) for n in numbers[:3]] == pytest.approx(expected, abs=6e-5)
        backward = torch.distributions.kl_divergence(said, target).item()
        assert float(numbers[3].replace("∞", "inf")) == pytest.approx(backward, abs=6e-5)
    assert "cross-entropy is 0.3251," in explorer.frames[0.1, 0.1].alt       # the predicted coin


def test_the_squared_error_is_steepest_at_a_third_and_flat_at_logit_ten():
    p = np.linspace(0.001, 0.999, 999)
    crossed, squared = np.abs(probability.slopes_by_logit(np.log(p / (1 - p)), 1))
    assert p[squared.argmax()] == pytest.approx(1 / 3, abs=1e-3)
    assert p[crossed.argmax()] == p[0]
    crossed, squared = probability.slopes_by_logit(10.0, 0.3)
    assert abs(squared[0]) < 1e-4
    assert crossed[0] == pytest.approx(0.7, abs=1e-4)


def test_bars_of_classes_are_probabilities_and_gradient():
    explorer = losses.classes_explorer()
    assert list(explorer.frames) == list(itertools.product(classes.LOGITS, classes.LABELS))
    assert small_and_all_different(explorer)
    for (logits, label), frame in explorer.frames.items():
        z = torch.tensor(logits, dtype=torch.float64, requires_grad=True)
        loss = F.cross_entropy(z, torch.tensor(label))
        loss.backward()
        p, slopes, said = re.search(
            r"probabilities (.+); gradient (.+); loss (\S+)\.$", frame.alt).groups()
        for listed, expected in ((p, torch.softmax(z, 0).tolist()), (slopes, z.grad.tolist()),
                                 (said, [loss.item()])):
            assert [float(n) for n in listed.split(", ")] == pytest.approx(expected, abs=6e-5)
        assert z.grad.sum().item() == pytest.approx(0, abs=1e-12)
    sure = classes.LOGITS[2]
    assert [round(float(classes.probabilities_and_gradient(sure, c)[2][c]), 4)
            for c in (0, 2)] == [-0.0094, -0.9973]


def test_three_losses_of_a_logit():
    z = torch.tensor([-6.0, 0.5, 3.0], dtype=torch.float64)
    ones = torch.ones(3, dtype=torch.float64)
    found = margin.margin_losses(z.numpy())
    expected = {
        "cross-entropy": F.binary_cross_entropy_with_logits(z, ones, reduction="none"),
        "squared error": (torch.sigmoid(z) - 1) ** 2,
        "hinge": F.multi_margin_loss(torch.stack([z, 0 * z], 1), torch.zeros(3, dtype=torch.long),
                                     reduction="none") * 2,
    }
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values.numpy(), atol=1e-12)
    alt = losses.margin_frame().alt
    assert "hinge 7.0000 with slope -1.0000" in alt
    assert f"squared error {expected['squared error'][0].item():.4f}" in alt


def test_the_pieces_meet_in_height_and_slope():
    for delta in (0.5, 1.0, 2.0):
        assert seam.slopes_at(delta) == pytest.approx([delta, delta], rel=1e-4)
    alt = losses.seam_frame(2.0).alt
    assert "both pieces are at 2 there and have the slopes 2.000 and 2.000" in alt
    assert "ends at 4 and the line begins at 2" in alt


def test_the_lowest_constant_is_mean_or_median():
    targets = np.array([[110.0], [120.0], [130.0], [140.0], [190.0]])
    alt = losses.constant_frame(targets).alt
    assert "MSE at 138, MAE at 130," in alt
    costs = constant.constant_costs(targets)["Huber"]
    t = torch.tensor(targets)
    for i in (0, 77, 200):
        expected = F.huber_loss(torch.full_like(t, constant.GRID[i]), t, delta=50.0).item()
        assert costs[i] == pytest.approx(expected)
