import itertools

import pytest
from little_frames import draw, little_explorer, little_frame
from saved_page import SavedPage

from nnlib.widgets import Choice, Compare, Explorer


def test_draws_every_combination_once():
    seen = []

    def counted(**setting):
        seen.append(tuple(setting.values()))
        return draw(**setting)

    choices = {"rate": Choice("Rate", [0.1, 1.0]), "batch": Choice("Batch", [1, 4, 16])}
    explorer = Explorer(counted, choices)
    assert seen == list(itertools.product([0.1, 1.0], [1, 4, 16]))
    assert list(explorer.frames) == seen


def test_saved_page_starts_with_the_default():
    explorer = little_explorer()
    assert explorer.setting == {"rate": 0.1, "batch": 16}
    assert 'alt="rate 0.1 batch 16"' in SavedPage(explorer).shown(explorer)


def test_saved_page_follows_both_controls_everywhere():
    explorer = little_explorer()
    page = SavedPage(explorer)
    for (i, rate), (j, batch) in itertools.product(
        enumerate([0.01, 0.1, 1.0]), enumerate([1, 16])
    ):
        page.move(explorer.controls["rate"], "index", i)
        page.move(explorer.controls["batch"], "index", j)
        shown = page.shown(explorer)
        assert shown.count("<img") == 1
        assert f'alt="{explorer.alt((rate, batch))}"' in shown
        assert explorer.alt({"rate": rate, "batch": batch}) == f"rate {rate:g} batch {batch:g}"


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_controls(count):
    keys = ["a", "b", "c"][:count]
    choices = {key: Choice(key.upper(), [0, 1, 2]) for key in keys}
    explorer = Explorer(lambda **setting: little_frame(f"at {setting}"), choices)
    page = SavedPage(explorer)
    for setting in itertools.product(range(3), repeat=count):
        for key, index in zip(keys, setting, strict=True):
            page.move(explorer.controls[key], "index", index)
        assert explorer.frame(setting).html in page.shown(explorer)


def test_controls_are_the_kind_that_was_asked_for():
    names = {
        kind: type(Choice("Rate", [1, 2], kind=kind).control(1)).__name__
        for kind in ("dropdown", "toggle", "radio")
    }
    assert names == {"dropdown": "Dropdown", "toggle": "ToggleButtons", "radio": "RadioButtons"}


def test_labels_of_numbers_and_words():
    assert Choice("Rate", [1e-4, 0.1, 3.0, "cosine", True]).labels == (
        "0.0001", "0.1", "3", "cosine", "True",
    )


def test_text_form():
    assert repr(little_explorer()) == "Explorer(rate: 3 options, batch: 2 options, 6 frames)"


def test_compare_moves_one_side_and_keeps_the_other():
    explorer = little_explorer()
    compare = Compare(explorer, a={"rate": 0.01}, b={"rate": 1.0})
    page = SavedPage(compare)
    before = page.shown(compare)
    assert before.index("rate 0.01 batch 16") < before.index("rate 1 batch 16")
    page.move(compare.controls["B"]["rate"], "index", 1)
    after = page.shown(compare)
    assert "rate 0.01 batch 16" in after
    assert "rate 0.1 batch 16" in after
    assert "rate 1 batch 16" not in after


def test_compare_adds_no_picture_to_the_page():
    explorer = little_explorer()
    compare = Compare(explorer, a={"rate": 0.01}, b={"rate": 1.0})
    assert SavedPage(explorer, compare).count("<img") == len(explorer.frames)
    assert repr(compare) == "Compare(A and B over rate: 3 options, batch: 2 options, 6 frames)"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Choice("Rate", []), "one or more different values"),
        (lambda: Choice("Rate", [1, 1]), "one or more different values"),
        (lambda: Choice("Rate", [1, 2], labels=["one"]), "expected 2 labels.*got 1"),
        (lambda: Choice("Rate", [1, 2], kind="knob"), "dropdown, toggle, radio, got 'knob'"),
        (lambda: Explorer(draw, {}), "one to three choices, got 0"),
        (
            lambda: Explorer(draw, {key: Choice(key, [1]) for key in "abcd"}),
            "one to three choices, got 4",
        ),
        (
            lambda: Explorer(draw, {"rate": Choice("Rate", [1])}, default={"ratio": 1}),
            "settings for rate, got ratio",
        ),
        (
            lambda: Explorer(draw, {"rate": Choice("Rate", [1, 2])}, default={"rate": 3}),
            "Rate expected one of 1, 2, got 3",
        ),
        (lambda: little_explorer().frame((7, 7)), r"no setting \(7, 7\)"),
    ],
)
def test_wrong_arguments_are_named(make, sentence):
    with pytest.raises(ValueError, match=sentence):
        make()


def test_draw_must_return_a_frame():
    with pytest.raises(TypeError, match=r"draw to return a Frame, got str for \{'rate': 1\}"):
        Explorer(lambda rate: "picture", {"rate": Choice("Rate", [1])})
