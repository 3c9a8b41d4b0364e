"""A button that takes a picture from the reader's machine and shows the answer, with a kernel."""

from __future__ import annotations

import html

import ipywidgets

from nnlib.widgets._parts import Card, paragraph, row
from nnlib.widgets.frame import html_widget
from nnlib.widgets.live import HIDDEN_WITHOUT_KERNEL


def contents(value):
    """[(name, bytes)] of what a file upload holds, in ipywidgets 7 (a dictionary) and 8."""
    files = value.values() if isinstance(value, dict) else value
    return [(file["name"] if "name" in file else file["metadata"]["name"], bytes(file["content"]))
            for file in files]


class Upload(Card):
    """Pictures in, one line each out. Where no kernel runs, the button hides itself.

    Parameters
    ----------
    classify : callable
        ``classify(bytes)`` -> {class: probability}; a ValueError becomes the line.
    """

    def __init__(self, classify):
        self.classify = classify
        self.button = ipywidgets.FileUpload(accept="image/*", multiple=True,
                                            description="Choose pictures")
        self.result, hiding = html_widget(""), html_widget(HIDDEN_WITHOUT_KERNEL)
        hiding.layout.display = "none"
        self.button.observe(self._chosen, names="value")
        live = ipywidgets.VBox([row([self.button], "nn-controls"), self.result, hiding])
        live.add_class("nn-live-only")
        super().__init__(
            [paragraph("Your own pictures", "nn-title", style=True),
             paragraph("In a running notebook a button stands here: choose files, and each gets "
                       "its line.", "nn-notes"), live],
            css_class="nn-upload", summary="pictures of your own",
        )

    def _chosen(self, change):
        lines = [self.line(*file) for file in contents(change["new"])]
        self.result.value = "".join(f"<p>{html.escape(line)}</p>" for line in lines)

    def line(self, name, content):
        """What is said about one file."""
        try:
            found = self.classify(content)
        except ValueError as error:
            return f"{name}: {error}"
        return f"{name}: " + ", ".join(f"{each} {p:.2f}" for each, p in found.items())
