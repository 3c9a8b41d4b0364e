"""A number that a reader types: read as it was meant, or refused in one sentence."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import ipywidgets

DECIMAL = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?")
FRACTION = re.compile(r"([+-]?[0-9]+) ?/ ?([0-9]+)")
WITH_COMMA = re.compile(r"([+-]?[0-9]*),([0-9]+(e[+-]?[0-9]+)?)")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")


@dataclass(frozen=True)
class Number:
    """A field for a free number.

    What is typed is read here and not in the browser, whose number fields make 5 out of "0,05".
    ``0.05``, ``0,05``, ``5e-2`` and ``1/20`` are the same number. ``1,000.5`` is refused, and so is
    ``1,000``, which is a thousand to one reader and one to another.

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
        return ipywidgets.Text(
            value=spell(self.value), description=self.name, style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="auto", margin="2px 16px 2px 0"),
        )

    def read(self, text):
        """Return the number that was typed; ValueError, in one sentence, where it is none."""
        value = self._read(text.strip().replace("−", "-").lower())
        if value is None or not math.isfinite(value):
            example = "32" if isinstance(self.value, int) else "0.05, 0,05, 5e-2 or 1/20"
            typed = f'"{text.strip()}"' if text.strip() else "an empty field"
            raise ValueError(f"{self.name} expected a number such as {example}, got {typed}")
        if isinstance(self.value, int):
            if value != int(value):
                raise ValueError(f"{self.name} expected a whole number, got {spell(value)}")
            value = int(value)
        if not self.minimum <= value <= self.maximum:
            raise ValueError(
                f"{self.name} expected a value from {self.minimum:g} to {self.maximum:g}, "
                f"got {spell(value)}"
            )
        return value

    def _read(self, text):
        """The number, or None."""
        if DECIMAL.fullmatch(text):
            return float(text)
        if match := FRACTION.fullmatch(text):
            over, under = map(float, match.groups())
            return over / under if under else None
        if THOUSANDS.fullmatch(text):
            raise ValueError(
                f'{self.name} got "{text}", which may be {text.replace(",", "")} or '
                f'{text.replace(",", ".")}: write one of them'
            )
        if match := WITH_COMMA.fullmatch(text):
            return float(f"{match[1]}.{match[2]}")
        return None


def spell(value):
    """A number as one would type it: 0.05, 32, 1e-05."""
    return f"{value:.12g}"
