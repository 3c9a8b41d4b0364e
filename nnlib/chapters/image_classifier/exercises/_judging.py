"""What several exercises here share: pairs of lists in a message, and answers that are alike."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.attempting import observe

WRITTEN_OUT = 24           # numbers and texts of a pair that are shown


def judge_pair(got, expected):
    """A judge of two lists: both are shown, as they are and as they should be."""
    got, expected = comparing.plain(got), comparing.plain(expected)
    if comparing.same(got, expected):
        return None
    return f"should be {_spell_pair(expected)}, got {_spell_pair(got)}"


def two_lists(value):
    """A plain result as two flat lists; None where it is something else."""
    parts = _as_lists(value)
    if not isinstance(parts, list) or len(parts) != 2:
        return None
    flat = all(isinstance(part, list) and not any(isinstance(item, list) for item in part)
               for part in parts)
    return parts if flat else None


def _spell_pair(value):
    """A pair as source text, else what it is."""
    parts = _as_lists(value)
    if not isinstance(parts, list) or len(parts) != 2 or _count(parts) > WRITTEN_OUT:
        return comparing.spell(value)
    return f"({', '.join(map(_spell, parts))})"


def _as_lists(value):
    if isinstance(value, np.ndarray):
        return value.tolist()
    return [_as_lists(item) for item in value] if isinstance(value, list) else value


def _count(value):
    return sum(map(_count, value)) if isinstance(value, list) else 1


def _spell(value):
    if isinstance(value, list):
        return f"[{', '.join(map(_spell, value))}]"
    return comparing.spell(value)


def gives_what_one_of(*answers):
    """Recognise results that are, in every case, those of one of these answers."""

    def rule(seen):
        return any(all(_same(answer, item) for item in seen) for answer in answers)

    return rule


def _same(answer, item):
    other = observe(answer, item.case)
    return type(other.error) is type(item.error) and comparing.same(other.result, item.result)
