"""Predict, then see: a question whose answer shows only after a choice."""

from __future__ import annotations

import html

import ipywidgets

from nnlib.widgets._parts import Card, as_widget, count, paragraph, section_link
from nnlib.widgets._stack import choose
from nnlib.widgets.frame import html_widget


class Predict(Card):
    """A question to answer before the explanation; any choice reveals it.

    Parameters
    ----------
    question : str
        Plain text. HTML widgets do not typeset formulas: write λ, η, ≤, not TeX.
    options : sequence of str
        Two or more.
    answer : int
        The position of the right option.
    feedback : sequence of str
        One sentence or more for each option: why it is right, or what speaks against it.
    reveal : Frame, Widget or str of HTML, optional
        What every choice shows beneath its feedback.

    Raises
    ------
    ValueError
        If there are fewer than two options, the feedback does not match them, or the answer is
        not the position of one.
    """

    def __init__(self, question, options, answer, feedback, reveal=None):
        check_question(question, options, answer, feedback)
        self.question, self.options, self.answer = question, tuple(options), answer
        self.radio, stage = gate(question, options, answer, feedback, reveal)
        super().__init__(
            [paragraph(question, "nn-question", style=True), self.radio, stage],
            css_class="nn-predict",
            summary=f"{question!r}, {count(len(self.options), 'option')}",
        )


def gate(question, options, answer, feedback, reveal=None, section=None):
    """Return the options as radio buttons, and the stage that shows what follows a choice.

    `section`, a title and an address, is where the feedback of a wrong option leads back to.
    """
    radio = ipywidgets.RadioButtons(
        options=list(options), value=None, layout=ipywidgets.Layout(width="auto")
    )
    radio.add_class("nn-options")
    shown = [] if reveal is None else [as_widget(reveal)]
    views = [
        ipywidgets.VBox(
            [html_widget(verdict(i == answer, text, section), css_class="nn-feedback-box"), *shown],
            layout=ipywidgets.Layout(width="100%"),
        )
        for i, text in enumerate(feedback)
    ]
    return radio, choose(views, [(radio, len(views))])


def verdict(right, text, section=None):
    """Return the feedback as HTML; right or wrong stands there in words, not only in colour."""
    word, css_class = ("Right.", "nn-right") if right else ("Not quite.", "nn-wrong")
    again = "" if right or section is None else f" Read again: {section_link(*section)}."
    return (
        f'<div class="nn-feedback {css_class}"><strong>{word}</strong> {html.escape(text)}'
        f"{again}</div>"
    )


def check_question(question, options, answer, feedback):
    """Raise ValueError unless the parts of a question fit together."""
    if not question.strip():
        raise ValueError("a question expected some text, got an empty string")
    if len(options) < 2 or len(set(options)) != len(options):
        raise ValueError(f"{question!r} expected two or more different options, got {options!r}")
    if len(feedback) != len(options) or not all(text.strip() for text in feedback):
        raise ValueError(
            f"{question!r} expected feedback for each of {len(options)} options, "
            f"got {sum(1 for text in feedback if text.strip())}"
        )
    if answer not in range(len(options)):
        raise ValueError(
            f"{question!r} expected answer to be 0 to {len(options) - 1}, got {answer!r}"
        )
