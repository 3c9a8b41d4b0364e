import ipywidgets
import pytest
from little_frames import little_frame
from saved_page import SavedPage

from nnlib.widgets import Predict, Question, Quiz


def predict(reveal=None):
    return Predict(
        "More or less?",
        ["more", "less", "the same"],
        answer=1,
        feedback=["No: fewer steps.", "Fewer & longer steps.", "No: count the steps."],
        reveal=reveal,
    )


def test_nothing_is_chosen_or_given_away_at_first():
    widget = predict(reveal=little_frame("the answer"))
    shown = SavedPage(widget).shown(widget)
    assert widget.radio.index is None
    assert "More or less?" in shown
    assert 'class="nn-feedback' not in shown
    assert "the answer" not in shown


@pytest.mark.parametrize(
    ("choice", "words"),
    [(0, "Not quite.</strong> No: fewer"), (1, "Right.</strong> Fewer &amp; longer"),
     (2, "Not quite.</strong> No: count")],
)
def test_each_choice_shows_its_feedback_in_words_and_the_reveal(choice, words):
    widget = predict(reveal=little_frame("the answer"))
    page = SavedPage(widget)
    page.move(widget.radio, "index", choice)
    shown = page.shown(widget)
    assert words in shown
    assert shown.count('class="nn-feedback') == 1
    assert 'alt="the answer"' in shown


def test_the_reveal_is_stored_once():
    assert SavedPage(predict(reveal=little_frame("the answer"))).count("the answer") == 1


def test_a_reveal_may_be_html_or_a_widget():
    for reveal in ("<p>because</p>", ipywidgets.HTML("<p>because</p>")):
        widget = predict(reveal)
        page = SavedPage(widget)
        page.move(widget.radio, "index", 0)
        assert "<p>because</p>" in page.shown(widget)
    with pytest.raises(TypeError, match="a Frame, a widget or a string of HTML, got int"):
        predict(3)


def quiz():
    return Quiz(
        [
            Question("One?", options=["a", "b"], answer=0, feedback=["good", "bad"]),
            Question("Two?", options=["c", "d"], answer=1, feedback=["worse", "better"]),
        ]
    )


def test_quiz_questions_do_not_answer_for_each_other():
    widget = quiz()
    page = SavedPage(widget)
    page.move(widget.radios[1], "index", 0)
    shown = page.shown(widget)
    assert "Not quite.</strong> worse" in shown
    assert "good" not in shown
    assert "1. One?" in shown


def test_text_forms():
    assert repr(quiz()) == "Quiz(2 questions)"
    assert repr(predict()) == "Predict('More or less?', 3 options)"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"stem": " "}, "expected some text"),
        ({"options": ["a"]}, "two or more different options"),
        ({"options": ["a", "a"]}, "two or more different options"),
        ({"feedback": ["x"]}, "feedback for each of 2 options, got 1"),
        ({"feedback": ["x", " "]}, "feedback for each of 2 options, got 1"),
        ({"answer": 2}, "answer to be 0 to 1, got 2"),
    ],
)
def test_parts_of_a_question_must_fit(changed, sentence):
    parts = {"stem": "One?", "options": ["a", "b"], "answer": 0, "feedback": ["x", "y"]}
    with pytest.raises(ValueError, match=sentence):
        Question(**parts | changed)


def test_a_quiz_needs_questions():
    with pytest.raises(ValueError, match="one or more questions, got none"):
        Quiz([])
