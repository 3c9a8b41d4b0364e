"""The kept results are whole, a sample comes out again, and no pixel is in two parts."""

import numpy as np
import pytest

import nnlib.numpy
import nnlib.torch
from nnlib import data
from nnlib.chapters.image_classifier import study
from nnlib.chapters.image_classifier.study import changing, kept, making, pictures, recipe

SQUARE = 1 / 400                         # one test square


def test_results_hold_every_seed():
    results = study.results()
    assert kept.RESULTS.stat().st_size < 20_000
    for augmentation in study.AUGMENTATIONS:
        for variant in study.VARIANTS:
            assert np.shape(results["augmentations"][augmentation][variant]) == (10, 2)
        assert np.shape(results["flower"][augmentation]) == (10, 3)
        for kind in ("as taken", "grey"):
            sure = np.array(results["sure"][augmentation][kind])
            assert sure.shape == (10, 5, 3)
            assert np.all(sure[..., 0].sum(axis=1) == 400)
            right = sure[..., 1].sum(axis=1) / 400
            assert right == pytest.approx(study.accuracies(augmentation, kind), abs=1e-4)
    for name in ("no relu", "average", "shuffled", "strips", "digits"):
        assert np.shape(results[name]) == (10,)
    assert [int(side) for side in results["sides"]] == list(pictures.SIDES)
    assert np.shape(list(results["sides"].values())) == (5, 10)


def test_a_sample_comes_out_again():
    results = study.results()
    model = study.train(1).model
    for variant in study.VARIANTS:
        assert making.judged(model, variant) == pytest.approx(
            results["augmentations"]["none"][variant][1], abs=0.05)
    assert making.flower(model) == pytest.approx(results["flower"]["none"][1], abs=0.08)
    assert making.sure(model, "grey") == [pytest.approx(kept_row, abs=12) for kept_row in
                                          results["sure"]["none"]["grey"][1]]
    digits = pictures.threes_and_eights()
    assert making.accuracy(2, parts=digits) == pytest.approx(results["digits"][2], abs=0.02)
    assert making.mean_colour(study.parts()) == pytest.approx(results["mean colour"], abs=SQUARE)


def test_both_paths_train_alike():
    losses = [study.train(0, nn=nn, epochs=3).train_loss for nn in (nnlib.numpy, nnlib.torch)]
    assert losses[0] == pytest.approx(losses[1], rel=2e-3)


def test_the_best_epoch_is_kept_and_the_run_ends_in_evaluation_mode():
    run = study.train(0, epochs=6)
    assert run.best_epoch == int(np.argmin(run.validation_loss))
    for name, value in run.model.state_dict().items():
        np.testing.assert_array_equal(value, run.states[run.best_epoch][name])
    assert not run.model.training
    fresh = study.network(0)[0].state_dict()
    np.testing.assert_array_equal(run.start["0.weight"], fresh["0.weight"])
    assert len(run.lr) == len(run.states) == len(run.train_loss) == 6


def test_networks_have_the_sizes_that_the_text_names():
    def count(**options):
        model, _ = study.network(0, **options)
        return sum(p.data.size for p in model.parameters())

    assert count() == count(relu=False) == 34_258
    assert count(pool_all=True) == 1_426
    assert count(classes=5) - count() == 3 * 33
    assert count(shape=(8, 8, 1)) == 80 + 1_168 + (64 * 32 + 32) + 66


def test_parts_share_no_column():
    used = {part: {column for low, high in strips for column in range(low, high)}
            for part, strips in study.REGIONS.items()}
    assert sorted(map(len, used.values())) == [64, 256, 320]
    assert len(set.union(*used.values())) == 640
    for part, (x, y) in study.parts().items():
        rows = pictures.ROWS[part]
        assert x.shape == (2 * rows, 32, 32, 3)
        assert np.bincount(y).tolist() == [rows, rows]


def test_squares_lie_in_their_strips():
    x, y = study.cut(30, ((10, 45), (100, 140)), np.random.default_rng(3))
    for picture, label in zip(x, y, strict=True):
        photograph = study.photographs()[label]
        windows = [(top, left) for left in (*range(10, 14), *range(100, 109))
                   for top in range(427 - 31)
                   if np.array_equal(photograph[top:top + 32, left:left + 32], picture)]
        assert windows


def test_a_written_folder_reads_back(tmp_path):
    study.write_folder(tmp_path)
    found = data.load_image_folder(tmp_path, size=(32, 32))
    for part, (x, y) in study.parts().items():
        rows = [f"/{part}-" in file for file in found.files]
        np.testing.assert_array_equal(found.x[rows], x)
        np.testing.assert_array_equal(found.y[rows], y)
    assert found.classes == study.CLASSES
    assert not found.notes
    study.write_folder(tmp_path / "one", only=["validation"])
    assert len(data.load_image_folder(tmp_path / "one", size=(32, 32)).files) == 160


def test_strips_share_no_column_and_have_the_sizes_of_the_other_cuts(monkeypatch):
    used = []
    monkeypatch.setattr(pictures, "cut", lambda rows, strips, rng: used.append((rows, strips)))
    assert list(pictures.strips_parts(0)) == list(study.REGIONS)
    columns = [column for _, strips in used for low, high in strips for column in range(low, high)]
    assert sorted(columns) == list(range(640))
    assert [rows for rows, _ in used] == list(pictures.ROWS.values())
    assert all(abs(low - other) >= 64 for low, _ in used[0][1] for other, _ in used[2][1])


def test_groups_by_light_hold_every_flower_square_once():
    x, y = study.parts()["test"]
    groups = study.by_light(x, y)
    assert sorted(np.concatenate(groups)) == np.flatnonzero(y == 1).tolist()
    light = [x[rows].mean(axis=(1, 2, 3)) for rows in groups]
    assert light[0].max() < 0.2 <= light[1].min()
    assert light[1].max() < 0.35 <= light[2].min()


def test_augmentations_change_what_they_say():
    x = study.parts()["training"][0][:50]
    before = x.copy()
    seen = {name: study.augmented(x, name, np.random.default_rng(0))
            for name in study.AUGMENTATIONS}
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(seen["none"], x)
    flipped = [np.array_equal(a, b[:, ::-1]) for a, b in zip(seen["mirrored"], x, strict=True)]
    same = [np.array_equal(a, b) for a, b in zip(seen["mirrored"], x, strict=True)]
    assert all(a or b for a, b in zip(flipped, same, strict=True))
    assert 15 < sum(flipped) < 35
    np.testing.assert_allclose(np.sort(seen["colours mixed"], axis=-1).mean(axis=-1),
                               x.mean(axis=-1), atol=1e-6)
    assert seen["brighter, darker"].max() <= 1
    for array in seen.values():
        assert array.dtype == np.float32


def test_variants_are_what_they_are_called():
    x = np.random.default_rng(0).random((2, 4, 5, 3)).astype("float32")
    np.testing.assert_array_equal(study.varied(x, "mirrored"), x[:, :, ::-1])
    np.testing.assert_array_equal(study.varied(x, "upside down"), x[:, ::-1])
    np.testing.assert_array_equal(study.varied(x, "red and blue exchanged"), x[..., [2, 1, 0]])
    np.testing.assert_allclose(study.varied(x, "half as bright"), x / 2)
    assert np.ptp(study.varied(x, "grey"), axis=-1).max() == 0
    assert set(changing.STEPS) == set(study.AUGMENTATIONS)


def test_the_training_stops_when_it_should():
    parts = study.parts()
    x, y = parts["validation"]
    wrong = {**parts, "validation": (x, 1 - y)}             # gets worse from the first epoch on
    run = study.train(0, parts=wrong, epochs=30)
    assert len(run.states) == run.best_epoch + 1 + recipe.PATIENCE < 30
