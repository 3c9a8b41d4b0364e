import pytest
from little_frames import little_frame
from saved_page import SavedPage

from nnlib.widgets import Stepper


def frames(count=4):
    return [little_frame(f"after {i}") for i in range(count)]


def test_starts_where_it_was_told_and_does_not_play():
    stepper = Stepper(frames(), start=2)
    shown = SavedPage(stepper).shown(stepper)
    assert 'alt="after 2"' in shown
    assert "Epoch 2 of 3" in shown
    assert not SavedPage(stepper).states[stepper.play.model_id]["playing"]


def test_player_moves_slider_and_picture():
    stepper = Stepper(frames())
    page = SavedPage(stepper)
    for position in (1, 2, 3, 0):
        page.move(stepper.play, "value", position)
        assert page.states[stepper.slider.model_id]["value"] == position
        assert f'alt="{stepper.alt(position)}"' in page.shown(stepper)


def test_slider_moves_player_and_picture():
    stepper = Stepper(frames())
    page = SavedPage(stepper)
    page.move(stepper.slider, "value", 3)
    assert page.states[stepper.play.model_id]["value"] == 3
    assert 'alt="after 3"' in page.shown(stepper)


def test_labels_and_text_form():
    stepper = Stepper(frames(2), name="Step", labels=["predict", "a < b"])
    page = SavedPage(stepper)
    page.move(stepper.slider, "value", 1)
    assert '<p class="nn-step">a &lt; b</p>' in page.shown(stepper)
    assert repr(stepper) == "Stepper(Step: 2 frames)"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"frames": frames(1)}, "two or more frames, got 1"),
        ({"labels": ["a"]}, "expected 4 labels, got 1"),
        ({"start": 4}, "start to be 0 to 3, got 4"),
    ],
)
def test_wrong_arguments_are_named(options, sentence):
    with pytest.raises(ValueError, match=sentence):
        Stepper(**{"frames": frames()} | options)


def test_only_frames_can_be_stepped_through():
    with pytest.raises(TypeError, match="expected frames, got str"):
        Stepper(["a", "b"])
