"""Free values: train with any setting while a kernel runs."""

from __future__ import annotations

import ipywidgets

from nnlib.widgets._parts import Card, paragraph, row
from nnlib.widgets.frame import Frame, html_widget
from nnlib.widgets.number import spell

# A saved notebook or page holds the widget and no kernel: there nothing would answer the button.
# The browser's side of ipywidgets marks each widget that has no kernel, in every page it runs in,
# and takes the mark away where there is one, so this holds whatever state was saved.
HIDDEN_WITHOUT_KERNEL = (
    "<style>.nn-live-only.jupyter-widgets-disconnected{display:none!important}</style>"
)


class Live(Card):
    """Fields for free values, a button that trains, and a progress bar.

    Where no kernel runs, in a published page or a saved notebook, this control hides itself.
    Interrupting the kernel ends a training.

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
        hiding = html_widget(HIDDEN_WITHOUT_KERNEL)
        hiding.layout.display = "none"                     # a style needs no room
        self.button.on_click(self._clicked)
        super().__init__(
            [
                paragraph("Any value", "nn-title", style=True),
                row([*self.inputs.values(), self.button, self.progress], "nn-controls"),
                self.message,
                self.result,
                hiding,
            ],
            css_class="nn-live-only",
            summary=", ".join(self.fields),
        )

    def _clicked(self, _button):
        # Whatever goes wrong becomes one sentence here: a traceback would help no reader.
        self.message.value = ""
        self.button.disabled, self.progress.layout.visibility = True, "visible"
        try:
            values = {key: self.fields[key].read(field.value)
                      for key, field in self.inputs.items()}
            shown = self.run(self._progressed, **values)
            if not isinstance(shown, Frame):
                raise TypeError(f"run expected to return a Frame, got {type(shown).__name__}")
            # The fields may hold other values by the time somebody looks at the result.
            self.result.value = shown.markup(self._setting(values))
        except (Exception, KeyboardInterrupt) as error:
            self.result.value = ""
            self.message.value = paragraph(_sentence(error), "nn-error").value
        finally:
            self.button.disabled, self.progress.layout.visibility = False, "hidden"
            self.progress.value = 0

    def _setting(self, values):
        """The values as a line: Learning rate 0.05, Batch size 32."""
        return ", ".join(f"{self.fields[key].name} {spell(values[key])}" for key in values)

    def _progressed(self, done, total):
        self.progress.value = done / total


def _sentence(error):
    """Return an error as one line; the library's own errors are sentences already."""
    if isinstance(error, KeyboardInterrupt):
        return "Training was interrupted"
    line = str(error).split("\n")[0]
    if line and isinstance(error, (ValueError, TypeError)):
        return line
    return f"Training stopped with {type(error).__name__}{': ' if line else ''}{line}"
