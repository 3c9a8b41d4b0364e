"""Two settings side by side: pin one, move the other."""

from __future__ import annotations

import ipywidgets

from nnlib.widgets._parts import Card, paragraph, row
from nnlib.widgets.explorer import complete, panel_of, summary_of


class Compare(Card):
    """A and B, each with controls of its own, over the frames of one explorer.

    The frames are the explorer's own models, so the comparison adds almost nothing to the page.

    Parameters
    ----------
    explorer : Explorer
    a, b : mapping
        The two settings shown first; a control that is not named starts at the explorer's default.
    name : str
        The title above the two panels.

    Attributes
    ----------
    controls : dict of str to dict of str to Widget
        The controls of "A" and of "B".
    """

    def __init__(self, explorer, a=None, b=None, name="Compare two settings"):
        self.explorer, self.controls = explorer, {}
        panels = []
        for letter, setting in (("A", a), ("B", b)):
            setting = complete(explorer.choices, {**explorer.default, **(setting or {})})
            self.controls[letter], panel = panel_of(explorer.choices, setting, explorer.frames)
            side = ipywidgets.VBox(
                [paragraph(letter, "nn-letter"), *panel],
                layout=ipywidgets.Layout(flex="1 1 280px", min_width="0", margin="0 8px 8px 0"),
            )
            side.add_class("nn-side")
            panels.append(side)
        super().__init__(
            [paragraph(name, "nn-title", style=True), row(panels, "nn-sides", align="flex-start")],
            css_class="nn-compare",
            summary=f"A and B over {summary_of(explorer.choices)}",
        )
