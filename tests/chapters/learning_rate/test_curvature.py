"""The largest curvature: against a Hessian that is known, and against autograd's."""

import numpy as np
import pytest
import torch

import nnlib.numpy as nn
import nnlib.torch
from nnlib.chapters.learning_rate import study


def test_the_curvature_of_a_linear_model_is_its_largest_eigenvalue():
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((20, 4)), rng.standard_normal((20, 1))
    model = nn.Sequential(nn.Dense(4, 1, rng=rng, dtype="float64"))
    features = np.column_stack([x, np.ones(20)])
    expected = np.linalg.eigvalsh(2 * features.T @ features / 20)[-1]
    found = study.largest_curvature(model, nn.MSELoss(), x, y, iterations=1000, tolerance=1e-10)
    assert found == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_autograd_finds_the_same_curvature(seed):
    (x, y), _, _ = study.digits()
    model, _ = study.network(seed)
    found = study.largest_curvature(model, nn.CrossEntropyLoss(), x, y)

    model, _ = study.network(seed, nn=nnlib.torch, dtype="float64")
    weights = list(model.parameters())
    loss = torch.nn.functional.cross_entropy(model(torch.tensor(x.astype("float64"))),
                                             torch.tensor(y))
    slopes = torch.autograd.grad(loss, weights, create_graph=True)
    gradient = torch.cat([slope.ravel() for slope in slopes])
    v = torch.linspace(-1, 1, len(gradient), dtype=torch.float64)
    for _ in range(100):
        v = v / v.norm()
        product = torch.autograd.grad(gradient @ v, weights, retain_graph=True)
        product = torch.cat([part.ravel() for part in product])
        expected, v = float(v @ product), product
    assert found == pytest.approx(expected, rel=2e-3)


def test_measuring_changes_nothing():
    (x, y), _, _ = study.digits()
    model, _ = study.network(0)
    before = {name: value.copy() for name, value in model.state_dict().items()}
    study.largest_curvature(model, nn.CrossEntropyLoss(), x[:64], y[:64], iterations=3)
    for name, value in model.state_dict().items():
        assert value.dtype == np.float32
        np.testing.assert_array_equal(value, before[name])
    assert all(p.grad is None for p in model.parameters())


def test_the_loss_of_a_single_image_curves_more_than_that_of_many():
    (x, y), _, _ = study.digits()
    for seed in (0, 1, 2):
        model, _ = study.network(seed)
        loss_fn = nn.CrossEntropyLoss()
        of_one = [study.largest_curvature(model, loss_fn, x[i : i + 1], y[i : i + 1])
                  for i in range(10)]
        assert np.median(of_one) > 1.5 * study.largest_curvature(model, loss_fn, x[:64], y[:64])
