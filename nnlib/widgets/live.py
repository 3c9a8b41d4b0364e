"""Free values: train with any setting while a kernel runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import ipywidgets

from nnlib.widgets._parts import Card, paragraph, row
from nnlib.widgets.frame import Frame, html_widget


@dataclass(frozen=True)
class Number:
    """A field for a free number.

    Parameters
    ----------
    name : str
        What the field is called on the page.
    value : float or int
        What it starts with; an int makes a field for whole numbers.
    minimum, maximum : float
        The range that is accepted, ends included.
    """

    name: str
    value: float
    minimum: float = -math.inf
    maximum: float = math.inf

    def field(self):
        """Return a new text field for it."""
        kind = ipywidgets.IntText if isinstance(self.value, int) else ipywidgets.FloatText
        return kind(
            value=self.value, description=self.name, style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="auto", margin="2px 16px 2px 0"),
        )

    def check(self, value):
        """Raise ValueError, in one sentence, unless `value` is in the range."""
        if not self.minimum <= value <= self.maximum:
            raise ValueError(
                f"{self.name} expected a value from {self.minimum:g} to {self.maximum:g}, "
                f"got {value:g}"
            )


class Live(Card):
    """Fields for free values, a button that trains, and a progress bar.

    A published page has no kernel to train with: its style sheet hides this control.

    Parameters
    ----------
    run : callable
        ``run(progress, **values) -> Frame``; it calls ``progress(done, total)`` as it goes.
    fields : mapping of str to Number
        The fields; the keys are the names of `run`'s arguments.
    button : str
        What the button says.
    """

    def __init__(self, run, fields, button="Train"):
        self.run, self.fields = run, dict(fields)
        self.inputs = {key: number.field() for key, number in self.fields.items()}
        self.button = ipywidgets.Button(description=button, button_style="primary")
        self.progress = ipywidgets.FloatProgress(
            min=0, max=1, value=0, layout=ipywidgets.Layout(width="160px", visibility="hidden")
        )
        self.message, self.result = html_widget(""), html_widget("")
        self.button.on_click(self._clicked)
        super().__init__(
            [
                paragraph("Any value", "nn-title", style=True),
                row([*self.inputs.values(), self.button, self.progress], "nn-controls"),
                self.message,
                self.result,
            ],
            css_class="nn-live-only",
            summary=", ".join(self.fields),
        )

    def _clicked(self, _button):
        # Whatever goes wrong becomes one sentence here: a traceback would help no reader.
        self.message.value = ""
        self.button.disabled, self.progress.layout.visibility = True, "visible"
        try:
            values = {key: field.value for key, field in self.inputs.items()}
            for key, number in self.fields.items():
                number.check(values[key])
            shown = self.run(self._progressed, **values)
            if not isinstance(shown, Frame):
                raise TypeError(f"run expected to return a Frame, got {type(shown).__name__}")
            self.result.value = shown.html
        except Exception as error:
            self.result.value = ""
            self.message.value = paragraph(_sentence(error), "nn-error").value
        finally:
            self.button.disabled, self.progress.layout.visibility = False, "hidden"
            self.progress.value = 0

    def _progressed(self, done, total):
        self.progress.value = done / total


def _sentence(error):
    """Return an error as one line; the library's own errors are sentences already."""
    line = str(error).split("\n")[0]
    if line and isinstance(error, (ValueError, TypeError)):
        return line
    return f"Training stopped with {type(error).__name__}{': ' if line else ''}{line}"
