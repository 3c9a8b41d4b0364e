"""The kept comparison: a sample trained again, its rules, and what the text reads from it."""

import json

import numpy as np
import pytest

from nnlib.chapters.optimizers import study
from nnlib.chapters.optimizers.study import kept, making, tasks, trial

TIES = ("tumours", "patients", "letters")


def held_out(task):
    return {method: study.comparison(task, method).test for method in study.METHODS}


def medians(task):
    return {method: float(np.median(test)) for method, test in held_out(task).items()}


@pytest.mark.parametrize("task", tasks.TASKS)
def test_no_row_is_in_two_parts(task):
    parts = study.task(task).parts
    rows = [{(x.tobytes(), np.asarray(y).tobytes()) for x, y in zip(*part, strict=True)}
            for part in parts]
    if task != "letters":                     # where the same four characters come again
        assert not rows[0] & rows[1]
        assert not rows[0] & rows[2]
        assert not rows[1] & rows[2]
    assert len(parts) == 3


@pytest.mark.parametrize("method", trial.METHODS)
def test_a_kept_run_can_be_trained_again(method):
    for task, seed in [("digits", 10), ("tumours", 13), ("patients", 11)]:
        entry = study.comparison(task, method)
        again = study.train(task, method, entry.rate, seed)
        tolerance = 0.02 if (task, method) != ("digits", "SGD") else 0.5
        assert again == pytest.approx(entry.fresh[seed - 10], rel=tolerance)


def test_a_kept_validation_loss_can_be_computed_again():
    entry = study.comparison("digits", "Adam")
    for place in (12, 15, 17):
        again = study.train("digits", "Adam", trial.RATES[place], 2)[1]
        assert again == pytest.approx(entry.tuning[place, 2], rel=0.02)


def test_every_method_got_the_same_care():
    for task in tasks.TASKS:
        for method in trial.METHODS:
            entry = study.comparison(task, method)
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


def test_three_tasks_are_ties():
    """All five ranges share some losses."""
    for task in TIES:
        found = held_out(task).values()
        assert max(test.min() for test in found) < min(test.max() for test in found)


def test_the_tumours_as_the_prediction_tells_them():
    order = sorted(medians("tumours"), key=medians("tumours").get)
    assert order[2] == "Adam"
    assert order[3:] == ["SGD", "momentum"]
    assert 0.1095 < min(medians("tumours").values()) < max(medians("tumours").values()) < 0.1155
    everything = np.concatenate(list(held_out("tumours").values()))
    assert everything.min() > 0.0965
    assert everything.max() < 0.1335
    assert all(0.105 < value < 0.115 for value in medians("tumours").values())


def test_digits_sigmoids_and_raw_columns_as_the_text_reads_them():
    digits = medians("digits")
    assert max(digits["momentum"], digits["Adam"]) < 0.6 * min(
        digits["SGD"], digits["AdaGrad"], digits["RMSprop"])
    assert held_out("digits")["SGD"].min() < held_out("digits")["momentum"].max()
    sigmoids = held_out("sigmoids")
    assert medians("sigmoids")["SGD"] / medians("sigmoids")["Adam"] == pytest.approx(12, abs=0.5)
    assert sigmoids["Adam"].max() < min(sigmoids["SGD"].min(), sigmoids["momentum"].min())
    raw = medians("raw columns")
    assert raw["Adam"] < raw["RMSprop"] < raw["AdaGrad"] < raw["momentum"] < raw["SGD"]
    *others, second, worst = sorted(held_out("raw columns")["Adam"])
    assert (second, worst) == pytest.approx((0.38, 0.82), abs=0.005)
    assert max(others) < 0.15


def test_the_rates_that_the_text_quotes():
    rates = [study.comparison(task, "SGD").rate for task in tasks.TASKS]
    assert (min(rates), max(rates)) == (1e-4, 2.15)
    assert np.log10(max(rates) / min(rates)) > 4


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
    monkeypatch.setattr(trial.tune, "__defaults__", ((0.01, 0.1, 1e30), (0, 1)))
    monkeypatch.setattr(trial, "FRESH_SEEDS", (10,))
    monkeypatch.setattr(making, "ProcessPoolExecutor", Here)
    making.write_results(tmp_path / "kept.json")
    entry = json.loads((tmp_path / "kept.json").read_text())["runs"][0]
    assert entry["tuning"][2] == [None, None] or entry["tuning"][2][0] > 1e3
    monkeypatch.setattr(kept, "RESULTS", tmp_path / "kept.json")
    kept.results.cache_clear()
    kept.comparison.cache_clear()
    try:
        found = study.comparison("tumours", "SGD")
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
