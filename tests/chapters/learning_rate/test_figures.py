"""Frames of the chapter's pictures say what the library gives; the text's numbers are theirs."""

import itertools
import re

import numpy as np
import pytest

from nnlib.chapters.learning_rate import figures, study
from nnlib.chapters.learning_rate.figures import (
    epochs,
    noise,
    plans,
    range_test,
    regimes,
    sharpness,
    stories,
    tradeoff,
    warmup,
)
from nnlib.chapters.learning_rate.study import trial


def test_noise_falls_with_the_square_root():
    errors = [noise.relative_error(*noise.noise_of(size, 0)) for size in (1, 4, 16, 64)]
    for small, large in itertools.pairwise(errors):
        assert small / large == pytest.approx(2, rel=0.15)
    assert noise.relative_error(*noise.noise_of(1280, 0)) < 1e-5


def test_the_noise_scale_is_the_squared_error_of_one_row():
    for moment, scale in [(0, 17), (1, 87)]:
        error = noise.relative_error(*noise.noise_of(1, moment))
        assert noise.noise_scale(moment) == pytest.approx(error**2, rel=0.2)
        assert noise.noise_scale(moment) == pytest.approx(scale, abs=1)


def test_cosines_that_the_text_quotes():
    def cosine(size, epochs):
        along, across = noise.noise_of(size, epochs)
        return float(np.median(along / np.hypot(along, across)))
    assert cosine(1, 0) == pytest.approx(0.40, abs=0.01)
    assert abs(cosine(1, 30)) < 0.1
    assert cosine(64, 30) == pytest.approx(0.36, abs=0.02)


def test_regimes_say_the_clocks():
    alt = regimes.regimes_frame().alt
    for clock in study.best_clocks().values():
        assert f"{clock.batch_size}: {clock.updates:g} ({clock.fewest} to {clock.most})" in alt
    fewest, critical = study.fitted_curve()
    assert f"flattens at {fewest:.0f} updates" in alt
    assert f"critical batch size of {critical:.0f}" in alt


def test_tradeoff_says_time_and_epochs():
    alt = tradeoff.tradeoff_frame().alt
    best = study.best_clocks().values()
    assert "epochs to 90 % " + ", ".join(f"{clock.epochs:.2g}" for clock in best) in alt
    assert "ms to 90 % " + ", ".join(f"{clock.milliseconds:.2g}" for clock in best) in alt


@pytest.mark.parametrize("rate", trial.SHARPNESS_RATES)
def test_frames_of_sharpness_say_what_they_show(rate):
    frame = sharpness.sharpness_frame(rate)
    curvatures = np.array([run.curvature for run in study.results().sharpness[rate]])
    assert f"starts at {np.median(curvatures[:, 0]):.2g}" in frame.alt
    assert f"is at most {np.median(curvatures.max(axis=1)):.2g}" in frame.alt
    assert f"ends at {np.median(curvatures[:, -1]):.2g}" in frame.alt
    assert f"edge 2/η = {2 / rate:g}" in frame.alt


def test_warm_up_decides_for_adam_and_not_for_sgd():
    """What the chapter prints and says below the picture."""
    def above(method, rate, steps):
        return sum(accuracy > 0.75 for accuracy in warmup.accuracies(method, rate, steps))
    assert (above("Adam", 0.3, 0), above("Adam", 0.3, 20)) == (0, 6)
    for method, rate in [("SGD", 0.3), ("Adam", 0.01)]:
        assert above(method, rate, 0) == above(method, rate, 20) == 6
    assert above("SGD", 2.0, 0) == above("SGD", 2.0, 20) == 0
    medians = [np.median(warmup.accuracies("SGD", rate, steps)) for rate in (0.1, 0.3, 1.0)
               for steps in (0, 20)]
    assert np.abs(np.diff(medians)[::2]).max() < 0.025
    first = 100 * np.median(warmup.accuracies("Adam", 0.01, 0))
    assert f"Adam, no warm-up: rate 0.01 {first:.0f}" in warmup.warmup_frame().alt


def test_adam_moves_every_weight_with_a_gradient_by_the_rate_or_a_good_part_of_it_at_first():
    import nnlib.numpy as nn

    x, y = trial.digits()[0]
    for seed in trial.SEEDS:
        model, rng = study.network(seed, dtype="float64")
        loss_fn, optimizer = nn.CrossEntropyLoss(), nn.Adam(model.parameters(), lr=0.3)
        medians = []
        for rows in np.split(rng.permutation(320), 5):
            before = [p.data.copy() for p in model.parameters()]
            loss_fn(model(x[rows].astype("float64")), y[rows])
            optimizer.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
            moves = [np.abs(p.data - old)[p.grad != 0]
                     for p, old in zip(model.parameters(), before, strict=True)]
            medians.append(np.median(np.concatenate(moves)) / 0.3)
        assert medians[0] == pytest.approx(1, rel=1e-3)
        assert all(0.25 < median < 0.95 for median in medians[1:])


def test_the_range_test_frame_names_the_corrected_lowest_loss():
    rates = np.geomspace(1e-3, 10, 60)
    losses = 2.5 - np.log10(rates / 1e-3) * 0.5 + (rates / 3) ** 4
    frame = range_test.range_test_frame(rates, losses, losses - 2, losses)
    assert f"lowest at rate {rates[losses.argmin()]:.2f}" in frame.alt
    assert f"rises from {losses[0] - 2:.1f}" in frame.alt


def test_two_flat_losses_differ_by_the_jump_and_by_the_units():
    (slow, slow_firing), (dead, dead_firing) = stories.flat_runs().values()
    assert np.abs(np.array(slow) - np.log(10)).max() < 0.15
    assert max(dead) > slow[0] + 1
    assert abs(np.mean(dead[-10:]) - np.log(10)) < 0.3
    assert slow_firing >= 30
    assert dead_firing < trial.FEW
    frame = stories.flat_frame()
    assert f"{slow_firing} of 32 hidden units fire: alive" in frame.alt
    assert f"{dead_firing} of 32 hidden units fire: dead" in frame.alt


def test_small_weights_are_those_of_pytorch():
    import torch

    weight = stories._small_uniform((64, 32), rng=np.random.default_rng(0))
    theirs = torch.nn.Linear(64, 32).weight.detach().numpy()
    assert np.abs(weight).max() == pytest.approx(np.abs(theirs).max(), rel=0.02)
    assert weight.std() == pytest.approx(theirs.std(), rel=0.05)


def test_curves_say_how_high_they_went():
    assert "A: training 2.3 to 2.3, highest 9.0" in stories._told(
        {"A": ([2.3, 9.0, 2.3], [2.3, 5.0, 2.3])})


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


def test_a_larger_rate_tells_slow_from_underfit():
    """Ten times the rate helps the slow run; twice the rate leaves two hidden units high."""
    train_set, validation, _ = trial.digits()
    assert trial.train(0.01, 64).train_loss[-1] < 1.3
    for seed in trial.SEEDS:
        rng = np.random.default_rng(seed)
        model = stories.two_units(rng)
        run = stories._watch(model, train_set, validation, rng, epochs=60, rate=0.2)
        assert run.train_loss[-1] > 0.7


def test_single_images_pull_against_each_other_before_they_pull_no_more():
    for seed in trial.SEEDS:
        lengths = [np.linalg.norm(noise._gradients_at(epochs, seed), axis=1)
                   for epochs in noise.MOMENTS.values()]
        before, after_one, late = (np.median(length) for length in lengths)
        assert 0.8 < after_one / before < 1
        assert late < 0.1 * before


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
    assert max(edge.pop("constant"), edge.pop("step")) < 0.6
    assert min(edge.values()) > 0.9
    saved = [run.validation_accuracy[-1] > 0.85 for plan in edge
             for run in plans._planned_runs(plan, 1.5)]
    assert sum(saved) >= len(saved) - 2
    others = range(9, 13)
    kept = {plan: [trial.train(1.5, 64, seed, schedule=plans.plan_of(plan, 1.5))
                   .validation_accuracy[-1] > 0.85 for seed in others]
            for plan in ("constant", "step", "1/t", "cosine", "warm-up 5 + cosine")}
    assert sum(kept["1/t"]) + sum(kept["warm-up 5 + cosine"]) >= 7     # of 8
    assert sum(kept["cosine"]) > 0
    assert max(sum(kept["constant"]), sum(kept["step"])) <= 2
    ends = [np.median([run.train_loss[-1] for run in plans._planned_runs(plan, 0.5)])
            for plan in plans.PLANS]
    assert ends[0] == min(ends)
