"""Pictures of the chapter "Tensors": each frame states what the live code gives."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from nnlib import data
from nnlib.chapters.tensors import figures
from nnlib.chapters.tensors.figures import broadcasting, operations

NOTEBOOK = Path(__file__).resolve().parents[3] / "book" / "02_tensors.ipynb"
EXPRESSIONS = list(operations.OPERATIONS)
PAIRS = [(a, b) for a in broadcasting.SHAPES_A for b in broadcasting.SHAPES_B]


def numbers(text):
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)]


@pytest.fixture(scope="module")
def explorer():
    return figures.operation_explorer()


@pytest.fixture(scope="module")
def sums():
    return figures.broadcasting_explorer()


# --- twelve operations ---


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_frame_of_an_operation_says_what_numpy_gives(explorer, expression):
    result = eval(expression, {"x": np.arange(96.0).reshape(2, 4, 4, 3)})
    alt = explorer.alt((expression,))
    assert alt.startswith(f"Operation {expression} on a batch of shape (2, 4, 4, 3)")
    assert f"gives shape {result.shape}, {result.size} numbers" in alt
    shown = numbers(alt.partition("beginning ")[2])
    assert shown == pytest.approx(result.ravel()[:6])


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_the_spelling_for_torch_gives_the_same(expression):
    x = operations.batch()
    by_torch = operations.apply(operations.OPERATIONS[expression].torch, torch.from_numpy(x))
    np.testing.assert_array_equal(by_torch.numpy(), operations.apply(expression, x))


@pytest.mark.parametrize(("expression", "used"), [
    ("x[1]", 48), ("x[0, 1, 2]", 3), ("x[..., 0]", 32), ("x[:, :2, :2]", 24),
    ("x.mean(axis=-1)", 96),
])
def test_a_frame_counts_the_numbers_that_are_used(explorer, expression, used):
    assert f"It uses {used} of the 96 numbers" in explorer.alt((expression,))


def test_sources_are_the_numbers_a_result_is_made_of():
    """By the mean of what is named: every operation takes numbers or averages them."""
    for expression in EXPRESSIONS:
        made_of = operations._sources(expression)
        results = operations.apply(expression, operations.batch()).ravel()
        means = [np.flatnonzero(row).mean() for row in made_of]
        np.testing.assert_allclose(means, results)


def test_the_mistake_has_the_shape_of_the_right_conversion_and_other_numbers():
    x = operations.batch()
    right, wrong = (operations.apply(e, x) for e in (operations.OPENING, operations.MISTAKE))
    assert right.shape == wrong.shape
    assert not np.array_equal(right, wrong)
    assert all(len(np.unique(plane % 3)) == 1 for image in right for plane in image)
    assert all(len(np.unique(plane % 3)) == 3 for image in wrong for plane in image)


def test_the_comparison_shows_both_from_the_frames_of_the_explorer(explorer):
    compare = figures.compare_operations()
    assert compare.explorer is explorer
    values = [compare.controls[side]["operation"].index for side in "AB"]
    assert [EXPRESSIONS[i] for i in values] == [operations.OPENING, operations.MISTAKE]


# --- broadcasting ---


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_frame_of_two_shapes_says_what_numpy_and_torch_say(sums, a, b):
    frame = sums.frame((a, b))
    assert frame.alt.startswith(f"Shape of A {a}, shape of B {b}: ")
    first = np.arange(1.0, 1 + math.prod(a)).reshape(a)
    second = np.arange(10.0, 10 * math.prod(b) + 1, 10).reshape(b)
    result, said = added(first, second)
    if result is None:
        assert f"NumPy says: {said}." in frame.alt
        with pytest.raises(RuntimeError) as torchs:
            torch.zeros(a) + torch.zeros(b)
        assert f"torch: RuntimeError, {torchs.value}" in frame.text
    else:
        assert f"A + B has shape {result.shape}." in frame.alt
        assert numbers(frame.alt.partition("rows: ")[2].rstrip(".")) == list(result.ravel())
        assert tuple((torch.zeros(a) + torch.zeros(b)).shape) == result.shape


def added(first, second):
    """The sum and what NumPy says, one of the two."""
    try:
        return first + second, None
    except ValueError as error:
        return None, str(error).strip()


def test_both_failures_can_be_reached(sums):
    """The error, and the sum that nobody wanted: sixteen numbers from four and four."""
    assert "cannot be added" in sums.alt(((4,), (4, 3)))
    assert "shape (4, 4)" in sums.alt(((4,), (4, 1)))


def test_the_explorers_have_36_frames_and_are_small(explorer, sums):
    images = [frame.image for frame in (*explorer.frames.values(), *sums.frames.values())]
    assert len(images) == len(set(images)) == 36
    for shown in (explorer, sums):
        assert sum(len(frame.image) for frame in shown.frames.values()) < 0.6 * 2**20
        assert len({(frame.width, frame.height) for frame in shown.frames.values()}) == 1
        assert max(frame.width for frame in shown.frames.values()) <= 500


# --- single figures ---


def arrays(*shapes):
    return [np.zeros(shape, "float32") for shape in shapes]


def test_dimension_cards_say_the_real_shapes():
    shapes = [(), (4,), (2, 2), (5, 6, 3), (7, 5, 6, 3)]
    alt = figures.dimension_cards(*arrays(*shapes)).alt
    for axes, shape in enumerate(shapes):
        assert f"{axes}-D {shape}: " in alt


def test_notation_cards_say_the_real_shapes_and_refuse_others():
    shapes = [(7, 5, 6, 3), (9, 2), (4, 8), (4, 8, 3)]
    alt = figures.notation_cards(*arrays(*shapes)).alt
    for name, shape in zip(("pictures", "table", "word ids", "embedded"), shapes, strict=True):
        assert re.search(rf"{name} \([a-z, ]+\) {re.escape(str(shape))}", alt)
    with pytest.raises(ValueError, match="pictures expected 4 axes, got 3"):
        figures.notation_cards(*arrays((5, 6, 3), *shapes[1:]))


def test_the_product_frame_shows_an_entry_and_its_terms():
    x, w = np.array([[1.0, 2], [3, 4]]), np.array([[5.0, 6, 7], [8, 9, 1]])
    frame = figures.product_frame(x, w, row=1, column=2)
    assert frame.alt.endswith("in row 1 and column 2 is 3·7 + 4·1 = 25.")
    assert (x @ w)[1, 2] == 25
    assert "the product has shape (2, 3)" in frame.alt


def test_the_planes_of_a_photograph_have_the_means_that_are_said():
    photograph = np.stack([np.full((4, 6), value) for value in (0.25, 0.5, 1.0)], axis=-1)
    assert "red 0.25, green 0.50, blue 1.00" in figures.channel_planes(photograph).alt


def test_the_scrambled_frame_counts_what_stayed_in_place():
    picture = np.random.default_rng(0).random((6, 6, 3))
    right, wrong = picture.transpose(2, 0, 1), picture.reshape(3, 6, 6)
    share = 100 * np.mean(right == wrong)
    assert f"{share:.1f} % of the numbers stand in the same place" in (
        figures.scrambled_frame(right, wrong).alt)


def test_histograms_say_the_ranges():
    wine = data.load_wine().x[:, :2]
    scaled = data.Standardizer().fit(wine).transform(wine)
    alt = figures.scales_frame(wine, scaled, ("alcohol", "acid")).alt
    assert "of 178 wines" in alt
    for column, name in enumerate(("alcohol", "acid")):
        ends = [f"{end:.1f}" for table in (wine, scaled)
                for end in (table[:, column].min(), table[:, column].max())]
        raw, standardised = " to ".join(ends[:2]), " to ".join(ends[2:])
        assert f"{name} from {raw}, standardised from {standardised}" in alt


def test_pieces_are_counted():
    frame = figures.crops_frame(np.zeros((12, 8, 8, 3), "uint8"), shown=4)
    assert frame.alt.startswith("4 of 12 square pieces")
    assert "8 by 8 pixels" in frame.alt


# --- the page ---


def test_the_alternative_texts_in_the_page_are_those_of_the_frames():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    found = 0
    for cell in cells:
        image = cell["metadata"].get("mystnb", {}).get("image")
        if image:
            (output,) = [o for o in cell["outputs"] if o["output_type"] == "execute_result"]
            shown = "".join(output["data"]["text/plain"])
            assert shown.partition(", ")[2] == f"{image['alt']!r})"
            found += 1
    assert found == 7
