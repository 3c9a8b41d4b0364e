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
    assert [type(field).__name__ for field in widget.inputs.values()] == ["Text", "Text"]
    assert [field.value for field in widget.inputs.values()] == ["0.1", "2"]
    assert repr(widget) == "Live(rate, epochs)"


def test_button_trains_with_the_fields_and_shows_the_frame():
    widget = live()
    widget.inputs["rate"].value = "0,25"
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
        ("rate", "-0.1", "Learning rate expected a value from 0 to 10, got -0.1"),
        ("rate", "nan", "Learning rate expected a number such as 0.05, 0,05, 5e-2 or 1/20, got"),
        ("epochs", "0", "Epochs expected a value from 1 to 100, got 0"),
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
    widget.inputs["rate"].value = "-1"
    widget.button.click()
    assert widget.result.value == ""
    widget.inputs["rate"].value = "1"
    widget.button.click()
    assert "trained at 1" in widget.result.value
    assert widget.message.value == ""


def test_run_must_return_a_frame():
    widget = live(lambda progress, **values: "a picture")
    widget.button.click()
    assert "run expected to return a Frame, got str" in widget.message.value


def test_a_result_names_its_setting_whatever_the_fields_say_later():
    widget = live()
    widget.inputs["rate"].value = "1/16"
    widget.button.click()
    widget.inputs["rate"].value = "3"
    assert '<p class="nn-step">Learning rate 0.0625, Epochs 2</p>' in widget.result.value


def test_an_interrupt_ends_the_training_and_the_button_works_again():
    def run(progress, rate, epochs):
        if rate == 1:
            raise KeyboardInterrupt
        return little_frame("done")

    widget = live(run)
    widget.inputs["rate"].value = "1"
    widget.button.click()
    assert '<p class="nn-error">Training was interrupted</p>' in widget.message.value
    assert not widget.button.disabled
    assert widget.progress.layout.visibility == "hidden"
    widget.inputs["rate"].value = "2"
    widget.button.click()
    assert "done" in widget.result.value


READ = [
    ("0.05", 0.05), ("0,05", 0.05), (" .5 ", 0.5), ("5.", 5.0), ("1e-3", 0.001), ("1E-3", 0.001),
    ("1,5e-3", 0.0015), ("1/16", 0.0625), ("1 / 16", 0.0625), ("+2", 2.0), ("-3", -3.0),
    ("−3", -3.0), ("-1/4", -0.25), ("0,001", 0.001), ("1,25", 1.25), (",5", 0.5),
    ("1000,25", 1000.25),
]
REFUSED = ["", "  ", "1,000.5", "1.000,5", "nan", "inf", "1e999", "1/0", "a", "1_000", "0x10", "٣",
           "1 000", "1,2,3", ",", ".", "e5", "--1", "1/2/3", "True"]


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_number_is_read_as_it_was_meant(text, value):
    assert Number("Rate", 0.1).read(text) == value


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"^Rate expected a number such as 0.05, 0,05") as e:
        Number("Rate", 0.1).read(text)
    assert str(e.value).endswith(f'got "{text.strip()}"' if text.strip() else "got an empty field")


def test_a_comma_that_may_mean_either_is_refused():
    with pytest.raises(ValueError, match=r'^Rate got "1,000", which may be 1000 or 1.000: '):
        Number("Rate", 0.1).read("1,000")


@pytest.mark.parametrize(("text", "value"), [("32", 32), ("32.0", 32), ("1e2", 100), ("64/2", 32)])
def test_a_whole_number_is_an_int(text, value):
    read = Number("Batch size", 16).read(text)
    assert read == value
    assert isinstance(read, int)


def test_half_a_batch_is_refused():
    with pytest.raises(ValueError, match=r"^Batch size expected a whole number, got 2.5$"):
        Number("Batch size", 16).read("2,5")
