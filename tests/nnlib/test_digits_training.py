"""The whole loop of the book on the digits, on the NumPy path."""

import re

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib import data


@pytest.fixture(scope="module")
def parts():
    digits = data.load_digits()
    return data.split(digits.x, digits.y, rng=np.random.default_rng(0))


def train(parts, make_optimizer, *, epochs, seed=0):
    (x_train, y_train), (x_validation, y_validation), _ = parts
    rng = np.random.default_rng(seed)
    model = nn.Sequential(nn.Dense(64, 32, rng=rng), nn.ReLU(), nn.Dense(32, 10, rng=rng))
    loss_fn, optimizer = nn.CrossEntropyLoss(), make_optimizer(model)
    losses = []
    for _ in range(epochs):
        for x, y in nn.batches(x_train, y_train, batch_size=64, rng=rng):
            loss = loss_fn(model(x), y)
            losses.append(loss.item())
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
    with nn.no_grad():
        accuracy = (model(x_validation).argmax(axis=1) == y_validation).mean()
    return losses, accuracy, model


@pytest.mark.parametrize(
    "make_optimizer",
    [
        lambda model: nn.SGD(model.parameters(), lr=0.1, momentum=0.9),
        lambda model: nn.Adam(model.parameters(), lr=0.005),
    ],
    ids=["SGD", "Adam"],
)
def test_a_small_network_learns_the_digits(parts, make_optimizer):
    losses, accuracy, model = train(parts, make_optimizer, epochs=10)
    assert losses[0] == pytest.approx(np.log(10), abs=0.7)
    assert accuracy > 0.93
    assert all(parameter.dtype == np.float32 for parameter in model.parameters())


def test_equal_seeds_give_equal_runs(parts):
    def sgd(model):
        return nn.SGD(model.parameters(), lr=0.1)

    first, second, other = (train(parts, sgd, epochs=1, seed=s)[0] for s in (3, 3, 4))
    assert first == second
    assert first != other


def test_one_training_step_by_hand():
    """Two inputs, one tanh unit, one output, squared error: every number from the formulas."""
    model = nn.Sequential(
        nn.Dense(2, 1, init="ones", rng=np.random.default_rng(0), dtype="float64"),
        nn.Tanh(),
        nn.Dense(1, 1, init="ones", rng=np.random.default_rng(0), dtype="float64"),
    )
    loss_fn, optimizer = nn.MSELoss(), nn.SGD(model.parameters(), lr=0.5)
    x, y = np.array([[0.3, -0.1]]), np.array([[1.0]])
    loss = loss_fn(model(x), y)
    dx = model.backward(loss_fn.backward())
    optimizer.step()

    a = np.tanh(0.2)
    delta_2 = 2 * (a - 1)
    delta_1 = delta_2 * (1 - a**2)
    assert loss == pytest.approx((a - 1) ** 2, rel=1e-14)
    np.testing.assert_allclose(dx, [[delta_1, delta_1]], rtol=1e-14)
    np.testing.assert_allclose(model[2].weight.data, [[1 - 0.5 * delta_2 * a]], rtol=1e-14)
    np.testing.assert_allclose(model[2].bias.data, [-0.5 * delta_2], rtol=1e-14)
    np.testing.assert_allclose(
        model[0].weight.data, [[1 - 0.15 * delta_1], [1 + 0.05 * delta_1]], rtol=1e-14
    )
    np.testing.assert_allclose(model[0].bias.data, [-0.5 * delta_1], rtol=1e-14)


def test_a_model_of_one_dtype_refuses_data_of_another(parts):
    (x, _), *_ = parts
    model = nn.Sequential(nn.Dense(64, 10, rng=np.random.default_rng(0))).astype("float64")
    with pytest.raises(TypeError, match=re.escape("Dense expected float64 input, got float32")):
        model(x)
