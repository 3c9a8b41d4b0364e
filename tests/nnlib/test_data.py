"""Data: documented facts, fair splits, scaling without a leak."""

import builtins
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import datasets as sklearn_datasets
from sklearn.preprocessing import StandardScaler

from nnlib import data


def rng(seed=0):
    return np.random.default_rng(seed)


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


# -------------------------------------------------------------------------------------- data sets


@pytest.mark.parametrize(
    ("load", "shape", "counts"),
    [
        (data.load_digits, (1797, 64), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]),
        (data.load_iris, (150, 4), [50, 50, 50]),
        (data.load_wine, (178, 13), [59, 71, 48]),
        (data.load_breast_cancer, (569, 30), [212, 357]),
    ],
)
def test_classes(load, shape, counts):
    dataset = load()
    assert dataset.x.shape == shape
    assert dataset.x.dtype == np.float32
    assert dataset.y.dtype == np.int64
    assert np.bincount(dataset.y).tolist() == counts
    assert len(dataset.target_names) == len(counts)
    assert len(dataset.feature_names) == shape[1]
    assert len(dataset.description) > 40


def test_digits_are_brightness_from_0_to_1_in_steps_of_a_sixteenth():
    digits = data.load_digits()
    assert (digits.x.min(), digits.x.max()) == (0.0, 1.0)
    assert set(np.unique(digits.x * 16)) == set(range(17))
    original = sklearn_datasets.load_digits()
    np.testing.assert_array_equal(digits.x.reshape(-1, 8, 8) * 16, original.images)
    np.testing.assert_array_equal(digits.y, original.target)
    assert np.bincount(digits.y).max() / len(digits.y) == pytest.approx(0.102, abs=5e-4)


def test_breast_cancer_has_malignant_as_class_0():
    dataset = data.load_breast_cancer()
    assert dataset.target_names == ("malignant", "benign")
    assert (dataset.y == 1).mean() == pytest.approx(0.627, abs=5e-4)


def test_wine_columns_differ_in_scale_by_orders_of_magnitude():
    spread = data.load_wine().x.std(axis=0)
    assert spread.max() / spread.min() > 1000


def test_diabetes_is_raw():
    dataset = data.load_diabetes()
    assert (dataset.x.shape, dataset.y.shape) == ((442, 10), (442,))
    assert dataset.x.dtype == dataset.y.dtype == np.float32
    assert (dataset.y.min(), dataset.y.max(), np.median(dataset.y)) == (25, 346, 140.5)
    assert (dataset.y > 140.5).sum() == (dataset.y < 140.5).sum() == 221
    assert dataset.feature_names[0] == "age"
    assert 18 < dataset.x[:, 0].min() < dataset.x[:, 0].max() < 90, "years, not standardised"


def test_linnerud():
    dataset = data.load_linnerud()
    assert (dataset.x.shape, dataset.y.shape) == ((20, 3), (20, 3))
    assert dataset.y.dtype == np.float32
    assert dataset.feature_names == ("Chins", "Situps", "Jumps")
    assert dataset.target_names == ("Weight", "Waist", "Pulse")


def test_photographs():
    dataset = data.load_photographs()
    assert dataset.x.shape == (2, 427, 640, 3)
    assert dataset.x.dtype == np.float32
    pictures = sklearn_datasets.load_sample_images().images
    np.testing.assert_array_equal(np.rint(dataset.x * 255), pictures)
    assert dataset.y.tolist() == [0, 1]
    assert dataset.target_names == ("china", "flower")


def test_a_dataset_is_frozen_and_each_load_is_a_copy():
    first = data.load_iris()
    with pytest.raises(AttributeError):
        first.x = None
    first.x[:] = -1
    first.y[:] = -1
    again = data.load_iris()
    assert again.x.min() > 0
    assert again.y.max() == 2


def test_a_dataset_shows_its_shapes():
    assert repr(data.load_iris()) == (
        "Dataset(x=(150, 4) float32, y=(150,) int64, targets: setosa, versicolor, virginica)"
    )


# ------------------------------------------------------------------------------------------ texts


def test_zen():
    text = data.load_text("zen")
    assert (len(text), len(set(text))) == (856, 45)
    assert (len(text.split()), len(set(text.split()))) == (144, 96)
    assert text.startswith("The Zen of Python, by Tim Peters")


def test_zen_is_not_printed():
    code = "from nnlib import data; data.load_text('zen')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_topics_and_licence():
    topics, licence = data.load_text("topics"), data.load_text("licence")
    assert len(topics) > 100_000
    assert "The \"if\" statement" in topics
    assert topics == data.load_text("topics")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in licence


def test_an_unknown_text():
    with raises(ValueError, "load_text expected name to be one of 'zen', 'topics', 'licence'"):
        data.load_text("shakespeare")


def test_a_python_without_these_texts_says_so(monkeypatch):
    ordinary = builtins.__import__

    def without_topics(name, *rest):
        if name.startswith("pydoc_data"):
            raise ModuleNotFoundError(name)
        return ordinary(name, *rest)

    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    monkeypatch.setattr(builtins, "__import__", without_topics)
    with raises(FileNotFoundError, "load_text('topics') expected the module pydoc_data"):
        data.load_text("topics")
    monkeypatch.setattr("pathlib.Path.is_file", lambda path: False)
    with raises(FileNotFoundError, "load_text('licence') expected the file LICENSE.txt"):
        data.load_text("licence")


# ------------------------------------------------------------------------------------------ split


def test_the_default_splits_the_digits():
    digits = data.load_digits()
    parts = data.split(digits.x, digits.y, rng=rng())
    assert [(x.shape, y.shape) for x, y in parts] == [
        ((1280, 64), (1280,)),
        ((257, 64), (257,)),
        ((260, 64), (260,)),
    ]
    rows = np.concatenate([x for x, _ in parts])
    order = np.lexsort(rows.T)
    np.testing.assert_array_equal(rows[order], digits.x[np.lexsort(digits.x.T)])
    shares = np.array([np.bincount(y) / len(y) for _, y in parts])
    np.testing.assert_allclose(shares, np.broadcast_to(shares[0], shares.shape), atol=2 / 257)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=6),
    st.lists(st.integers(1, 30), min_size=1, max_size=4),
    st.integers(0, 2**32),
)
def test_parts_are_stratified_and_no_row_is_used_twice(counts, sizes, seed):
    y = rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    x = np.arange(len(y))
    sizes = [size for i, size in enumerate(sizes) if sum(sizes[: i + 1]) <= len(y)]
    if not sizes:
        sizes = [len(y)]
    parts = data.split(x, y, sizes=sizes, rng=rng(seed))
    rows = np.concatenate([part for part, _ in parts])
    assert len(set(rows.tolist())) == len(rows) == sum(sizes)
    for (part, labels), size in zip(parts, sizes, strict=True):
        assert len(part) == size
        np.testing.assert_array_equal(labels, y[part])
        shares = np.bincount(labels, minlength=len(counts)) - size * np.array(counts) / len(y)
        assert np.abs(shares).max() <= 2


def test_a_split_repeats_with_its_seed_and_is_random_without():
    x, y = np.arange(100), np.arange(100) % 3
    one, same, other = (data.split(x, y, sizes=(70, 30), rng=rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one[0][0], same[0][0])
    assert not np.array_equal(one[0][0], other[0][0])
    assert not np.array_equal(np.sort(one[0][0]), np.sort(other[0][0]))
    (_, labels), _ = data.split(x, np.arange(100) % 2, sizes=(70, 30), rng=rng(1))
    pairs = labels.reshape(-1, 2)
    assert (pairs[:, 0] == pairs[:, 1]).any(), "classes come in random order, not by turns"


def test_a_split_reads_no_global_random_state():
    x, y = np.arange(50), np.arange(50) % 2
    np.random.seed(0)  # noqa: NPY002  (the global state is what must not matter)
    first = data.split(x, y, sizes=(25, 25), rng=rng(1))
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    second = data.split(x, y, sizes=(25, 25), rng=rng(1))
    np.testing.assert_array_equal(first[0][0], second[0][0])
    np.testing.assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_without_stratify_and_for_numbers_rows_are_dealt_out_plainly():
    x = np.arange(40)
    plain = data.split(x, x % 2, sizes=(20, 20), rng=rng(5), stratify=False)
    assert [int(y.sum()) for _, y in plain] != [10, 10]
    numbers = data.split(x, x.astype("float32"), sizes=(30, 10), rng=rng())
    assert [len(part) for part, _ in numbers] == [30, 10]


def test_splits_are_copies():
    x = np.zeros((4, 2))
    (part, _), _ = data.split(x, np.zeros(4), sizes=(2, 2), rng=rng())
    part += 1
    assert not x.any()


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((3, 3), "split expected sizes that sum to at most 5 rows, got (3, 3) with the sum 6"),
        ((3, 0), "split expected each size >= 1, got 0"),
    ],
)
def test_impossible_sizes_raise(sizes, message):
    with raises(ValueError, message):
        data.split(np.zeros(5), np.zeros(5), sizes=sizes, rng=rng())


def test_a_split_checks_lengths_and_generator():
    with raises(ValueError, "split expected as many targets as rows, got 5 rows and 4 targets"):
        data.split(np.zeros(5), np.zeros(4), sizes=(1,), rng=rng())
    with raises(TypeError, "split expected rng to be a numpy.random.Generator, got int"):
        data.split(np.zeros(5), np.zeros(5), sizes=(1,), rng=0)


# ------------------------------------------------------------------------------------ Standardizer


def test_standardizer_learns_from_the_training_rows_only():
    x = data.load_wine().x
    train, test = x[:120], x[120:]
    scaler = data.Standardizer().fit(train)
    reference = StandardScaler().fit(train.astype("float64"))
    z = scaler.transform(train)
    assert z.dtype == np.float32
    np.testing.assert_allclose(z.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(z.std(axis=0), 1, atol=1e-5)
    np.testing.assert_allclose(scaler.transform(test), reference.transform(test), atol=1e-4)
    assert np.abs(scaler.transform(test).mean(axis=0)).max() > 0.5, "test rows are another grower's"
    np.testing.assert_allclose(scaler.inverse_transform(scaler.transform(test)), test, rtol=1e-4)


def test_constant_columns_become_zero_not_nan():
    x = np.array([[0.1, 1.0], [0.1, 2.0], [0.1, 3.0]] * 1000)
    assert x.astype("float32")[:, 0].std() != 0, "rounding makes it look as if it varied"
    z = data.Standardizer().fit(x).transform(x)
    assert (z[:, 0] == 0).all()
    assert z[:, 1].std() == pytest.approx(1, rel=1e-5)


def test_standardizer_keeps_digits_of_columns_far_from_zero():
    x = (1e4 + rng().standard_normal((100_000, 2))).astype(np.float32)
    z = data.Standardizer().fit(x).transform(x)
    assert np.abs(z.mean(axis=0, dtype="float64")).max() < 2e-3
    np.testing.assert_allclose(z.std(axis=0, dtype="float64"), 1, atol=1e-3)


def test_standardizer_changes_neither_data_nor_itself():
    x = rng().standard_normal((10, 2)).astype("float32")
    before = x.copy()
    scaler = data.Standardizer().fit(x)
    mean = scaler.mean.copy()
    scaler.transform(x + 5)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(scaler.mean, mean)


def test_standardizer_refusals():
    with raises(RuntimeError, "Standardizer expected fit(x_train) before it transforms"):
        data.Standardizer().transform(np.ones((2, 2)))
    with raises(ValueError, "Standardizer.fit expected at least one row, got none"):
        data.Standardizer().fit(np.ones((0, 2)))
    scaler = data.Standardizer().fit(np.ones((3, 2)))
    with raises(ValueError, "Standardizer expected input of shape (batch, 2), got (3, 1)"):
        scaler.transform(np.ones((3, 1)))  # would broadcast


# ------------------------------------------------------------------------------------------- toys


@pytest.mark.parametrize("make", [data.make_line, data.make_sine])
def test_regression_toys(make):
    x, y = make(200, noise=0.0, rng=rng())
    assert x.shape == y.shape == (200, 1)
    assert x.dtype == y.dtype == np.float32
    expected = 2 * x + 1 if make is data.make_line else np.sin(np.pi * x)
    np.testing.assert_allclose(y, expected, atol=1e-6)
    _, noisy = make(5000, noise=0.3, rng=rng(1))
    clean_x, clean_y = make(5000, noise=0.0, rng=rng(1))
    assert (noisy - clean_y).std() == pytest.approx(0.3, rel=0.05)
    assert -1 <= clean_x.min() < clean_x.max() <= 1


@pytest.mark.parametrize("make", [data.make_moons, data.make_circles])
def test_classification_toys(make):
    x, y = make(301, noise=0.0, rng=rng())
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((301, 2), np.float32, (301,), np.int64)
    assert np.bincount(y).tolist() == [150, 151]
    assert 0 < y[:20].sum() < 20, "rows come in random order"
    centre = np.array([[0.0, 0.0], [1.0, 0.5]]) if make is data.make_moons else np.zeros((2, 2))
    radius = np.array([1.0, 1.0]) if make is data.make_moons else np.array([1.0, 0.5])
    np.testing.assert_allclose(np.linalg.norm(x - centre[y], axis=1), radius[y], rtol=1e-5)
    if make is data.make_moons:
        assert (x[y == 0, 1] >= 0).all()
        assert (x[y == 1, 1] <= 0.5).all()
    noisy, same = make(301, noise=0.3, rng=rng())
    np.testing.assert_array_equal(same, y)
    assert (noisy - x).std(axis=0) == pytest.approx(0.3, rel=0.15)  # 4 standard errors


@pytest.mark.parametrize(
    ("make", "rows"),
    [(data.make_line, 50), (data.make_sine, 50), (data.make_moons, 200), (data.make_circles, 200)],
)
def test_toys_have_their_sizes_and_noise_by_default(make, rows):
    for spelled_out, usual in zip(make(rows, noise=0.1, rng=rng()), make(rng=rng()), strict=True):
        np.testing.assert_array_equal(spelled_out, usual)


def test_xor():
    x, y = data.make_xor()
    assert x.dtype == np.float32
    assert [(int(a) ^ int(b)) for a, b in x] == y.tolist()


@pytest.mark.parametrize(
    "make", [data.make_line, data.make_sine, data.make_moons, data.make_circles]
)
def test_toys_repeat_with_their_seed_and_check_their_arguments(make):
    np.testing.assert_array_equal(make(9, rng=rng(3))[0], make(9, rng=rng(3))[0])
    assert not np.array_equal(make(9, rng=rng(3))[0], make(9, rng=rng(4))[0])
    name = make.__name__
    with raises(ValueError, f"{name} expected rows >= 1, got 0"):
        make(0, rng=rng())
    with raises(ValueError, f"{name} expected noise >= 0, got -1"):
        make(5, noise=-1, rng=rng())
    with raises(TypeError, f"{name} expected rng to be a numpy"):
        make(5, rng=None)
