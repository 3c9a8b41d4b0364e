import pytest
from little_frames import little_frame

from nnlib.widgets import Frame, Live, Number


def live(run=None):
    def trained(progress, rate, epochs):
        for epoch in range(epochs):
            progress(epoch + 1, epochs)
        return little_frame(f"trained at {rate:g} for {epochs}")

    fields = {
        "rate": Number("Learning rate", 0.1, minimum=0, maximum=10),
        "epochs": Number("Epochs", 2, minimum=1, maximum=100),
    }
    return Live(run or trained, fields)


def test_hidden_class_fields_and_text_form():
    widget = live()
    assert "nn-live-only" in widget._dom_classes
    assert [type(field).__name__ for field in widget.inputs.values()] == ["FloatText", "IntText"]
    assert repr(widget) == "Live(rate, epochs)"


def test_button_trains_with_the_fields_and_shows_the_frame():
    widget = live()
    widget.inputs["rate"].value = 0.25
    widget.button.click()
    assert 'alt="trained at 0.25 for 2"' in widget.result.value
    assert widget.message.value == ""
    assert not widget.button.disabled


def test_progress_is_shown_while_it_trains():
    seen = []

    def run(progress, rate, epochs):
        progress(1, 4)
        seen.append((widget.progress.value, widget.progress.layout.visibility,
                     widget.button.disabled))
        return little_frame("done")

    widget = live(run)
    widget.button.click()
    assert seen == [(0.25, "visible", True)]
    assert widget.progress.layout.visibility == "hidden"


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("rate", -0.1, "Learning rate expected a value from 0 to 10, got -0.1"),
        ("rate", float("nan"), "Learning rate expected a value from 0 to 10, got nan"),
        ("epochs", 0, "Epochs expected a value from 1 to 100, got 0"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_trains(key, value, sentence):
    def run(progress, rate, epochs) -> Frame:
        raise AssertionError("trained all the same")

    widget = live(run)
    widget.inputs[key].value = value
    widget.button.click()
    assert sentence in widget.message.value
    assert not widget.button.disabled


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("lr expected 0 or more, got -1\nmore"), "lr expected 0 or more, got -1"),
        (KeyError("loss"), "Training stopped with KeyError: &#x27;loss&#x27;"),
        (MemoryError(), "Training stopped with MemoryError"),
    ],
)
def test_an_error_while_training_is_one_sentence(error, sentence):
    def run(progress, rate, epochs):
        raise error

    widget = live(run)
    widget.button.click()
    assert f'<p class="nn-error">{sentence}</p>' in widget.message.value


def test_an_error_takes_the_old_result_away_and_a_result_the_old_error():
    widget = live()
    widget.button.click()
    widget.inputs["rate"].value = -1
    widget.button.click()
    assert widget.result.value == ""
    widget.inputs["rate"].value = 1
    widget.button.click()
    assert "trained at 1" in widget.result.value
    assert widget.message.value == ""


def test_run_must_return_a_frame():
    widget = live(lambda progress, **values: "a picture")
    widget.button.click()
    assert "run expected to return a Frame, got str" in widget.message.value
