"""How a number may relate to the expected one, as a table that Python and JavaScript share.

A relation is a list of steps, each the name of an operation and a number or None, and holds where
the steps turn the expected number into the given one. `as_data` is the table in plain lists and
dictionaries; whoever evaluates it elsewhere needs the dozen operations of `OPERATIONS`.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import numpy as np

from nnlib.exercises.diagnosing.evidence import Finding, all_numeric, enough, near, same_shapes

OPERATIONS = {
    "times": lambda x, number: x * number,
    "plus": lambda x, number: x + number,
    "power": lambda x, number: x**number,
    "one minus": lambda x, number: 1 - x,
    "abs": lambda x, number: np.abs(x),
    "exp": lambda x, number: np.exp(x),
    "log": lambda x, number: np.log(x),
    "sigmoid": lambda x, number: 1 / (1 + np.exp(-x)),
    "logit": lambda x, number: np.log(x / (1 - x)),
    "tanh": lambda x, number: np.tanh(x),
    "relu": lambda x, number: np.maximum(x, 0),
    "floor": lambda x, number: np.floor(x),
    "ceil": lambda x, number: np.ceil(x),
    "trunc": lambda x, number: np.trunc(x),
    "round": lambda x, number: np.round(x, number),
}


@dataclass(frozen=True)
class Relation:
    """One row of the table; `clause` follows "Your result"."""

    name: str
    steps: tuple[tuple[str, float | None], ...]
    clause: str
    advice: str
    of_one: bool = False       # may be said of a single number: rarely a coincidence


def _row(name, clause, advice, *steps, of_one=False):
    return Relation(name, steps, clause, advice, of_one)


LOGARITHMS = "np.log is the natural logarithm; np.log2 and np.log10 have other bases."

RELATIONS = (
    _row("sign", "is the expected one with the sign turned",
         "Look for a minus too many or one that is missing, or a difference the wrong way round.",
         ("times", -1), of_one=True),
    _row("no sign", "is the expected one without its sign",
         "Is there an abs, or a square, that the sign does not survive?", ("abs", None)),
    _row("cut at 0", "is 0 wherever a negative number is expected, and right elsewhere",
         "Is there a maximum with 0, or a relu, that should not be there?", ("relu", None)),
    _row("1 more", "is 1 more than expected", "Is something counted that should not be?",
         ("plus", 1), of_one=True),
    _row("1 less", "is 1 less than expected", "Is something left out of the count?",
         ("plus", -1), of_one=True),
    _row("whole part", "is the expected one rounded down",
         "// and int() throw away what is behind the point: / keeps it, and a part that is begun "
         "counts as a whole one only where you round up.", ("floor", None)),
    _row("whole part", "is the expected one without what is behind the point",
         "int() and // throw that away: / keeps it.", ("trunc", None)),
    _row("rounded up", "is the expected one rounded up", "Nothing has to be rounded here.",
         ("ceil", None)),
    *(
        _row("rounded", f"is the expected one rounded to {decimals} decimals",
             "Return the number as it is: rounding is for printing.", ("round", decimals))
        for decimals in range(9)
    ),
    _row("one minus", "is 1 minus the expected one",
         "Is it the share, or the probability, of the other side?", ("one minus", None)),
    _row("factor", "is twice the expected one", "Is a half missing, or something counted twice?",
         ("times", 2), of_one=True),
    _row("factor", "is half of the expected one",
         "Is a factor 2 missing, or is there a half too many?", ("times", 0.5), of_one=True),
    _row("factor", "is minus two times the expected one",
         "Look for a sign and for a factor 2.", ("times", -2)),
    _row("factor", "is minus half of the expected one",
         "Look for a sign and for a factor 2.", ("times", -0.5)),
    _row("percent", "is 100 times the expected one", "Is it in percent? Asked is the share itself.",
         ("times", 100), of_one=True),
    _row("percent", "is a hundredth of the expected one",
         "Is something divided by 100 that is no percentage?", ("times", 0.01), of_one=True),
    _row("logarithm", "is the expected one divided by ln 2 = 0.693",
         "That is what a logarithm to base 2 gives. " + LOGARITHMS, ("times", 1 / math.log(2))),
    _row("logarithm", "is the expected one times ln 2 = 0.693",
         "Is there a natural logarithm where one to base 2 is asked for?", ("times", math.log(2))),
    _row("logarithm", "is the expected one divided by ln 10 = 2.303",
         "That is what a logarithm to base 10 gives. " + LOGARITHMS, ("times", 1 / math.log(10))),
    _row("square", "is the square of the expected one",
         "Is there a square too many, or a root that is missing?", ("power", 2)),
    _row("root", "is the root of the expected one",
         "Is there a root too many, or a square that is missing?", ("power", 0.5)),
    _row("reciprocal", "is 1 divided by the expected one",
         "Is a fraction upside down?", ("power", -1)),
    _row("logarithm", "is the logarithm of the expected one",
         "Is there a log too many, or an exp that is missing?", ("log", None)),
    _row("logarithm", "is minus the logarithm of the expected one",
         "Is there a log too many?", ("log", None), ("times", -1)),
    _row("exponential", "is e to the power of the expected one",
         "Is there an exp too many, or a log that is missing?", ("exp", None)),
    _row("exponential", "is e to the power of minus the expected one",
         "Is there an exp too many, or a log that is missing?", ("times", -1), ("exp", None)),
    _row("sigmoid", "is the sigmoid of the expected one",
         "Is a sigmoid applied once too often?", ("sigmoid", None)),
    _row("logit", "is the logit: its sigmoid would be the expected one",
         "Is the sigmoid missing at the end?", ("logit", None)),
    _row("tanh", "is the tanh of the expected one", "Is a tanh applied once too often?",
         ("tanh", None)),
)

ZERO = Finding("zero", "is 0", "// and int() make 0 of every share, and a product or a state that "
               "starts at 0 may stay there.")


def transform(steps, values):
    """The steps done to a number or an array."""
    with np.errstate(all="ignore"):
        result = np.asarray(values, dtype=float)
        for operation, number in steps:
            result = OPERATIONS[operation](result, number)
    return result


def find(pairs) -> Finding | None:
    """The first relation of the table that holds for all numbers of all these pairs."""
    if not (all_numeric(pairs) and same_shapes(pairs)):
        return None
    for relation in RELATIONS:
        wanted = [transform(relation.steps, pair.expected) for pair in pairs]
        if not all(near(pair.got, one) for pair, one in zip(pairs, wanted, strict=True)):
            continue
        if enough(pairs, wanted) or (relation.of_one and _one_number(pairs)):
            if not any(np.any(pair.got) for pair in pairs):
                return ZERO
            return Finding(relation.name, relation.clause, relation.advice)
    return None


def _one_number(pairs) -> bool:
    """Whether all there is to see is one number, and not 0."""
    values = {float(value) for pair in pairs for value in np.ravel(pair.expected)}
    return len(values) == 1 and values != {0.0}


def as_data() -> list[dict]:
    """The table as lists and dictionaries, to be written out for a script."""
    return [asdict(relation) for relation in RELATIONS]
