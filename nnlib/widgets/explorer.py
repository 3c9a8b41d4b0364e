"""The explorer: a picture that follows its controls, also in a saved page with no kernel."""

from __future__ import annotations

import itertools
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets

from nnlib.widgets._parts import Card, count, paragraph, row
from nnlib.widgets._stack import choose
from nnlib.widgets.frame import Frame

KINDS = {
    "dropdown": ipywidgets.Dropdown,
    "toggle": ipywidgets.ToggleButtons,
    "radio": ipywidgets.RadioButtons,
}


@dataclass(frozen=True)
class Choice:
    """A control with a fixed list of options.

    Parameters
    ----------
    name : str
        What the control is called on the page.
    values : sequence
        What the drawing function receives, one for each option; no value twice.
    labels : sequence of str, optional
        What the reader sees; numbers are written as ``f"{value:g}"`` without it.
    kind : {"dropdown", "toggle", "radio"}
        How it looks. All three work by keyboard and by touch.

    Raises
    ------
    ValueError
        If there is no value, a value stands twice, the number of labels differs, or the kind is
        unknown.
    """

    name: str
    values: Sequence[Any]
    labels: Sequence[str] | None = None
    kind: str = "dropdown"

    def __post_init__(self):
        object.__setattr__(self, "values", tuple(self.values))
        if not self.values or len(set(self.values)) != len(self.values):
            raise ValueError(
                f"Choice {self.name!r} expected one or more different values, got {self.values!r}"
            )
        labels = self.labels
        labels = tuple(map(_label, self.values)) if labels is None else tuple(map(str, labels))
        object.__setattr__(self, "labels", labels)
        if len(labels) != len(self.values):
            raise ValueError(
                f"Choice {self.name!r} expected {len(self.values)} labels, one for each value, "
                f"got {len(labels)}"
            )
        if self.kind not in KINDS:
            raise ValueError(
                f"Choice {self.name!r} expected kind to be one of {', '.join(KINDS)}, "
                f"got {self.kind!r}"
            )

    def control(self, value):
        """Return a new control, set to `value`."""
        control = KINDS[self.kind](
            options=list(zip(self.labels, range(len(self.labels)), strict=True)),
            index=self.index(value),
            description=self.name,
            style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="auto", margin="2px 16px 2px 0"),
        )
        if self.kind == "toggle":
            control.style.button_width = "auto"
        control.add_class("nn-control")
        return control

    def index(self, value) -> int:
        """Return the position of `value` among the options."""
        try:
            return self.values.index(value)
        except ValueError:
            options = ", ".join(self.labels)
            raise ValueError(
                f"{self.name} expected one of {options}, got {value!r}"
            ) from None


def _label(value):
    number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return f"{value:g}" if number else str(value)


class Explorer(Card):
    """A picture for every combination of one to three controls.

    All pictures are drawn when the explorer is made. Moving a control then only swaps what is
    shown, which takes the browser alone a few milliseconds.

    Parameters
    ----------
    draw : callable
        ``draw(**setting) -> Frame``, called once for each combination.
    choices : mapping of str to Choice
        The controls, one to three; the keys are the names of `draw`'s arguments.
    default : mapping, optional
        The setting shown first; a control that is not named starts at its first option.
    live : Live, optional
        A control for free values, shown only where a kernel runs.
    name : str
        The title above the controls, and the name that a screen reader speaks.

    Attributes
    ----------
    frames : dict of tuple to Frame
        Every frame by its setting, the values in the order of `choices`.
    controls : dict of str to Widget

    Raises
    ------
    ValueError
        If there are no or more than three choices, or a setting names an unknown control or value.
    TypeError
        If `draw` returns something else than a Frame.
    """

    def __init__(self, draw, choices, default=None, live=None, name="Explorer"):
        choices = dict(choices)
        if not 1 <= len(choices) <= 3:
            raise ValueError(f"Explorer expected one to three choices, got {len(choices)}")
        self.choices, self.name = choices, name
        self.default = complete(choices, default or {})
        self.frames = {
            values: _drawn(draw, dict(zip(choices, values, strict=True)))
            for values in itertools.product(*(choice.values for choice in choices.values()))
        }
        self.controls, panel = panel_of(choices, self.default, self.frames)
        children = [paragraph(name, "nn-title", style=True), *panel]
        if live is not None:
            children.append(live)
        super().__init__(children, css_class="nn-explorer", summary=summary_of(choices))

    @property
    def setting(self) -> dict:
        """The setting that the controls show now."""
        return {
            key: choice.values[self.controls[key].index] for key, choice in self.choices.items()
        }

    def frame(self, setting=None) -> Frame:
        """Return the frame of a setting (a mapping or a tuple of values; None: the one shown)."""
        if setting is None:
            setting = self.setting
        if isinstance(setting, Mapping):
            setting = tuple(complete(self.choices, setting).values())
        if tuple(setting) not in self.frames:
            raise ValueError(f"Explorer has no setting {tuple(setting)!r}")
        return self.frames[tuple(setting)]

    def alt(self, setting=None) -> str:
        """Return the alternative text of a setting's frame."""
        return self.frame(setting).alt


def complete(choices, setting) -> dict:
    """Return the setting in the order of the choices, first options where it names none."""
    unknown = [key for key in setting if key not in choices]
    if unknown:
        raise ValueError(f"expected settings for {', '.join(choices)}, got {', '.join(unknown)}")
    full = {key: setting.get(key, choice.values[0]) for key, choice in choices.items()}
    for key, choice in choices.items():
        choice.index(full[key])
    return full


def panel_of(choices, default, frames):
    """Return new controls by key, and the widgets of a panel: the controls, and their picture."""
    controls = {key: choice.control(default[key]) for key, choice in choices.items()}
    counted = [(control, len(choices[key].values)) for key, control in controls.items()]
    stage = choose(list(frames.values()), counted)
    return controls, [row(list(controls.values()), "nn-controls"), stage]


def summary_of(choices):
    """Return what a text form says: the controls with their numbers of options, the frames."""
    total = 1
    parts = []
    for key, choice in choices.items():
        total *= len(choice.values)
        parts.append(f"{key}: {count(len(choice.values), 'option')}")
    return ", ".join([*parts, count(total, "frame")])


def _drawn(draw, setting):
    drawn = draw(**setting)
    if not isinstance(drawn, Frame):
        raise TypeError(
            f"Explorer expected draw to return a Frame, got {type(drawn).__name__} for {setting}"
        )
    return drawn
