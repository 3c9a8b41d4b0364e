"""Who fires, and how often, on either path."""

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch

PATHS = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def small(nn):
    """Three units: on for every row, on for one row of four, and never on."""
    model = nn.Sequential(nn.Dense(1, 3, rng=np.random.default_rng(0)), nn.ReLU())
    model.load_state_dict({"0.weight": np.array([[0.0, 1.0, 0.0]], "float32"),
                           "0.bias": np.array([1.0, -2.5, 0.0], "float32")})
    return model, np.array([[0.0], [1.0], [2.0], [3.0]], "float32")


@PATHS
def test_shares_dead_and_always(nn):
    model, x = small(nn)
    (found,) = nn.activation_stats(model, x)
    assert found.firing.tolist() == [1.0, 0.25, 0.0]
    assert (found.name, found.layer, found.dead, found.always) == ("1", "ReLU", 1, 1)
    assert found.mean == pytest.approx((4 * 1.0 + 0.5) / 12)
    assert found.std == pytest.approx(np.std([1.0] * 4 + [0.5] + [0.0] * 7))


@PATHS
def test_layers_inside_another_and_further_axes(nn):
    rng = np.random.default_rng(1)
    inner = nn.Sequential(nn.Tanh(), nn.Dense(4, 3, rng=rng))
    model = nn.Sequential(nn.Dense(2, 4, rng=rng), inner, nn.GELU())
    found = nn.activation_stats(model, np.ones((5, 6, 2), "float32"))
    assert [(stats.name, stats.layer, len(stats.firing)) for stats in found] == [
        ("1.0", "Tanh", 4), ("2", "GELU", 3)]


@PATHS
def test_the_modes_are_left_as_they_were(nn):
    model, x = small(nn)
    model[1].eval()
    nn.activation_stats(model, x)
    assert [layer.training for layer in model] == [True, False]


def test_both_paths_agree():
    found = []
    for nn in (nnlib.numpy, nnlib.torch):
        rng = np.random.default_rng(2)
        model = nn.Sequential(nn.Dense(8, 16, rng=rng), nn.ReLU(), nn.Dense(16, 4, rng=rng),
                              nn.Sigmoid())
        x = np.random.default_rng(3).standard_normal((50, 8)).astype("float32")
        found.append(nn.activation_stats(model, x))
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_array_equal(ours.firing, theirs.firing)
        assert ours.mean == pytest.approx(theirs.mean, rel=1e-5)
