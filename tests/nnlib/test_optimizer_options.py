"""A loaded state brings its options, whatever the optimizer was built with."""

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch


@pytest.mark.parametrize("case", cases.OPTIMIZERS)
def test_options_come_from_the_state_and_are_used(case):
    name, options = cases.OPTIMIZERS[case]
    weights = []
    for nn in (nnlib.numpy, nnlib.torch):
        parameter = nn.Parameter(nn.tensor(np.array([1.0, -2.0])))
        parameter.grad = nn.tensor(np.array([0.5, 3.0]))
        optimizer = getattr(nn, name)([parameter], **options)
        optimizer.step()
        state = optimizer.state_dict()
        changed = {k: 0.9 * v for k, v in state.items() if isinstance(v, float) and v}
        assert "lr" in changed
        optimizer.load_state_dict(state | changed)
        loaded = optimizer.state_dict()
        assert {key: loaded[key] for key in changed} == changed
        optimizer.step()
        weights.append(parameter.data)
    cases.assert_close(weights[1], weights[0], "float64", case)
