"""A quiz: questions with feedback on every option."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ipywidgets

from nnlib.widgets._parts import Card, count, paragraph
from nnlib.widgets.predict import check_question, gate
from nnlib.widgets.score import Tally


@dataclass(frozen=True)
class Question:
    """One question of a quiz; see `Predict` for what each part is.

    `section` is the title and the address of the section that teaches it, such as
    ``("Tensors, Channels", "02_tensors.ipynb#channels")``: wrong options link to it.
    """

    stem: str
    options: Sequence[str]
    answer: int
    feedback: Sequence[str]
    section: tuple[str, str] | None = None

    def __post_init__(self):
        check_question(self.stem, self.options, self.answer, self.feedback)


class Quiz(Card):
    """Numbered questions, each with radio buttons and feedback on the chosen option.

    Parameters
    ----------
    questions : sequence of Question
    name : str
        The title above the questions.
    score : bool
        Whether a line beneath the questions says how many are answered, and how many were right
        at the first choice.

    Attributes
    ----------
    radios : list of RadioButtons
        One for each question, none chosen at first.
    tally : Tally or None
        What counts, where there is a score.
    """

    def __init__(self, questions, name="Quiz", *, score=False):
        self.questions, self.name, self.radios = tuple(questions), name, []
        if not self.questions:
            raise ValueError("Quiz expected one or more questions, got none")
        cards = []
        for number, question in enumerate(self.questions, start=1):
            radio, stage = gate(
                question.stem, question.options, question.answer, question.feedback,
                section=question.section,
            )
            self.radios.append(radio)
            stem = paragraph(f"{number}. {question.stem}", "nn-question", style=number == 1)
            card = ipywidgets.VBox([stem, radio, stage], layout=ipywidgets.Layout(width="100%"))
            card.add_class("nn-quiz-question")
            cards.append(card)
        self.tally = Tally([q.answer for q in self.questions], self.radios) if score else None
        last = [self.tally.line] if score else []
        super().__init__(
            [paragraph(name, "nn-title"), *cards, *last],
            css_class="nn-quiz",
            summary=count(len(self.questions), "question"),
        )
