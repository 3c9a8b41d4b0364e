"""The runs of a case, made once: what is shown is seed 0, what is said is all three seeds."""

from __future__ import annotations

import functools

from nnlib.chapters.debugging.cases import CASES, SEEDS
from nnlib.chapters.debugging.watching import overfit_one_batch, watch


@functools.cache
def logs(case, sick):
    """The logs of the three seeds."""
    return [watch(CASES[case](seed, sick)) for seed in SEEDS]


@functools.cache
def on_one_batch(case, sick):
    """The losses on one batch, of the three seeds."""
    return [overfit_one_batch(CASES[case](seed, sick)) for seed in SEEDS]
