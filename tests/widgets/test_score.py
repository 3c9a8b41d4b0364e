"""The score of quizzes in a live notebook, and the way back to a section."""

import html
import re

import ipywidgets
import pytest
from saved_page import SavedPage

from nnlib.widgets import Question, Quiz, Score

SECTION = ("Chapter 4 & more", "04_layers.ipynb#counting-parameters")


def quiz(name="Part I", **options):
    return Quiz(
        [
            Question("One?", ["a", "b"], 0, ["good", "bad"], section=SECTION),
            Question("Two?", ["c", "d"], 1, ["worse", "better"]),
        ],
        name, **options,
    )


def text(widget):
    return html.unescape(re.sub(r"<[^>]*>", "|", widget.value)).strip("|")


def cells(score):
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", score.table.value)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t", row) for row in rows]


@pytest.mark.parametrize("stack", [True, False], ids=["with Stack", "without"])
def test_only_the_first_choice_of_a_question_counts(monkeypatch, stack):
    if not stack:
        monkeypatch.delattr(ipywidgets, "Stack")
    one = quiz(score=True)
    assert text(one.tally.line) == "0 of 2 answered, 0 right at the first choice."
    one.radios[1].index = 0
    assert text(one.tally.line) == "1 of 2 answered, 0 right at the first choice."
    one.radios[1].index = 1
    assert text(one.tally.line) == "1 of 2 answered, 0 right at the first choice."
    one.radios[0].index = 0
    assert text(one.tally.line) == "2 of 2 answered, 1 right at the first choice."
    one.radios[0].index = None
    assert (one.tally.answered, one.tally.right, one.tally.count) == (2, 1, 2)


def test_the_line_is_announced_and_carries_what_the_page_needs():
    line = quiz(score=True).tally.line.value
    assert 'role="status"' in line
    assert 'data-answers="0,1"' in line
    says = re.search('data-says="(.*?)"', line)[1]
    assert says.format(answered=0, count=2, right=0) in line


def test_the_line_stands_last_and_only_where_a_score_is_wanted():
    scored, plain = quiz(score=True), quiz()
    assert scored.children[-1] is scored.tally.line
    assert plain.tally is None
    assert "nn-score" not in SavedPage(plain).shown(plain)


def test_the_table_follows_every_quiz_and_adds_up():
    first, second = quiz(score=True), quiz("Part <II>", score=True)
    score = Score([first, second])
    first.radios[0].index = 0
    second.radios[0].index = 1
    second.radios[1].index = 1
    assert cells(score) == [
        ["Part", "Answered", "Right at the first choice"],
        ["Part I", "1 of 2", "1"],
        ["Part &lt;II&gt;", "2 of 2", "1"],
        ["Together", "3 of 4", "2"],
    ]
    assert 'data-quiz="Part &lt;II&gt;"' in score.table.value
    assert repr(score) == "Score(Part I, Part <II>)"


def test_a_table_of_what_cannot_be_told_apart_or_counted_is_refused():
    with pytest.raises(ValueError, match="score=True"):
        Score([quiz()])
    with pytest.raises(ValueError, match="different names"):
        Score([quiz(score=True), quiz(score=True)])


def test_wrong_options_lead_back_to_the_section_and_right_ones_do_not():
    asked = quiz()
    page = SavedPage(asked)
    page.move(asked.radios[0], "index", 0)
    assert "nn-section" not in page.shown(asked)
    page.move(asked.radios[0], "index", 1)
    shown = page.shown(asked)
    # Beside the notebook, whose kernel holds the answers.
    assert ('bad Read again: <a class="nn-section" target="_blank" '
            'href="04_layers.ipynb#counting-parameters">Chapter 4 &amp; more</a>.') in shown
    page.move(asked.radios[1], "index", 0)
    assert page.shown(asked).count("nn-section") == 1          # this question names no section
