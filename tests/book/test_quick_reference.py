"""The quick reference: every line of code is run, on both paths, and every number is counted."""

import math

import numpy as np
import pytest
import torch
from sheets import code, page, tables, words

import nnlib.numpy
import nnlib.torch
from nnlib import checkpoint, schedules
from nnlib.chapters.architectures import recipes

PATHS = [nnlib.numpy, nnlib.torch]
TABLES = tables(page("quick_reference"))


def rows(heading):
    """Parameters for pytest: the rows of a table, named by their first cells."""
    return [pytest.param(row, id=words(row[0])) for row in TABLES[heading]]


def generator():
    return np.random.default_rng(0)


def test_the_pages_tables_are_all_looked_at():
    assert list(TABLES) == ["The words", "The formulas", "The recipes", "The same result",
                            "Another layout", "Random numbers, devices, modes, files"]


# The words ---------------------------------------------------------------------------------------

def test_numbers_of_the_words():
    said = {words(row[0]): words(row[2]) for row in TABLES["The words"]}
    assert len(said) == 10
    pictures = np.zeros((32, 224, 224, 3), "uint8")
    assert f"{pictures.shape} here, {pictures.transpose(0, 3, 1, 2).shape} in" in said["tensor"]
    dense = nnlib.numpy.Dense(784, 128, rng=generator())
    theirs = tuple(torch.nn.Linear(784, 128).weight.shape)
    assert f"{dense.weight.shape} here, {theirs} in torch" in said["weight"]
    assert f"one a unit, {dense.bias.shape}" in said["bias"]
    updates = len(list(nnlib.numpy.batches(np.zeros((1280, 1)), np.zeros(1280), batch_size=64)))
    assert f"1,280 rows by 64 are {updates} updates an epoch" in said["batch size"]
    assert f"100 epochs of {updates} updates: {100 * updates:,} updates" in said["epoch"]
    default = torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))]).defaults["lr"]
    assert f"{default:g} with Adam" in said["learning rate"]


@pytest.mark.parametrize("nn", PATHS)
def test_the_words_name_what_there_is(nn):
    named = [name for row in TABLES["The words"] for name, _ in code(row[2])]
    assert len(named) == 8
    assert all(hasattr(nn, name) for name in named)


# The formulas ------------------------------------------------------------------------------------

def given():
    """What the letters of the formulas stand for."""
    rng = np.random.default_rng(3)
    slope = rng.standard_normal((4, 3))
    return {
        "x": rng.standard_normal((6, 4)), "w": rng.standard_normal((4, 3)),
        "b": rng.standard_normal(3), "g": rng.standard_normal((6, 3)), "gw": slope,
        "z": rng.standard_normal((6, 3)), "y": rng.integers(0, 3, 6),
        "u": rng.standard_normal(6), "yes": rng.integers(0, 2, 6).astype(float),
        "e": 2 * rng.standard_normal(6), "delta": 0.7, "gamma": rng.standard_normal(4),
        "beta": rng.standard_normal(4), "q": rng.standard_normal((5, 4)), "p": 0.25, "lr": 0.1,
        "v": rng.standard_normal((7, 2)), "k": rng.standard_normal((7, 4)), "decay": 0.01,
        "t": 1, "m": 0.1 * slope, "s": 0.001 * slope**2, "fan_in": 64, "fan_out": 32,
        "rows": 1437, "size": 32, "T": 30, "n": 11, "beta1": 0.9,
    }  # fmt: skip


# Where a letter stands for something else than above: sizes in the geometry of a convolution, and
# weights and velocity after a first step.
ELSEWHERE = {
    "convolution, output size": lambda v: {"p": 1, "k": 3, "s": 2},
    "momentum": lambda v: {"w": v["w"] - v["lr"] * v["gw"], "old": v["gw"]},
}


def dense(nn, v):
    layer = nn.Dense(4, 3, rng=generator(), dtype="float64")
    layer.load_state_dict({"weight": v["w"], "bias": v["b"]})
    return layer


def backwards(nn, v):
    layer = dense(nn, v)
    layer(nn.tensor(v["x"]))
    grad = layer.backward(nn.tensor(v["g"]))
    return layer.weight.grad, layer.bias.grad, grad


def stepped(nn, v, optimizer, gw, steps=1, **options):
    """The weights after steps of an optimizer that sees the same gradient in each."""
    layer = nn.Dense(4, 3, bias=False, rng=generator(), dtype="float64")
    layer.load_state_dict({"weight": v["w"]})
    optimizer = optimizer(layer.parameters(), lr=v["lr"], **options)
    for _ in range(steps):
        optimizer.zero_grad()
        layer(nn.tensor(np.eye(4)))
        layer.backward(nn.tensor(gw))
        optimizer.step()
    return layer.weight.data


def slope_of_the_loss(nn, v):
    loss_fn = nn.CrossEntropyLoss()
    loss_fn(nn.tensor(v["z"]), nn.tensor(v["y"]))
    return loss_fn.backward()


def batch_norm(nn, v):
    layer = nn.BatchNorm(4, dtype="float64")
    layer.load_state_dict(layer.state_dict() | {"weight": v["gamma"], "bias": v["beta"]})
    return layer(nn.tensor(v["x"]))


def attended(nn, v):
    q, k, values = (torch.tensor(v[name])[None] for name in "qkv")
    return torch.nn.functional.scaled_dot_product_attention(q, k, values)[0]


def drawn(nn, v):
    """Deviations of many drawn weights."""
    return [nn.Dense(640, 320, init=init, rng=generator()).weight.data.std() * 10**0.5
            for init in ("he_normal", "glorot_normal")]


ORACLES = {
    "dense, with ReLU": lambda nn, v: nn.relu(dense(nn, v)(nn.tensor(v["x"]))),
    "convolution, output size": lambda nn, v: nn.Conv2D(
        1, 1, 3, stride=2, padding=1, rng=generator(), dtype="float64"
    )(nn.tensor(np.zeros((1, 11, 11, 1)))).shape[1],
    "attention": attended,
    "batch norm, training": batch_norm,
    "layer norm": lambda nn, v: nn.LayerNorm(4, dtype="float64")(nn.tensor(v["x"])),
    "inverted dropout, $p$ dropped": lambda nn, v: np.where(
        np.random.default_rng(1).random((6, 4)) < 0.25, 0, v["x"] * 4 / 3),
    "sigmoid": lambda nn, v: nn.sigmoid(nn.tensor(v["z"])),
    "softmax": lambda nn, v: nn.softmax(nn.tensor(v["z"])),
    "cross-entropy": lambda nn, v: nn.CrossEntropyLoss()(nn.tensor(v["z"]), nn.tensor(v["y"])),
    "its slope": slope_of_the_loss,
    "binary cross-entropy": lambda nn, v: nn.BCEWithLogitsLoss()(
        nn.tensor(v["u"]), nn.tensor(v["yes"])),
    "squared error": lambda nn, v: nn.MSELoss()(nn.tensor(v["u"]), nn.tensor(v["yes"])),
    "Huber": lambda nn, v: nn.HuberLoss(delta=0.7)(nn.tensor(v["e"]), nn.tensor(np.zeros(6))),
    "backward of dense": backwards,
    "plain step": lambda nn, v: stepped(nn, v, nn.SGD, v["gw"]),
    "momentum": lambda nn, v: stepped(nn, v, nn.SGD, v["gw"], 2, momentum=0.9),
    "Adam": lambda nn, v: stepped(nn, v, nn.Adam, v["gw"]),
    "decay of AdamW": lambda nn, v: stepped(
        nn, v, nn.AdamW, np.zeros((4, 3)), weight_decay=0.01),
    "He, Xavier": drawn,
    "steps an epoch": lambda nn, v: len(
        list(nn.batches(np.zeros((1437, 1)), np.zeros(1437), batch_size=32))),
    "cosine schedule": lambda nn, v: schedules.CosineLR(0.1, epochs=30)(1),
}  # fmt: skip


def plain(value):
    """NumPy arrays of whatever comes out, tuples and lists of it too."""
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    value = getattr(value, "data", value) if isinstance(value, torch.nn.Parameter) else value
    return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value)


def assert_equal(found, expected, **tolerance):
    if isinstance(expected, list):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_equal(one, other, **tolerance)
    else:
        np.testing.assert_allclose(found, expected, **tolerance)


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("row", rows("The formulas"))
def test_formula_is_what_the_library_computes(row, nn):
    name, _, cell = row
    [(line, _)] = code(cell)
    letters = given()
    expected = plain(ORACLES[words(name)](nn, letters))
    letters |= ELSEWHERE.get(words(name), lambda v: {})(letters)
    names = {"np": np, "softmax": nnlib.numpy.softmax, "rng": np.random.default_rng(1)}
    found = plain(eval(line, names | letters))
    # Drawn weights scatter; everything else is arithmetic.
    assert_equal(found, expected, rtol=0.01 if words(name) == "He, Xavier" else 1e-9, atol=1e-12)


def test_every_formula_has_its_row():
    assert {words(row[0]) for row in TABLES["The formulas"]} == set(ORACLES)


# The recipes -------------------------------------------------------------------------------------

RECIPES = {
    "MLP, 64-49-10": lambda nn: recipes.mlp(nn, (64, 49, 10), rng=generator()),
    "CNN, 8 × 8 grey": lambda nn: recipes.cnn(nn, rng=generator()),
    "LSTM, 29 characters": lambda nn: recipes.recurrent(nn, "LSTM", 29, 24, 30, rng=generator()),
    "Transformer, 29 characters": lambda nn: recipes.transformer(nn, 29, 24, 2, rng=generator()),
}
BY_HAND = {
    "in · out + out": lambda: 784 * 128 + 128,
    "k · k · in · out + out": lambda: 3 * 3 * 3 * 32 + 32,
    "ids · width": lambda: 29 * 24,
    "h · (in + h) + h": lambda: 30 * (24 + 30) + 30,
    "four times that": lambda: 4 * (30 * (24 + 30) + 30),
    "3 · (h · (in + h) + 2 · h)": lambda: 3 * (30 * (24 + 30) + 2 * 30),
    "4 · (d · d + d), for any number of heads": lambda: 4 * (24 * 24 + 24),
    "12 · d · d + 13 · d": lambda: 12 * 24 * 24 + 13 * 24,
    "2 · C, and as many buffers": lambda: 2 * 32,
    "2 · d": lambda: 2 * 24,
}


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("name", RECIPES)
def test_recipes_have_the_parameters_that_are_said(name, nn):
    [row] = [row for row in TABLES["The recipes"] if row[0] == name]
    assert row[3] == f"{recipes.size_of(RECIPES[name](nn)):,}"


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("row", TABLES["The recipes"][len(RECIPES):], ids=lambda row: row[0])
def test_counting_by_hand(row, nn):
    [(line, _)] = code(row[2])
    layer = eval(line, {"nn": nn, "rng": generator()})
    counted = recipes.size_of(layer)
    assert f"` {counted:,}" in row[2]
    assert counted == BY_HAND[row[1]]()
    if row[0] == "LSTM":
        theirs = sum(p.numel() for p in torch.nn.LSTM(24, 30).parameters())
        assert f"in torch {theirs:,}" in row[2]
    if row[0] == "batch norm":
        buffers = sum(value.size for value in nnlib.numpy.BatchNorm(32).state_dict().values()) - 64
        assert buffers == counted


# NumPy, nnlib, PyTorch ---------------------------------------------------------------------------

def things(column, nn):
    """The names that the code of a column uses."""
    rng = np.random.default_rng(5)
    arrays = {
        "x": rng.standard_normal((6, 4)).astype("float32"),
        "z": rng.standard_normal((6, 3)).astype("float32"), "y": rng.integers(0, 3, 6),
        "images": rng.standard_normal((2, 5, 5, 3)).astype("float32"),
        "series": rng.standard_normal((2, 7, 24)).astype("float32"),
        "scores": rng.standard_normal((2, 7, 3)).astype("float32"),
        "ids": rng.integers(0, 3, (2, 7)),
    }  # fmt: skip
    x64 = arrays["x"].astype("float64")
    if column == "PyTorch":
        arrays = {name: torch.tensor(value) for name, value in arrays.items()}
    elif column == "nnlib":
        arrays = {name: nn.tensor(value) for name, value in arrays.items()}
    return arrays | {"np": np, "nn": nn, "torch": torch, "rng": generator(), "x64": x64}


def compared(value):
    """A value to compare, and its kind of number."""
    value = plain(value)
    return value, np.asarray(value).dtype.kind + str(np.asarray(value).dtype.itemsize)


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("row", rows("The same result"))
def test_all_spellings_give_the_same(row, nn):
    cells = dict(zip(("NumPy", "nnlib", "PyTorch"), row[1:], strict=True))
    found = {column: eval(code(cell)[0][0], things(column, nn))
             for column, cell in cells.items() if code(cell)}
    assert len(found) >= 2
    first, *others = (compared(value) for value in found.values())
    for value, kind in others:
        assert_equal(value, first[0], rtol=1e-5, atol=1e-6)
        assert kind == first[1]


@pytest.mark.parametrize("nn", PATHS)
@pytest.mark.parametrize("row", rows("Another layout"))
def test_layouts_are_as_said(row, nn):
    for column, cell in zip(("nnlib", "PyTorch"), row[1:], strict=True):
        [(line, said)] = code(cell)
        found = eval(line, things(column, nn))
        if said:
            assert str(tuple(found)) == said
    if row[0] == "classes on":              # the same numbers, whichever axis has the classes
        losses = [eval(code(cell)[0][0], things(column, nn))
                  for column, cell in zip(("nnlib", "PyTorch"), row[1:], strict=True)]
        assert math.isclose(losses[0].item(), losses[1].item(), rel_tol=1e-5)


@pytest.mark.parametrize("nn", PATHS)
def test_random_numbers_devices_modes_and_files(nn, tmp_path):
    """The rows in their order, in one go: what is saved is loaded, and nothing is left out."""
    for column in ("nnlib", "PyTorch"):
        names = things(column, nn) | {"checkpoint": checkpoint, "device": "cpu"}
        if column == "nnlib":
            names["model"] = nn.Dense(64, 10, rng=generator())
        else:
            names["model"] = torch.nn.Linear(64, 10)
            names["pairs"] = torch.utils.data.TensorDataset(names["x"], names["y"])
            names["generator"] = torch.Generator().manual_seed(0)
        names["path"] = tmp_path / column
        run = {}
        for what, *cells in TABLES["Random numbers, devices, modes, files"]:
            cell = cells[column == "PyTorch"]
            for line, _ in code(cell):
                if nn is nnlib.numpy and column == "nnlib" and what == "on a device":
                    continue                         # "NumPy has the CPU only"
                *before, last = line.split("; ")
                for statement in before:
                    exec(statement, names)
                run[what] = eval(last, names)
        assert run["random numbers"].shape == (2, 3)
        assert len(list(run["batches, shuffled"])) == 2
        assert run["numbers that learn"] == 650
        assert not names["model"].training
        assert {str(value.dtype).removeprefix("torch.") for value in run["all weights"].values()
                } == {"float64"}
        assert (tmp_path / column).exists() or (tmp_path / f"{column}.npz").exists()
