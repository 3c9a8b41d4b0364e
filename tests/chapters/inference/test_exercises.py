"""The answers that the chapter's exercises call right are what the library gives."""

import json
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.inference import measuring, service, study
from nnlib.chapters.inference.exercises import (
    bytes_needed,
    dropout_numbers,
    status_codes,
    which_switch,
)

NOTEBOOK = Path(__file__).parents[3] / "book" / "11_inference.ipynb"
PATHS = (nnlib.numpy, nnlib.torch)


@pytest.mark.parametrize("nn", PATHS, ids=lambda nn: nn.__name__)
def test_what_becomes_of_a_12(nn):
    """The inverted kind is the library's; the original one follows from its masks."""
    layer = nn.Dropout(0.75, rng=np.random.default_rng(0))
    twelves = nn.tensor(np.full(400_000, 12.0, "float32"))
    out = _plain(layer(twelves)).astype("float64")
    original = np.where(out > 0, 12.0, 0.0)
    said = dropout_numbers.COMES_OUT
    assert sorted(set(out.tolist())) == [said[dropout_numbers.DROPPED], said[dropout_numbers.KEPT]]
    assert original.max() == said[dropout_numbers.OLD_KEPT]
    for measured, name in (
        (out.mean(), dropout_numbers.MEAN), ((out**2).mean(), dropout_numbers.SQUARE),
        (original.mean(), dropout_numbers.OLD_MEAN), (0.25 * 12, dropout_numbers.OLD_LATER),
        (_plain(layer.eval()(twelves)).max(), dropout_numbers.LATER),
    ):
        assert measured == pytest.approx(said[name], rel=0.01)


@pytest.mark.parametrize("nn", PATHS, ids=lambda nn: nn.__name__)
def test_the_bytes_are_those_of_the_arrays(nn):
    rng = np.random.default_rng(0)
    layers = nn.Dense(20, 50, rng=rng), nn.BatchNorm(50), nn.Dense(50, 5, rng=rng)
    model, loss_fn = nn.Sequential(*layers), nn.MSELoss()
    optimizer = nn.Adam(model.parameters(), lr=0.001)
    x = nn.tensor(rng.normal(size=(8, 20)).astype("float32"))
    loss_fn(model(x), nn.tensor(np.zeros((8, 5), "float32")))
    model.backward(loss_fn.backward())
    optimizer.step()

    def size(arrays):
        return sum(np.asarray(array).nbytes for array in arrays)

    learned = [_plain(p.data) for p in model.parameters()]
    running = [array for name, array in model.state_dict().items() if "running_" in name]
    gradients = [_plain(p.grad) for p in model.parameters()]
    adam = optimizer.state_dict()
    adam = [_plain(array) for array in adam["mean"] + adam["square"]]
    inputs, row = [], x
    for layer in layers:
        inputs.append(_plain(row))
        row = layer(row)
    held = size(learned) + size(running)
    assert list(bytes_needed.BYTES.values()) == [
        sum(map(np.size, learned)), sum(np.asarray(array).size for array in running),
        held, 2 * held, size(gradients), size(adam), held + size(gradients) + size(adam),
        size(inputs),
    ]


@pytest.mark.parametrize("nn", PATHS, ids=lambda nn: nn.__name__)
def test_a_switch_has_the_effects_that_the_exercise_says(nn):
    found = {word: _effects(nn, word) for word in (which_switch.EVAL, which_switch.NO_GRAD)}
    assert not any(_effects(nn, None).values())
    for name, word in which_switch.DOES.items():
        assert {switch for switch, effects in found.items() if effects[name]} == (
            {word} - {which_switch.NEITHER}), name


def _effects(nn, switch):
    """{entry of the exercise: whether this switch alone brings it about}."""
    x = np.random.default_rng(1).normal(2, 3, (16, 4)).astype("float32")
    y = nn.tensor(np.zeros((16, 2), "float32"))

    def network():
        rng = np.random.default_rng(0)
        model = nn.Sequential(
            nn.BatchNorm(4), nn.Dropout(0.5, rng=rng), nn.Dense(4, 2, rng=rng))
        return model.train(switch != which_switch.EVAL)

    def forward(layer, given):
        if switch != which_switch.NO_GRAD:
            return layer(given)
        with layer.no_grad():
            return layer(given)

    model = network()
    norm, dropout, _ = model.layers
    normal = _plain(forward(norm, nn.tensor(x)))
    moved = bool(np.any(_plain(model.state_dict()["0.running_mean"])))
    loss_fn = nn.MSELoss()
    return dict(zip(which_switch.DOES, (
        np.array_equal(_plain(forward(dropout, nn.tensor(x))), x),
        not _learns(network(), forward, nn.tensor(x), y, nn),
        not np.allclose(normal.mean(axis=0), 0, atol=1e-4),
        not moved,
        not measuring.kept_bytes(network(), x, record=switch != which_switch.NO_GRAD),
        _step_changes_nothing(network(), forward, nn.tensor(x), y, nn),
        _goes(forward, network(), nn.tensor(x[:1])),
        not np.isfinite(_plain(loss_fn(forward(network(), nn.tensor(x)), y))),
    ), strict=True))


def _learns(model, forward, x, y, nn):
    """Whether a backward after a forward finds what it needs."""
    loss_fn = nn.MSELoss()
    try:
        loss_fn(forward(model, x), y)
        model.backward(loss_fn.backward())
    except RuntimeError:
        return False
    return True


def _step_changes_nothing(model, forward, x, y, nn):
    """A step with gradients that were there before, after a forward under the switch."""
    loss_fn = nn.MSELoss()
    loss_fn(model(x), y)
    model.backward(loss_fn.backward())
    before = _plain(model.state_dict()["2.weight"]).copy()
    forward(model, x)
    nn.SGD(model.parameters(), lr=0.5).step()
    return np.array_equal(before, _plain(model.state_dict()["2.weight"]))


def _goes(forward, model, row):
    try:
        forward(model, row)
    except ValueError:
        return False
    return True


def _plain(array):
    return array.detach().numpy() if hasattr(array, "detach") else np.asarray(array)


def test_the_service_of_the_page_answers_with_these_codes():
    (source,) = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                 if cell.cell_type == "code" and "def answer(" in cell.source]
    mean, std = study.pixel_scale()
    there = {"json": json, "np": np, "nnlib": nnlib, "study": study, "reader": study.trained(0),
             "mean": mean, "std": std, "labels": list("0123456789")}
    exec(compile(source, str(NOTEBOOK), "exec"), there)
    good = {"pixels": study.digits()[1][0][0].tolist()}
    requests = {
        status_codes.CUT: {"body": json.dumps(good).encode()[:90]},
        status_codes.LONG: {"body": {"pixels": [*good["pixels"], 0]}},
        status_codes.BELOW: {"body": {"pixels": [-3, *good["pixels"][1:]]}},
        status_codes.CAT: {"body": {"pixels": list(range(16)) * 4}},
        status_codes.SCALE: {"body": {"pixels": list(range(0, 256, 4))}},
        status_codes.PATH: {"body": good, "path": "/predictions"},
        status_codes.KIND: {"body": good, "content_type": "text/plain"},
        status_codes.HUGE: {"body": b"", "length": 2 * 10**9},
    }
    with service.running(there["answer"]) as port:
        got = {name: service.ask(port, **request)[0] for name, request in requests.items()}

    def without_weights(*_):
        raise FileNotFoundError("reader.npz")

    with service.running(without_weights) as port:
        got[status_codes.OURS] = service.ask(port, good)[0]
    assert got == status_codes.CODES
