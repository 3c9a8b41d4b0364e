"""The pictures of the chapter "A complete image classifier" state what the live code gives."""

import itertools
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import nnlib.numpy as nn
from nnlib.chapters.image_classifier import figures, study, upload
from nnlib.chapters.image_classifier.figures import answers, places, reading, sizes
from nnlib.chapters.image_classifier.study import pictures

LIMIT = 0.6 * 2**20                      # bytes that an explorer may weigh
NOTEBOOK = Path(__file__).parents[3] / "book" / "13_image_classifier.ipynb"


@pytest.fixture(scope="module")
def run():
    return study.train(0, epochs=4)


@pytest.fixture(scope="module")
def ledger():
    """The function of the page."""
    (source,) = [cell.source for cell in nbformat.read(NOTEBOOK, as_version=4).cells
                 if cell.cell_type == "code" and "def ledger(" in cell.source]
    there = {}
    exec(compile(source.split("assert sum")[0], str(NOTEBOOK), "exec"), there)
    return there["ledger"]


def light(frames, count):
    frames = list(frames.values()) if isinstance(frames, dict) else list(frames)
    assert len(frames) == count
    assert sum(len(frame.image) for frame in frames) < LIMIT


def test_sizes_are_those_of_real_layers(ledger):
    explorer = figures.sizes_explorer(ledger)
    light(explorer.frames, 18)
    for head, padding in itertools.product(sizes.HEADS, sizes.PADDINGS):
        rng = np.random.default_rng(0)
        side = 224
        for _ in range(2):
            side = (side + 2 * padding - 2) // 2
        n = side * side * 64 if head.startswith("flatten") else 64
        units = [n, 128, 2] if "dense 128" in head else [n, 2]
        conv = [nn.Conv2D(a, b, 3, padding=padding, rng=rng) for a, b in ((3, 32), (32, 64))]
        total = sum(p.data.size for layer in conv for p in layer.parameters())
        total += sum(a * b + b for a, b in itertools.pairwise(units))
        assert f"Together {total:,}." in explorer.frame((head, padding, "parameters")).alt
    alt = explorer.frame(("flatten, dense 128", 0, "work")).alt
    assert "285,460,096" in alt
    assert "218,990,592" in alt
    assert "Together 2,918,368." in explorer.frame(("flatten, dense 128", 0, "maps")).alt


def test_work_is_what_windows_make(ledger):
    rows = [row for row in ledger() if row[0] == "conv"]
    for (_, shape, _, work), channels in zip(rows, (3, 32), strict=True):
        assert work == np.prod(shape) * 9 * channels


def test_the_ten_files_are_what_the_text_says():
    light(figures.reading_explorer().frames, 10)
    opened = {name: reading.opened(reading.as_bytes(name)) for name in reading.FILES}
    loaded = {name: reading.loaded(reading.as_bytes(name)) for name in reading.FILES}
    refused = {name for name, (array, _) in loaded.items() if array is None}
    assert refused == {"a download that broke off", "a text file", "20,000 × 20,000 pixels"}
    assert refused == {name for name, (array, _) in opened.items() if array is None}
    assert {name for name, (array, _) in opened.items() if array is not None
            and array.ndim == 2 and array.dtype == np.uint8} >= {"a scan in grey"}
    assert opened["colours of a printer"][0].shape[-1] == 4
    assert opened["partly transparent"][0].shape[-1] == 4
    assert opened["16 bits of grey"][0].max() > 255
    assert opened["a phone held upright"][0].shape[:2] == (120, 90)         # on its side
    upright = loaded["a phone held upright"][0]
    assert np.abs(upright - loaded["an ordinary PNG"][0]).mean() < 0.03
    for array, _ in loaded.values():
        assert array is None or (array.shape, array.dtype) == ((64, 64, 3), np.float32)


def test_changes_show_the_kept_results():
    explorer = figures.change_explorer()
    light(explorer.frames, 30)
    for augmentation, variant in explorer.frames:
        alt = explorer.frame((augmentation, variant)).alt
        assert f"ten seeds: {figures.spread(study.accuracies(augmentation, variant))}," in alt
        assert f"{np.mean(study.confidences(augmentation, variant)):.2f}." in alt
        lowest = min(min(study.accuracies(augmentation, kind)) for kind in study.VARIANTS)
        said = explorer.frame((augmentation, variant)).text
        assert re.search(rf"Lowest of all kinds: [a-z ]+, {100 * lowest:.0f} %\n", said)


def test_sureness_is_that_of_the_kept_answers():
    alt = figures.sureness_frame().alt
    for name, title in (("none", "without augmentation"), ("all three", "with all three")):
        for kind in ("as taken", "grey"):
            found = ", ".join(f"{100 * right:.0f} % at {sure:.2f}"
                              for _, sure, right in study.sureness(name, kind))
            assert f"{title}, squares {kind}: {found}" in alt


def test_epochs_tell_the_run(run):
    x, _ = study.parts()["test"]
    stepper = figures.epochs_stepper(run, x[0])
    light(stepper.frames, 4)
    for epoch, frame in enumerate(stepper.frames):
        assert f"validation loss {run.validation_loss[epoch]:.3f}" in frame.alt
    first, last = (int(re.search(r"moved by: (\d+) %", stepper.frames[place].text)[1])
                   for place in (0, -1))
    assert first < last < 30


def test_answers_count_every_square(run):
    x, y = study.parts()["test"]
    p = {kind: nn.predict_proba(run.model, study.varied(x, kind)) for kind in answers.KINDS}
    explorer = figures.answers_explorer(p)
    light(explorer.frames, 12)
    for kind in answers.KINDS:
        counts = [int(re.search(r": (\d+) of 200", explorer.frame((cell, kind)).alt)[1])
                  for cell in answers.CELLS]
        assert sum(counts) == 400
        assert counts[1] + counts[2] == np.sum(p[kind].argmax(axis=1) != y)


def test_places_are_answers_to_squares(run):
    light(figures.places_explorer({"none": run.model}).frames, 4)
    p, picture = places.answers_over(run.model, 1, "grey")
    square = picture[None, 2 * places.STEP:2 * places.STEP + 32, 80:112]
    assert p[2, 5] == pytest.approx(nn.predict_proba(run.model, square)[0, 1], abs=1e-5)


def test_scales_ask_about_pieces(run):
    explorer = figures.scale_explorer(run.model)
    light(explorer.frames, 5)
    for side in pictures.SIDES:
        x, y = pictures.pieces(side)
        right = (nn.predict_class(run.model, x) == y)[y == 1].mean()
        assert f"and {100 * right:.0f} % of flower" in explorer.frame((side,)).alt


def test_regions_and_leak_are_told():
    assert "64" not in figures.regions_frame().alt
    for low, high in study.REGIONS["training"]:
        assert f"{low} " in figures.regions_frame().alt
        assert f"{high} " in figures.regions_frame().alt
    for name in ("shuffled", "strips"):
        assert figures.spread(study.results()[name]) in figures.leak_frame().alt


def test_an_uploaded_picture_gets_a_line():
    def classify(content):
        if content == b"no":
            raise ValueError("read_image expected a picture")
        return {"china": 0.25, "flower": 0.75}

    card = upload.Upload(classify)
    assert card.line("a.png", b"yes") == "a.png: china 0.25, flower 0.75"
    assert card.line("b.png", b"no") == "b.png: read_image expected a picture"
    new = ({"name": "a<b>.png", "content": memoryview(b"yes")},)
    assert upload.contents(new) == [("a<b>.png", b"yes")]
    assert upload.contents({"c.png": {"metadata": {"name": "c.png"}, "content": b"x"}}) == [
        ("c.png", b"x")]
    card._chosen({"new": new})
    assert card.result.value == "<p>a&lt;b&gt;.png: china 0.25, flower 0.75</p>"
    assert "nn-live-only" in card.children[-1]._dom_classes
