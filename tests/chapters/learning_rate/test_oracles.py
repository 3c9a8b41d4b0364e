"""What the exercises compare with, held against torch, nnlib and the numbers of the chapter."""

import numpy as np
import pytest
import torch

import nnlib.numpy
import nnlib.torch
from nnlib import schedules
from nnlib.chapters.learning_rate import exercises as learning_rate
from nnlib.chapters.learning_rate.exercises import (
    accumulate_gradients,
    cosine_rate,
    diagnosis,
    gradient_descent,
    pick_rate,
    predicted_noise,
    scaled_rate,
    steps_per_epoch,
)
from nnlib.chapters.learning_rate.figures import stories
from nnlib.exercises import paths
from nnlib.exercises.examining import examine
from nnlib.exercises.outcomes import Raised


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_steps_are_the_lengths_of_real_loaders(nn):
    for case in steps_per_epoch.cases():
        n, batch_size, drop_last = case.arguments
        if n < batch_size and drop_last:
            continue                                   # a loader without a single batch
        x, y = np.zeros((n, 1), dtype="float32"), np.zeros(n, dtype="int64")
        loader = nn.batches(x, y, batch_size=batch_size, drop_last=drop_last)
        assert case.expected == len(loader)


def test_the_numbers_of_the_passed_message_of_steps():
    for batch_size, updates in ((32, 1350), (256, 180)):
        assert 30 * steps_per_epoch.steps_per_epoch(1437, batch_size, False) == updates
        assert f"{updates:,}" in steps_per_epoch.EXERCISE.passed


@pytest.mark.parametrize(
    ("lr", "end"), [(0.01, 3.338), (0.1, 0.05765), (0.5, 0.0), (0.9, 0.05765), (1.0, 5.0),
                    (1.1, 191.69)],
)
def test_the_bowl_ends_where_the_chapter_says(lr, end):
    grad, path = gradient_descent.bowl(2.0, 0.0)
    walked = gradient_descent.gradient_descent(grad, 5.0, lr, 20)
    assert walked == pytest.approx(path(5.0, lr, 20))
    assert walked[-1] == pytest.approx(end, rel=1e-3)


def test_the_bowl_is_walked_by_torch_too():
    w = torch.nn.Parameter(torch.tensor(5.0, dtype=torch.float64))
    optimizer = torch.optim.SGD([w], lr=0.9)
    walked = [w.item()]
    for _ in range(20):
        optimizer.zero_grad()
        (w**2).backward()
        optimizer.step()
        walked.append(w.item())
    _, path = gradient_descent.bowl(2.0, 0.0)
    assert path(5.0, 0.9, 20) == pytest.approx(walked)


def test_cosine_is_that_of_torch_and_of_nnlib():
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.1)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=30)
    ours = schedules.CosineLR(0.1, epochs=30)
    for t in range(31):
        expected = scheduler.get_last_lr()[0]
        assert cosine_rate.by_the_sine(t, 30, 0.1) == pytest.approx(expected, abs=1e-12)
        assert ours(t) == pytest.approx(expected, abs=1e-12)
        optimizer.step()
        scheduler.step()
    known = {0: 0.1, 10: 0.075, 15: 0.05, 18: 0.034549, 20: 0.025, 30: 0.0}
    for t, rate in known.items():
        assert cosine_rate.cosine_rate(t, 30, 0.1) == pytest.approx(rate, abs=1e-6)


def test_noise_is_what_sampling_measures():
    rng = np.random.default_rng(0)
    for case in predicted_noise.cases():
        spread, batch_size = case.arguments
        means = rng.normal(0.0, spread, size=(4000, batch_size)).mean(axis=1)
        assert case.expected == pytest.approx(means.std(), rel=0.05)
    assert predicted_noise.predicted_noise(1.0, 32) == pytest.approx(0.1768, abs=5e-5)
    assert predicted_noise.predicted_noise(1.0, 256) == pytest.approx(0.0625)


def test_warm_up_is_that_of_torch():
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=0.4)
    warmup = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=9)
    for step in range(15):
        rate = scaled_rate.scaled_rate(0.1, 256, 1024, step, 10)
        assert rate == pytest.approx(warmup.get_last_lr()[0])
        optimizer.step()
        warmup.step()


@pytest.mark.parametrize("case", accumulate_gradients.cases(), ids=lambda case: case.path)
def test_the_gradient_in_closed_form_is_that_of_one_batch(case):
    model, loss_fn, x, y, _ = case.make_arguments()
    stale = [torch.as_tensor(p.grad).numpy().copy() for p in model.parameters()]
    model.zero_grad()
    roomy = paths.load(case.path).Sequential(*model)         # the same layer, no limit of its rows
    loss_fn(roomy(x), y)
    roomy.backward(loss_fn.backward())
    for parameter, expected, old in zip(model.parameters(), case.expected, stale, strict=True):
        assert torch.as_tensor(parameter.grad).numpy() == pytest.approx(expected, rel=1e-10)
        assert not np.allclose(old, 0.0)              # else "never clears" could not be seen


def test_all_rows_at_once_do_not_fit():
    """Whoever never uses `size` is told so by the model."""
    def at_once(model, loss_fn, x, y, size):
        model.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward())
        return [parameter.grad for parameter in model.parameters()]

    outcome = examine(accumulate_gradients.EXERCISE, at_once)
    assert isinstance(outcome, Raised)
    assert "32 rows do not fit in: send at most 8 at a time" in str(outcome)


def test_the_range_tests_fall_bottom_out_and_blow_up():
    for case in pick_rate.cases():
        rates, losses = case.arguments
        lowest = case.expected
        assert np.all(np.diff(np.log(rates)) > 0)
        assert losses[rates == lowest] < 0.5 * losses[0]
        assert not losses[-1] < 10 * losses[0]         # not (NaN < ...): NaN counts as blown up


def test_the_steepest_fall_is_no_substitute_for_the_rule():
    """On some of the tests it happens to lie in the range, on others it is far outside."""
    for rule in (pick_rate.steepest_fall, pick_rate.steepest_fall_on_a_log_axis):
        shares = []
        for case in pick_rate.cases():
            with np.errstate(invalid="ignore"):
                shares.append(rule(*case.arguments) / case.expected)
        assert min(shares) < 1 / 20
        assert max(shares) > 0.4


@pytest.mark.parametrize("factor", [1 / 10, 1 / 5, 1 / 3])
def test_any_rate_in_the_stated_range_passes(factor):
    assert pick_rate.judge(0.6 * factor, 0.6) is None


@pytest.mark.parametrize("factor", [1 / 30, 1 / 11, 1 / 2, 1.0, -0.1])
def test_no_rate_outside_the_stated_range_passes(factor):
    assert "should be between 0.06 and 0.2" in pick_rate.judge(0.6 * factor, 0.6)


@pytest.fixture(scope="module")
def curves():
    return {
        name: (np.array(train), np.array(validation))
        for name, (train, validation) in learning_rate.curves().items()
    }


def test_the_curves_have_a_letter_each(curves):
    assert list(curves) == list(diagnosis.DIAGNOSIS)
    for train, validation in curves.values():
        assert train.shape == validation.shape == (diagnosis.EPOCHS,)
        assert np.isfinite(train).all()
        assert np.isfinite(validation).all()


def letter(word):
    return next(name for name, value in diagnosis.DIAGNOSIS.items() if value == word)


def test_each_curve_shows_its_diagnosis(curves):
    train, validation = curves[letter("too low")]
    assert np.all(np.diff(train) < 0)
    assert train[-1] > 0.7 * train[0]

    train, validation = curves[letter("good")]
    assert np.all(np.diff(train) < 0.02)
    assert train[-1] < 0.1 * train[0]
    assert validation[-1] < train[-1] + 0.05

    train, validation = curves[letter("too high")]
    assert np.abs(np.diff(train[:5])).max() > 0.2      # jumps, then dies:
    assert train[-10:] == pytest.approx(np.log(10), abs=0.02)
    assert validation[-10:] == pytest.approx(np.log(10), abs=0.02)

    train, validation = curves[letter("overfitting")]
    assert np.all(np.diff(train) < 0.05)
    assert train[-1] < 0.2
    assert validation[-1] > 1.5 * validation.min()
    assert validation.argmin() < 10


@pytest.mark.parametrize("word", ["good", "too low", "too high"])
def test_training_does_not_lie_above_validation_for_no_reason(curves, word):
    """Both are measured after the epoch, on digits of the same kind: they lie side by side."""
    train, validation = curves[letter(word)]
    assert train == pytest.approx(validation, abs=0.03)


def test_the_curves_are_not_runs_that_the_chapter_names(curves):
    for name, run in stories.curve_stories().items():
        for train, validation in curves.values():
            epochs = len(train)
            shown = np.array(run.train_loss[1 : epochs + 1])
            assert np.abs(train - shown).max() > 0.04, name
            assert np.abs(validation - run.validation_loss[1 : epochs + 1]).max() > 0.04, name


def test_the_curves_do_not_hang_on_the_last_digit(monkeypatch):
    """Another machine rounds differently: what is printed must stay, to two decimals."""
    first = {name: np.array(pair) for name, pair in learning_rate.curves().items()}
    exact = diagnosis._in_float64
    monkeypatch.setattr(diagnosis, "_in_float64", lambda pair: (exact(pair)[0] * (1 + 1e-12),
                                                                pair[1]))
    for name, pair in diagnosis.curves.__wrapped__().items():
        assert not np.array_equal(pair, first[name]), "the nudge reached no run"
        assert np.array(pair) == pytest.approx(first[name], abs=1e-6), name
