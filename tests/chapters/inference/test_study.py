"""The kept results are whole, and a sample comes out again."""

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.inference import measuring, study
from nnlib.chapters.inference.study import kept, making, trial

ROW = 1 / 257                            # one validation row


def test_results_hold_every_seed():
    results = study.results()
    assert kept.RESULTS.stat().st_size < 20_000
    for run, options in trial.RUNS.items():
        for curves in results["forgotten"][run].values():
            assert np.shape(curves) == (len(trial.SEEDS), options["epochs"])
    for curves in results["knocked"].values():
        assert np.shape(curves) == (len(trial.SEEDS), len(trial.KNOCKED))
    assert np.shape(results["training mode"]) == (len(trial.SEEDS), len(trial.BATCHES))
    assert set(results["twos read"]) == set(trial.COMPANY)
    for shares in results["twos read"].values():
        assert {int(size): len(runs) for size, runs in shares.items()} == dict.fromkeys(
            trial.SIZES, len(trial.SEEDS))
    assert set(results["damage"]) == set(trial.DAMAGES)
    for path in ("numpy", "torch"):
        assert list(map(int, results["milliseconds"][path])) == list(making.SIZES)


def test_a_sample_comes_out_again():
    results = study.results()
    clean = trial.forgotten("clean", 1, forget=False)
    assert clean == pytest.approx(results["forgotten"]["clean"]["switched back"][1], abs=3 * ROW)
    knocked = trial.knocked_out(0.5, 2)
    assert knocked == pytest.approx(results["knocked"]["0.5"][2], abs=0.01)
    found = trial.used_in_training_mode(3)
    assert found["mixed"] == pytest.approx(results["training mode"][3], abs=0.03)
    assert found["sorted"] == pytest.approx(results["sorted rows"][3], abs=0.03)
    assert found["norm only"] == pytest.approx(results["sorted rows, norm only"][3], abs=0.03)
    assert found["evaluation"] == pytest.approx(results["evaluation mode"][3], abs=0.01)
    model = study.trained(4)
    for company in trial.COMPANY:
        assert trial.twos_read(model, company, 64) == pytest.approx(
            results["twos read"][company]["64"][4], abs=0.05)
    assert trial.twos_read(model, trial.COMPANY[0], 2, mode="evaluation") == 1
    for damage in study.DAMAGES:
        assert study.damaged(damage, model) == pytest.approx(
            results["damage"][damage][4], abs=3 * ROW)


def test_the_reader_is_the_same_on_both_paths():
    states = [study.trained(0, nn=nn, epochs=2).state_dict() for nn in
              (nnlib.numpy, nnlib.torch)]
    for name, value in states[0].items():
        np.testing.assert_allclose(value, states[1][name], atol=1e-4)


@pytest.mark.parametrize("nn", [nnlib.numpy, nnlib.torch], ids=["numpy", "torch"])
def test_what_is_kept_is_measured_where_it_is_kept(nn):
    model, _ = study.network(0, nn=nn)
    x = study.scaled(study.digits()[1][0][:64])
    training = measuring.kept_bytes(model.train(), x, record=True)
    evaluation = measuring.kept_bytes(model.eval(), x, record=True)
    # Only training keeps the mask, and the output of dropout beside that of ReLU.
    assert training - evaluation == pytest.approx(2 * 64 * 64 * 4, abs=600)
    assert training / (2 * 64 * 64 * 4) == pytest.approx(2.5, abs=0.02)   # to 64-64-10 alone
    assert measuring.kept_bytes(model, x, record=False) == 0


def test_times_are_positive_and_a_larger_batch_takes_longer():
    took = study.results()["milliseconds"]
    for path in ("numpy", "torch"):
        assert 0 < took[path]["1"] < took[path]["64"] < took[path]["1024"]
    assert making.milliseconds(nnlib.numpy, 1, repeats=30) > 0
    assert took["numpy"]["64"] / took["numpy"]["4"] == pytest.approx(6, abs=0.1)
    assert took["numpy"]["2"] / took["numpy"]["1"] == pytest.approx(3.7, abs=0.05)
    rows = study.rows_per_second("numpy")
    gains = [size for size in making.SIZES[:-1] if rows[2 * size] >= 1.1 * rows[size]]
    assert max(gains) == 32
    assert round(max(rows[size] for size in rows if size > 64), -3) == 89_000
