"""The kept comparison: a sample trained again, its rules, and what the text reads from it."""

import itertools
import json

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.optimizers import study
from nnlib.chapters.optimizers.study import kept, making, tasks, trial


@pytest.mark.parametrize("split", trial.SPLITS)
@pytest.mark.parametrize("task", tasks.TASKS)
def test_no_row_is_in_two_parts(task, split):
    parts = study.task(task, split).parts
    rows = [{(x.tobytes(), np.asarray(y).tobytes()) for x, y in zip(*part, strict=True)}
            for part in parts]
    if task != "letters":                     # where the same four characters come again
        assert not rows[0] & rows[1]
        assert not rows[0] & rows[2]
        assert not rows[1] & rows[2]
    assert len(parts) == 3


@pytest.mark.parametrize("method", trial.METHODS)
def test_a_kept_run_can_be_trained_again(method):
    for task, seed, split in [("digits", 10, 0), ("tumours", 13, 1), ("patients", 11, 2)]:
        entry = study.comparison(task, method, split)
        again = study.train(task, method, entry.rate, seed, split)
        tolerance = 0.02 if (task, method) != ("digits", "SGD") else 0.5
        assert again == pytest.approx(entry.fresh[seed - 10], rel=tolerance)


def test_a_kept_validation_loss_can_be_computed_again():
    entry = study.comparison("digits", "Adam")
    for place in (12, 15, 17):
        again = study.train("digits", "Adam", trial.RATES[place], 2)[1]
        assert again == pytest.approx(entry.tuning[place, 2], rel=0.02)


def test_every_method_got_the_same_care():
    for split, task in itertools.product(trial.SPLITS, tasks.TASKS):
        for method in trial.METHODS:
            entry = study.comparison(task, method, split)
            assert entry.tuning.shape == (28, 5)
            assert entry.fresh.shape == (10, 3)
            assert np.isfinite(entry.fresh).all()
            assert 0 < entry.place < 27
            assert entry.tuning[entry.place].max() < np.inf
    assert np.allclose(np.diff(np.log10(trial.RATES)), 1 / 3, atol=2e-3)
    assert not set(trial.TUNING_SEEDS) & set(trial.FRESH_SEEDS)


def test_a_blown_up_run_is_the_worst():
    losses = np.array([[np.nan, np.nan, np.nan], [2.0, 2.0, np.inf], [1.0, np.inf, np.nan]])
    assert trial.chosen(losses) == 1


def medians(task):
    """Return the medians of all methods, (3 splits,) each."""
    return {method: study.medians(task, method) for method in study.METHODS}


def pairs(task, method, than="SGD"):
    """Return in how many of the 30 pairs a method ends lower than another."""
    return int(study.lower(task, method, than).sum())


def test_the_rows_move_the_loss_of_the_tumours_more_than_the_method():
    table = np.array(list(medians("tumours").values()))                   # (methods, splits)
    assert np.ptp(table, axis=0).max() == pytest.approx(0.031, abs=5e-4)
    assert np.ptp(table, axis=1).min() > 0.08
    counts = {(a, b): pairs("tumours", a, b)
              for a, b in itertools.permutations(study.METHODS, 2)}
    assert max(counts, key=counts.get) == ("RMSprop", "momentum")
    assert counts["RMSprop", "momentum"] == 22


def test_patients_and_letters_as_the_text_reads_them():
    adaptive = ("AdaGrad", "RMSprop", "Adam")
    assert [pairs("patients", "momentum", method) for method in adaptive] == [22, 22, 23]
    assert max(pairs("patients", a, b)
               for a, b in itertools.permutations(study.METHODS, 2)) == 23
    found = [pairs("letters", method) for method in adaptive]
    assert (min(found), max(found)) == (21, 23)
    letters = medians("letters")
    lowest = {min(adaptive, key=lambda m, split=split: letters[m][split])
              for split in trial.SPLITS}
    assert len(lowest) > 1
    gaps = np.concatenate([letters[method] - letters["SGD"] for method in adaptive])
    assert np.abs(gaps).max() < 0.06


def test_digits_sigmoids_and_raw_columns_as_the_text_reads_them():
    assert [pairs("digits", "Adam", other) for other in ("SGD", "AdaGrad", "RMSprop")] == [29] * 3
    assert pairs("digits", "momentum") == 21
    digits = medians("digits")
    part = digits["Adam"] / digits["SGD"]
    assert part[0] == pytest.approx(0.52, abs=0.03)
    assert 0.7 < part[1:].min() <= part[1:].max() < 0.95
    sigmoids = medians("sigmoids")
    assert [pairs("sigmoids", method) for method in ("AdaGrad", "RMSprop", "Adam")] == [30] * 3
    times = sigmoids["SGD"] / sigmoids["Adam"]
    assert 5.7 < times.min() < 6.4
    assert 12 < times.max() < 12.5
    for split in trial.SPLITS:
        worst = study.comparison("sigmoids", "Adam", split).test.max()
        assert worst < study.comparison("sigmoids", "SGD", split).test.min()
    raw = medians("raw columns")
    for split in trial.SPLITS:
        assert min(raw, key=lambda m, split=split: raw[m][split]) == "Adam"
    assert 2 < (raw["SGD"] / raw["Adam"]).min() < (raw["SGD"] / raw["Adam"]).max() < 3.1
    worst = [study.comparison("raw columns", "Adam", split).test.max() for split in (0, 1)]
    assert worst == pytest.approx([0.82, 5.5], abs=0.03)


def test_the_neuron_on_standardised_columns(monkeypatch):
    rates = {"SGD": 0.0464, "momentum": 0.00464, "AdaGrad": 0.0215, "RMSprop": 0.00215,
             "Adam": 0.00215}
    scaled = tasks.Task(tasks.tumours().parts, tasks.dense(30, 1), nn.BCEWithLogitsLoss, 320, 1000,
                        "tumours, one neuron, standardised")
    monkeypatch.setattr(tasks, "task", lambda name, split=0: scaled)
    found = [study.train("", method, rate, seed)[2]
             for method, rate in rates.items() for seed in (10, 12, 14)]
    assert 0.075 < min(found) < max(found) < 0.115
    assert max(found) < min(study.medians("raw columns", method)[0] for method in study.METHODS)


def test_gradients_are_most_unequal_where_the_methods_differ_most():
    spreads = {name: [study.gradient_spread(name, seed) for seed in (0, 1)] for name in tasks.TASKS}
    order = sorted(spreads, key=lambda name: np.mean(spreads[name]))
    assert order[-2:] == ["sigmoids", "raw columns"]
    gaps = {}
    for name in tasks.TASKS:
        table = np.array(list(medians(name).values()))
        gaps[name] = np.median(table.max(axis=0) / table.min(axis=0))
    assert set(sorted(gaps, key=gaps.get)[-2:]) == {"sigmoids", "raw columns"}


def test_the_rates_that_the_text_quotes():
    rates = [study.comparison(task, "SGD", split).rate
             for task in tasks.TASKS for split in trial.SPLITS]
    assert (min(rates), max(rates)) == (4.64e-5, 2.15)
    letters = study.comparison("letters", "SGD")
    assert letters.rate == 0.1
    adam = np.median(study.comparison("letters", "Adam").tuning, axis=1)
    assert (adam[letters.place], adam[0]) == pytest.approx((5.2, 4.6), abs=0.05)


@pytest.mark.parametrize("replaced", ["all layers", "the last layer"])
def test_an_optimizer_trains_only_what_it_was_given(replaced):
    task, rng = tasks.tumours(), np.random.default_rng(0)
    held = task.network(rng)
    optimizer = nn.SGD(held.parameters(), lr=0.1)
    fresh = task.network(rng)
    if replaced == "the last layer":
        fresh = nn.Sequential(*list(held)[:-1], list(fresh)[-1])
    drawn = [p.data.copy() for p in list(fresh)[-1].parameters()]
    loss_fn, losses = nn.BCEWithLogitsLoss(), []
    for _ in range(50):
        losses.append(float(loss_fn(fresh(task.parts[0][0]), task.parts[0][1])))
        fresh.zero_grad()
        fresh.backward(loss_fn.backward(), input_grad=False)
        optimizer.step()
    assert (losses[-1] < 0.9 * losses[0]) == (replaced == "the last layer")
    assert (losses[-1] == losses[0]) == (replaced == "all layers")
    for p, before in zip(list(fresh)[-1].parameters(), drawn, strict=True):
        assert np.array_equal(p.data, before)


def test_the_columns_are_as_raw_as_the_text_says():
    x = np.concatenate([part[0] for part in study.task("raw columns").parts])
    means = x.mean(axis=0)
    assert x.max() == pytest.approx(4254)
    assert means.min() < 0.005
    assert means.max() > 800


def test_what_is_written_can_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(trial, "RATES", (0.01, 0.1, 1e30))
    monkeypatch.setattr(trial, "METHODS", {"SGD": trial.METHODS["SGD"]})
    monkeypatch.setattr(tasks, "TASKS", {"tumours": tasks.tumours})
    monkeypatch.setattr(trial.tune, "__defaults__", (0, (0.01, 0.1, 1e30), (0, 1)))
    monkeypatch.setattr(trial, "FRESH_SEEDS", (10,))
    monkeypatch.setattr(trial, "SPLITS", (3,))
    monkeypatch.setattr(making, "ProcessPoolExecutor", Here)
    making.write_results(tmp_path / "kept.json")
    entry = json.loads((tmp_path / "kept.json").read_text())["runs"][0]
    assert entry["tuning"][2] == [None, None] or entry["tuning"][2][0] > 1e3
    monkeypatch.setattr(kept, "RESULTS", tmp_path / "kept.json")
    kept.results.cache_clear()
    kept.comparison.cache_clear()
    try:
        found = study.comparison("tumours", "SGD", 3)
        assert study.lower("tumours", "SGD", "SGD").tolist() == [0]
        assert study.medians("tumours", "SGD").tolist() == [found.test[0]]
        assert found.test[0] == pytest.approx(
            study.train("tumours", "SGD", found.rate, 10, 3)[2], rel=1e-3)
        assert found.tuning.shape == (3, 2)
        assert found.fresh.shape == (1, 3)
        assert found.place == trial.chosen(found.tuning) == 1
    finally:
        kept.results.cache_clear()
        kept.comparison.cache_clear()


class Here:
    """Stands for a pool of processes, and works in this one: patches reach no other process."""

    def __init__(self, processes, mp_context):
        self.map = map

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False
