"""Right in some cases: what the others have in common, and what the right ones do not share."""

from __future__ import annotations

import itertools

import numpy as np

from nnlib.exercises.diagnosing.evidence import is_numeric

# What may be said of a number, and of an array or list; the more telling ones come first.
OF_NUMBERS = (
    ("{} is 0", lambda v: v == 0),
    ("{} is negative", lambda v: v < 0),
    ("{} is 1", lambda v: v == 1),
    ("{} is not a whole number", lambda v: v != np.floor(v)),
    ("{} is positive", lambda v: v > 0),
    ("{} is above 1", lambda v: v > 1),
    ("{} is larger than 30, or smaller than -30", lambda v: abs(v) > 30),
    ("{} is a whole number", lambda v: v == np.floor(v)),
    ("{} is not 0", lambda v: v != 0),
    ("{} is not 1", lambda v: v != 1),
)
HARDLY_EVER = 30                           # a rank: what has it is said where nothing else holds
PARITY = (
    ("{} is at least 1", lambda v: v >= 1),
    ("{} is odd", lambda v: v % 2 == 1),
    ("{} is even", lambda v: v % 2 == 0),
)
OF_ARRAYS = (
    ("{} is empty", lambda v: v.size == 0),
    ("{} has one entry", lambda v: v.shape == (1,)),
    ("{} has one row", lambda v: v.ndim > 1 and len(v) == 1),
    ("{} has more than one entry", lambda v: v.ndim == 1 and len(v) > 1),
    ("{} has more than one row", lambda v: v.ndim > 1 and len(v) > 1),
    ("{} has more than two entries", lambda v: v.ndim == 1 and len(v) > 2),
    ("{} has as many rows as columns", lambda v: v.ndim > 1 and v.shape[0] == v.shape[1]),
    ("{} has more rows than columns", lambda v: v.ndim > 1 and v.shape[0] > v.shape[1]),
    ("{} has more columns than rows", lambda v: v.ndim > 1 and v.shape[0] < v.shape[1]),
    ("{} has NaN or infinity in it", lambda v: not np.isfinite(v).all()),
    ("{} has negative numbers", lambda v: bool((v < 0).any())),
    ("{} has no negative numbers", lambda v: v.size > 0 and not bool((v < 0).any())),
    ("{} has only negative numbers", lambda v: v.size > 0 and bool((v < 0).all())),
    ("{} has a 0", lambda v: bool((v == 0).any())),
    ("{} has no 0", lambda v: v.size > 0 and not bool((v == 0).any())),
    ("{} has large numbers", lambda v: bool((np.abs(v) > 30).any())),
    ("{} has equal numbers", lambda v: len(np.unique(v)) < v.size),
    ("{} has its largest number twice", lambda v: v.size > 0 and not _are_flags(v)
                                                  and int((v == v.max()).sum()) > 1),
    ("{} is constant", lambda v: v.size > 1 and len(np.unique(v)) == 1),
    ("{} has one axis", lambda v: v.ndim == 1),
    ("{} has more than one axis", lambda v: v.ndim > 1),
)
OF_TWO = (
    ("{} is as large as {}", lambda a, b: a == b),
    ("{} is not as large as {}", lambda a, b: a != b),
    ("{} is smaller than {}", lambda a, b: a < b),
    ("{} is larger than {}", lambda a, b: a > b),
    ("{} is not a multiple of {}", lambda a, b: b != 0 and a % b != 0),
    ("{} is a multiple of {}", lambda a, b: b != 0 and a % b == 0),
)


def common(wrong, right) -> str:
    """What holds for all wrong cases and for no right one, or "" where nothing known does.

    Where several things do, two are said: which of them it is, the results do not tell.
    """
    if not wrong or not right:
        return ""
    found = [
        (rank, said) for rank, said, test in _questions(wrong[0])
        if all(_holds(test, pair) for pair in wrong)
        and not any(_holds(test, pair, otherwise=True) for pair in right)
    ]
    if any(rank < HARDLY_EVER for rank, _ in found):
        found = [(rank, said) for rank, said in found if rank < HARDLY_EVER]
    told = {}                                          # the first of each subject: w is ..., b is
    for _, said in sorted(found, key=lambda pair: pair[0]):
        told.setdefault(said.partition(" is ")[0].partition(" has ")[0], said)
    return ", which is also where ".join([*told.values()][:2])


def _questions(pair):
    """(rank, sentence, test of a pair) for everything that can be asked of the arguments."""
    for name, value in pair.arguments.items():
        if isinstance(value, bool):
            for truth in (True, False):
                yield 0, f"{name} is {truth}", lambda p, n=name, t=truth: p.arguments[n] is t
        elif isinstance(value, str):
            continue
        elif np.ndim(_array(value)) == 0:
            parity = enumerate(PARITY, start=HARDLY_EVER)
            for rank, (form, test) in (*enumerate(OF_NUMBERS), *parity):
                yield rank, form.format(name), lambda p, n=name, t=test: t(p.arguments[n])
        else:
            for rank, (form, test) in enumerate(OF_ARRAYS):
                yield rank, form.format(name), lambda p, n=name, t=test: t(_array(p.arguments[n]))
    # Counts alone: a rate is neither larger nor smaller than a number of steps.
    numbers = [name for name, value in pair.arguments.items() if type(value) is int]
    for one, other in itertools.permutations(numbers, 2):
        for rank, (form, test) in enumerate(OF_TWO):
            if "multiple" not in form and numbers.index(one) > numbers.index(other):
                continue                               # said the other way round already
            yield (rank + (6 if "multiple" in form else 20), form.format(one, other),
                   lambda p, a=one, b=other, t=test: t(p.arguments[a], p.arguments[b]))
    arrays = [name for name, value in pair.arguments.items() if np.ndim(_array(value))]
    for one, other in itertools.combinations(arrays, 2):
        yield (9, f"{one} and {other} are equally long",
               lambda p, a=one, b=other: len(p.arguments[a]) == len(p.arguments[b]))
        yield (9, f"{one} and {other} are not equally long",
               lambda p, a=one, b=other: len(p.arguments[a]) != len(p.arguments[b]))
    if is_numeric(pair.expected) and np.ndim(pair.expected) == 0:
        for rank, (form, test) in enumerate(OF_NUMBERS[:7]):
            yield rank + 12, form.format("the expected result"), lambda p, t=test: t(p.expected)
    if isinstance(pair.expected, str):
        yield 0, f'"{pair.expected}" is expected', lambda p, e=pair.expected: p.expected == e
    if not isinstance(pair.expected, str):
        yield 9, "no text is expected", lambda p: not isinstance(p.expected, str)
    for path in ("numpy", "torch"):
        yield 0, f"the arguments are those of {path}", lambda p, s=path: p.path == s


def _are_flags(values) -> bool:
    """Whether these are 0 and 1 alone: that 1 is there twice says nothing then."""
    return bool(np.isin(values, (0, 1)).all())


def _array(value):
    """A list of unlike arrays counts by its length alone."""
    return np.zeros(len(value)) if isinstance(value, list) else np.asarray(value)


def _holds(test, pair, *, otherwise: bool = False) -> bool:
    """Whether the test holds; what can't be asked of this pair counts as `otherwise`."""
    try:
        return bool(test(pair))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, IndexError):
        return otherwise
