"""The kept results are whole, small, what training gives, and what the text says of them."""

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib.callbacks import EarlyStopping
from nnlib.chapters.generalisation import study
from nnlib.chapters.generalisation.figures import (
    calibration,
    many_seeds,
    methods,
    overfitting,
    stopping,
)
from nnlib.chapters.generalisation.study import confidence, features, kept, making, trial
from nnlib.chapters.generalisation.study.changing import CHANGES, changed, moved


def test_results_hold_every_setting_and_the_file_is_small():
    found = study.results()
    assert kept.RESULTS.stat().st_size <= 250_000
    assert set(found["versions"]) == {"python", "numpy"}
    seeds = len(making.SEEDS)
    settings = sum(map(len, making.METHODS.values()))
    assert {name: len(entries) for name, entries in found.items() if name != "versions"} == {
        "patients": len(making.NETWORKS) * len(making.PATIENT_ROWS) * seeds,
        "stops": len(making.STOP_ROWS) * len(making.WRONG) * len(making.CUTS),
        "methods": settings * len(making.WRONG),
        "seeds": len(making.CONTESTANTS) + 1,
        "changes": len(CHANGES) * len(making.CHANGE_ROWS),
        "features": len(features.PENALTIES) * len(features.WRONG),
        "logits": confidence.SPLITS,
    }


@pytest.mark.parametrize(("sizes", "rows", "seed"), [((10, 1), 353, 1), ((10, 32, 1), 88, 0)])
def test_retraining_patients_gives_the_kept_curves(sizes, rows, seed):
    (before,) = study.entries("patients", sizes=list(sizes), rows=rows, seed=seed)
    again = making.patients_entry(sizes, rows, seed)
    for key in ("train_loss", "validation_loss"):
        np.testing.assert_allclose(again[key], before[key], rtol=0.01)


def test_retraining_a_run_that_is_stopped_gives_the_kept_curves():
    (before,) = study.entries("stops", rows=320, wrong=0.2, seed=1)
    again = making.stops_entry(320, 0.2, 1)
    np.testing.assert_allclose(again["validation_loss"][:20], before["validation_loss"][:20],
                               rtol=0.01)
    np.testing.assert_allclose(again["test_accuracy"], before["test_accuracy"], atol=5.01 / 360)


@pytest.mark.parametrize("setting", [{"decay": 0.01}, {"dropout": 0.5}, {"batch_norm": True},
                                     {"change": "turn by up to 15°"}])
def test_retraining_a_method_gives_the_kept_ending(setting):
    (before,) = study.entries("methods", setting=setting, wrong=0.2)
    run = trial.train_digits(wrong=0.2, seed=3, cut=3, **setting)
    assert run.test_accuracy[-1] == pytest.approx(before["test"][3], abs=3.01 / 360)
    assert run.train_loss[-1] == pytest.approx(before["train_loss"][3], rel=0.03)


def test_refitting_random_features_gives_the_kept_errors():
    (before,) = study.entries("features", penalty=0.01, wrong=0.2)
    for width in (40, 310, 1000):
        train, test = features.errors(width, 0.01, 0.2, seed=2)
        place = features.WIDTHS.index(width)
        assert train == pytest.approx(before["train"][2][place], abs=1.01 / 300)
        assert test == pytest.approx(before["test"][2][place], abs=1.01 / 360)


def test_retraining_one_cut_gives_the_kept_logits():
    (before,) = study.entries("logits", seed=0)
    again, labels = confidence.logits(0)
    assert [part.tolist() for part in labels] == before["labels"]
    for part in (0, 1):
        np.testing.assert_allclose(again[5][part], before["logits"]["5"][part], atol=0.02)


def test_parts_share_no_row_and_are_stratified():
    parts = study.digits()
    rows = [tuple(row) for x, _ in parts for row in x.tolist()]
    assert len(set(rows)) == len(rows) == 1797
    for _, y in parts:
        counts = np.bincount(y, minlength=10)
        assert counts.max() - counts.min() <= 6
    (x, _), (x_new, _) = study.patients()
    np.testing.assert_allclose(x.mean(axis=0), 0, atol=1e-5)
    assert np.abs(x_new.mean(axis=0)).max() > 0.01       # not scaled by themselves


def test_spoiled_labels_are_all_wrong_and_of_the_share_asked_for():
    y = np.arange(10).repeat(1000)
    wrong = study.spoiled(y, 0.2, np.random.default_rng(0)) != y
    assert wrong.mean() == pytest.approx(0.2, abs=0.02)


def test_changes_do_what_they_say():
    x = study.digits()[0][0][:50]
    rng = np.random.default_rng(0)
    pictures = x.reshape(-1, 8, 8).astype(float)
    zeros = np.zeros(50)
    np.testing.assert_allclose(moved(pictures, zeros, zeros, zeros), pictures, atol=1e-12)
    np.testing.assert_allclose(moved(pictures, zeros + 180, zeros, zeros),
                               pictures[:, ::-1, ::-1], atol=1e-9)
    np.testing.assert_allclose(moved(pictures, zeros, zeros + 1, zeros)[:, 1:], pictures[:, :-1],
                               atol=1e-12)
    np.testing.assert_allclose(moved(pictures, zeros, zeros, zeros + 1)[:, :, 1:],
                               pictures[:, :, :-1], atol=1e-12)
    for change in CHANGES:
        after = changed(x, change, rng)
        assert after.shape == x.shape
        assert after.dtype == x.dtype
        assert np.array_equal(after, x) == (change == "none")
    mirrored = changed(x, "mirror left-right", rng).reshape(-1, 8, 8)
    same = np.isclose(mirrored, x.reshape(-1, 8, 8)).all(axis=(1, 2))
    turned = np.isclose(mirrored, x.reshape(-1, 8, 8)[:, :, ::-1]).all(axis=(1, 2))
    assert (same | turned).all()
    assert 10 < turned.sum() < 40
    with pytest.raises(ValueError, match="sideways"):
        changed(x, "sideways", rng)


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_the_library_stops_where_the_chapters_function_does(nn):
    """And keeps the weights of that epoch, on both paths."""
    (x, y), validation, _ = study.digits()
    y = study.spoiled(y, 0.4, np.random.default_rng(5))
    rng = np.random.default_rng(0)
    model = nn.Sequential(nn.Dense(64, 64, rng=rng), nn.ReLU(), nn.Dense(64, 10, rng=rng))
    loss_fn, stopped = nn.CrossEntropyLoss(), EarlyStopping(patience=3)
    history = nn.fit(model, loss_fn, nn.Adam(model.parameters(), lr=0.01), (x[:200], y[:200]),
                     epochs=60, batch_size=32, validation=validation, callbacks=[stopped], rng=rng)
    run, best = stopping.stop(history.validation_loss, 3)
    assert len(history) == run + 1 < 60
    assert stopped.best_epoch == best
    assert nn.evaluate(model, loss_fn, validation)["loss"] == pytest.approx(
        history.validation_loss[best], rel=1e-5)


# --- what the text says ---


@pytest.mark.parametrize(("method", "wrong", "strengths"), [
    ("weight decay", 0.0, {1e-4, 1e-3, 3e-3, 0.01}), ("weight decay", 0.2, {3e-3, 0.01, 0.03}),
    ("dropout", 0.0, {0.1, 0.25, 0.5, 0.65, 0.75}), ("dropout", 0.2, {0.65, 0.75}),
])
def test_the_validation_rows_of_each_cut_choose_a_strength(method, wrong, strengths):
    picked = methods.chosen(method, wrong)
    assert {value for entry in picked for value in entry["setting"].values()} == strengths
    for cut, entry in enumerate(picked):
        assert entry["validation"][cut] == max(
            other["validation"][cut] for other in methods.tried(method, wrong))
        assert methods.outcomes(wrong)[method][cut] == entry["test"][cut]


def test_what_helped_and_what_did_not():
    gains = {wrong: {name: 100 * (values - found["none"]) for name, values in found.items()}
             for wrong in making.WRONG for found in [methods.outcomes(wrong)]}
    mean = {wrong: {name: points.mean() for name, points in found.items()}
            for wrong, found in gains.items()}
    error = {wrong: {name: points.std(ddof=1) / 10**0.5 for name, points in found.items()}
             for wrong, found in gains.items()}
    assert round(mean[0.0].pop("batch norm"), 1) == 0.6
    assert all(abs(value) <= 0.35 for value in mean[0.0].values())
    for name in ("weight decay", "dropout", "early stopping"):
        assert 7 < mean[0.2][name] < 9
        assert gains[0.2][name].min() > 0
        assert mean[0.2][name] > 5 * error[0.2][name]
    assert round(mean[0.2]["small turns"]) == 3
    for name in ("batch norm", "batches of 4"):
        assert abs(mean[0.2][name]) < 2 * error[0.2][name]
    assert round(mean[0.2]["dropout"]) == 8
    assert [round(mean[0.0][name], 1) for name in ("weight decay", "dropout")] == [0.2, 0.2]
    assert round(error[0.0]["dropout"], 1) == 0.2
    for decay, points in ((0.01, 8), (0.1, -27)):
        (entry,) = study.entries("methods", setting={"decay": decay}, wrong=0.2)
        gained = np.array(entry["test"]) - methods.outcomes(0.2)["none"]
        assert round(100 * gained.mean()) == points
    clean, spoiled = (methods.outcomes(wrong)["none"].mean() for wrong in making.WRONG)
    assert round(100 * (clean - spoiled)) == 14


def test_batch_normalisation_has_learned_more_of_the_clean_rows():
    losses = [np.mean(study.entries("methods", setting=setting, wrong=0.0)[0]["train_loss"])
              for setting in ({"batch_norm": True}, {})]
    assert [round(loss, 3) for loss in losses] == [0.001, 0.007]


def test_the_plain_runs_of_two_studies_are_the_same():
    for wrong in making.WRONG:
        np.testing.assert_array_equal(stopping.endings(1, methods.ROWS, wrong)[:, 3],
                                      methods.outcomes(wrong)["none"])


def gains_of_stopping(patience, rows, wrong):
    found = stopping.endings(patience, rows, wrong)
    return 100 * (found[:, 2] - found[:, 3])


def test_what_early_stopping_gains_and_costs():
    assert round(gains_of_stopping(1, 320, 0.0).mean(), 1) == -2.0
    assert round(gains_of_stopping(20, 320, 0.0).mean(), 1) == -0.2
    for rows in making.STOP_ROWS:
        for patience in (5, 20):
            assert 6.9 < gains_of_stopping(patience, rows, 0.2).mean() < 9.5
    found = gains_of_stopping(1, 320, 0.2)
    assert (round(found.mean()), round(found.min())) == (5, -4)
    assert gains_of_stopping(5, 320, 0.2).min() > 0


def test_widest_gap_and_lowest_points_of_the_patients():
    gaps, lowest = {}, {}
    for network in overfitting.NETWORKS:
        for rows in overfitting.ROWS:
            train, new = (np.median(part, axis=0) for part in overfitting.losses(network, rows))
            gaps[network, rows] = new[-1] - train[-1]
            lowest[network, rows] = new.min(), 2 * int(new.argmin())
    large = "10-64-32-16-1"
    assert max(gaps, key=gaps.get) == (large, 176)
    assert gaps[large, 176] == pytest.approx(2.28, abs=0.01)
    assert gaps[large, 353] == pytest.approx(2.16 - 0.01, abs=0.01)
    assert lowest[large, 176][1] == 4
    assert [round(lowest[large, rows][0], 2) for rows in overfitting.ROWS] == [
        0.66, 0.64, 0.63, 0.59]
    assert gaps["one neuron", 44] == pytest.approx(0.60 - 0.43, abs=0.015)
    assert lowest["one neuron", 44][1] == 100
    right = [np.median([entry["right"] for entry in study.entries(
        "patients", sizes=[10, 64, 32, 16, 1], rows=rows)]) for rows in overfitting.ROWS]
    assert 0.63 < min(right) < max(right) < 0.7


def test_double_descent_and_its_cure():
    def error(penalty, wrong, width):
        (entry,) = study.entries("features", penalty=penalty, wrong=wrong)
        return round(float(np.median(np.array(entry["test"])[:, features.WIDTHS.index(width)])), 2)

    assert [error(0.0, 0.2, width) for width in (100, 300, 3000)] == [0.16, 0.89, 0.23]
    assert [error(0.0, 0.0, width) for width in (150, 300, 3000)] == [0.06, 0.83, 0.03]
    for width in features.WIDTHS[5:]:
        assert 0.08 <= error(0.01, 0.2, width) <= 0.115
        assert 0.115 < error(1.0, 0.2, width) <= 0.155
    for wrong in features.WRONG:       # in every cut, with 290 and 310 beside it
        (entry,) = study.entries("features", penalty=0.0, wrong=wrong)
        peaks = np.array(entry["test"])[:, 5:].argmax(axis=1)
        assert {features.WIDTHS[5 + int(place)] for place in peaks} == {300}


def test_from_as_many_units_as_rows_on_every_training_row_is_fitted():
    for wrong in features.WRONG:
        (entry,) = study.entries("features", penalty=0.0, wrong=wrong)
        train = np.array(entry["train"])
        assert (train[:, features.WIDTHS.index(300):] == 0).all()


def test_how_many_seeds_tell_the_better_one():
    gains = {name: many_seeds.accuracies(name).mean() - many_seeds.accuracies("none").mean()
             for name in many_seeds.RIVALS}
    assert round(100 * gains["dropout 0.25"], 1) == 0.4
    assert round(100 * gains["batch norm"], 1) == 0.7
    few = {rival: next(n for n in many_seeds.SEEDS if many_seeds.wrong_winner(rival, n) < 1 / 20)
           for rival in many_seeds.RIVALS}
    assert few == {"dropout 0.25": 10, "batch norm": 3}
    assert many_seeds.wrong_winner("dropout 0.25", 3) == pytest.approx(1 / 5, abs=0.03)


def test_confidence_grows_and_a_temperature_mends_only_that():
    sure = {epochs: calibration.scored(epochs, 1.0) for epochs in confidence.EPOCHS}
    assert [round(100 * found[0].mean()) for found in sure.values()] == [77, 84, 95]
    assert [round(100 * found[1].mean()) for found in sure.values()] == [73, 73, 70]
    for epochs in confidence.EPOCHS:
        best = calibration.temperatures(epochs)
        assert best.shape == (confidence.SPLITS,)
        assert 0.5 < best.min() < best.max() < 20
        assert calibration.scored(epochs, best)[2] <= sure[epochs][2]
        np.testing.assert_array_equal(calibration.scored(epochs, best)[1], sure[epochs][1])
    found = {t: calibration.scored(20, t)[0].mean() for t in calibration.TEMPERATURES}
    assert min(found, key=lambda t: abs(found[t] - sure[20][1].mean())) == 2.0


def test_each_cut_gets_the_temperature_that_suits_its_own_validation_rows():
    logits, labels = calibration.answers(100, calibration.VALIDATION)
    best = calibration.temperatures(100)
    for other in (0.9, 1.1):
        assert (calibration.losses(logits, labels, best)
                <= calibration.losses(logits, labels, best * other) + 1e-12).all()


def test_bars_of_hand_made_answers():
    sure = np.array([0.75, 0.75, 0.75, 0.75, 0.95, 0.95])
    right = np.array([True, True, True, False, True, False])
    table = calibration.bars(sure, right)
    np.testing.assert_allclose(table[[2, 4]], [[0.75, 0.75, 4], [0.95, 0.5, 2]])
    assert (table[[0, 1, 3], 2] == 0).all()


def test_augmentation_helps_where_rows_vary_that_way():
    def found(change, rows, new="none"):
        (entry,) = study.entries("changes", change=change, rows=rows)
        return 100 * np.array(entry["accuracy"][new])

    shift, turn = "shift by up to 1 pixel", "turn by up to 15°"
    assert [round(found(change, 100, shift).mean()) for change in ("none", shift)] == [56, 86]
    assert [round(found(change, 100, turn).mean()) for change in ("none", turn)] == [86, 89]
    for rows in making.CHANGE_ROWS:
        for change in (shift, turn):
            assert -1.5 < (found(change, rows) - found("none", rows)).mean() < 0.05
        means = {change: found(change, rows).mean() for change in CHANGES}
        assert min(means, key=means.get) == "turn by up to 180°"
    assert round(found("none", 100).mean()) == 90
    assert round(found("turn by up to 180°", 100).mean()) == 73
    assert round(found("mirror left-right", 100).mean(), 1) == 87.7
    assert (found("mirror left-right", 100) < found("none", 100)).all()
