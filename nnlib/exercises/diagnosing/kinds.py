"""Results of another kind: text, None, a function, NaN, a list of unlike things."""

from __future__ import annotations

import numpy as np

from nnlib.exercises.comparing import Unreadable
from nnlib.exercises.diagnosing.evidence import Finding, is_numeric

CALLABLES = ("function", "method", "builtin_function_or_method", "method-wrapper", "lambda",
             "type", "partial")


def find(pairs) -> Finding | None:
    """What the results are, where they are no numbers and numbers are expected."""
    return _callable(pairs) or _none(pairs) or _text(pairs) or _truth(pairs) or _not_finite(pairs)


def _callable(pairs) -> Finding | None:
    first = pairs[0].got
    if isinstance(first, Unreadable) and first.what.split()[-1] in CALLABLES:
        return Finding("not called", f"is {first.what}, which was not called",
                       "Write the parentheses behind it: x.sum() is a number, x.sum is not.")
    if isinstance(first, Unreadable):
        return Finding("unreadable", f"is {first.what}",
                       "Return numbers, a list, an array or a tensor.")
    return None


def _none(pairs) -> Finding | None:
    missing = sum(pair.got is None for pair in pairs)
    if 0 < missing < len(pairs):
        return Finding("none", "is None", "On one way through the function there is no return.",
                       some=missing)
    if any(isinstance(pair.got, list) and any(part is None for part in pair.got)
           for pair in pairs):
        return Finding("none", "has None among its parts",
                       "A function without a return gives None, and so does list.append or "
                       ".sort: they change the list and return nothing.")
    return None


def _text(pairs) -> Finding | None:
    if any(isinstance(pair.expected, str) for pair in pairs):
        return None
    if not any(isinstance(pair.got, str) and is_numeric(pair.expected) for pair in pairs):
        return None
    texts = [pair.got for pair in pairs if isinstance(pair.got, str)]
    if all(_is_number(text) for text in texts):
        return Finding("text", "is a number written as text",
                       "Return the number itself, without quotation marks or formatting.",
                       some=len(texts))
    return Finding("text", "is text where a number is expected",
                   "Return the number: print is for reading, return for going on.",
                   some=len(texts))


def _is_number(text: str) -> bool:
    try:
        float(text.rstrip("%"))
    except ValueError:
        return False
    return True


def _truth(pairs) -> Finding | None:
    def truth(value):
        return isinstance(value, bool) or (
            isinstance(value, np.ndarray) and value.dtype.kind == "b")

    if all(truth(pair.got) for pair in pairs) and not any(truth(pair.expected) for pair in pairs):
        return Finding("truth", "is True or False, and numbers are expected",
                       "A comparison says whether: what should be counted, or returned, then?")
    return None


def _not_finite(pairs) -> Finding | None:
    def broken(value, test):
        return is_numeric(value) and bool(test(np.asarray(value, dtype=float)).any())

    if any(broken(pair.expected, lambda v: ~np.isfinite(v)) for pair in pairs):
        return None
    if all(broken(pair.got, np.isnan) for pair in pairs):
        return Finding("nan", "is NaN, not a number, or has NaN in it",
                       "0/0, 0 · inf, inf - inf, inf/inf and the log or root of a negative number "
                       "give NaN. Print what each line gives, and see where it begins.")
    if all(broken(pair.got, np.isinf) for pair in pairs):
        return Finding("inf", "is infinite, or has infinity in it",
                       "e to the power of more than 709 overflows, log(0) is -inf, and so is what "
                       "is divided by 0. Print what each line gives, and see where it begins.")
    return None
