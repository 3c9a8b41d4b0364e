"""A quiz: questions with feedback on every option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ipywidgets

from nnlib.widgets._parts import Card, count, paragraph
from nnlib.widgets.predict import check_question, gate


@dataclass(frozen=True)
class Question:
    """One question of a quiz; see `Predict` for what each part is."""

    stem: str
    options: Sequence[str]
    answer: int
    feedback: Sequence[str]

    def __post_init__(self):
        check_question(self.stem, self.options, self.answer, self.feedback)


class Quiz(Card):
    """Numbered questions, each with radio buttons and feedback on the chosen option.

    Parameters
    ----------
    questions : sequence of Question
    name : str
        The title above the questions.

    Attributes
    ----------
    radios : list of RadioButtons
        One for each question, none chosen at first.
    """

    def __init__(self, questions, name="Quiz"):
        self.questions, self.radios = tuple(questions), []
        if not self.questions:
            raise ValueError("Quiz expected one or more questions, got none")
        cards = []
        for number, question in enumerate(self.questions, start=1):
            radio, stage = gate(
                question.stem, question.options, question.answer, question.feedback
            )
            self.radios.append(radio)
            stem = paragraph(f"{number}. {question.stem}", "nn-question", style=number == 1)
            card = ipywidgets.VBox([stem, radio, stage], layout=ipywidgets.Layout(width="100%"))
            card.add_class("nn-quiz-question")
            cards.append(card)
        super().__init__(
            [paragraph(name, "nn-title"), *cards],
            css_class="nn-quiz",
            summary=count(len(self.questions), "question"),
        )
