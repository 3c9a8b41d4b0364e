"""Schedules: figures, shapes of the curves, fractional time."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.schedules import (
    ConstantLR,
    CosineLR,
    ExponentialLR,
    InverseTimeLR,
    ReduceLROnPlateau,
    StepLR,
    WarmupCosineLR,
)

ALL = [
    ConstantLR(0.1),
    StepLR(0.1, step_size=10),
    ExponentialLR(0.1, gamma=0.95),
    InverseTimeLR(0.1, decay=0.5),
    CosineLR(0.1, epochs=30),
    CosineLR(0.1, epochs=30, min_lr=0.02),
    WarmupCosineLR(0.1, epochs=30, warmup=5),
]


def raises(kind, message):
    return pytest.raises(kind, match=f"^{re.escape(message)}")


@pytest.mark.parametrize(
    ("schedule", "figures"),
    [
        (ConstantLR(0.1), {0: 0.1, 30: 0.1}),
        (CosineLR(0.1, epochs=30), {0: 0.1, 10: 0.075, 15: 0.05, 18: 0.034549, 20: 0.025, 30: 0}),
        (CosineLR(0.1, epochs=30, min_lr=0.02), {0: 0.1, 15: 0.06, 30: 0.02, 99: 0.02}),
        (ExponentialLR(0.1, gamma=0.95), {0: 0.1, 18: 0.039721}),
        (StepLR(0.1, step_size=10), {0: 0.1, 9.99: 0.1, 10: 0.01, 18: 0.01, 20: 0.001}),
        (InverseTimeLR(0.1, decay=0.5), {0: 0.1, 2: 0.05, 18: 0.01}),
        (
            WarmupCosineLR(0.1, epochs=30, warmup=5),
            {0: 0.02, 2.5: 0.06, 5: 0.1, 10: 0.09045, 18: 0.04686, 29: 0.00039, 30: 0, 31: 0},
        ),
        (WarmupCosineLR(0.1, epochs=30, warmup=0), {0: 0.1, 15: 0.05, 30: 0}),
        (WarmupCosineLR(0.1, epochs=30, warmup=0.5, start_factor=0), {0: 0, 0.25: 0.05, 0.5: 0.1}),
    ],
    ids=repr,
)
def test_figures(schedule, figures):
    for t, rate in figures.items():
        assert schedule(t) == pytest.approx(rate, abs=5e-6 if t in (10, 18, 29) else 1e-12)


@pytest.mark.parametrize(
    ("ours", "theirs", "options"),
    [
        (StepLR(0.1, step_size=7, gamma=0.3), "StepLR", {"step_size": 7, "gamma": 0.3}),
        (ExponentialLR(0.1, gamma=0.9), "ExponentialLR", {"gamma": 0.9}),
        (
            CosineLR(0.1, epochs=25, min_lr=0.01),
            "CosineAnnealingLR",
            {"T_max": 25, "eta_min": 0.01},
        ),
    ],
)
def test_at_whole_epochs_the_rates_are_those_of_torch(ours, theirs, options):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    scheduler = getattr(torch.optim.lr_scheduler, theirs)(optimizer, **options)
    for t in range(26):
        assert ours(t) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-9, abs=1e-15)
        optimizer.step()
        scheduler.step()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(ALL), st.floats(0, 60), st.floats(0, 5))
def test_after_its_warmup_no_schedule_rises_and_none_leaves_its_range(schedule, t, later):
    assert 0 <= schedule(t) <= schedule.lr * (1 + 1e-12)
    if t >= getattr(schedule, "warmup", 0):
        assert schedule(t + later) <= schedule(t) + 1e-15


@pytest.mark.parametrize("schedule", [s for s in ALL if not isinstance(s, StepLR)], ids=repr)
def test_all_but_the_step_are_continuous(schedule):
    t = np.linspace(0, 35, 35_001)
    rates = np.array([schedule(time) for time in t])
    assert np.abs(np.diff(rates)).max() < 1e-4


def test_the_warmup_rises_with_every_step_in_a_straight_line():
    schedule = WarmupCosineLR(0.4, epochs=10, warmup=2, start_factor=0.25)
    rates = [schedule(step / 20) for step in range(41)]
    np.testing.assert_allclose(np.diff(rates), 0.3 / 40, rtol=1e-10)
    assert rates[0] == pytest.approx(0.1)


def test_a_schedule_keeps_no_state():
    schedule = WarmupCosineLR(0.1, epochs=30, warmup=5)
    expected = schedule(3)
    schedule(29)
    assert schedule(3) == expected


def test_rates_are_plain_floats_also_for_numpy_times():
    for schedule in ALL:
        assert type(schedule(np.float32(2))) is float


def test_repr():
    assert repr(StepLR(0.1, step_size=10)) == "StepLR(lr=0.1, step_size=10, gamma=0.1)"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ConstantLR(-1), "ConstantLR expected lr >= 0, got -1"),
        (lambda: CosineLR(0.1, epochs=0), "CosineLR expected epochs > 0, got 0"),
        (lambda: CosineLR(0.1, epochs=3, min_lr=1), "CosineLR expected min_lr <= lr=0.1, got 1"),
        (lambda: CosineLR(0.1, epochs=float("nan")), "CosineLR expected epochs > 0, got nan"),
        (lambda: StepLR(0.1, step_size=0), "StepLR expected step_size > 0, got 0"),
        (lambda: StepLR(0.1, step_size=1, gamma=1.5), "StepLR expected 0 <= gamma <= 1, got 1.5"),
        (lambda: ExponentialLR(0.1, gamma=0), "ExponentialLR expected gamma > 0, got 0"),
        (lambda: InverseTimeLR(0.1, decay=-1), "InverseTimeLR expected decay >= 0, got -1"),
        (
            lambda: WarmupCosineLR(0.1, epochs=5, warmup=5),
            "WarmupCosineLR expected epochs > 5, got 5",
        ),
        (
            lambda: WarmupCosineLR(0.1, epochs=5, warmup=-1),
            "WarmupCosineLR expected warmup >= 0, got -1",
        ),
        (
            lambda: WarmupCosineLR(0.1, epochs=5, warmup=1, start_factor=2),
            "WarmupCosineLR expected 0 <= start_factor <= 1, got 2",
        ),
        (lambda: ConstantLR(0.1)(-1), "ConstantLR expected t >= 0, got -1"),
        (lambda: CosineLR(0.1, epochs=3)(float("nan")), "CosineLR expected t >= 0, got nan"),
        (
            lambda: ReduceLROnPlateau(0.1, factor=1),
            "ReduceLROnPlateau expected factor < 1, got 1: the rate would never fall",
        ),
        (
            lambda: ReduceLROnPlateau(0.1, patience=-1),
            "ReduceLROnPlateau expected patience >= 0, got -1",
        ),
        (
            lambda: ReduceLROnPlateau(0.1, min_lr=1),
            "ReduceLROnPlateau expected min_lr <= lr=0.1, got 1",
        ),
    ],
)
def test_numbers_out_of_range_raise(call, message):
    with raises(ValueError, message):
        call()


# -------------------------------------------------------------------------------------- plateau


@pytest.mark.parametrize("seed", range(5))
def test_plateau_agrees_with_torch(seed):
    rng = np.random.default_rng(seed)
    metrics = 1 / np.arange(1, 61) ** rng.uniform(0, 1) + 0.02 * rng.standard_normal(60)
    metrics[rng.integers(0, 60, 4)] = np.nan
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
    options = {"factor": 0.5, "patience": 3, "threshold": 1e-2, "min_lr": 1e-3}
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **options)
    ours = ReduceLROnPlateau(0.1, **options)
    rates = []
    for metric in metrics:
        optimizer.step()
        scheduler.step(metric)
        rates.append(ours.update(metric))
        assert rates[-1] == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-12)
    assert rates[-1] < 0.1, "the case is meant to reach a plateau"


def test_plateau_by_hand():
    schedule = ReduceLROnPlateau(1.0, factor=0.1, patience=2, min_lr=0.05)
    assert [schedule.update(m) for m in (3, 2, 2, 2)] == [1, 1, 1, 1]
    assert schedule.update(2) == pytest.approx(0.1)  # the third epoch without improvement
    assert [schedule.update(2) for _ in range(3)][-1] == 0.05
    assert [schedule.update(float("nan")) for _ in range(3)][-1] == 0.05
