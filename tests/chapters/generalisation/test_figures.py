"""The frames of the chapter "Generalisation" state what was measured, and stay small."""

import re

import numpy as np
import pytest

from nnlib.chapters.generalisation import figures
from nnlib.chapters.generalisation.figures import (
    calibration,
    cuts,
    descent,
    many_seeds,
    methods,
    overfitting,
    selection,
    stopping,
    threshold,
)
from nnlib.chapters.generalisation.figures import pictures as changes
from nnlib.chapters.generalisation.study import kept

RNG = np.random.default_rng(0)
RARE = RNG.random(200) < 0.15
PROBABILITIES = {weight: np.clip(0.3 * RARE + 0.5 * RNG.random(200) + 0.01 * weight, 0, 1)
                 for weight in (1, 9)}


@pytest.fixture(scope="module")
def explorers():
    return {
        "selection": figures.selection_explorer(),
        "cuts": figures.cut_explorer(),
        "seeds": figures.seeds_explorer(),
        "overfitting": figures.overfitting_explorer(),
        "descent": figures.descent_explorer(),
        "stopping": figures.stopping_explorer(),
        "decay": figures.strength_explorer("weight decay"),
        "dropout": figures.strength_explorer("dropout"),
        "changes": figures.change_explorer(),
        "threshold": figures.threshold_explorer(PROBABILITIES, RARE, "rare"),
        "calibration": figures.calibration_explorer(),
    }


def test_explorers_have_their_frames_and_are_small(explorers):
    counts = {name: len(explorer.frames) for name, explorer in explorers.items()}
    assert counts == {"selection": 16, "cuts": 9, "seeds": 10, "overfitting": 12, "descent": 10,
                      "stopping": 18, "decay": 2, "dropout": 2, "changes": 14, "threshold": 14,
                      "calibration": 21}
    sizes = {name: sum(len(frame.image) for frame in explorer.frames.values())
             for name, explorer in explorers.items()}
    assert sum(sizes.values()) < 600_000
    for explorer in explorers.values():
        assert len({(f.width, f.height) for f in explorer.frames.values()}) == 1
        assert len({f.alt for f in explorer.frames.values()}) == len(explorer.frames)


def test_no_default_shows_the_answer_of_the_prediction_above_it(explorers):
    assert explorers["selection"].setting == {"tries": 1, "rows": 100}
    assert "63 %" not in explorers["selection"].alt()


def test_the_best_of_many_guessers_is_no_better_on_new_rows():
    scores, best, new = selection.best_of(100, 100)
    assert scores.shape == (100,)
    assert best.shape == new.shape == (400,)
    assert np.median(best) == pytest.approx(0.62, abs=0.01)
    assert np.median(new) == pytest.approx(0.5, abs=0.01)
    assert np.median(selection.best_of(1000, 1600)[1]) < 0.55
    assert np.median(selection.best_of(1000, 400)[1]) > 0.55
    assert "best of them scores" in selection.selection_frame(10, 25).alt


@pytest.mark.parametrize(("kind", "cut", "found"), [
    ("one row a person", "random rows", 0), ("five rows a person", "random rows", 10),
    ("five rows a person", "whole groups", 0), ("one row a day", "random rows", 10),
    ("one row a day", "the last in time", 0),
])
def test_what_held_out_rows_share_with_training(kind, cut, found):
    held = cuts.held_out(cut, cuts.groups_of(kind))
    assert held.sum() == 10
    assert cuts.answers(kind, held) == found
    assert f"10 held out, {found} of them" in cuts.cut_frame(kind, cut).alt


def test_a_fold_frame_has_the_scores_and_the_last_one_the_means():
    scores = {"a": np.array([0.7, 0.72, 0.74]), "b": np.array([0.6, 0.6, 0.63])}
    stepper = figures.fold_stepper(scores)
    assert len(stepper.frames) == 4
    assert "a 72.0 %; b 60.0 %" in stepper.frames[1].alt
    assert "a 72.0 % ± 1.2 %; b 61.0 % ± 1.0 %" in stepper.frames[3].alt


def test_leaks_frame_says_each_range():
    alt = figures.leaks_frame({"one": (0.5, {"a": [0.9, 0.8], "b": [0.4, 0.6]}),
                               "two": (0.1, {"c": [0.7], "d": [0.1]})}).alt
    assert "one, a: 80 % to 90 %; one, b: 40 % to 60 %; two, c: 70 % to 70 %" in alt


def test_frames_say_what_was_kept():
    train, new = overfitting.losses("10-32-1", 88)
    alt = overfitting.overfitting_frame("10-32-1", 88).alt
    assert f"training loss {np.median(train[:, -1]):.2f}" in alt
    assert f"validation loss {np.median(new[:, -1]):.2f}" in alt
    assert "of the new rows right" in alt
    train, new = overfitting.losses("one neuron", 353)
    assert (f"A: training {np.median(train[:, -1]):.2f}, validation {np.median(new[:, -1]):.2f}"
            in figures.reading_frame().alt)
    (entry,) = kept.entries("features", penalty=0.0, wrong=0.2)
    assert f"{100 * np.median(entry['test'], axis=0)[-1]:.0f} % at width 3,000" in (
        descent.descent_frame(0.0, 0.2).alt)
    (entry,) = kept.entries("changes", change="mirror up-down", rows=100)
    assert f"{100 * np.mean(entry['accuracy']['none']):.1f} %" in (
        changes.change_frame("mirror up-down", 100).alt)
    sure, right, loss = calibration.scored(20, 2.0)
    alt = calibration.calibration_frame(20, 2.0).alt
    assert f"confidence {100 * sure.mean():.0f} %, right {100 * right.mean():.0f} %" in alt
    assert f"loss {loss:.2f}" in alt
    alt = many_seeds.seeds_frame("batch norm", 5).alt
    assert f"batch norm {100 * many_seeds.accuracies('batch norm').mean():.1f} %" in alt


@pytest.mark.parametrize("wrong", [0.0, 0.2])
def test_a_strength_frame_names_every_strength(wrong):
    for method in methods.STRENGTH:
        alt = methods.strength_frame(method, wrong).alt
        for entry in methods.tried(method, wrong):
            (value,) = entry["setting"].values()
            assert (f"{value:g}: {100 * np.mean(entry['validation']):.1f} % and "
                    f"{100 * np.mean(entry['test']):.1f} %") in alt
        picked = [entry["setting"][methods.STRENGTH[method]]
                  for entry in methods.chosen(method, wrong)]
        for value in picked:
            assert f" {value:g} ({picked.count(value)})" in alt.partition("so many cuts:")[2]


def test_methods_frame_states_gains_of_equal_cuts():
    found = methods.outcomes(0.2)
    points = 100 * (found["dropout"] - found["none"])
    assert (f"dropout {100 * found['dropout'].mean():.1f} % ({points.mean():+.1f} ± "
            f"{points.std(ddof=1) / 10**0.5:.1f})") in methods.methods_frame().alt


def test_stopping_as_in_the_text():
    losses = [0.9, 0.7, 0.6, 0.58, 0.59, 0.6, 0.585, 0.61, 0.62, 0.57]
    assert stopping.stop(losses, 5) == (8, 3)               # counted from 0
    assert stopping.stop(losses, 20) == (9, 9)
    alt = stopping.stopping_frame(5, 320, 0.2).alt
    run, best = map(int, re.findall(r"stops after epoch (\d+) and keeps epoch (\d+)", alt)[0])
    assert run == best + 5
    assert "runs to the end" in stopping.stopping_frame(20, 320, 0.0).alt


def test_counts_precision_and_recall():
    probability, rare = np.array([0.9, 0.6, 0.4, 0.2]), np.array([True, False, True, False])
    assert threshold.counts(probability, rare, 0.5) == (1, 1, 1, 1)
    assert threshold.precision_recall(probability, rare, 0.5) == (0.5, 0.5)
    assert threshold.precision_recall(probability, rare, 0.95) == (1.0, 0.0)
    assert threshold.precision_recall(probability, rare, 0.3) == (2 / 3, 1.0)
    alt = threshold.threshold_frame(0.5, 1, {1: probability, 9: probability}, rare, "rare").alt
    assert "1 found, 1 missed, 1 false alarms, 1 rightly left alone" in alt
