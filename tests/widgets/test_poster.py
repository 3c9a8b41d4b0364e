"""The stills that pages show without JavaScript, made from saved widget models."""

import importlib.util
import re
from pathlib import Path

import pytest
from little_frames import draw, little_explorer, little_frame
from saved_page import SavedPage

from nnlib.widgets import Compare, Live, Number, Predict, Question, Quiz, Stepper

ROOT = Path(__file__).parents[2]
VIEW = '<script type="application/vnd.jupyter.widget-view+json">{}</script>'


@pytest.fixture(scope="module")
def poster():
    spec = importlib.util.spec_from_file_location(
        "widget_poster", ROOT / "book/_ext/widget_poster.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def slot(poster, widget):
    return poster.slot(poster.Models(SavedPage(widget).saved), widget.model_id, VIEW)


def still(html):
    return re.search(r"<noscript>(.*)</noscript>", html, re.DOTALL).group(1)


def reserved(html):
    return {
        name: int(value) for name, value in re.findall(r"--nn-(\w+):(\d+)(?:px)?[;\"]", html)
    }


def test_explorer_shows_its_default_and_lists_its_controls(poster):
    html = slot(poster, little_explorer(name="Rate and batch"))
    assert re.findall(r'alt="(.*?)"', still(html)) == ["rate 0.1 batch 16"]
    assert "Learning rate: 0.01 · <strong>0.1</strong> · 1<" in still(html)
    assert "Batch size: 1 · <strong>16</strong><" in still(html)
    assert "<dt>Steps</dt><dd>1.6</dd>" in still(html)
    assert "Rate and batch" in still(html)


def test_the_view_stays_and_stands_outside_of_the_still(poster):
    html = slot(poster, little_explorer())
    assert html.count(VIEW) == 1
    assert VIEW not in still(html)


def test_compare_shows_both_sides(poster):
    compare = Compare(little_explorer(), a={"rate": 0.01}, b={"rate": 1.0})
    html = slot(poster, compare)
    assert re.findall(r'alt="(.*?)"', still(html)) == ["rate 0.01 batch 16", "rate 1 batch 16"]
    assert "nn-slot-pair" in html


def test_questions_fold_their_answers_away(poster):
    predict = Predict("More?", ["yes", "no & no"], answer=0, feedback=["so", "not so"],
                      reveal=little_frame("the answer"))
    html = still(slot(poster, predict))
    before, folded = html.split("<details>")
    assert "More?" in before
    assert "<li>no &amp; no</li>" in before
    assert "so<" not in before
    assert "Right.</strong> so" in folded
    assert "Not quite.</strong> not so" in folded
    assert folded.count('alt="the answer"') == 1


def test_quiz_has_every_question(poster):
    quiz = Quiz([Question(f"Number {i}?", ["a", "b"], 0, ["x", "y"]) for i in range(3)])
    html = still(slot(poster, quiz))
    assert [f"Number {i}?" in html for i in range(3)] == [True] * 3
    assert html.count("<details>") == 3


def test_stepper_shows_its_first_frame_and_range(poster):
    stepper = Stepper([little_frame(f"after {i}") for i in range(3)], start=1)
    html = still(slot(poster, stepper))
    assert re.findall(r'alt="(.*?)"', html) == ["after 1"]
    assert "Epoch: 0 to 2" in html


def test_what_needs_a_kernel_is_left_out(poster):
    live = Live(lambda progress, rate: draw(rate, 1), {"rate": Number("Free rate", 0.1)})
    html = slot(poster, little_explorer(live=live))
    assert "Any value" not in still(html)
    assert reserved(html) == reserved(slot(poster, little_explorer()))


def test_room_is_the_picture_and_what_stands_around_it(poster):
    room = reserved(slot(poster, little_explorer()))
    assert (room["width"], room["height"]) == (4, 2)
    assert room["rest"] == poster.CARD + poster.TITLE + poster.CONTROLS
    assert room["under"] == poster.ROWS


def test_long_options_need_more_room_where_it_is_narrow(poster):
    def room(option):
        return reserved(slot(poster, Predict("Q?", [option, "b"], 0, ["x", "y"])))

    short, long = room("a"), room("a" * (poster.NARROW + 1))
    assert long["rest"] == short["rest"]
    assert long["narrow"] == short["narrow"] + poster.LINE


def test_controls_and_rows_that_do_not_fit_side_by_side_take_more_lines(poster):
    assert [poster.lines(widths) for widths in ([], [300], [140, 140], [140, 150])] == [0, 1, 1, 2]
    assert poster.rows_height([("Steps", "140"), ("Epochs", "7")]) == poster.ROWS
    assert poster.rows_height([("Steps", "1" * 40)]) == poster.ROWS + poster.LINE
