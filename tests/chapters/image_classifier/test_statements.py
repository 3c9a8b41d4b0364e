"""What the text of the chapter says beside its pictures."""

import os
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.image_classifier import study
from nnlib.chapters.image_classifier.figures import places

NOTEBOOK = Path(__file__).parents[3] / "book" / "13_image_classifier.ipynb"


def percents(values):
    return [round(100 * value, 1) for value in (min(values), max(values))]


def mean(values):
    return 100 * np.mean(values)


def test_numbers_of_the_kept_results():
    results = study.results()
    taken = study.accuracies("none", "as taken")
    assert percents(taken) == pytest.approx([95.5, 99.8], abs=0.1)
    assert np.ptp(taken) < 0.045
    assert mean(taken) == pytest.approx(97, abs=0.5)
    assert mean(results["shuffled"]) == pytest.approx(99.8, abs=0.05)
    assert mean(results["strips"]) > mean(taken) + 1
    assert mean(results["average"]) > mean(taken)
    assert mean(taken) - mean(results["no relu"]) == pytest.approx(1, abs=0.3)
    assert max(results["no relu"]) > min(taken)
    assert percents(results["digits"]) == [96.0, 100.0]
    assert percents(study.accuracies("none", "grey")) == pytest.approx([60.0, 88.8], abs=0.1)
    assert np.ptp(study.accuracies("none", "grey")) == pytest.approx(0.29, abs=0.005)
    exchanged = percents(study.accuracies("none", "red and blue exchanged"))
    assert exchanged == pytest.approx([86.5, 92.2], abs=0.1)
    for variant, told in (("red and blue exchanged", [0.94, 0.99]), ("grey", [0.86, 0.99])):
        sure = study.confidences("none", variant)
        assert [round(min(sure), 2), round(max(sure), 2)] == told


def test_what_augmentation_buys_and_costs():
    grey = {name: study.accuracies(name, "grey") for name in study.AUGMENTATIONS}
    assert max(grey, key=lambda name: np.mean(grey[name])) == "colours mixed"
    assert mean(grey["colours mixed"]) == pytest.approx(93.7, abs=0.1)
    assert mean(grey["none"]) == pytest.approx(80.2, abs=0.1)
    assert np.all(np.array(grey["brighter, darker"]) < grey["none"])
    dark = sorted(study.accuracies("colours mixed", "half as bright"))
    assert 0.65 < dark[0] < dark[8] < 0.69 < 0.9 < dark[9]
    lowest = {name: min(min(study.accuracies(name, variant)) for variant in study.VARIANTS)
              for name in study.AUGMENTATIONS}
    assert lowest.pop("all three") >= 0.88
    assert max(lowest.values()) <= 0.711


def test_edges_and_petals_are_missed_and_no_background():
    for name in ("none", "all three"):
        background, edges, petals = np.transpose(study.results()["flower"][name])
        assert background.min() == 1
        assert edges.min() < petals.min() < 0.9
        assert np.mean(edges) < np.mean(petals)
    assert 1 - petals[0] == pytest.approx(1 / 3, abs=0.05)
    assert study.accuracies("all three", "as taken")[0] == pytest.approx(0.95, abs=0.005)


def test_calibration_holds_for_the_kind_of_pictures_only():
    for _, sure, right in study.sureness("all three", "as taken"):
        assert 0 <= right - sure < 0.07
    assert study.sureness("all three", "grey")[1][2] == pytest.approx(0.54, abs=0.005)
    _, sure, right = study.sureness("none", "grey")[-1]
    assert (round(sure, 3), round(right, 2)) == (0.999, 0.84)
    assert study.sureness("none", "as taken")[-1][2] > 0.99


def test_seed_0_is_the_worst_with_all_three():
    right = study.accuracies("all three", "as taken")
    assert right[0] == min(right)
    sides = study.results()["sides"]
    assert min(sides, key=lambda side: sides[side][0]) == "128"
    assert sides["128"][0] == pytest.approx(0.75, abs=0.03)


@pytest.fixture(scope="module")
def runs():
    return {name: study.train(0, augmentation=name) for name in ("none", "all three")}


def test_the_page_trains_what_was_kept(runs):
    for name, run in runs.items():
        right = np.mean(nn.predict_class(run.model, study.parts()["test"][0])
                        == study.parts()["test"][1])
        assert right == pytest.approx(study.accuracies(name, "as taken")[0], abs=0.01)


def test_epochs_of_seed_0(runs):
    run = runs["all three"]
    assert np.all(np.array(run.validation_loss) < run.train_loss)
    start = run.start["0.weight"]
    moved = np.linalg.norm(run.states[-1]["0.weight"] - start) / np.linalg.norm(start)
    assert moved == pytest.approx(0.16, abs=0.01)


def test_errors_of_seed_0_are_flowers_that_are_not_dark(runs):
    x, y = study.parts()["test"]
    wrong = nn.predict_class(runs["all three"].model, x) != y
    assert np.all(y[wrong] == 1)
    assert x[wrong].mean(axis=(1, 2, 3)).min() > 0.2
    p = nn.predict_proba(runs["all three"].model, study.varied(x, "grey"))[:, 1]
    surest = np.argsort(-p[y == 1])[:8]
    light = study.varied(x, "grey")[y == 1][surest]
    assert light.mean(axis=(1, 2, 3)).max() < 0.25
    assert light.std(axis=(1, 2, 3)).max() < 0.05


def test_places_of_seed_0(runs):
    def right(name, kind):
        p, _ = places.answers_over(runs[name].model, 1, kind)
        return np.mean(p[:, :19] > 0.5), np.mean(p[:, 20:] > 0.5)

    assert right("none", "grey") == pytest.approx((0.5, 0.55), abs=0.05)
    assert right("all three", "grey") == pytest.approx((0.74, 0.75), abs=0.04)


def test_one_grey_without_an_edge(runs):
    squares = np.stack([np.full((32, 32, 3), grey, np.float32) for grey in (0.05, 0.5)])
    p = nn.predict_proba(runs["none"].model, squares)[:, 1]
    assert p == pytest.approx([0.93, 0.05], abs=0.01)


def test_the_double_softmax_floor_of_two_classes():
    assert np.log(1 + np.exp(-1)) == pytest.approx(0.3133, abs=1e-4)


def test_the_cell_for_own_pictures_takes_three_classes_of_another_size(tmp_path, capsys):
    """A folder as a reader has it: three classes, two places each, and pictures of all shapes."""
    rng = np.random.default_rng(0)
    for name, colour in (("blue", 2), ("green", 1), ("red", 0)):
        (tmp_path / "own" / name).mkdir(parents=True)
        for group in ("garden", "house", "street"):
            for number in range(8):
                shape = (*rng.integers(40, 90, 2), 3)
                picture = rng.integers(0, 90, shape).astype(np.uint8)
                picture[..., colour] += 120
                Image.fromarray(picture).save(tmp_path / "own" / name / f"{group}-{number}.jpg")
    cells = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
             if cell.cell_type == "code"]
    (loading,) = [source for source in cells if "def load_classifier" in source]
    (own,) = [source for source in cells if source.startswith("folder = place")]
    first = own.index("own = data.load")
    there = {"np": np, "Path": Path, "data": data, "study": study, "nnlib": __import__("nnlib"),
             "work": type("", (), {"name": os.fspath(tmp_path)}), "folder": tmp_path / "own",
             "reading": {"size": (24, 40), "colour": "RGB", "fit": "crop"},
             "held": {"validation": ["house"], "test": ["street"]}}
    exec(loading[loading.index("def load_classifier"):], there)
    exec(own[first:], there)
    assert "asked about blue/garden-0.jpg it says blue" in capsys.readouterr().out
    x, y = there["own_parts"]["test"]
    assert x.shape == (24, 24, 40, 3)
    assert np.mean(nn.predict_class(there["trained"], x) == y) > 0.9
