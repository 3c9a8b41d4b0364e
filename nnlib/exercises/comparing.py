"""Read a result whatever it is made of, and say in words how it differs from the right one.

Every result becomes plain data first: numbers, text, NumPy arrays, dictionaries, or `Unreadable`
for anything else. So an answer may come from either path, as a list, a tuple, a generator, a NumPy
scalar or a tensor, and no strange object can upset the comparison.
"""

from __future__ import annotations

import decimal
import inspect
import itertools
import math
import numbers
from collections.abc import Iterator, Mapping, Sequence, ValuesView
from dataclasses import dataclass

import numpy as np

RELATIVE = 1e-5            # wide enough for float32, far narrower than any mistake in the banks
ABSOLUTE = 1e-7
LONGEST = 100_000          # items read from a generator, which may never end
PASTED = 10                # numbers of an argument that are written out in a call that is shown


@dataclass(frozen=True)
class Unreadable:
    """A result that is neither numbers nor text."""

    what: str


def plain(value):
    """Turn a result into plain data, without changing it."""
    if value is None or value is Ellipsis:
        return value
    if isinstance(value, np.str_):                     # a str, and of another type than one
        return str(value)
    if isinstance(value, (str, bool, float, complex, Unreadable)):
        return value
    if isinstance(value, int):
        return value if value.bit_length() < 64 else _as_float(value)
    if hasattr(value, "detach"):                       # a torch tensor, without importing torch
        value = value.detach().cpu().numpy()
    if hasattr(value, "__array__"):
        return _plain_array(np.asarray(value), value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (Sequence, ValuesView, Iterator)):
        return _plain_list([plain(item) for item in itertools.islice(value, LONGEST)])
    if isinstance(value, (numbers.Real, decimal.Decimal)):
        return _as_float(value)
    if inspect.iscoroutine(value):
        value.close()                                  # else Python warns that it never ran
    return Unreadable(f"{_article(type(value).__name__)} {type(value).__name__}")


def _as_float(value) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _plain_list(items):
    """A list of equally shaped numbers as one array, any other list as it is."""
    if all(_is_number(item) or isinstance(item, np.ndarray) for item in items):
        shapes = {np.shape(item) for item in items}
        if len(shapes) <= 1:
            return np.array(items)
    return items


def _plain_array(array, original):
    if array.dtype == object:
        return Unreadable(f"an array of objects, from {type(original).__name__}")
    if array.dtype.kind == "U":                        # texts are compared one by one
        return array.tolist()
    return array.item() if array.ndim == 0 else np.array(array)


def _is_number(value) -> bool:
    return isinstance(value, (bool, int, float, complex))


def is_real(value) -> bool:
    """Whether a plain result is one number with a size; True and False are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(first, second) -> bool:
    """Whether two plain results agree: shapes exactly, numbers to `RELATIVE`."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(same(first[k], second[k]) for k in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(same, first, second))
    if _is_numeric(first) and _is_numeric(second):
        return np.shape(first) == np.shape(second) and bool(
            np.allclose(first, second, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
        )
    return type(first) is type(second) and not isinstance(first, np.ndarray) and first == second


def _is_numeric(value) -> bool:
    return _is_number(value) or (isinstance(value, np.ndarray) and value.dtype.kind in "biufc")


def difference(got, expected) -> str | None:
    """None when `got` is right, else one clause: what it should be and what it is."""
    as_tuple = isinstance(expected, tuple)             # spelt as one, such as a shape
    got, expected = plain(got), plain(expected)
    if got is None:
        flat = as_tuple and isinstance(expected, np.ndarray) and expected.ndim == 1
        wanted = spell_tuple(expected) if flat else spell(expected)
        return f"should be {wanted}, got None (is a return missing on one branch?)"
    if same(got, expected):
        return None
    if _is_numeric(got) and _is_numeric(expected) and np.shape(got) != np.shape(expected):
        return f"should be {_kind(expected)}, got {_kind(got)}"
    if isinstance(got, list) and isinstance(expected, list) and len(got) == len(expected):
        wrong = next(i for i in range(len(got)) if not same(got[i], expected[i]))
        return f"(item {wrong}) {difference(got[wrong], expected[wrong])}"
    if isinstance(expected, list):
        several = ", ".join(_kind_of_any(item) for item in expected)
        return f"should be {len(expected)} results ({several}), got {_kind_of_any(got)}"
    if as_tuple and np.ndim(expected) == 1:
        return f"should be {spell_tuple(expected)}, got {_spell_like_a_tuple(got)}"
    if isinstance(got, np.ndarray) and _is_numeric(got) and isinstance(expected, np.ndarray):
        close = np.isclose(got, expected, rtol=RELATIVE, atol=ABSOLUTE)
        where = tuple(int(i) for i in np.argwhere(~close)[0])
        place = where[0] if len(where) == 1 else where
        return (
            f"is wrong at index {place}: it should be {spell(expected[where])}, "
            f"got {spell(got[where])}"
        )
    return f"should be {spell(expected)}, got {spell(got)}"


def _kind_of_any(value) -> str:
    """What a result is, whatever it is."""
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return _kind(value) if _is_numeric(value) else spell(value)


def _kind(value) -> str:
    """What a numeric result is, by its shape."""
    if np.shape(value) == ():
        return f"a number ({spell(value)})"
    if np.ndim(value) == 1:
        count = np.shape(value)[0]
        return "an array of one number" if count == 1 else f"{count} numbers"
    return f"an array of shape {np.shape(value)}"


def spell(value) -> str:
    """A value in a message: short, rounded, the same on every machine."""
    if value is None or value is Ellipsis or isinstance(value, (bool, np.bool_)):
        return "..." if value is Ellipsis else str(value)
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (float, np.floating)):
        return f"{float(value) + 0.0:.6g}"              # 0 for a 0 with a minus sign
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}..."'
    if isinstance(value, Unreadable):
        return value.what
    if hasattr(value, "detach"):
        if value.ndim > 1:
            return f"a tensor of shape {tuple(value.shape)}"
        return f"torch.tensor({spell(value.detach().cpu().numpy())})"
    if isinstance(value, tuple) and len(value) <= 6 and np.ndim(_numbers(value)) == 1:
        return spell_tuple(value)
    if isinstance(value, (np.ndarray, list, tuple)) and np.ndim(_numbers(value)) == 1:
        if len(value) <= 6:
            return "[" + ", ".join(spell(item) for item in value) + "]"
        return f"[{spell(value[0])}, {spell(value[1])}, ... {len(value)} numbers]"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    name = getattr(value, "__name__", None) or type(value).__name__
    return name if callable(value) else f"{_article(name)} {name}"


def spell_tuple(values) -> str:
    """A few numbers as Python writes a tuple of them: (3,) for one."""
    inside = ", ".join(spell(item) for item in values)
    return f"({inside},)" if len(values) == 1 else f"({inside})"


def _spell_like_a_tuple(value) -> str:
    short = isinstance(value, np.ndarray) and value.ndim == 1 and len(value) <= 6
    return spell_tuple(value) if short else spell(value)


def spell_argument(value) -> str:
    """An argument in a call that is shown: a short array or list as source text, to be pasted."""
    if hasattr(value, "detach"):
        spelt = spell_argument(value.detach().cpu().numpy())
        if not spelt.startswith("np.array"):
            return spell(value)
        return spelt.replace("np.array", "torch.tensor", 1)
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        if value.size <= PASTED:
            return f"np.array({_nested(value)})"
        if value.ndim == 1:
            return f"np.array({spell(value)})"
    if isinstance(value, (list, tuple)) and _count(value) <= PASTED:
        inside = ", ".join(map(spell_argument, value))
        if isinstance(value, list):
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return spell(value)


def _count(value) -> float:
    """How many numbers and texts there are to be written out; more than any where others are."""
    if isinstance(value, (list, tuple)):
        return sum(map(_count, value))
    if isinstance(value, np.ndarray) or hasattr(value, "detach"):
        return math.prod(value.shape)
    written = value is None or isinstance(value, (str, bool, int, float, np.generic))
    return 1 if written else math.inf


def _nested(array) -> str:
    """An array's numbers in brackets; floats keep their point, so that the dtype stays."""
    if array.ndim:
        return "[" + ", ".join(_nested(part) for part in array) + "]"
    text = spell(array[()])
    whole = array.dtype.kind == "f" and text.lstrip("-").isdigit()
    return f"{text}.0" if whole else text


def _numbers(value):
    """`value` where it is a flat sequence of numbers, else 0."""
    return value if all(map(_has_no_axes, value)) else 0


def _has_no_axes(item) -> bool:
    if isinstance(item, (str, list, tuple)):       # a tuple of unlike arrays has no dimensions
        return False
    return np.ndim(item) == 0


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
