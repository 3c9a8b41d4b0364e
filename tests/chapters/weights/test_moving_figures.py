"""Pictures that move: each frame states what the library gives at that step."""

import re
from itertools import pairwise

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import data
from nnlib.chapters.weights import figures
from nnlib.chapters.weights.exercises.perceptron_step import perceptron_step
from nnlib.chapters.weights.figures import (
    compromise,
    learning,
    pictures,
    scaling,
    starts,
    twins,
    way_back,
    xor,
)
from nnlib.chapters.weights.figures import perceptron as line

PATHS = [nnlib.numpy, nnlib.torch]


def numbers(text):
    """Every number of an alternative text."""
    found = re.findall(r"(?<![\w.])[−-]?\d+(?:\.\d+)?", text)
    return [float(one.replace("−", "-")) for one in found]


def trained_xor(nn, hidden, output, seed, steps, units=4):
    x, y = data.make_xor()
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(2, units, init=hidden, rng=rng, dtype="float64"), nn.ReLU(),
        nn.Dense(units, 1, init=output, rng=rng, dtype="float64"))
    loss_fn, optimizer = nn.BCEWithLogitsLoss(), nn.SGD(model.parameters(), lr=0.5)
    x, y = nn.tensor(x.astype("float64")), nn.tensor(y.astype("float64")[:, None])
    for _ in range(steps):
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    state = {name: model.as_numpy(value) for name, value in model.state_dict().items()}
    return state, loss_fn(model(x), y).item(), model.as_numpy(nn.sigmoid(model(x)))[:, 0]


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
@pytest.mark.parametrize("start", twins.STARTS)
def test_twins_frames_say_what_training_gives(start, nn):
    for steps in twins.STEPS:
        state, loss, _ = trained_xor(nn, *twins.STARTS[start], 0, steps)
        columns = len(np.unique(state["0.weight"].round(6), axis=1).T)
        frame = figures.twins_frame(start, steps)
        assert f"Different columns: {columns}:" in frame.alt
        assert frame.alt.endswith(f"Loss {loss:.3f}.")
    assert columns == (4 if "random" in start else 1)


def test_units_are_grouped_by_their_columns():
    columns = np.array([[1.0, 2.0, 1.0], [0.0, -1.0, -0.0]])
    assert twins.groups(columns) == {(1.0, 0.0): [0, 2], (2.0, -1.0): [1]}


def test_equal_units_with_random_outgoing_weights_part_in_the_first_step():
    kept = learning.xor_snapshots(learning.filled_with(0.5), "he_normal", seed=0, at=(0, 1))
    assert [len(twins.groups(kept[step][0]["0.weight"])) for step in (0, 1)] == [1, 4]


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
@pytest.mark.parametrize("start", xor.SEEDS)
def test_xor_frames_say_what_training_gives(start, nn):
    for steps in xor.STEPS:
        _, loss, p = trained_xor(nn, "he_normal", "he_normal", xor.SEEDS[start], steps)
        alt = figures.xor_training_frame(start, steps).alt
        assert f"loss {loss:.3f};" in alt
        right = int(np.sum((p > 0.5) == xor.Y))
        assert f"; {right} of 4 right." in alt
        said = numbers(alt.split("outputs ")[1].split(";")[0])[1::2]
        assert said == pytest.approx(p, abs=0.0051)


def test_what_the_text_says_of_the_two_starts_on_xor():
    alts = {step: figures.xor_training_frame("A", step).alt for step in xor.STEPS}
    assert "2 of 4 right" in alts[0]
    assert "4 of 4 right" in alts[10]
    state, _, p = trained_xor(nnlib.numpy, "he_normal", "he_normal", xor.SEEDS["B"], 400)
    assert p[1] == pytest.approx(p[0], abs=1e-9)
    assert p[1] < 0.5 < p[2]
    assert (xor.X[1] @ state["0.weight"] + state["0.bias"]).max() < 0


@pytest.mark.parametrize(("table", "count"), [("OR", 4), ("AND", 10), ("XOR", 20)])
def test_updates_are_those_of_the_rule(table, count):
    labels = line.TABLES[table]
    kept = line.updates(labels, most=20)
    assert len(kept) - 1 == count
    for (_, w, b), (row, new_w, new_b) in pairwise(kept):
        wanted = perceptron_step(w, b, line.CORNERS[row], labels[row], 1)
        assert np.array_equal(new_w, wanted[0])
        assert new_b == wanted[1]
        assert (tuple(new_w), new_b) != (tuple(w), b)


def test_xor_goes_round_as_the_text_says():
    kept = [(row, tuple(w), b) for row, w, b in line.updates(line.TABLES["XOR"], most=20)]
    assert kept[7] == kept[3]
    assert all(kept[i] == kept[i + 4] for i in range(3, 16))
    assert all(kept[i] != kept[j] for j in range(7) for i in range(j))


def test_perceptron_frames_name_the_rows_that_are_wrong():
    for (table, update), frame in figures.perceptron_explorer().frames.items():
        kept = line.updates(line.TABLES[table])
        _, w, b = kept[min(update, len(kept) - 1)]
        fires = line.CORNERS @ w + b > 0
        wrong = [n for n, f, y in zip(line.NAMES, fires, line.TABLES[table], strict=True) if f != y]
        assert frame.alt.endswith(f"wrong side: {', '.join(wrong) or 'none'}.")
    assert "none" in figures.perceptron_frame("AND", 10).alt
    assert "none" in figures.perceptron_frame("OR", 4).alt


@pytest.mark.parametrize("kind", scaling.INPUTS)
@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_valleys_are_walked_as_the_library_walks(kind, nn):
    x, y = scaling.inputs_of(kind), scaling.patients()[1]
    rate = scaling.RATES[kind][2]
    layer = nn.Dense(1, 1, init="zeros", rng=np.random.default_rng(0), dtype="float64")
    model, loss_fn = nn.Sequential(layer), nn.BCEWithLogitsLoss()
    optimizer = nn.SGD(model.parameters(), lr=rate)
    rows, labels = nn.tensor(x[:, None]), nn.tensor(y[:, None])
    path = scaling.descent(x, y, rate, steps=20)
    for w, b in path[:20]:
        loss = loss_fn(model(rows), labels).item()
        assert loss == pytest.approx(float(scaling.losses_at(x, y, w, b)), abs=1e-10)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    assert [layer.weight.item() if nn is nnlib.torch else layer.weight.data[0, 0]] == (
        pytest.approx([path[20, 0]], abs=1e-10))


def test_valley_frames_say_where_the_loss_ends():
    ends = {}
    for (kind, speed), frame in figures.valley_explorer().frames.items():
        x, y = scaling.inputs_of(kind), scaling.patients()[1]
        rate = scaling.RATES[kind][scaling.SPEEDS.index(speed)]
        path = scaling.descent(x, y, rate)
        losses = scaling.losses_at(x, y, path[:, 0], path[:, 1])
        ends[kind, speed] = losses
        assert f"rate {rate:g}:" in frame.alt
        if speed == "too fast":
            assert "still at" in frame.alt
            assert losses[-20:].max() > losses[0]
        else:
            assert f"to {losses[-1]:.3f} in 300 steps" in frame.alt
    for kind in scaling.INPUTS:
        last = [ends[kind, speed][-1] for speed in scaling.SPEEDS]
        assert last[2] == min(last)               # the best is not at the edge of the four


def test_what_the_text_says_of_the_valleys():
    conditions = {}
    for kind in scaling.INPUTS:
        x, y = scaling.inputs_of(kind), scaling.patients()[1]
        best, curvature = scaling.optimum(x, y)
        error = nnlib.numpy.sigmoid(x * best[0] + best[1]) - y
        assert abs(error.mean()) < 1e-10
        assert abs(np.mean(error * x)) < 1e-8
        low, high = np.linalg.eigvalsh(curvature)
        conditions[kind] = high / low
        assert float(scaling.losses_at(x, y, *best)) == pytest.approx(0.532, abs=5e-4)
    assert conditions["raw"] == pytest.approx(41_000, rel=0.02)
    assert conditions["standardised"] == pytest.approx(1.9, abs=0.05)


def test_a_funnel_keeps_one_direction_or_neither():
    for way, variance in compromise.VARIANCES.items():
        outputs, gradients = compromise.both_ways(way)
        forward = backward = 1.0
        for fan_in, fan_out in pairwise(compromise.WIDTHS):
            forward *= fan_in * variance(fan_in, fan_out)
            backward *= fan_out * variance(fan_in, fan_out)
        assert outputs[-1] == pytest.approx(forward**0.5, rel=0.15)
        assert gradients[0] == pytest.approx(backward**0.5, rel=0.15)
        said = f"{way}: outputs {outputs[-1]:.2g}, gradients {gradients[0]:.2g}"
        assert said in figures.compromise_frame().alt


def test_what_the_text_says_of_ten_layers():
    """He's mean square with other seeds, and the default with random biases: whose size it is."""
    he, sizes, across_rows = [], [], []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        a = c = rng.standard_normal((500, 256))
        for _ in range(10):
            a = np.maximum(a @ rng.normal(0, (2 / 256) ** 0.5, (256, 256)), 0)
            weight, bias = rng.uniform(-1, 1, (256, 256)) / 16, rng.uniform(-1, 1, 256) / 16
            c = np.maximum(c @ weight + bias, 0)
        he.append(np.mean(a**2))
        sizes.append(starts.rms(c))
        across_rows.append(c.var(axis=0).mean() ** 0.5)
    assert np.mean(he) == pytest.approx(1, abs=0.3)
    assert sizes == pytest.approx([0.027] * 5, abs=0.004)
    assert max(across_rows) < 1e-4
    outputs, _ = figures.signal(1.0, "tanh")
    assert [starts.rms(outputs[0]), starts.rms(outputs[-1])] == (
        pytest.approx([0.63, 0.15], abs=0.01))


def test_what_the_text_says_of_gelu_with_he():
    for seed in range(3):
        rng = np.random.default_rng(seed)
        sizes, a = [], rng.standard_normal((200, 256))
        for _ in range(30):
            a = nnlib.numpy.gelu(a @ rng.normal(0, (2 / 256) ** 0.5, (256, 256)))
            sizes.append(starts.rms(a))
        assert 0.3 > sizes[19] > 3 * sizes[29]


def test_a_template_sums_to_what_the_layer_gives():
    rng = np.random.default_rng(0)
    layer = nnlib.numpy.Dense(64, 3, rng=rng, dtype="float64")
    bias = np.array([0.5, 0.0, -0.25])
    layer.load_state_dict({"weight": layer.weight.data, "bias": bias})
    digits = rng.random((2, 64))
    shown = figures.template_explorer(layer.weight.data, bias, digits, (7, 1), units=(0, 2))
    z = layer(digits)
    assert len(shown.frames) == 4
    for (unit, which), frame in shown.frames.items():
        assert frame.alt.startswith(f"Unit {unit} and a {(7, 1)[which]}:")
        *parts, said = numbers(frame.alt)[-4:]
        assert said == pytest.approx(z[which, unit], rel=6e-3, abs=1e-3)
        assert sum(parts) == pytest.approx(said, abs=0.02)


def test_changes_are_relative_to_the_first_weights():
    before = np.array([[3.0, 1.0], [4.0, 0.0]])
    after = before + np.array([[3.0, 0.0], [4.0, 0.5]])
    assert pictures.relative_change(before, after) == pytest.approx([1.0, 0.5])


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_the_factors_of_the_way_back_make_the_gradient_of_the_library(nn):
    rng, options = np.random.default_rng(0), {"bias": False, "dtype": "float64"}
    model = nn.Sequential(nn.Dense(1, 1, rng=rng, **options), nn.ReLU(),
                          nn.Dense(1, 1, rng=rng, **options))
    model.load_state_dict({"0.weight": np.array([[way_back.W]]),
                           "2.weight": np.array([[way_back.V]])})
    loss_fn = nn.BCEWithLogitsLoss()
    loss_fn(model(nn.tensor(np.array([[way_back.X]]))), nn.tensor(np.array([[way_back.LABEL]])))
    model.backward(loss_fn.backward())
    first, _ = model.parameters()
    assert float(first.grad.ravel()[0]) == pytest.approx(way_back.gradient(), abs=1e-12)
    alt = figures.way_back_frame().alt
    assert numbers(alt)[-1] == pytest.approx(way_back.gradient(), abs=0.05)
    assert np.prod(numbers(alt.split("multiplied:")[1])[:4]) == pytest.approx(
        way_back.gradient(), rel=0.01)


def test_what_the_text_says_of_the_loss():
    loss_fn = nnlib.numpy.BCEWithLogitsLoss()
    for p, said in ((0.9, "0.11"), (0.01, "4.6")):
        z = np.array([[np.log(p / (1 - p))]])
        assert f"{loss_fn(z, np.ones((1, 1))).item():.2g}" == said
