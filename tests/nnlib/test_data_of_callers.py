"""Data as people have them: lists, tuples and data frames give what the arrays give."""

import numpy as np
import parity_cases as cases
import pytest

import nnlib.numpy
import nnlib.torch

both_paths = pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])


def rng(seed=0):
    return np.random.default_rng(seed)


class Frame:
    """What a table of another library shows of itself: a length, columns, ``__array__``.

    ``frame[rows]`` chooses columns there, so nobody may choose rows in this way.
    """

    def __init__(self, values, dtype="float64"):
        self.values = np.asarray(values, dtype)

    def __len__(self):
        return len(self.values)

    def __getitem__(self, name):
        raise KeyError(name)

    def __array__(self, dtype=None, copy=None):
        return self.values.astype(self.values.dtype if dtype is None else dtype)


class Column(Frame):
    """One column of it, which has a dtype."""

    @property
    def dtype(self):
        return self.values.dtype


X = rng(1).standard_normal((10, 3)).astype("float32")
LABELS = np.arange(10) % 2
TARGETS = rng(2).standard_normal((10, 2)).astype("float32")

FORMS = {
    "lists": lambda array: array.tolist(),
    "tuples": lambda array: tuple(tuple(r) if np.ndim(r) else r for r in array.tolist()),
    "list of arrays": list,
    "list of arrays in float64": lambda array: [
        row.astype("float64") if array.dtype == "float32" else row for row in array
    ],
    "frame": lambda array: Frame(array, "float64" if array.dtype == "float32" else "int64"),
    "column": lambda array: Column(array, "float64" if array.dtype == "float32" else "int64"),
}


def model_of(nn):
    return nn.Sequential(nn.Dense(3, 4, rng=rng()), nn.Tanh(), nn.Dense(4, 2, rng=rng(1)))


def train(nn, loss, x, y):
    """Everything that takes data, with one kind of them."""
    model, loss_fn = model_of(nn), getattr(nn, loss)()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    history = nn.fit(
        model, loss_fn, optimizer, (x, y), validation=(x, y), epochs=3, batch_size=4, rng=rng(5)
    )
    scores = nn.evaluate(model, loss_fn, (x, y))
    outputs = [f(model, x) for f in (nn.predict, nn.predict_class, nn.predict_proba)]
    return history.to_dict(), scores, [output.tolist() for output in outputs]


@both_paths
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("loss", "y"), [("CrossEntropyLoss", LABELS), ("MSELoss", TARGETS)])
def test_every_form_gives_what_arrays_give(nn, form, loss, y):
    assert train(nn, loss, FORMS[form](X), FORMS[form](y)) == train(nn, loss, X, y)


@both_paths
@pytest.mark.parametrize("form", FORMS)
def test_batches_of_every_form(nn, form):
    x, y = FORMS[form](X), FORMS[form](LABELS)
    for given, expected in zip(
        nn.batches(x, y, batch_size=4, rng=rng()),
        nn.batches(X, LABELS, batch_size=4, rng=rng()),
        strict=True,
    ):
        for array, other in zip(given, expected, strict=True):
            assert array.dtype == other.dtype
            np.testing.assert_array_equal(cases.as_array(array), cases.as_array(other))


@both_paths
def test_floats_become_float32_unless_an_array_says_otherwise(nn):
    def dtype_of(x):
        ((x, _),) = nn.batches(x, LABELS, batch_size=10)
        return cases.as_array(x).dtype

    assert dtype_of(X.tolist()) == dtype_of(Frame(X)) == dtype_of(Column(X)) == "float32"
    assert dtype_of(X.astype("float64")) == "float64"
    assert dtype_of(nn.tensor(X.astype("float64"))) == "float64"
    assert dtype_of(Frame(X, "int64")) == "int64"
    assert cases.as_array(nn.tensor(Column(X))).dtype == "float32"
    assert cases.as_array(nn.tensor(Column(X), dtype="float64")).dtype == "float64"
    assert cases.as_array(nn.tensor([0.1], dtype="float64"))[0] == 0.1  # never rounded in between


@both_paths
def test_mixed_dtypes_of_arrays_are_still_refused(nn):
    with pytest.raises(
        TypeError, match="Dense expected float32 input, got float64: dtypes"
    ):
        nn.predict(model_of(nn), X.astype("float64"))
    with pytest.raises(
        TypeError, match="Dense expected float64 input, got float32: dtypes"
    ):
        nn.predict(model_of(nn).astype("float64"), X.tolist())
    with pytest.raises(
        TypeError, match="Dense expected float32 input, got int64: dtypes"
    ):
        nn.predict(model_of(nn), [[1, 2, 3]])


@both_paths
def test_lists_of_ids_are_integers(nn):
    model = nn.Sequential(nn.Embedding(5, 3, rng=rng()), nn.Flatten(), nn.Dense(6, 2, rng=rng()))
    ids = np.array([[0, 4], [1, 2]])
    np.testing.assert_array_equal(nn.predict(model, ids.tolist()), nn.predict(model, ids))


@both_paths
def test_rows_of_arrays_are_not_copied_and_data_are_left_alone(nn):
    x, y = X.copy(), LABELS.copy()
    ((given, _),) = nn.batches(x, y, batch_size=10)
    assert np.shares_memory(cases.as_array(given), x)
    train(nn, "CrossEntropyLoss", x, y)
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(y, LABELS)


def test_tensors_on_the_numpy_path():
    nn, tensor = nnlib.numpy, nnlib.torch.tensor
    assert train(nn, "CrossEntropyLoss", tensor(X), tensor(LABELS)) == train(
        nn, "CrossEntropyLoss", X, LABELS
    )
