"""A stepper: frames in time order, to play, pause and scrub."""

from __future__ import annotations

import ipywidgets

from nnlib.widgets._parts import Card, count, paragraph, row
from nnlib.widgets._stack import choose, link
from nnlib.widgets.frame import Frame, html_widget


class Stepper(Card):
    """Frames in order, with play and pause, and a slider. Nothing plays by itself.

    Parameters
    ----------
    frames : sequence of Frame
        Two or more, of one size.
    name : str
        What one step is: "Epoch", "Step".
    labels : sequence of str, optional
        The line above each frame; "Epoch 3 of 30" without it (the first frame is number 0).
    start : int
        The position shown first.
    interval_ms : int
        Milliseconds from frame to frame while it plays.
    title : str, optional
        The title above the controls.

    Raises
    ------
    ValueError
        If there are fewer than two frames, the labels do not match, or `start` is not a position.
    TypeError
        If something else than a Frame is among the frames.
    """

    def __init__(self, frames, name="Epoch", labels=None, start=0, interval_ms=600, title=None):
        self.frames, self.name = tuple(frames), name
        last = len(self.frames) - 1
        if last < 1:
            raise ValueError(f"Stepper expected two or more frames, got {len(self.frames)}")
        for shown in self.frames:
            if not isinstance(shown, Frame):
                raise TypeError(f"Stepper expected frames, got {type(shown).__name__}")
        self.labels = tuple(labels or (f"{name} {i} of {last}" for i in range(last + 1)))
        if len(self.labels) != len(self.frames):
            raise ValueError(
                f"Stepper expected {len(self.frames)} labels, got {len(self.labels)}"
            )
        if start not in range(last + 1):
            raise ValueError(f"Stepper expected start to be 0 to {last}, got {start!r}")
        self.play = ipywidgets.Play(
            min=0, max=last, value=start, interval=interval_ms, show_repeat=False
        )
        self.slider = ipywidgets.IntSlider(
            min=0, max=last, value=start, description=name, readout=False,
            style={"description_width": "initial"},
            layout=ipywidgets.Layout(flex="1 1 160px", width="auto", min_width="0"),
        )
        self.slider.add_class("nn-slider")
        link((self.play, "value"), (self.slider, "value"))
        views = [
            html_widget(shown.markup(label))
            for shown, label in zip(self.frames, self.labels, strict=True)
        ]
        # The slider is what both the player and the reader move, so the picture follows it.
        stage = choose(views, [(self.slider, len(views))], trait="value")
        super().__init__(
            [
                paragraph(title or f"{name} by {name.lower()}", "nn-title", style=True),
                row([self.play, self.slider], "nn-controls"),
                stage,
            ],
            css_class="nn-stepper",
            summary=f"{name}: {count(len(self.frames), 'frame')}",
        )

    def alt(self, position=None) -> str:
        """Return the alternative text of a frame (None: the one shown)."""
        return self.frames[self.slider.value if position is None else position].alt
