"""What is left to say where no exact relation holds: too large, too small, the same everywhere."""

from __future__ import annotations

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.comparing import spell
from nnlib.exercises.diagnosing.evidence import Finding, all_numeric, near, same_shapes

PARTS = ("Which part of it could do that: one that is there twice, or missing, a factor, a wrong "
         "start?")


def find(pairs) -> Finding | None:
    return _close(pairs) or _sizes(pairs)


def same_everywhere(pairs) -> Finding | None:
    first = pairs[0]
    differs = any(not comparing.same(pair.expected, first.expected) for pair in pairs)
    same = all(comparing.same(pair.got, first.got) for pair in pairs)
    if same and differs and len(pairs) > 2:
        return Finding("constant", "is the same, whatever is passed in",
                       "Does what it computes from its arguments reach the result?")
    return None


def _close(pairs) -> Finding | None:
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    if all(near(pair.got, pair.expected) for pair in pairs):
        return Finding("close", "agrees in its large numbers, and its small ones have wrong digits",
                       "Each number is compared by its own size here: is a small one the "
                       "difference of two large ones, or cut off?")
    furthest = 0.0
    for pair in pairs:
        got, expected = (np.asarray(v, dtype=float) for v in (pair.got, pair.expected))
        if not (np.isfinite(got).all() and np.isfinite(expected).all()) or got.size == 0:
            return None
        size = max(np.abs(expected).max(), 1e-12)
        furthest = max(furthest, float(np.abs(got - expected).max() / size))
    if 0 < furthest < 0.01:
        return Finding(
            "close", f"is close, within {spell(float(f'{100 * furthest:.1g}'))} %, and not equal",
            "Is something rounded, kept in few digits, or a small constant added?",
        )
    return None


def _sizes(pairs) -> Finding | None:
    """Always too large or too small, over at least three numbers."""
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    got = np.concatenate([np.ravel(pair.got).astype(float) for pair in pairs])
    expected = np.concatenate([np.ravel(pair.expected).astype(float) for pair in pairs])
    if len(got) < 3 or not (np.isfinite(got).all() and np.isfinite(expected).all()):
        return None
    zero = np.abs(got) < 1e-12
    if zero.all():
        return Finding("zero", "is 0", "Which line was meant to fill it?")
    nonzero = np.abs(expected) > 1e-12
    if not nonzero.all() and np.array_equal(zero, nonzero):
        return Finding("zero", "is 0 where it should not be, and not 0 where it should",
                       "Is a condition the wrong way round?")
    signs = np.sign(got) * np.sign(expected)
    if (signs[nonzero] < 0).all() and nonzero.sum() > 2:
        return Finding("wrong sign", "has the wrong sign, and another size as well",
                       "Look for the sign first.")
    low, high = expected.min(), expected.max()
    if (got < 0).any() and low >= 0:
        return Finding("range", "is negative, and no expected number is",
                       "Can what is asked for be negative at all?",
                       some=_cases_with(pairs, lambda v: v < 0))
    if (got > 1).any() and low >= 0 and high <= 1:
        return Finding("range", "is above 1, and every expected number is from 0 to 1",
                       "Can what is asked for be above 1 at all?",
                       some=_cases_with(pairs, lambda v: v > 1))
    if (signs < 0).any():
        return None
    with np.errstate(all="ignore"):
        ratios = np.abs(got[nonzero] / expected[nonzero])
    larger, smaller = np.abs(got) - np.abs(expected), np.abs(expected) - np.abs(got)
    words = ("large", "small") if low >= 0 else ("far from 0", "close to 0")
    for word, by in zip(words, (larger, smaller), strict=True):
        if (by > 0).all() and len(ratios):
            least, most = (spell(float(f"{one:.3g}")) for one in (ratios.min(), ratios.max()))
            kind = "too large" if by is larger else "too small"
            return Finding(kind, f"is too {word} throughout, {least} to {most} times the "
                           "expected one", PARTS)
    return None


def _cases_with(pairs, test) -> int:
    """In how many cases a result has a number for which the test holds."""
    return sum(bool(np.any(test(np.asarray(pair.got, dtype=float)))) for pair in pairs)
