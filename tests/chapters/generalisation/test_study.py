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
    assert kept.RESULTS.stat().st_size <= 200_000
    assert set(found["versions"]) == {"python", "numpy"}
    seeds = len(making.SEEDS)
    settings = sum(map(len, making.METHODS.values()))
    assert {name: len(entries) for name, entries in found.items() if name != "versions"} == {
        "patients": len(making.NETWORKS) * len(making.PATIENT_ROWS) * seeds,
        "stops": len(making.STOP_ROWS) * len(making.WRONG) * seeds,
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
    run = trial.train_digits(wrong=0.2, seed=3, **setting)
    assert run.test_accuracy[-1] == pytest.approx(before["test"][3], abs=3.01 / 360)
    assert run.train_loss[-1] == pytest.approx(before["train_loss"][3], rel=0.03)


def test_refitting_random_features_gives_the_kept_errors():
    (before,) = study.entries("features", penalty=0.01, wrong=0.2)
    for width in (40, 300, 1000):
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


def test_no_chosen_strength_lies_at_an_edge_where_a_method_helps():
    for method, best in (("weight decay", 0.01), ("dropout", 0.75)):
        entries = methods.tried(method, 0.2)
        means = [np.mean(entry["test"]) for entry in entries]
        values = [next(iter(entry["setting"].values())) for entry in entries]
        assert values[int(np.argmax(means))] == best
        assert best not in (values[0], values[-1])
    penalties = {penalty: np.median(np.array(
        study.entries("features", penalty=penalty, wrong=0.2)[0]["test"])[:, 5:])
        for penalty in features.PENALTIES}
    assert min(penalties, key=penalties.get) == 0.01


def test_what_helped_and_what_did_not():
    clean, wrong = methods.outcomes(0.0), methods.outcomes(0.2)
    gain = {name: 100 * (values.mean() - clean["none"].mean()) for name, values in clean.items()}
    assert 0.5 < gain["batch norm"] < 1
    assert all(abs(value) <= 0.5 for name, value in gain.items() if name != "batch norm")
    gain = {name: 100 * (values.mean() - wrong["none"].mean()) for name, values in wrong.items()}
    assert gain["dropout"] == pytest.approx(5.4, abs=0.1)
    assert gain["weight decay"] == pytest.approx(4.4, abs=0.1)
    assert 2 < gain["early stopping"] < gain["small turns"] < 3
    assert gain["batch norm"] == pytest.approx(-3.8, abs=0.1)
    assert abs(gain["batches of 4"]) < 0.5
    assert 100 * (clean["none"].mean() - wrong["none"].mean()) > 8
    (strong,) = study.entries("methods", setting={"decay": 0.1}, wrong=0.2)
    assert round(100 * (wrong["none"].mean() - np.mean(strong["test"]))) == 36


def test_batch_normalisation_learns_the_wrong_labels_too():
    losses = [np.mean(study.entries("methods", setting=setting, wrong=0.2)[0]["train_loss"])
              for setting in ({"batch_norm": True}, {})]
    assert (round(losses[0], 2), round(losses[1], 1)) == (0.05, 0.5)


def test_dropout_with_clean_labels_is_within_what_ten_seeds_show():
    (plain,) = study.entries("methods", setting={}, wrong=0.0)
    for p in (0.25, 0.5):
        (with_it,) = study.entries("methods", setting={"dropout": p}, wrong=0.0)
        gain = np.mean(with_it["test"]) - np.mean(plain["test"])
        error = np.hypot(*(np.std(e["test"], ddof=1) / 10**0.5 for e in (plain, with_it)))
        assert round(100 * gain, 1) == pytest.approx(0.2, abs=0.06)
        assert gain < 2 * error


@pytest.mark.parametrize(("patience", "rows", "wrong", "low", "high"), [
    (1, 320, 0.0, -2.9, -2.7), (20, 320, 0.0, -0.3, -0.1),
    *((patience, rows, 0.2, 5.5, 9.5) for patience in (1, 5, 20) for rows in (160, 320, 1180)),
])
def test_what_early_stopping_gains_and_costs(patience, rows, wrong, low, high):
    found = stopping.endings(patience, rows, wrong)
    assert low < 100 * (found[:, 2] - found[:, 3]).mean() < high


def test_widest_gap_and_lowest_points_of_the_patients():
    gaps, lowest = {}, {}
    for network in overfitting.NETWORKS:
        for rows in overfitting.ROWS:
            train, new = (np.median(part, axis=0) for part in overfitting.losses(network, rows))
            gaps[network, rows] = new[-1] - train[-1]
            lowest[network, rows] = new.min(), 2 * int(new.argmin())
    large = "10-64-32-16-1"
    assert max(gaps, key=gaps.get) == (large, 176)
    assert gaps[large, 176] == pytest.approx(2.71, abs=0.01)
    assert lowest[large, 176][1] == 4
    assert round(lowest[large, 44][0], 2) == 0.67
    assert round(lowest[large, 353][0], 2) == 0.59
    assert gaps["one neuron", 44] == pytest.approx(0.63 - 0.42, abs=0.015)


def test_double_descent_and_its_cure():
    def error(penalty, wrong, width):
        (entry,) = study.entries("features", penalty=penalty, wrong=wrong)
        return round(float(np.median(np.array(entry["test"])[:, features.WIDTHS.index(width)])), 2)

    assert [error(0.0, 0.2, width) for width in (100, 300, 3000)] == [0.15, 0.65, 0.2]
    assert [error(0.0, 0.0, width) for width in (100, 300, 3000)] == [0.09, 0.37, 0.01]
    for width in features.WIDTHS[5:]:
        assert 0.06 <= error(0.01, 0.2, width) <= 0.1
    assert error(1.0, 0.2, 1000) > error(0.01, 0.2, 1000)
    for wrong in features.WRONG:                  # the peak is where weights and rows are as many
        (entry,) = study.entries("features", penalty=0.0, wrong=wrong)
        median = np.median(entry["test"], axis=0)[5:]
        assert features.WIDTHS[5 + int(median.argmax())] in (280, 300, 320)


def test_how_many_seeds_tell_the_better_one():
    gains = {name: many_seeds.accuracies(name).mean() - many_seeds.accuracies("none").mean()
             for name in many_seeds.RIVALS}
    assert round(100 * gains["dropout 0.25"], 1) == 0.3
    assert round(100 * gains["batch norm"], 1) == 0.9
    few = {rival: next(n for n in many_seeds.SEEDS if many_seeds.wrong_winner(rival, n) < 1 / 20)
           for rival in many_seeds.RIVALS}
    assert few == {"dropout 0.25": 20, "batch norm": 3}
    assert 1 / 5 < many_seeds.wrong_winner("dropout 0.25", 3) < 1 / 3


def test_confidence_grows_and_a_temperature_mends_only_that():
    sure = {epochs: calibration.scored(epochs, 1.0) for epochs in confidence.EPOCHS}
    assert [round(100 * found[0].mean()) for found in sure.values()] == [77, 84, 95]
    assert [round(100 * found[1].mean()) for found in sure.values()] == [73, 73, 70]
    for epochs in confidence.EPOCHS:
        best = calibration.best_temperature(epochs)
        assert 1 < best < 20
        assert calibration.scored(epochs, best)[2] <= sure[epochs][2]
        np.testing.assert_array_equal(calibration.scored(epochs, best)[1], sure[epochs][1])
    assert calibration.scored(5, 1.5)[2] < calibration.scored(100, 8.0)[2]


def test_calibration_error_of_hand_made_answers():
    sure = np.array([0.75, 0.75, 0.75, 0.75, 0.95, 0.95])
    right = np.array([True, True, True, False, True, False])
    assert calibration.calibration_error(sure, right) == pytest.approx((0 * 4 + 0.45 * 2) / 6)


def test_augmentation_helps_where_rows_vary_that_way():
    def mean(change, rows, new):
        (entry,) = study.entries("changes", change=change, rows=rows)
        return round(100 * float(np.mean(entry["accuracy"][new])))

    shift, turn = "shift by up to 1 pixel", "turn by up to 15°"
    assert (mean("none", 100, shift), mean(shift, 100, shift)) == (61, 83)
    assert (mean("none", 100, turn), mean(turn, 100, turn)) == (86, 92)
    for rows in making.CHANGE_ROWS:
        assert mean(shift, rows, "none") - mean("none", rows, "none") == -4
        worst = min(CHANGES, key=lambda change, rows=rows: mean(change, rows, "none"))
        assert worst == "turn by up to 180°"
    assert mean("mirror left-right", 100, "none") == 90
