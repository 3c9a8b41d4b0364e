"""Pictures of the chapter "Tensors": each frame states what the live code gives."""

import math
import re

import numpy as np
import pytest
import torch

from nnlib import data
from nnlib.chapters.tensors import figures
from nnlib.chapters.tensors.figures import broadcasting, memory, operations, rounding

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


# --- thirteen operations ---


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_frame_of_an_operation_says_what_numpy_gives(explorer, expression):
    result = eval(expression, {"x": np.arange(96.0).reshape(2, 4, 4, 3)})
    alt = explorer.alt((expression,))
    assert alt.startswith(f"Operation {expression} on a batch of shape (2, 4, 4, 3)")
    assert f"gives shape {result.shape}, {result.size} numbers" in alt
    shown = numbers(alt.partition("beginning ")[2].partition(". In NumPy")[0])
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


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_frame_says_whether_the_result_is_a_view_and_with_which_steps(explorer, expression):
    """What a frame says of the memory is found again by writing into the result."""
    x = operations.batch()
    result = operations.apply(expression, x)
    alt, before = explorer.alt((expression,)), x.copy()
    t = torch.from_numpy(x.copy())
    operations.apply(operations.OPERATIONS[expression].torch, t)[...] = -1
    result[...] = -1
    torch_copies = "torch's flip copies" in alt
    assert torch_copies == (np.array_equal(t, before) and not np.array_equal(x, before))
    assert ("a view of x" in alt) == (not np.array_equal(x, before))
    if "a view of x" in alt:
        steps = numbers(alt.partition("with steps ")[2].partition(")")[0])
        first = np.arange(96.0)[operations.apply(expression, before).astype(int)]
        for axis, step in enumerate(steps):
            assert np.all(np.diff(first, axis=axis) == step)


def test_the_explorer_does_not_open_with_the_answer_of_a_prediction(explorer):
    (control,) = explorer.controls.values()
    shown = EXPRESSIONS[control.index]
    assert shown == operations.OPENING
    assert shown not in (operations.RIGHT, operations.MISTAKE)


def test_the_mistake_has_the_shape_of_the_right_conversion_and_other_numbers():
    x = operations.batch()
    right, wrong = (operations.apply(e, x) for e in (operations.RIGHT, operations.MISTAKE))
    assert right.shape == wrong.shape
    assert not np.array_equal(right, wrong)
    assert all(len(np.unique(plane % 3)) == 1 for image in right for plane in image)
    assert all(len(np.unique(plane % 3)) == 3 for image in wrong for plane in image)


def test_the_comparison_shows_both_from_the_frames_of_the_explorer(explorer):
    compare = figures.compare_operations()
    assert compare.explorer is explorer
    values = [compare.controls[side]["operation"].index for side in "AB"]
    assert [EXPRESSIONS[i] for i in values] == [operations.REVERSED, operations.PICKED]


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


def test_the_explorers_have_37_frames_and_are_small(explorer, sums):
    images = [frame.image for frame in (*explorer.frames.values(), *sums.frames.values())]
    assert len(images) == len(set(images)) == 37
    for shown in (explorer, sums):
        assert sum(len(frame.image) for frame in shown.frames.values()) < 0.6 * 2**20
        assert len({(frame.width, frame.height) for frame in shown.frames.values()}) == 1
        assert max(frame.width for frame in shown.frames.values()) <= 500


# --- who shares memory ---


@pytest.mark.parametrize("making", memory.MAKINGS)
def test_a_frame_says_what_becomes_of_a_on_both_paths(making):
    frame = memory.sharing_frame(making)
    a, t = memory.start(), torch.from_numpy(memory.start())
    b = eval(making, {"a": a})
    shape = b.shape
    b[...] = 9
    eval(memory.MAKINGS[making], {"a": t})[...] = 9
    assert f"b = {making} has shape {shape}" in frame.alt
    assert numbers(frame.alt.partition("its rows are ")[2].rstrip(".")) == list(a.ravel())
    assert f"{(a == 9).sum()} of 6 numbers of a have changed" in frame.alt
    assert ("is a view" in frame.alt) == bool((a == 9).any())
    np.testing.assert_array_equal(a, t.numpy())


def test_views_and_new_arrays_both_occur_and_the_frames_are_small():
    frames = list(figures.sharing_explorer().frames.values())
    assert sum("is a view" in frame.alt for frame in frames) == 4
    assert sum(len(frame.image) for frame in frames) < 0.1 * 2**20
    assert len({frame.image for frame in frames}) == len(frames) == 9


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


def test_the_scrambled_frame_counts_what_stayed_in_place_and_not_what_is_equal():
    """In a black picture all numbers are equal and still out of place."""
    kept = sum(
        (h * 6 + w) * 3 + c == (c * 6 + h) * 6 + w
        for h in range(6) for w in range(6) for c in range(3)
    )
    alt = figures.scrambled_frame(np.zeros((6, 6, 3))).alt
    assert f"{kept} of 108 numbers stand in the same place" in alt
    assert 0 < kept < 10


def test_the_rule_of_thumb_for_tolerances_holds_for_every_seed_drawn():
    for kind in rounding.KINDS:
        eps = float(np.finfo(kind).eps)
        for count in rounding.COUNTS:
            found = rounding.differences(kind, count)
            assert found.max() <= 4 * eps * np.sqrt(count)
            assert found.max() <= count * eps


def test_the_rounding_frame_says_the_largest_difference_at_a_thousand():
    alt = figures.rounding_frame().alt
    for kind in rounding.KINDS:
        values = [np.random.default_rng(seed).random(1000).astype(kind) for seed in range(20)]
        worst = max(
            abs(float(np.add.accumulate(v)[-1]) - float(np.add.accumulate(v[::-1])[-1]))
            / float(v.sum(dtype="float64")) for v in values)
        assert f"{kind} {worst:.0e}" in alt


def test_the_table_of_squares_says_both_means():
    target, prediction = np.array([1.0, 5.0, 6.0]), np.array([[2.0], [5.0], [4.0]])
    alt = figures.squares_frame(prediction, target).alt
    pairs = [(p - t) ** 2 for p in (2, 5, 4) for t in (1, 5, 6)]
    assert f"mean of all 9 squares is {sum(pairs) / 9:.1f}" in alt
    assert alt.endswith(f"one example, {(1 + 0 + 4) / 3:.1f}.")


@pytest.mark.parametrize(("count", "sign"), [(784, "float32"), (784, "float64")])
def test_products_stay_within_the_tolerance_of_the_page(count, sign):
    """The rule as the page spells it, against exact sums, for many rows of either sign."""
    rng = np.random.default_rng(0)
    x, w = (rng.normal(size=shape).astype(sign) for shape in ((64, count), (count, 32)))
    size = np.abs(x).astype("float64") @ np.abs(w).astype("float64")
    both = (x @ w, (torch.from_numpy(x) @ torch.from_numpy(w)).numpy())
    worst = np.abs(both[0].astype("float64") - both[1]) / size
    assert worst.max() <= 4 * float(np.finfo(sign).eps) * np.sqrt(count)


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
