"""Frames say what the library gives, and the numbers in the text are theirs."""

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.optimizers import figures, study
from nnlib.chapters.optimizers.figures import (
    clipping,
    comparison,
    correction,
    costs,
    decay,
    epsilon,
    momentum,
    race,
    streams,
    stuck,
    surfaces,
)

BEST_RATE, BEST_BETA = 4 / 121, (9 / 11) ** 2


@pytest.mark.parametrize("rate", momentum.RATES)
@pytest.mark.parametrize("beta", momentum.BETAS)
def test_the_factor_is_what_a_long_walk_shows(rate, beta):
    """The mean shrinkage over many steps, in each direction by itself."""
    for curvature in surfaces.SURFACES["ravine"].curvatures:
        w, v, steps = 1.0, 0.0, 4000
        logs = 0.0
        for _ in range(steps):
            v = beta * v + curvature * w
            w -= rate * v
            size = abs(w) + rate * abs(v)
            if size == 0:
                return
            logs += np.log(size)
            w, v = w / size, v / size
        assert np.exp(logs / steps) == pytest.approx(
            float(momentum.factor(rate, beta, curvature)), rel=6e-3)


def test_the_best_pair_is_the_best_of_a_grid():
    best = float(momentum.slowest(BEST_RATE, BEST_BETA))
    assert best == pytest.approx(9 / 11, abs=1e-6)
    rates, betas = np.meshgrid(np.geomspace(1e-3, 0.1, 200), np.linspace(0, 0.995, 200))
    assert momentum.slowest(rates, betas).min() > best
    assert float(momentum.slowest(2 / 101, 0)) == pytest.approx(99 / 101)
    assert momentum.slowest(np.linspace(1e-3, 0.03, 300), 0).min() > 99 / 101 - 1e-9


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_the_limit_of_the_rate(beta):
    limit = 2 * (1 + beta) / 100
    assert momentum.slowest(limit * 0.999, beta) < 1 < momentum.slowest(limit * 1.001, beta)


def test_what_the_answers_below_the_map_say():
    table = {(rate, beta): float(momentum.slowest(rate, beta))
             for rate in momentum.RATES for beta in momentum.BETAS}
    shrinks = {beta: [rate for rate in momentum.RATES if table[rate, beta] < 1]
               for beta in momentum.BETAS}
    assert shrinks[0.0] == [0.001, 0.005, 2 / 101]
    assert shrinks[0.9] == [rate for rate in momentum.RATES if rate != 0.05]
    for rate in momentum.RATES[:-1]:
        assert table[rate, 0.99] == pytest.approx(0.995, abs=5e-4)
    assert min(table, key=table.get) == (BEST_RATE, BEST_BETA)
    assert momentum.steps_to_a_thousandth(table[BEST_RATE, BEST_BETA]) == "about 34"
    assert momentum.steps_to_a_thousandth(table[2 / 101, 0.0]) == "about 345"


def test_frames_of_momentum_say_where_the_walk_ends():
    path, _ = figures.walk("momentum", surfaces.SURFACES["ravine"].gradient, (10, 1), 0.005, 60,
                           0.9)
    frame = momentum.momentum_frame(0.005, 0.9)
    assert f"after 60 steps is {np.hypot(*path[-1]):.2g}" in frame.alt
    assert "by 0.949 along" in frame.alt


@pytest.mark.parametrize("method", streams.METHODS)
def test_a_stream_is_followed_with_the_optimizer_of_the_library(method):
    moves, _ = streams.follow(method, streams.STREAMS["always 1"])
    tiny, _ = streams.follow(method, streams.STREAMS["always 0.01"])
    alt = streams.stream_frame("always 1", method).alt
    assert f"{moves[-1]:.3g} in the last step with a move" in alt
    adaptive = method in ("AdaGrad", "RMSprop", "Adam")
    assert np.allclose(moves, tiny, rtol=1e-4) == adaptive


def test_what_the_answers_below_the_streams_say():
    rare = {method: streams.follow(method, streams.STREAMS["1 at every tenth"])[0]
            for method in streams.METHODS}
    longest = {method: np.abs(moves).max() for method, moves in rare.items()}
    assert max(longest, key=longest.get) == "RMSprop"
    assert rare["RMSprop"][[0, 50]] == pytest.approx([-10, -4.6], abs=0.05)
    assert min(rare, key=lambda method: rare[method].sum()) == "momentum"
    assert pytest.approx(0.5, abs=0.003) == 0.99**69
    assert pytest.approx(0.5, abs=0.001) == 0.999**693
    assert "and -4.6 in the last step" in streams.stream_frame("1 at every tenth", "RMSprop").alt
    after, stored = streams.follow("AdaGrad", streams.STREAMS["1, once 100"])
    assert np.abs(after[21:]).max() < 0.0101
    assert np.all(np.diff(stored["√s"]) > 0)
    for method, end in [("RMSprop", 8.2), ("Adam", 3.1)]:
        root = streams.follow(method, streams.STREAMS["1, once 100"])[1]["√s"]
        assert np.all(np.diff(root[20:]) < 0)
        assert root[-1] == pytest.approx(end, abs=0.05)


def test_uncorrected_steps_are_those_of_adam_without_its_corrections():
    m = s = 0.0
    for t in range(1, 30):
        m, s = 0.9 * m + 0.1 * 7, 0.999 * s + 0.001 * 49
        assert m / np.sqrt(s) == pytest.approx(correction.uncorrected(t, 0.999))
    sizes = correction.uncorrected(np.arange(1, 20001), 0.999)
    assert (sizes.max(), sizes.argmax() + 1) == (pytest.approx(6.6, abs=0.05), 12)
    short = correction.uncorrected(np.arange(1, 20001), 0.9)
    assert short[0] == pytest.approx(0.316, abs=1e-3)
    assert np.all(np.diff(short) >= 0)
    assert short.max() <= 1
    assert "6.6 times, at step 12" in correction.correction_frame(0.999).alt
    assert "1.0 times. With" in correction.correction_frame(0.9).alt


def test_no_step_of_adam_is_longer_than_seven_rates():
    """By Cauchy and Schwarz; gradients that grow by 0.999/0.9 come close to it."""
    q, t = 0.9**2 / 0.999, np.arange(1, 20001)
    bound = (0.1 / np.sqrt(0.001) * np.sqrt((1 - q**t) / (1 - q))
             * np.sqrt(1 - 0.999**t) / (1 - 0.9**t))
    assert bound.max() == pytest.approx(7.27, abs=0.01)
    w = nn.Parameter(np.zeros(1))
    optimizer, places = nn.Adam([w], lr=1.0, eps=0.0), []
    for power in range(6000, -1, -1):
        w.grad = np.array([max((0.9 / 0.999) ** power, 1e-140)])
        optimizer.step()
        places.append(w.data[0])
    assert abs(places[-1] - places[-2]) == pytest.approx(7.27, abs=0.05)


def test_epsilon_as_the_text_tells_it():
    sizes, losses = epsilon.sizes_and_losses(1e-8)
    assert np.mean(sizes == 0) == pytest.approx(0.10, abs=0.005)
    assert sizes[sizes > 0].min() > 1e-8
    large, worse = epsilon.sizes_and_losses(1.0)
    assert large.max() < 1
    assert min(worse) > 5 * max(losses)
    x = study.task("digits").parts[0][0]
    dark = np.flatnonzero(x.max(axis=0) == 0)
    assert len(dark) * 32 > np.sum(sizes == 0) / 3
    zero = (sizes[:64 * 32] == 0).reshape(64, 32)
    dead, seldom = zero.all(axis=0), (x > 0).mean(axis=0) < 0.07
    assert (zero & (dead | seldom[:, None])).sum() > 0.85 * np.sum(sizes == 0)


def test_decay_as_the_text_tells_it():
    assert decay.left("AdamW", 0.1) == pytest.approx(0.90, abs=0.012)
    adam = decay.left("Adam", 0.1)
    assert adam[0] == pytest.approx(0.26, abs=0.02)
    assert adam[-1] == pytest.approx(1, abs=0.01)
    first_above = np.flatnonzero(adam > decay.left("AdamW", 0.1) + 0.01)[0]
    assert decay.SIZES[first_above - 1] == 1
    strong = decay.left("Adam", 1.0) > decay.left("AdamW", 1.0)
    assert decay.SIZES[np.flatnonzero(strong)[0]] <= 1


def test_arrows_as_the_text_tells_them():
    def turned(gradient, limit):
        return clipping.arrows_frame(gradient, limit).alt.split("turned by ")[2]
    assert turned("(0.6, 4)", 0.5).startswith("36 ")
    assert max(clipping.GRADIENTS, key=lambda g: float(turned(g, 0.5).split()[0])) == "(0.6, 4)"
    assert turned("(3, 4)", 1.0).startswith("8 ")
    assert clipping.clipped((0.8, 0.8), 1.0, "value") == pytest.approx([0.8, 0.8])
    assert np.hypot(*clipping.clipped((0.8, 0.8), 1.0, "norm")) == pytest.approx(1, abs=1e-5)
    assert clipping.clipped((0.8, 0.8), 2.0, "norm") == pytest.approx([0.8, 0.8])


def test_one_bad_row_as_the_text_tells_it():
    def ends(method, rate, clip):
        curves = [clipping.with_one_bad_row(method, rate, clip, seed) for seed in clipping.SEEDS]
        return np.array([np.mean(c[-10:]) for c in curves]), np.array([c.max() for c in curves])
    free, highest = ends("SGD", 0.3, None)
    assert np.sum(highest > 30) == 4
    assert 1.9 < free.max() < 2.1
    clipped, calm = ends("SGD", 0.3, 1.0)
    assert clipped.min() > 0.275
    assert clipped.max() < 0.335
    assert calm.max() < 3
    adam, calm = ends("Adam", 0.01, None)
    assert calm.max() < 3
    gaps = adam / ends("Adam", 0.01, 1.0)[0] - 1
    assert (gaps.min(), gaps.max()) == pytest.approx((0.19, 0.41), abs=0.01)
    assert "largest loss of a batch" in clipping.bad_row_frame().alt


@pytest.mark.parametrize("surface", surfaces.SURFACES)
def test_the_race_says_where_everybody_ends(surface):
    ground = surfaces.SURFACES[surface]
    frame = race.race_frame(surface, 0.1, 0.9)
    for method in ("AdaGrad", "Adam"):
        path, _ = figures.walk(method, ground.gradient, ground.start, 0.1, race.STEPS, 0.9)
        assert f"{method} {race._number(ground.height(*path[-1]))}" in frame.alt


def heights(surface, rate, beta):
    ground = surfaces.SURFACES[surface]
    with np.errstate(over="ignore"):
        return {method: float(ground.height(*figures.walk(
            method, ground.gradient, ground.start, rate, race.STEPS, beta)[0][-1]))
            for method in surfaces.METHODS}


def test_what_the_answers_below_the_race_say():
    start = surfaces.SURFACES["ravine"].height(*surfaces.SURFACES["ravine"].start)
    grows = [rate for rate in race.RATES if not heights("ravine", rate, 0.9)["SGD"] < start]
    assert grows == [0.03, 0.1, 0.5, 2.5]
    adam = {rate: heights("ravine", rate, 0.9)["Adam"] for rate in race.RATES}
    assert min(adam, key=adam.get) == 0.5
    for beta in race.BETAS:
        bowl = heights("bowl", 2.5, beta)
        assert bowl.pop("SGD") > 1e4
        assert max(bowl.values()) < 0.1
    saddle = heights("saddle", 0.01, 0.9)
    assert min(saddle, key=saddle.get) == "momentum"
    falls = {}
    for method in surfaces.METHODS:
        ground = surfaces.SURFACES["saddle"]
        path, _ = figures.walk(method, ground.gradient, ground.start, 0.1, race.STEPS, 0.9)
        falls[method] = np.flatnonzero([*(ground.height(*path.T) < -80), True])[0]
    assert min(falls, key=falls.get) == "RMSprop"
    saddle = heights("saddle", 0.1, 0.9)
    assert max(saddle["SGD"], saddle["momentum"]) < -1e4 < min(
        saddle[m] for m in ("AdaGrad", "RMSprop", "Adam"))


def test_who_leaves_the_ridge_first():
    ground, left = surfaces.SURFACES["saddle"], {}
    for method in surfaces.METHODS:
        path, _ = figures.walk(method, ground.gradient, ground.start, 0.01, race.STEPS, 0.9)
        away = np.flatnonzero(np.abs(path[:, 1]) > 1)
        left[method] = int(away[0]) if len(away) else None
    assert left == {"SGD": None, "momentum": 49, "AdaGrad": None, "RMSprop": 17, "Adam": 76}


def test_few_hidden_units_get_stuck_more_often():
    stuck_in = [int(np.sum(stuck.xor_losses(hidden) > 0.2)) for hidden in (2, 4, 8)]
    assert stuck_in[0] > 12
    assert stuck_in[0] > stuck_in[1] > stuck_in[2]
    third = 1 / 3
    compromise = -0.75 * (third * np.log(third) + (1 - third) * np.log(1 - third))
    assert compromise == pytest.approx(0.48, abs=0.005)
    levels = np.array([np.log(2), np.log(2) / 2, compromise])
    losses = np.concatenate([stuck.xor_losses(hidden) for hidden in (2, 4, 8)])
    assert np.abs(losses[losses > 0.2][:, None] - levels).min(axis=1).max() < 0.01


def test_the_comparison_says_the_kept_numbers():
    for task in study.TASKS:
        frame = comparison.comparison_frame(task)
        for method in study.METHODS:
            medians = study.medians(task, method)
            assert f"{method} {medians.min():.3g} to {medians.max():.3g}" in frame.alt
        assert f"below SGD in {study.lower(task, 'Adam', 'SGD').sum()} of 30" in frame.alt


def test_the_table_counts_what_the_library_stores():
    built = {"SGD": nn.SGD, "AdaGrad": nn.AdaGrad, "RMSprop": nn.RMSprop, "Adam": nn.Adam,
             "AdamW": nn.AdamW}
    for row in costs.costs_table().rows:
        w = nn.Parameter(np.ones(7))
        optimizer = (nn.SGD([w], 0.1, momentum=0.9) if row[0] == "momentum"
                     else built[row[0]]([w], lr=0.1))
        stored = sum(array.size for slot in optimizer.slots if slot != "steps"
                     for array in getattr(optimizer, slot)) // 7
        assert row[1] == stored
        assert row[2] == 4 * 3329 * stored
    assert costs.NUMBERS == 10 * 64 + 64 + 64 * 32 + 32 + 32 * 16 + 16 + 16 + 1


def test_the_pictures_are_light():
    for explorer, limit in [(figures.race_explorer(), 0.6), (figures.momentum_explorer(), 0.4),
                            (figures.stream_explorer(), 0.2)]:
        assert sum(len(frame.image) for frame in explorer.frames.values()) < limit * 2**20
