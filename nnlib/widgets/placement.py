"""A few questions that say where to start.

The rule is one function, from which questions were answered rightly to what is said. A notebook
calls it; a published page looks its results up: all of them are stored with the widget, since n
questions have only 2ⁿ patterns of right and wrong.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import ipywidgets

from nnlib.widgets._parts import Card, count, paragraph, row
from nnlib.widgets._stack import choose
from nnlib.widgets.frame import html_widget

SAYS = "{answered} of {count} answered."


@dataclass(frozen=True)
class Probe:
    """A question without feedback: only whether the answer was right counts."""

    stem: str
    options: Sequence[str]
    answer: int


class Placement(Card):
    """Questions behind a button, advice once all are answered, and a button to skip them.

    Parameters
    ----------
    probes : sequence of Probe
    advise : callable
        ``advise(right) -> sequence of str``, sentences of HTML; `right` is a tuple of bool, one for
        each question.
    skip : str
        HTML that is shown to who skips the questions.
    buttons : (str, str)
        What opens the questions, and what skips them.
    name : str
        The title.

    Attributes
    ----------
    radios : list of RadioButtons
    toggle : ToggleButtons
        Opens the questions (0) or skips them (1).
    advice : HTML
        What is said of the answers.
    """

    def __init__(self, probes, advise, *, skip, buttons, name="Where to start"):
        self.probes, self.advise, self.radios = tuple(probes), advise, []
        self.toggle = ipywidgets.ToggleButtons(
            options=list(buttons), value=None,
            style={"button_width": "auto"}, layout=ipywidgets.Layout(width="auto"),
        )
        self.toggle.add_class("nn-control")
        self.advice = html_widget("", css_class="nn-advice-box")
        questions = [self._question(number, probe) for number, probe in enumerate(self.probes, 1)]
        asked = ipywidgets.VBox([*questions, self.advice], layout=ipywidgets.Layout(width="100%"))
        skipped = html_widget(f'<div class="nn-feedback"><p>{skip}</p></div>')
        control = [(self.toggle, 2)]
        # A stage is read out when it changes: that is for the sentence, not for all the questions.
        opened = choose([asked, html_widget("")], control)
        opened.remove_class("nn-stage")
        self._stored = self._table()
        self._update()
        super().__init__(
            [paragraph(name, "nn-title", style=True), row([self.toggle], "nn-controls"),
             opened, choose([html_widget(""), skipped], control)],
            css_class="nn-placement",
            summary=count(len(self.probes), "question"),
        )

    def _question(self, number, probe):
        radio = ipywidgets.RadioButtons(
            options=list(probe.options), value=None, layout=ipywidgets.Layout(width="auto")
        )
        radio.add_class("nn-options")
        radio.observe(self._update, names="index")
        self.radios.append(radio)
        stem = paragraph(f"{number}. {probe.stem}", "nn-question")
        card = ipywidgets.VBox([stem, radio], layout=ipywidgets.Layout(width="100%"))
        card.add_class("nn-placement-question")
        return card

    def says(self, chosen) -> str:
        """Return the HTML that is said of the chosen options, None for each that is not chosen."""
        answered = sum(option is not None for option in chosen)
        if answered < len(self.probes):
            return f"<p>{SAYS.format(answered=answered, count=len(self.probes))}</p>"
        right = tuple(
            option == probe.answer for option, probe in zip(chosen, self.probes, strict=True)
        )
        return "".join(f"<p>{sentence}</p>" for sentence in self.advise(right))

    def _table(self):
        """Return the rule as HTML out of sight: each sentence once, and which ones a pattern gets.

        Pattern k has question i right where bit i of k is 1.
        """
        sentences, rows = {}, []
        for bits in itertools.product((False, True), repeat=len(self.probes)):
            said = self.advise(bits[::-1])
            rows.append(" ".join(str(sentences.setdefault(text, len(sentences))) for text in said))
        items = "".join(f"<li>{text}</li>" for text in sentences)
        answers = ",".join(str(probe.answer) for probe in self.probes)
        return (
            f'<ul class="nn-sentences" hidden data-answers="{answers}" '
            f'data-says="{html.escape(SAYS)}" data-table="{",".join(rows)}">{items}</ul>'
        )

    def _update(self, _change=None):
        said = self.says([radio.index for radio in self.radios])
        self.advice.value = (
            f'<div class="nn-advice nn-feedback" role="status">{said}</div>{self._stored}'
        )
