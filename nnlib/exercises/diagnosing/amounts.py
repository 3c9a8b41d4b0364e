"""Factors and offsets that have a name: the length of an argument, or an argument itself."""

from __future__ import annotations

import itertools

import numpy as np

from nnlib.exercises.comparing import spell
from nnlib.exercises.diagnosing.evidence import (
    Finding,
    all_numeric,
    enough,
    is_numeric,
    near,
    same_shapes,
)

FACTORS = (
    ("times {}", lambda q: q),
    ("divided by {}", lambda q: 1 / q),
    ("times minus {}", lambda q: -q),
    ("divided by minus {}", lambda q: -1 / q),
    ("times 2 · {}", lambda q: 2 * q),
    ("times {} / 2", lambda q: q / 2),
    ("times 2 / {}", lambda q: 2 / q),
    ("divided by 2 · {}", lambda q: 1 / (2 * q)),
    ("times the square of {}", lambda q: q**2),
    ("divided by the square of {}", lambda q: 1 / q**2),
    ("times the root of {}", lambda q: q**0.5),
    ("divided by the root of {}", lambda q: q**-0.5),
    ("times {0} / ({0} - 1)", lambda q: q / (q - 1)),
    ("times ({0} - 1) / {0}", lambda q: (q - 1) / q),
    ("times the root of {0} / ({0} - 1)", lambda q: (q / (q - 1)) ** 0.5),
    ("times the root of ({0} - 1) / {0}", lambda q: ((q - 1) / q) ** 0.5),
    ("times {0} / ({0} + 1)", lambda q: q / (q + 1)),
    ("times ({0} + 1) / {0}", lambda q: (q + 1) / q),
    ("times (1 - {})", lambda q: 1 - q),
    ("divided by (1 - {})", lambda q: 1 / (1 - q)),
)
OFFSETS = (
    ("plus {}", lambda q: q),
    ("minus {}", lambda q: -q),
    ("plus 2 · {}", lambda q: 2 * q),
    ("minus 2 · {}", lambda q: -2 * q),
    ("plus {} / 2", lambda q: q / 2),
    ("minus {} / 2", lambda q: -q / 2),
)


def values(pair) -> dict[str, object]:
    """Arguments that are numbers or arrays of numbers, and their sums and means."""
    found = {
        name: np.asarray(value, dtype=float) for name, value in pair.arguments.items()
        if is_numeric(value) and not isinstance(value, bool)
    }
    for name, value in list(found.items()):
        if value.ndim == 1 and value.size and np.asarray(pair.arguments[name]).dtype.kind == "i":
            found[f"{name}[0]"], found[f"{name}[-1]"] = value[0], value[-1]
        if value.size > 1:
            found[f"{name}.sum()"] = value.sum()
            found[f"{name}.mean()"] = value.mean()
            found[f"{name}.max()"] = value.max(initial=-np.inf)
            found[f"{name}.std()"] = value.std()
    return found


def lengths(pair) -> dict[str, object]:
    """How long things are: of arguments, and of the axes of the expected result."""
    found = {}
    for name, value in pair.arguments.items():
        if isinstance(value, str) or np.ndim(_array(value)) == 0:
            continue
        shape = np.shape(_array(value))
        found[f"len({name})"] = shape[0]
        if len(shape) > 1:
            found |= {f"{name}.shape[{axis}]": shape[axis] for axis in range(1, len(shape))}
            found[f"{name}.size"] = int(np.prod(shape))
    shape = np.shape(pair.expected) if is_numeric(pair.expected) else ()
    for axis, length in enumerate(shape):
        found[f"the length of axis {axis} of the result"] = length
    return found


def _array(value):
    """A list of unlike things counts as a list of as many numbers."""
    return value if isinstance(value, np.ndarray) else np.zeros(len(value)) if isinstance(
        value, list) else value


def products(found: dict) -> dict[str, object]:
    """Products of two of these."""
    plain = [(name, value) for name, value in found.items() if name.isidentifier()]
    made = {}
    for (one, first), (other, second) in itertools.combinations(plain, 2):
        try:
            made[f"{one} · {other}"] = first * second
        except ValueError:                             # shapes that do not fit
            continue
    return made


def find(pairs) -> Finding | None:
    """A factor or an offset, the same everywhere or named after what was passed in."""
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    with np.errstate(all="ignore"):
        counted = [lengths(pair) for pair in pairs]
        given = [values(pair) for pair in pairs]
        several = [products(one) for one in given]
        return (
            _argument(pairs, given)
            or _named("factor", FACTORS, lambda e, q: e * q, pairs, counted)
            or _named("factor", FACTORS, lambda e, q: e * q, pairs, given)
            or _constant_factor(pairs)
            or _constant_offset(pairs)
            or _named("offset", OFFSETS, lambda e, q: e + q, pairs, given)
            or _named("offset", OFFSETS, lambda e, q: e + q, pairs, counted)
            or _named("offset", OFFSETS, lambda e, q: e + q, pairs, several)
            or _named("factor", FACTORS[:4], lambda e, q: e * q, pairs, several)
        )


def _named(kind, forms, combine, pairs, amounts) -> Finding | None:
    common = [name for name in amounts[0] if all(name in one for one in amounts)]
    for (form, function), name in itertools.product(forms, common):
        wanted = []
        for pair, one in zip(pairs, amounts, strict=True):
            expected = np.asarray(pair.expected, dtype=float)
            try:
                value = combine(expected, function(one[name]))
            except ValueError:                         # shapes that do not fit
                break
            if not near(pair.got, value):
                break
            wanted.append(value)
        if len(wanted) == len(pairs) and enough(pairs, wanted):
            size = amounts[0][name]
            example = f" ({spell(float(size))} in the first of them)" if np.ndim(size) == 0 else ""
            clause = f"is the expected one {form.format(name)}{example}"
            advice = "Is that in it once too often, or missing, or with the wrong sign?"
            return Finding(kind, clause, advice)
    return None


def _argument(pairs, given) -> Finding | None:
    """A result that is one of the arguments, or its sum or mean."""
    if len(pairs) < 2:
        return None
    results = {str(np.ravel(pair.got).tolist()) for pair in pairs}
    for name in given[0]:
        if len(results) > 1 and all(
            name in one and near(pair.got, one[name])
            for pair, one in zip(pairs, given, strict=True)
        ):
            clause = f"is {name}" + (" itself, as it was passed in" if name.isidentifier() else "")
            return Finding("argument", clause, "What has to happen to it?")
    return None


def _constant_factor(pairs) -> Finding | None:
    ratios = _numbers(pairs, lambda got, expected: got[expected != 0] / expected[expected != 0])
    if len(ratios) < 2 or not _one_value(ratios):
        return None
    wanted = [np.asarray(pair.expected, dtype=float) * ratios[0] for pair in pairs]
    if ratios[0] == 0 or not enough(pairs, wanted):
        return None
    if not all(near(pair.got, one) for pair, one in zip(pairs, wanted, strict=True)):
        return None
    return Finding(
        "factor", f"is {spell(float(ratios[0]))} times the expected one",
        "A factor is too much, or missing: which constant of yours is as large?",
    )


def _constant_offset(pairs) -> Finding | None:
    offsets = _numbers(pairs, lambda got, expected: got - expected)
    if len(offsets) < 2 or not _one_value(offsets) or offsets[0] == 0:
        return None
    if not enough(pairs, [np.asarray(pair.got, dtype=float) for pair in pairs]):
        return None
    way = "more" if offsets[0] > 0 else "less"
    return Finding(
        "offset", f"is {spell(float(abs(offsets[0])))} {way} than expected",
        "A number is added that should not be, or one is missing.",
    )


def _numbers(pairs, relation):
    parts = [
        relation(np.ravel(pair.got).astype(float), np.ravel(pair.expected).astype(float))
        for pair in pairs
    ]
    return np.concatenate(parts)


def _one_value(numbers) -> bool:
    return bool(np.isfinite(numbers).all()) and near(numbers, np.full(len(numbers), numbers[0]))
