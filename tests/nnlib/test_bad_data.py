"""Bad data in a training: one sentence on both paths, before anything that was learned is lost."""

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch

PATHS = (nnlib.numpy, nnlib.torch)
NAN = float("nan")


def rng(seed=0):
    return np.random.default_rng(seed)


def trained(nn, make_loss, y):
    """A model with something to lose."""
    model = nn.Sequential(nn.Dense(4, 3, rng=rng()), nn.BatchNorm(3), nn.Dense(3, 3, rng=rng(1)))
    optimizer = nn.Adam(model.parameters(), lr=0.01)
    x = rng(2).standard_normal((8, 4), np.float32)
    nn.fit(model, make_loss(nn), optimizer, (x, y), epochs=2, batch_size=4, rng=None)
    return model, optimizer, x


def snapshot(model, optimizer):
    state = {name: repr(cases.as_array(value)) for name, value in model.state_dict().items()}
    return state | {name: repr(value) for name, value in optimizer.state_dict().items()}


def with_one(array, place, value):
    changed = array.copy()
    changed[place] = value
    return changed


TARGETS = rng(3).standard_normal((8, 3)).astype(np.float32)
ROWS = rng(4).dirichlet(np.ones(3), 8).astype(np.float32)
LABELS = np.arange(8) % 3

# What is wrong: the loss, its good targets, the bad data made of them, and the error.
BAD_DATA = {
    "NaN target": (
        "MSELoss", TARGETS, lambda x, y: (x, with_one(y, (5, 1), NAN)), ValueError,
        "fit (data) expected finite numbers in y, got nan in row 5: "
        "leave such rows out or fill in what is missing",
    ),
    "NaN target in float64": (
        "HuberLoss", TARGETS, lambda x, y: (x, with_one(y, (0, 2), NAN).astype("float64")),
        ValueError, "fit (data) expected finite numbers in y, got nan in row 0: ",
    ),
    "NaN probability": (
        "CrossEntropyLoss", ROWS, lambda x, y: (x, with_one(y, (7, 0), NAN)), ValueError,
        "fit (data) expected finite numbers in y, got nan in row 7: ",
    ),
    "NaN label": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, with_one(y.astype("float32"), 2, NAN)),
        ValueError, "fit (data) expected finite numbers in y, got nan in row 2: ",
    ),
    "infinite target": (
        "MSELoss", TARGETS, lambda x, y: (x, with_one(y, (3, 1), -np.inf)), ValueError,
        "fit (data) expected finite numbers in y, got -inf in row 3: ",
    ),
    "NaN in three inputs": (
        "MSELoss", TARGETS, lambda x, y: (with_one(x, (([6, 6, 2, 4]), [0, 1, 3, 0]), NAN), y),
        ValueError,
        "fit (data) expected finite numbers in x, got nan in row 2, the first of 3 such rows: ",
    ),
    "infinite input": (
        "MSELoss", TARGETS, lambda x, y: (with_one(x, (7, 3), np.inf), y), ValueError,
        "fit (data) expected finite numbers in x, got inf in row 7: ",
    ),
    "text labels": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, np.array(["cat", "dog"])[y % 2]), TypeError,
        "fit (data) expected numbers in y, got text such as 'cat': names, numbers = np.unique(",
    ),
    "text labels in a list": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, ["cat", "dog"] * 4), TypeError,
        "fit (data) expected numbers in y, got text such as 'cat': ",
    ),
    "text among numbers": (
        "MSELoss", TARGETS, lambda x, y: ([*x.tolist()[:-1], [1, "2", 3, 4]], y),
        TypeError, "fit (data) expected numbers in x, got text such as ",
    ),
    "nothing for a number": (
        "MSELoss", TARGETS, lambda x, y: (x, [None] * 8), TypeError,
        "fit (data) expected numbers in y, got NoneType",
    ),
    "an array of objects": (
        "MSELoss", TARGETS, lambda x, y: (x.astype(object), y), TypeError,
        "fit (data) expected numbers in x, got an array of Python objects",
    ),
    "dates": (
        "MSELoss", TARGETS, lambda x, y: (x, np.full(8, "2020-01-01", "datetime64[D]")), TypeError,
        "fit (data) expected numbers in y, got datetime64[D]",
    ),
    "rows of several lengths": (
        "MSELoss", TARGETS, lambda x, y: ([[1.0] * (1 + row) for row in range(8)], y), ValueError,
        "fit (data) expected rows of one shape in x, got rows that differ in length: ",
    ),
    "a generator": (
        "MSELoss", TARGETS, lambda x, y: ((row for row in x), y), TypeError,
        "fit (data) expected numbers in x, got generator",
    ),
    "a dict": (
        "MSELoss", TARGETS, lambda x, y: ({"a": x}, y), TypeError,
        "fit (data) expected numbers in x, got dict",
    ),
    "one number": (
        "MSELoss", TARGETS, lambda x, y: (x, 3.0), ValueError,
        "fit (data) expected y to have rows, got a single number",
    ),
    "label too large": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, with_one(y, 1, 3)), IndexError,
        "CrossEntropyLoss expected class labels from 0 to 2, got 3: ",
    ),
    "label below 0": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, with_one(y, 1, -1)), IndexError,
        "CrossEntropyLoss expected class labels from 0 to 2, got -1: ",
    ),
    "labels of a half": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, y + 0.5), TypeError,
        "CrossEntropyLoss expected labels to be integers, got float64 of shape (4,): ",
    ),
    "labels of a half in a list": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, (y + 0.5).tolist()), TypeError,
        "CrossEntropyLoss expected labels to be integers, got float32 of shape (4,): ",
    ),
    "labels in a column": (
        "CrossEntropyLoss", LABELS, lambda x, y: (x, y[:, None]), ValueError,
        "CrossEntropyLoss expected integer labels of shape (4,) ",
    ),
    "one target too few": (
        "MSELoss", TARGETS, lambda x, y: (x, y[:-1]), ValueError,
        "fit (data) expected as many targets as rows, got 8 rows and 7 targets",
    ),
    "no rows": (
        "MSELoss", TARGETS, lambda x, y: (x[:0], y[:0]), ValueError,
        "fit expected data with at least one row, got 0 rows",
    ),
    "a feature too many": (
        "MSELoss", TARGETS, lambda x, y: (np.c_[x, x[:, :1]], y), ValueError,
        "Dense expected input of shape (batch, 4), got (4, 5): ",
    ),
    "integer inputs": (
        "MSELoss", TARGETS, lambda x, y: (x.astype("int64"), y), TypeError,
        "Dense expected float32 input, got int64",
    ),
    "inputs in float64": (
        "MSELoss", TARGETS, lambda x, y: (x.astype("float64"), y), TypeError,
        "Dense expected float32 input, got float64",
    ),
    "targets in float64": (
        "MSELoss", TARGETS, lambda x, y: (x, y.astype("float64")), TypeError,
        "MSELoss expected float32 target, got float64",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_DATA)
def test_bad_data_get_one_sentence_and_nothing_learned_is_lost(name):
    loss, good, spoil, kind, sentence = BAD_DATA[name]
    sentences = []
    for nn in PATHS:
        model, optimizer, x = trained(nn, lambda nn: getattr(nn, loss)(), good)
        before = snapshot(model, optimizer)
        optimizer.zero_grad()
        with pytest.raises(kind) as error:
            nn.fit(
                model, getattr(nn, loss)(), optimizer, spoil(x, good), epochs=1, batch_size=4,
                rng=None,
            )  # fmt: skip
        sentences.append(str(error.value))
        after = snapshot(model, optimizer)
        for key, value in before.items():
            if "running" not in key:  # a forward before a loss refuses moves BatchNorm's averages
                assert after[key] == value, key
        assert all(np.isfinite(cases.as_array(v)).all() for v in model.state_dict().values())
    assert sentences[0] == sentences[1]
    assert "\n" not in sentences[0]
    assert sentences[0].startswith(sentence)


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_validation_targets_and_evaluate_are_checked_too(nn):
    model, optimizer, x = trained(nn, lambda nn: nn.MSELoss(), TARGETS)
    before = snapshot(model, optimizer)
    bad = x, with_one(TARGETS, (4, 0), NAN)
    with pytest.raises(ValueError, match=r"^fit \(validation\) expected .* in y, got nan in row 4"):
        nn.fit(
            model, nn.MSELoss(), optimizer, (x, TARGETS), validation=bad, epochs=1, batch_size=4,
            rng=None,
        )  # fmt: skip
    with pytest.raises(ValueError, match=r"^evaluate \(data\) expected .* in y, got nan in row 4"):
        nn.evaluate(model, nn.MSELoss(), bad)
    assert snapshot(model, optimizer) == before


@pytest.mark.parametrize("nn", PATHS, ids=["numpy", "torch"])
def test_predictions_and_batches_refuse_what_training_refuses(nn):
    model, _, x = trained(nn, lambda nn: nn.MSELoss(), TARGETS)
    for function in (nn.predict, nn.predict_class, nn.predict_proba):
        with pytest.raises(ValueError, match=r"^predict expected finite numbers in x, got inf in "):
            function(model, with_one(x, (4, 0), np.inf))
        with pytest.raises(TypeError, match=r"^predict expected numbers in x, got text such as 'a"):
            function(model, [["a"], ["b"]])
        with pytest.raises(ValueError, match=r"^predict expected x to have rows, got a single"):
            function(model, 1.0)
    with pytest.raises(TypeError, match=r"^batches expected numbers in y, got text such as 'cat'"):
        nn.batches(x, ["cat"] * 8, batch_size=4)
    with pytest.raises(ValueError, match=r"^batches expected rows of one shape in x, got rows"):
        nn.batches([[1.0], [1.0, 2.0]], [0, 1], batch_size=4)
    with pytest.raises(TypeError, match=r"^tensor expected numbers in data, got text such as 'c"):
        nn.tensor(["cat", "dog"])
    with pytest.raises(ValueError, match=r"^tensor expected rows of one shape in data"):
        nn.tensor([[1.0], [1.0, 2.0]])


def test_a_long_text_does_not_make_a_long_sentence():
    with pytest.raises(TypeError) as error:
        nnlib.numpy.tensor(["word " * 1000])
    assert len(str(error.value)) < 200
