"""Weights that go from torch.nn.Linear to Dense and back give the same outputs."""

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib import layouts

PATHS = [nnlib.numpy, nnlib.torch]


def outputs(nn, layer, x):
    return layer.as_numpy(layer(nn.tensor(x)))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
@pytest.mark.parametrize("shape", [(5, 3), (4, 4)])
def test_both_layers_compute_the_same(nn, shape, bias):
    torch.manual_seed(0)
    linear = torch.nn.Linear(*shape, bias=bias, dtype=torch.float64)
    x = np.random.default_rng(0).normal(size=(7, shape[0]))
    wanted = linear(torch.from_numpy(x)).detach().numpy()
    layer = nn.Dense(*shape, bias=bias, rng=np.random.default_rng(0), dtype="float64")
    layer.load_state_dict(layouts.dense_from_linear(linear.state_dict()))
    assert outputs(nn, layer, x) == pytest.approx(wanted, abs=1e-12)

    again = torch.nn.Linear(*shape, bias=bias, dtype=torch.float64)
    state = {name: torch.tensor(layer.as_numpy(value)) for name, value in
             layouts.linear_from_dense(layer.state_dict()).items()}
    again.load_state_dict(state)
    for one, other in zip(linear.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)


@pytest.mark.parametrize(("state", "said"), [
    ({"bias": np.zeros(3)}, "entries weight and bias, got bias"),
    ({"weight": np.zeros((3, 2)), "scale": np.zeros(3)}, "got weight, scale"),
    ({"weight": np.zeros((3, 2, 2))}, r"two axes, got \(3, 2, 2\)"),
    ({"weight": np.zeros((3, 2)), "bias": np.zeros(2)}, r"a bias of shape \(3,\)"),
])
def test_what_does_not_fit_is_refused(state, said):
    with pytest.raises(ValueError, match=said):
        layouts.dense_from_linear(state)


def test_the_bias_belongs_to_the_other_axis_on_the_way_back():
    with pytest.raises(ValueError, match=r"a bias of shape \(2,\) beside a weight"):
        layouts.linear_from_dense({"weight": np.zeros((3, 2)), "bias": np.zeros(3)})
