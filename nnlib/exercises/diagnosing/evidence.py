"""What a diagnosis works from: plain data of every case, and what a rule hands back."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnlib.exercises import comparing

RELATIVE = 1e-5


@dataclass(frozen=True)
class Pair:
    """One case as plain data: what came back, what should have, and what was passed in.

    `arguments` has an entry for each parameter whose argument is data (numbers, arrays, lists);
    models, functions and generators are left out.
    """

    got: object
    expected: object
    arguments: Mapping[str, object]
    right: bool
    path: str | None = None


@dataclass(frozen=True)
class Finding:
    """What one rule saw: a clause that follows "Your result", and a question or an advice.

    `name` is the kind of relation, for tests and for counting. `scoped` says whether the clause is
    about every case that was looked at, so that the text has to say which these are; `some` counts
    the cases that it is about where these are not all of them.
    """

    name: str
    clause: str
    advice: str = ""
    scoped: bool = True
    some: int | None = None


def pairs_of(exercise, seen) -> list[Pair]:
    """The observations that came back, as plain data."""
    names = parameter_names(exercise)
    return [
        Pair(
            got=item.result,
            expected=comparing.plain(item.case.expected),
            arguments=_readable(dict(zip(names, item.case.make_arguments(), strict=False))),
            right=exercise.judge(item.result, item.case.expected) is None,
            path=item.case.path,
        )
        for item in seen
        if item.error is None
    ]


def parameter_names(exercise) -> list[str]:
    """Names of the parameters, as the stub has them; none where a value is asked for."""
    if not exercise.asks_for_function:
        return []
    return list(inspect.signature(exercise.solution).parameters)


def _readable(arguments: Mapping[str, object]) -> dict[str, object]:
    found = {}
    for name, value in arguments.items():
        known = isinstance(value, (bool, int, float, str, np.ndarray, Sequence))
        if (known or hasattr(value, "detach")) and not isinstance(value, Iterator):
            found[name] = comparing.plain(value)
    return found


# --- the questions that the rules ask of numbers ---


def is_numeric(value) -> bool:
    """A number or an array of numbers; True and False count as numbers, as they do in NumPy."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf"
    return isinstance(value, (bool, int, float))


def all_numeric(pairs) -> bool:
    return all(is_numeric(pair.got) and is_numeric(pair.expected) for pair in pairs)


def same_shapes(pairs) -> bool:
    return all(np.shape(pair.got) == np.shape(pair.expected) for pair in pairs)


def near(first, second) -> bool:
    """Equal up to rounding, measured against the size of the numbers themselves.

    Narrower than the comparison of a check: there 1e-9 may pass for 0, here it would make a
    relation out of nothing.
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if first.shape != second.shape or first.size == 0:
        return False
    finite = np.isfinite(second)
    size = np.abs(second[finite]).max(initial=0.0)
    return bool(
        np.allclose(first, second, rtol=RELATIVE, atol=1e-7 * size + 1e-300, equal_nan=False)
    )


def enough(pairs, transformed) -> bool:
    """Whether a relation can be seen: it changes at least two different numbers.

    One number is k times, k more than and the k-th power of another; two decide.
    """
    changed = set()
    for pair, values in zip(pairs, transformed, strict=True):
        before, after = np.ravel(pair.expected), np.ravel(values)
        for one, other in zip(before.tolist(), after.tolist(), strict=True):
            if abs(one - other) > RELATIVE * abs(one):
                changed.add(float(f"{float(one):.6g}"))
            if len(changed) > 1:
                return True
    return False
