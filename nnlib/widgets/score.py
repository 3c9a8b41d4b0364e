"""A score: how many questions are answered, and how many were right at the first choice.

In a notebook the kernel counts. In a published page `book/_assets/score.js` does, by the data that
the score line carries; it also knows what a reader chose on an earlier visit.
"""

from __future__ import annotations

import functools
import html

from nnlib.widgets._parts import Card, paragraph
from nnlib.widgets.frame import html_widget

SAYS = "{answered} of {count} answered, {right} right at the first choice."
HEADS = ("Part", "Answered", "Right at the first choice")


class Tally:
    """Counts the first choices of one quiz; its `line` says how many there are.

    Parameters
    ----------
    answers : sequence of int
        The position of the right option of each question.
    radios : sequence of RadioButtons
        One for each question.
    """

    def __init__(self, answers, radios):
        self.answers, self.first = tuple(answers), {}
        self.line = html_widget(self._markup(), css_class="nn-score-box")
        for number, radio in enumerate(radios):
            radio.observe(functools.partial(self._choose, number), names="index")

    def _choose(self, number, change):
        if change["new"] is not None:
            self.first.setdefault(number, change["new"])
            self.line.value = self._markup()

    @property
    def count(self) -> int:
        return len(self.answers)

    @property
    def answered(self) -> int:
        return len(self.first)

    @property
    def right(self) -> int:
        return sum(self.answers[number] == option for number, option in self.first.items())

    def _markup(self):
        said = SAYS.format(answered=self.answered, count=self.count, right=self.right)
        answers = ",".join(map(str, self.answers))
        return (
            f'<p class="nn-score" role="status" data-answers="{answers}" '
            f'data-says="{html.escape(SAYS)}">{said}</p>'
        )


class Score(Card):
    """The scores of several quizzes in one table, with their sum.

    Parameters
    ----------
    quizzes : sequence of Quiz
        Each made with ``score=True``; its name is the name of its row.
    name : str
        The title above the table.

    Raises
    ------
    ValueError
        If a quiz keeps no score, or two quizzes have the same name.
    """

    def __init__(self, quizzes, name="Your score"):
        self.quizzes = tuple(quizzes)
        if any(quiz.tally is None for quiz in self.quizzes):
            raise ValueError("Score expected quizzes that were made with score=True")
        if len({quiz.name for quiz in self.quizzes}) < len(self.quizzes):
            raise ValueError("Score expected quizzes of different names")
        self.table = html_widget(self._markup(), css_class="nn-score-table-box")
        for quiz in self.quizzes:
            quiz.tally.line.observe(self._update, names="value")
        super().__init__(
            [paragraph(name, "nn-title", style=True), self.table],
            css_class="nn-scores",
            summary=", ".join(quiz.name for quiz in self.quizzes),
        )

    def _update(self, _change):
        self.table.value = self._markup()

    def _markup(self):
        tallies = [(quiz.name, quiz.tally) for quiz in self.quizzes]
        total = [sum(getattr(tally, part) for _, tally in tallies)
                 for part in ("answered", "count", "right")]
        rows = [
            _row(quiz, tally.answered, tally.count, tally.right, mark="data-quiz")
            for quiz, tally in tallies
        ]
        heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
        return (
            f'<table class="nn-score-table"><thead><tr>{heads}</tr></thead>'
            f'<tbody>{"".join(rows)}{_row("Together", *total, mark="data-sum")}</tbody></table>'
        )


def _row(name, answered, total, right, *, mark):
    name = html.escape(name)
    return (
        f'<tr {mark}="{name}"><th scope="row">{name}</th><td>{answered} of {total}</td>'
        f"<td>{right}</td></tr>"
    )
