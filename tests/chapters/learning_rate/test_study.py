"""The kept results are whole, small and still what training gives; frames say what they show."""

import itertools
import json
import re

import numpy as np
import pytest

import nnlib.torch
from nnlib.chapters.learning_rate import figures, study
from nnlib.chapters.learning_rate.figures import epochs, noise, plans
from nnlib.chapters.learning_rate.study import kept, trial

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


def test_results_file_is_small_and_names_what_made_it():
    assert kept.RESULTS.stat().st_size <= 200_000
    assert study.results().machine
    assert set(study.results().versions) == {"python", "numpy"}
    assert set(study.results().milliseconds_per_step) == set(trial.BATCHES)


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
    assert list(best) == list(trial.BATCHES)
    for size, clock in best.items():
        runs = study.results().runs
        if clock is None:
            assert not any(study.outcome(runs[rate, size]) == "learns" for rate in trial.RATES)
            continue
        assert clock.batch_size == size
        assert study.outcome(runs[clock.learning_rate, size]) == "learns"
        assert clock.epochs == pytest.approx(clock.updates * size / 1280)
        per_step = study.results().milliseconds_per_step[size]
        assert clock.milliseconds == pytest.approx(clock.updates * per_step)


def test_three_clocks_have_three_winners():
    """What the chapter's text says: 256 with fewest updates, 1 or 4 in epochs, 64 in time."""
    best = {size: clock for size, clock in study.best_clocks().items() if clock}
    assert min(best, key=lambda size: best[size].updates) == 256
    assert min(best, key=lambda size: best[size].epochs) in (1, 4)
    assert min(best, key=lambda size: best[size].milliseconds) == 64
    # ... that these batch sizes end within about one percentage point of one another
    accuracies = [clock.accuracy for clock in best.values()]
    assert max(accuracies) - min(accuracies) < 0.013


def test_the_full_batch_just_misses():
    runs = study.results().runs[1.0, 1280]
    assert [run.steps_to_goal is None for run in runs].count(False) == 2
    assert study.outcome(study.results().runs[3.0, 1280]) == "dead"


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


def test_noise_falls_with_the_square_root():
    errors = [noise.relative_error(*noise.noise_of(size, 0)) for size in (1, 4, 16, 64)]
    for small, large in itertools.pairwise(errors):
        assert small / large == pytest.approx(2, rel=0.15)
    assert noise.relative_error(*noise.noise_of(1280, 0)) < 1e-5


def test_results_round_trip(tmp_path, monkeypatch):
    """`write_results` writes what `results` reads."""
    monkeypatch.setattr(trial, "RATES", (0.1,))
    monkeypatch.setattr(trial, "BATCHES", (256,))
    monkeypatch.setattr(trial, "SEEDS", (0,))
    monkeypatch.setattr(kept, "time_per_step", lambda size: 1.0)
    kept.write_results(tmp_path / "kept.json")
    entry = json.loads((tmp_path / "kept.json").read_text())["runs"][0]
    assert (entry["learning_rate"], entry["batch_size"], entry["seed"]) == (0.1, 256, 0)
    monkeypatch.setattr(kept, "RESULTS", tmp_path / "kept.json")
    study.results.cache_clear()
    try:
        (run,) = study.results().runs[0.1, 256]
        assert len(run.train_loss) == len(entry["train_loss"]) > 1
    finally:
        study.results.cache_clear()


def test_watched_epochs_match_the_arithmetic():
    """1,437 rows, batches of 32, cosine from 0.1: 45 updates an epoch, and the rate after 18."""
    progress = epochs.watch_epochs(epochs=2)
    assert progress.steps_per_epoch == 45
    assert len(progress.train_loss) == len(progress.regions) == 3
    assert progress.train_loss[2] < progress.train_loss[0]
    alt = epochs.epoch_frame(progress, 2).alt
    assert alt.startswith("Epoch 2 of 2: 1 completed, 1 current, 0 remaining.")
    assert f"training loss {progress.train_loss[2]:.3g}" in alt
    assert epochs.watch_epochs.__defaults__ == (30, 32, 0.1)


def test_stories_tell_what_their_names_say():
    stories = figures.curve_stories()
    slow, under, good, over = (
        stories[name] for name in ("too slow", "underfit", "good fit", "overfit")
    )
    assert slow.train_loss[-1] < slow.train_loss[-10] < slow.train_loss[0]
    assert slow.train_loss[-1] > 2
    assert under.train_loss[-1] > 2 * good.train_loss[-1]
    assert under.train_loss[-20] - under.train_loss[-1] < 0.1        # level, not falling
    assert abs(under.validation_loss[-1] - under.train_loss[-1]) < 0.15
    assert good.train_loss[-1] < 0.3
    assert abs(good.validation_loss[-1] - good.train_loss[-1]) < 0.1
    assert over.train_loss[-1] < 0.1
    assert over.validation_loss[-1] > 1.5 * min(over.validation_loss)


def _losses_and_alt(frame):
    return [float(number) for number in re.findall(r"-?\d+\.\d+", frame.alt)]


def test_frames_of_noise_say_what_they_show():
    for size, moment in [(1, "before training"), (64, "after 1 epoch")]:
        frame = noise.noise_frame(size, moment)
        along, across = noise.noise_of(size, noise.MOMENTS[moment])
        assert frame.alt.startswith(f"Batch size {size}, {moment}:")
        cosine = np.median(along / np.hypot(along, across))
        assert _losses_and_alt(frame) == [
            round(noise.relative_error(along, across), 2), pytest.approx(cosine, abs=0.0051)
        ]


def test_frames_of_schedules_say_what_they_show():
    frame = plans.schedule_frame("cosine", 0.5)
    runs = plans._planned_runs("cosine", 0.5)
    assert frame.alt.startswith("Schedule cosine, base rate 0.5:")
    assert f"training loss is {np.median([run.train_loss[-1] for run in runs]):.3g}" in frame.alt


def test_the_maps_hold_every_setting():
    explorer = figures.map_explorer()
    for frame in explorer.frames.values():
        assert all(frame.alt.count(f"rate {rate:g} ") == len(trial.BATCHES) for rate in trial.RATES)
        assert all(f"batch size {size}: " in frame.alt for size in trial.BATCHES)
    accuracy = explorer.frames[("validation accuracy",)].alt
    expected = np.median([run.validation_accuracy[-1] for run in study.results().runs[0.3, 64]])
    of_64 = accuracy.split("batch size 64: ")[1].split(";")[0]
    assert f"rate 0.3 {100 * expected:.0f}" in of_64


def test_a_plan_decides_only_near_the_edge():
    """What the chapter says below the explorer of schedules."""
    def accuracies(base):
        return [np.median([run.validation_accuracy[-1] for run in plans._planned_runs(plan, base)])
                for plan in plans.PLANS]
    good, slow = accuracies(0.5), accuracies(0.03)
    assert max(good) - min(good) < 0.025
    assert all(slow[0] > other for other in slow[1:])
    edge = dict(zip(plans.PLANS, accuracies(1.5), strict=True))
    assert max(edge["constant"], edge["step"]) < 0.6
    assert edge["1/t"] > 0.9
    ends = [np.median([run.train_loss[-1] for run in plans._planned_runs(plan, 0.5)])
            for plan in plans.PLANS]
    assert ends[0] == min(ends)


def test_numbers_that_the_text_quotes():
    def accuracy(rate, size):
        return np.median([run.validation_accuracy[-1] for run in study.results().runs[rate, size]])
    best = max(accuracy(*setting) for setting in study.results().runs)
    assert best == pytest.approx(0.98, abs=0.01)
    assert accuracy(0.3, 64) == pytest.approx(0.98, abs=0.005)
    assert accuracy(0.3, 1) < 0.2
    assert accuracy(0.03, 16) == pytest.approx(0.97, abs=0.005)
    assert accuracy(0.03, 256) == pytest.approx(0.74, abs=0.005)
    assert plans.plan_of("cosine", 0.1)(18) == pytest.approx(0.0345, abs=5e-5)
