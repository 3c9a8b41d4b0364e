"""The kept results of the studies, read once."""

from __future__ import annotations

import functools
import json
import pathlib

import numpy as np

RESULTS = pathlib.Path(__file__).with_name("results.json")


@functools.cache
def results():
    """Read the kept results: a dictionary of lists of entries, one for each study."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def entries(study, **wanted):
    """Return the entries of a study in which these keys have these values."""
    return [entry for entry in results()[study]
            if all(entry[key] == value for key, value in wanted.items())]


def curves(study, key, **wanted):
    """Return one curve of every seed, (seeds, moments)."""
    return np.array([entry[key] for entry in entries(study, **wanted)])
