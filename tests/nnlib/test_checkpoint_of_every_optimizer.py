"""A training with each optimizer, saved in the middle and resumed, on its path and on the other."""

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import checkpoint

PATHS = {"numpy": nnlib.numpy, "torch": nnlib.torch}
every_optimizer = pytest.mark.parametrize("case", cases.OPTIMIZERS)
EPOCHS = 4


def make(nn, case, seed=0):
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(4, 5, rng=rng, dtype="float64"), nn.Tanh(), nn.Dropout(0.2, rng=rng),
        nn.Dense(5, 3, rng=rng, dtype="float64"),
    )  # fmt: skip
    name, options = cases.OPTIMIZERS[case]
    return model, getattr(nn, name)(model.parameters(), **options), rng


def train(nn, model, optimizer, rng, epochs, **more):
    draw = np.random.default_rng(1)
    y = draw.integers(0, 3, 20)
    x = np.eye(3, 4)[y] + 0.3 * draw.standard_normal((20, 4))
    return nn.fit(
        model, nn.CrossEntropyLoss(), optimizer, (x, y), epochs=epochs, batch_size=8, rng=rng,
        schedule=lambda t: 0.05 if t < 1.5 else 0.02, **more,
    )  # fmt: skip


def snapshot(model, optimizer):
    parts = {name: cases.as_array(value) for name, value in model.state_dict().items()}
    for name, value in optimizer.state_dict().items():
        if isinstance(value, list):
            parts |= {f"{name}.{i}": cases.as_array(array) for i, array in enumerate(value)}
        elif name != "optimizer":
            parts[name] = np.array(value)
    return parts


def assert_same(got, expected, tolerance):
    assert got.keys() == expected.keys()
    for name, value in expected.items():
        np.testing.assert_allclose(got[name], value, tolerance, tolerance, err_msg=name)


@every_optimizer
@pytest.mark.parametrize("second", PATHS)
@pytest.mark.parametrize("first", PATHS)
def test_a_resumed_run_is_the_uninterrupted_one(first, second, case, tmp_path):
    """Weights, history and all that the rule remembers, to the last bit on one path."""
    path = tmp_path / "run.npz"
    nn, other = PATHS[first], PATHS[second]
    begun = make(nn, case)
    train(nn, *begun, EPOCHS // 2, callbacks=[nn.Checkpoint(path, rng=begun[2])])

    model, optimizer, rng = make(other, case, seed=9)
    loaded = checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
    saved = snapshot(*begun[:2])
    assert_same(snapshot(model, optimizer), saved, 0)
    history = train(other, model, optimizer, rng, EPOCHS, history=loaded.history)

    whole = make(other, case)
    expected = train(other, *whole, EPOCHS)
    tolerance = 0 if first == second else 1e-10
    assert_same(snapshot(model, optimizer), snapshot(*whole[:2]), tolerance)
    np.testing.assert_allclose(history.train_loss, expected.train_loss, tolerance)
    assert history.lr == expected.lr == [0.05, 0.02, 0.02, 0.02]
    # What was loaded mattered: nothing is as it was at the interruption.
    for name, value in snapshot(model, optimizer).items():
        if value.ndim and value.size:
            assert not np.array_equal(value, saved[name]), name


@every_optimizer
@pytest.mark.parametrize("path_name", PATHS)
def test_without_the_optimizers_state_the_run_would_differ(path_name, case, tmp_path):
    """Otherwise the test above would prove nothing. Plain SGD remembers nothing."""
    path, nn = tmp_path / "run.npz", PATHS[path_name]
    begun = make(nn, case)
    train(nn, *begun, EPOCHS // 2, callbacks=[nn.Checkpoint(path, rng=begun[2])])
    model, optimizer, rng = make(nn, case)
    loaded = checkpoint.load(path, model=model, rng=rng)
    train(nn, model, optimizer, rng, EPOCHS, history=loaded.history)
    whole = make(nn, case)
    train(nn, *whole, EPOCHS)
    name, options = cases.OPTIMIZERS[case]
    forgets = name != "SGD" or "momentum" in options
    got, expected = (cases.as_array(m[0].weight.data) for m in (model, whole[0]))
    assert np.array_equal(got, expected) != forgets


# No two of these remember the same things.
DIFFERENT = ["SGD", "Adam", "AdamW", "AdaGrad", "RMSprop", "RMSprop-momentum", "RMSprop-centered"]


@pytest.mark.parametrize("case", DIFFERENT)
@pytest.mark.parametrize("path_name", PATHS)
def test_the_file_of_another_rule_or_of_other_options_changes_nothing(path_name, case, tmp_path):
    path, nn = tmp_path / "run.npz", PATHS[path_name]
    model, optimizer, rng = make(nn, case)
    train(nn, model, optimizer, rng, 1)
    before = snapshot(model, optimizer)
    for other in DIFFERENT:
        if other == case:
            continue
        saved = make(nn, other, seed=3)
        checkpoint.save(path, model=saved[0], optimizer=saved[1], rng=saved[2])
        with pytest.raises(ValueError, match=r"^checkpoint\.load could not use 'run\.npz': "):
            checkpoint.load(path, model=model, optimizer=optimizer, rng=rng)
        assert_same(snapshot(model, optimizer), before, 0)
