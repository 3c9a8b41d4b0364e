"""Mini-batches: how many, which rows, in which order."""

import re

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.batching import batch_indices


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("rows", "batch_size", "all_batches", "full_batches"),
    [
        (1437, 32, 45, 44),
        (1437, 64, 23, 22),
        (1437, 128, 12, 11),
        (1437, 256, 6, 5),
        (442, 32, 14, 13),
        (60_000, 32, 1875, 1875),
        (5, 5, 1, 1),
        (5, 1, 5, 5),
    ],
)
@pytest.mark.parametrize("shuffled", [True, False])
def test_number_of_batches(rows, batch_size, all_batches, full_batches, shuffled):
    generator = rng() if shuffled else None
    for drop_last, expected in ((False, all_batches), (True, full_batches)):
        batches = batch_indices(rows, batch_size, generator, drop_last)
        assert len(batches) == len(list(batches)) == expected


@pytest.mark.parametrize("shuffled", [True, False])
def test_an_epoch_shows_every_row_once_with_its_target(shuffled):
    x, y = np.arange(20.0).reshape(10, 2), np.arange(10)
    batches = list(nn.batches(x, y, batch_size=4, rng=rng() if shuffled else None))
    assert [len(rows) for rows, _ in batches] == [4, 4, 2]
    rows, targets = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    assert sorted(targets) == list(range(10))
    np.testing.assert_array_equal(rows, x[targets])
    assert (list(targets) == list(range(10))) != shuffled


def test_every_epoch_is_shuffled_anew_and_repeats_with_the_seed():
    x = np.arange(50)

    def epochs():
        batches = nn.batches(x, x, batch_size=10, rng=rng(3))
        return [np.concatenate([rows for rows, _ in batches]) for _ in range(2)]

    first, second = epochs()
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(epochs(), [first, second])


def test_without_a_generator_batches_are_views():
    x = np.zeros((6, 2))
    for rows, _ in nn.batches(x, x, batch_size=4):
        assert np.shares_memory(rows, x)


def test_no_rows_give_no_batches():
    assert len(nn.batches(np.zeros((0, 2)), np.zeros(0), batch_size=4)) == 0
    assert list(nn.batches(np.zeros((0, 2)), np.zeros(0), batch_size=4, rng=rng())) == []


@pytest.mark.parametrize(
    ("kind", "message", "options"),
    [
        (ValueError, "batches expected batch_size >= 1, got 0", {"batch_size": 0}),
        (TypeError, "batches expected batch_size to be an integer, got 2.5", {"batch_size": 2.5}),
        (TypeError, "batches expected rng to be a numpy", {"batch_size": 2, "rng": 0}),
        (
            ValueError,
            "batches expected at least 8 rows with drop_last=True, got 5: every batch would be",
            {"batch_size": 8, "drop_last": True},
        ),
    ],
)
def test_arguments_are_checked_before_the_first_batch(kind, message, options):
    with pytest.raises(kind, match=f"^{re.escape(message)}"):
        nn.batches(np.zeros((5, 2)), np.zeros(5), **options)


def test_lengths_must_agree():
    message = "batches expected as many targets as rows, got 5 rows and 4 targets"
    with pytest.raises(ValueError, match=f"^{message}$"):
        nn.batches(np.zeros((5, 2)), np.zeros(4), batch_size=2)
