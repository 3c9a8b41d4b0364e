"""ipywidgets 7 has no Stack: there the kernel swaps what is shown."""

import ipywidgets
import pytest
from little_frames import little_explorer, little_frame

from nnlib.widgets import Compare, Predict, Question, Quiz, Stepper


@pytest.fixture(autouse=True)
def no_stack(monkeypatch):
    monkeypatch.delattr(ipywidgets, "Stack", raising=False)


def shown(widget):
    """The HTML visible of live widgets; a Stack would show up as all of its frames."""
    if isinstance(widget, ipywidgets.HTML):
        return widget.value
    return "".join(shown(child) for child in getattr(widget, "children", ()))


def test_explorer_follows_its_controls_with_one_picture_model():
    explorer = little_explorer()
    assert shown(explorer).count("<img") == 1
    assert 'alt="rate 0.1 batch 16"' in shown(explorer)
    explorer.controls["rate"].index = 2
    explorer.controls["batch"].index = 0
    assert 'alt="rate 1 batch 1"' in shown(explorer)
    assert shown(explorer).count("<img") == 1


def test_compare_moves_one_side():
    compare = Compare(little_explorer(), a={"rate": 0.01}, b={"rate": 1.0})
    compare.controls["B"]["rate"].index = 1
    assert "rate 0.01 batch 16" in shown(compare)
    assert "rate 0.1 batch 16" in shown(compare)
    assert "rate 1 batch 16" not in shown(compare)


def test_questions_reveal_after_a_choice():
    predict = Predict("More?", ["yes", "no"], answer=0, feedback=["so", "not so"],
                      reveal=little_frame("the answer"))
    assert "the answer" not in shown(predict)
    predict.radio.index = 1
    assert "Not quite.</strong> not so" in shown(predict)
    assert "the answer" in shown(predict)
    quiz = Quiz([Question("More?", ["yes", "no"], answer=0, feedback=["so", "not so"])])
    quiz.radios[0].index = 0
    assert "Right.</strong> so" in shown(quiz)


def test_stepper_follows_its_slider():
    stepper = Stepper([little_frame(f"after {i}") for i in range(3)])
    stepper.slider.value = 2
    assert 'alt="after 2"' in shown(stepper)
    assert "Epoch 2 of 2" in shown(stepper)
