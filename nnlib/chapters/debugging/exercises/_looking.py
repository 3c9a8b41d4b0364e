"""Answers that are looked at instead of compared: what is counted of them, and what is said."""

from __future__ import annotations

import functools

import numpy as np


def looks_for(form):
    """Decorate a `read`: where the answer has not this form, that is what is read."""
    def decorate(read):
        @functools.wraps(read)
        def guarded(result, arguments):
            try:
                return read(result, arguments)
            except (TypeError, ValueError, IndexError, AttributeError, OverflowError):
                return f"should give {form}"

        return guarded

    return decorate


def judge_looks(got, expected):
    """Name the first thing that is not as it should be."""
    if not isinstance(got, dict):
        return got if isinstance(got, str) else "could not be read"
    for name, right in expected.items():
        if not _same(got[name], right):
            return f"gives, as {name}: {_spelt(got[name])}, and should give {_spelt(right)}"
    return None


def _same(got, right):
    if isinstance(right, (bool, str)):
        return got == right
    got, right = np.asarray(got, dtype="float64"), np.asarray(right, dtype="float64")
    return got.shape == right.shape and np.allclose(got, right)


def _spelt(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return np.array2string(np.asarray(value), precision=4, separator=", ")
