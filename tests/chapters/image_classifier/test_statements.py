"""What the text of the chapter says beside its pictures."""

import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.image_classifier import study


def percents(values):
    return [round(100 * value, 1) for value in (min(values), max(values))]


def test_numbers_of_the_kept_results():
    results = study.results()
    assert percents(study.accuracies("none", "as taken")) == pytest.approx([95.5, 98.0], abs=0.1)
    assert percents(study.accuracies("none", "grey")) == pytest.approx([60.0, 87.2], abs=0.1)
    assert percents(results["no relu"]) == pytest.approx([95.2, 96.5], abs=0.1)
    assert percents(results["shuffled"]) == [99.0, 100.0]
    assert percents(results["digits"]) == [99.0, 100.0]
    exchanged = percents(study.accuracies("none", "red and blue exchanged"))
    assert exchanged == pytest.approx([86.5, 89.0], abs=0.1)
    sure = study.confidences("none", "red and blue exchanged")
    assert [round(min(sure), 2), round(max(sure), 2)] == [0.94, 0.99]
    sure = study.confidences("none", "grey")
    assert [round(min(sure), 2), round(max(sure), 2)] == [0.86, 0.98]


def test_what_augmentation_buys_and_costs():
    assert percents(study.accuracies("colours mixed", "grey")) == pytest.approx([90, 95.5], abs=0.1)
    lit = percents(study.accuracies("brighter, darker", "grey"))
    assert lit == pytest.approx([52.8, 63.2], abs=0.1)
    dark = percents(study.accuracies("colours mixed", "half as bright"))
    assert dark == pytest.approx([66.5, 80.2], abs=0.1)
    lowest = {name: min(min(study.accuracies(name, variant)) for variant in study.VARIANTS)
              for name in study.AUGMENTATIONS}
    assert lowest.pop("all three") >= 0.89
    assert max(lowest.values()) < 0.89


def test_the_background_is_hardly_ever_wrong_and_petals_are():
    x, y = study.parts()["test"]
    squares = np.sum((y == 1) & (x.mean(axis=(1, 2, 3)) < 0.2))
    for name in ("none", "all three"):
        dark, petals = np.transpose(study.results()["flower"][name])
        assert dark.min() >= 1 - 1.01 / squares
        assert petals.min() < 0.95
    assert petals[0] == pytest.approx(0.72, abs=0.05)
    assert study.accuracies("all three", "as taken")[0] == pytest.approx(0.96, abs=0.005)


@pytest.fixture(scope="module")
def models():
    return {name: study.train(0, augmentation=name).model for name in ("none", "all three")}


def test_seed_0_is_the_worst_with_augmentation_and_errs_on_petals(models):
    right = study.accuracies("all three", "as taken")
    assert right[0] == min(right)
    x, y = study.parts()["test"]
    wrong = nn.predict_class(models["all three"], x) != y
    assert np.all(y[wrong] == 1)
    assert x[wrong].mean(axis=(1, 2, 3)).min() > 0.2


def test_places_of_seed_0(models):
    from nnlib.chapters.image_classifier.figures import places

    def right(name, kind):
        p, _ = places.answers_over(models[name], 1, kind)
        return np.mean(p[:, :19] > 0.5), np.mean(p[:, 20:] > 0.5)

    assert right("none", "grey") == pytest.approx((0.49, 0.55), abs=0.04)
    assert right("all three", "grey") == pytest.approx((0.74, 0.75), abs=0.04)
    assert right("none", "as taken")[1] == pytest.approx(0.95, abs=0.03)
    assert right("all three", "as taken")[1] == pytest.approx(0.89, abs=0.03)


def test_the_double_softmax_floor_of_two_classes():
    assert np.log(1 + np.exp(-1)) == pytest.approx(0.3133, abs=1e-4)
