"""The kept results are whole, small and still what training gives; their frames say so.

What else the chapter draws is in `test_figures`, the largest curvature in `test_curvature`.
"""

import json
import re

import numpy as np
import pytest

import nnlib.torch
from nnlib.chapters.learning_rate import figures, study
from nnlib.chapters.learning_rate.study import kept, making, trial

# Settings away from the edge of stability: here another processor or NumPy must give the same run.
CALM = [(0.003, 16, 0), (0.1, 64, 1), (0.1, 256, 2), (0.3, 256, 0), (0.01, 1280, 1)]


def test_results_hold_every_setting_and_seed():
    runs = study.results().runs
    assert set(runs) == {(rate, size) for rate in trial.RATES for size in trial.BATCHES}
    for of_setting in runs.values():
        assert len(of_setting) == len(trial.SEEDS)
        for run in of_setting:
            curves = run.train_loss, run.validation_loss, run.validation_accuracy
            assert [len(curve) for curve in curves] == [trial.EPOCHS + 1] * 3
            assert np.isfinite(curves).all()
            assert len(run.curvature) == len(trial.CHECKPOINTS)


def test_results_hold_every_clock_and_every_sharpness():
    endings = study.results().endings
    assert set(endings) == {(rate, size) for rate in trial.CLOCK_RATES
                            for size in trial.CLOCK_BATCHES}
    for ending in endings.values():
        for values in (ending.steps_to_goal, ending.accuracy, ending.firing_units):
            assert len(values) == len(trial.CLOCK_SEEDS)
    assert set(study.results().sharpness) == set(trial.SHARPNESS_RATES)
    for runs in study.results().sharpness.values():
        assert len(runs) == len(trial.SEEDS)
        for run in runs:
            assert len(run.curvature) == len(run.train_loss) == len(trial.SHARPNESS_AT)


def test_no_best_value_lies_at_an_edge_of_its_grid():
    """Fewest updates and highest accuracy, for every batch size; and the map's accuracy."""
    inside = trial.CLOCK_RATES[1:-1]
    for size, clock in study.best_clocks().items():
        assert clock.learning_rate in inside
        assert set(study.most_accurate(size)) <= set(inside)
    for size in trial.BATCHES:
        accuracy = [_accuracy(rate, size) for rate in trial.RATES]
        assert max(accuracy[0], accuracy[-1]) < max(accuracy)


def _accuracy(rate, size):
    return float(np.median([run.validation_accuracy[-1]
                            for run in study.results().runs[rate, size]]))


def test_results_file_is_small_and_names_what_made_it():
    assert kept.RESULTS.stat().st_size <= 200_000
    assert study.results().machine
    assert set(study.results().versions) == {"python", "numpy"}
    assert set(study.results().milliseconds_per_step) == set(trial.CLOCK_BATCHES)


def test_seeds_share_the_start_of_every_setting():
    """A seed fixes the initial weights, whatever the rate and the batch size."""
    for position in range(len(trial.SEEDS)):
        starts = {runs[position].train_loss[0] for runs in study.results().runs.values()}
        assert len(starts) == 1


@pytest.mark.parametrize(("rate", "size", "seed"), CALM)
def test_retraining_gives_the_kept_run(rate, size, seed):
    before = study.results().runs[rate, size][seed]
    run = study.train(rate, size, seed)
    np.testing.assert_allclose(run.train_loss, before.train_loss, rtol=2e-3)
    np.testing.assert_allclose(run.validation_loss, before.validation_loss, rtol=2e-3)
    # One validation image may sit on a decision boundary.
    np.testing.assert_allclose(run.validation_accuracy, before.validation_accuracy, atol=1.01 / 257)
    if before.steps_to_goal is None:
        assert run.steps_to_goal is None
    else:
        assert run.steps_to_goal == pytest.approx(before.steps_to_goal, rel=0.05)


@pytest.mark.parametrize(("rate", "size"), [(0.1, 128), (0.2, 256)])
def test_retraining_gives_the_kept_clocks(rate, size):
    before = study.results().endings[rate, size]
    again = making.clock_entry(rate, size)
    assert again["outcome"] == before.outcome
    np.testing.assert_allclose(again["steps_to_goal"], before.steps_to_goal, rtol=0.05)
    np.testing.assert_allclose(again["accuracy"], before.accuracy, atol=1.01 / 257)


def test_retraining_gives_the_kept_sharpness():
    before = study.results().sharpness[0.1][0]
    again = making.sharpness_entry(0.1, 0)
    np.testing.assert_allclose(again["train_loss"], before.train_loss, rtol=2e-3)
    np.testing.assert_allclose(again["curvature"], before.curvature, rtol=0.05)


def test_a_run_looks_at_the_curvature_when_asked():
    run = study.train(0.1, 256, epochs=2, curvature_at=(0, 2))
    assert len(run.curvature) == 2
    assert study.train(0.1, 256, epochs=1).curvature == []
    assert run.curvature[0] == pytest.approx(study.results().runs[0.1, 256][0].curvature[0],
                                             rel=0.02)


@pytest.mark.parametrize(("rate", "size", "word"), [
    (3.0, 64, "dead"), (3.0, 256, "dead"), (1.0, 4, "dead"), (1e-4, 256, "too slow"),
    (0.3, 64, "learns"),
])
def test_retraining_near_the_edge_gives_the_same_class(rate, size, word):
    assert study.outcome(study.results().runs[rate, size]) == word
    assert study.outcome([study.train(rate, size, seed) for seed in trial.SEEDS]) == word


def test_both_paths_train_alike():
    ours = study.train(0.1, 64, epochs=3)
    other = study.train(0.1, 64, epochs=3, nn=nnlib.torch)
    np.testing.assert_allclose(ours.train_loss, other.train_loss, rtol=1e-4)
    assert ours.steps_to_goal == other.steps_to_goal
    assert ours.firing_units == other.firing_units


def test_untrained_network_guesses():
    for run in study.results().runs[0.1, 64]:
        assert abs(run.train_loss[0] - np.log(10)) < 0.5


def test_outcome_words():
    calm = trial.Run([2.3] + [0.1] * 30, [], [0.1] + [0.95] * 30, 40, 30)
    slow = trial.Run([2.3] * 31, [], [0.1] * 31, None, 32)
    dead = trial.Run([2.3] * 31, [], [0.1] * 31, None, 0)
    jumpy = trial.Run([2.3] * 31, [], [0.1] + [0.95, 0.85] * 15, 40, 30)
    assert study.outcome([calm] * 3) == "learns"
    assert study.outcome([calm, calm, slow]) == "too slow"
    assert study.outcome([dead, dead, calm]) == "dead"
    assert study.outcome([dead, calm, calm]) == "wobbles"
    assert study.outcome([calm, jumpy, calm]) == "wobbles"


def test_clocks_are_consistent():
    best = study.best_clocks()
    assert list(best) == list(trial.CLOCK_BATCHES)
    for size, clock in best.items():
        ending = study.results().endings[clock.learning_rate, size]
        assert clock.batch_size == size
        assert ending.outcome == "learns"
        assert clock.updates == np.median(ending.steps_to_goal)
        assert (clock.fewest, clock.most) == (min(ending.steps_to_goal), max(ending.steps_to_goal))
        assert clock.epochs == pytest.approx(clock.updates * size / 1280)
        per_step = study.results().milliseconds_per_step[size]
        assert clock.milliseconds == pytest.approx(clock.updates * per_step)
        others = [study.clocks(rate, size) for rate in trial.CLOCK_RATES
                  if study.results().endings[rate, size].outcome == "learns"]
        assert clock.updates == min(other.updates for other in others)
    assert study.clocks(3.0, 64) is None


def test_large_batches_train_for_enough_updates():
    assert [trial.clock_epochs(size) for size in (1, 64, 128, 256, 1280)] == [30, 30, 30, 60, 300]


def test_three_clocks_have_three_winners():
    """What the text says: the full batch in updates, 1 or 2 in epochs, 64 and 32 in time."""
    best = study.best_clocks()
    def ranking(attribute):
        return sorted(best, key=lambda size: getattr(best[size], attribute))
    assert ranking("updates")[0] == 1280
    assert set(ranking("epochs")[:2]) == {1, 2}
    assert ranking("milliseconds")[:2] == [64, 32]
    assert best[1280].most >= best[64].fewest                     # the spreads overlap
    large = [size for size in best if size >= 64]
    assert max(best[size].fewest for size in large) <= min(best[size].most for size in large)


def test_the_curve_of_updates_has_three_regimes():
    best = {size: clock.updates for size, clock in study.best_clocks().items()}
    assert best[1] / best[2] == pytest.approx(2, rel=0.1)
    assert best[1] / best[4] == pytest.approx(3, rel=0.1)
    assert best[64] < 1.5 * best[1280]
    fewest, critical = study.fitted_curve()
    for size, updates in best.items():
        assert updates == pytest.approx(fewest * (1 + critical / size), rel=0.1)
    scales = [figures.noise_scale(epochs, seed) for epochs in (0, 1) for seed in trial.SEEDS]
    assert min(scales) / 3 < critical < max(scales)
    assert (round(fewest), round(critical)) == (24, 14)


def test_the_best_rate_grows_in_proportion_at_first():
    rates = {size: clock.learning_rate for size, clock in study.best_clocks().items()}
    assert (rates[1], rates[2], rates[4]) == (0.05, 0.1, 0.2)
    assert all(0.5 <= rates[size] <= 1.0 for size in rates if size >= 16)


def test_the_full_batch_learns_at_the_rate_that_a_bowl_would_forbid():
    endings = study.results().endings
    assert (endings[1.5, 1280].outcome, endings[2.0, 1280].outcome) == ("learns", "dead")
    starts = [run.curvature[0] for run in study.results().runs[0.1, 64]]
    assert all(0.45 < 2 / start < 0.8 for start in starts)


def test_curvature_meets_the_edge_where_the_text_says():
    """At 0.1 and 0.2 never; at 0.5 it crosses 4 and comes back; at 1 it starts beyond 2."""
    at = np.array(trial.SHARPNESS_AT)
    for rate, runs in study.results().sharpness.items():
        for run in runs:
            beyond = np.array(run.curvature) > 2 / rate
            if rate <= 0.2:
                assert not beyond.any()
                assert 4 < max(run.curvature) <= 5
            else:
                assert beyond[0] == (run.curvature[0] > 2 / rate)
                assert beyond[(at >= 14) & (at <= 25)].mean() > 0.5
                assert not beyond[at >= 200].any()
            if rate == 0.5:
                assert max(run.curvature[1:4]) < 4          # it falls at once
                assert max(run.curvature) > 4.5
            if rate == 1:
                inside = at[np.array(run.curvature) <= 2]
                assert 40 <= inside[inside > 3][0] <= 125
                assert 4.5 < max(run.curvature) < 5.5
            assert run.train_loss[-1] < 0.3


def test_small_batches_end_a_little_better():
    best = [max(float(np.median(study.results().endings[rate, size].accuracy))
                for rate in trial.CLOCK_RATES) for size in trial.CLOCK_BATCHES]
    assert (round(min(best), 3), round(max(best), 3)) == (0.977, 0.99)
    assert min(best[:5]) > max(best[5:])


def test_an_update_on_64_rows_takes_less_than_twice_one_on_a_single_row():
    per_step = study.results().milliseconds_per_step
    assert per_step[1] < per_step[64] < 2 * per_step[1]


def test_the_deadly_rate_grows_with_the_batch():
    """What the chapter's text and tasks say about the first rate that kills."""
    def first_dead(size):
        return next(rate for rate in trial.RATES
                    if study.outcome(study.results().runs[rate, size]) == "dead")
    assert [first_dead(size) for size in trial.BATCHES] == [0.3, 1.0, 3.0, 3.0, 3.0, 3.0]
    assert study.outcome(study.results().runs[0.01, 64]) == "too slow"
    assert study.outcome(study.results().runs[0.03, 64]) == "learns"


def test_a_dead_run_is_flat_with_batches_of_64_and_not_on_the_full_batch():
    def strays(size):
        return [np.abs(np.array(run.train_loss[10:]) - np.log(10)).max()
                for run in study.results().runs[3.0, size]]
    assert max(strays(64)) < 0.1
    assert min(strays(1280)) > 0.1


def test_the_limit_without_noise_lies_between_one_and_three():
    """The finer grid of the clocks: it still rises a little from 16 rows on."""
    def first_dead(size):
        return next(rate for rate in trial.CLOCK_RATES
                    if study.results().endings[rate, size].outcome == "dead")
    assert {first_dead(size) for size in trial.CLOCK_BATCHES if size >= 16} == {1.5, 2.0}


def test_many_dead_runs_show_no_jump_in_a_loss_per_epoch():
    dead = [run for runs in study.results().runs.values() for run in runs
            if run.firing_units < trial.FEW]
    hidden = [run for run in dead if max(run.train_loss) <= run.train_loss[0]]
    assert 0.3 * len(dead) < len(hidden) < 0.5 * len(dead)


def test_every_headline_frame_says_what_it_shows():
    explorer = figures.explorer()
    assert len(explorer.frames) == 54
    for (rate, size), frame in explorer.frames.items():
        runs = study.results().runs[rate, size]
        assert frame.alt.startswith(f"Learning rate {rate:g}, batch size {size}.")
        loss = float(re.search(r"training loss goes from \S+ to (\S+) and", frame.alt)[1])
        assert loss == pytest.approx(np.median([run.train_loss[-1] for run in runs]), rel=5e-3)
        accuracy = np.median([run.validation_accuracy[-1] for run in runs])
        assert f"to {100 * accuracy:.1f} %. 90 % reached" in frame.alt
        assert study.outcome(runs) in frame.alt


def test_headline_frames_are_small():
    """All of them together stay within what one explorer may weigh."""
    assert sum(len(frame.image) for frame in figures.explorer().frames.values()) < 0.6 * 2**20


class Here:
    """Stands for a pool of processes, and works in this one: patches reach no other process."""

    def __init__(self, processes, mp_context):
        self.map = map

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def test_results_round_trip(tmp_path, monkeypatch):
    """`write_results` writes what `results` reads."""
    monkeypatch.setattr(trial, "RATES", (0.1,))
    monkeypatch.setattr(trial, "BATCHES", (256,))
    monkeypatch.setattr(trial, "SEEDS", (0,))
    monkeypatch.setattr(trial, "CLOCK_RATES", (0.5,))
    monkeypatch.setattr(trial, "CLOCK_BATCHES", (1280,))
    monkeypatch.setattr(trial, "SHARPNESS_RATES", (0.1,))
    monkeypatch.setattr(making, "time_per_step", lambda size: 1.0)
    monkeypatch.setattr(making, "ProcessPoolExecutor", Here)
    making.write_results(tmp_path / "kept.json")
    entry = json.loads((tmp_path / "kept.json").read_text())["map"][0]
    assert (entry["learning_rate"], entry["batch_size"], entry["seed"]) == (0.1, 256, 0)
    monkeypatch.setattr(kept, "RESULTS", tmp_path / "kept.json")
    study.results.cache_clear()
    try:
        (run,) = study.results().runs[0.1, 256]
        assert len(run.train_loss) == len(entry["train_loss"]) > 1
        assert study.clocks(0.5, 1280).updates > 1
        assert len(study.results().sharpness[0.1]) == 1
    finally:
        study.results.cache_clear()


def test_numbers_that_the_text_quotes():
    best = max(_accuracy(*setting) for setting in study.results().runs)
    assert best == pytest.approx(0.98, abs=0.01)
    assert _accuracy(0.3, 64) == pytest.approx(0.98, abs=0.005)
    assert _accuracy(0.3, 1) < 0.2
    assert _accuracy(0.03, 16) == pytest.approx(0.97, abs=0.005)
    assert _accuracy(0.03, 256) == pytest.approx(0.74, abs=0.005)
    slow = [rate for rate in trial.RATES if 1e-4 <= rate <= 1e-2]
    assert all(study.outcome(study.results().runs[rate, 64]) == "too slow" for rate in slow)
