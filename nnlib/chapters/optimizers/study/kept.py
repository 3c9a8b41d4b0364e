"""The kept results of the comparison, and what is read from them."""

from __future__ import annotations

import functools
import json
import pathlib
from dataclasses import dataclass

import numpy as np

from nnlib.chapters.optimizers.study import trial

RESULTS = pathlib.Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Comparison:
    """One method on one task, with one split of its rows.

    Attributes
    ----------
    tuning : numpy.ndarray, shape (28, 5)
        Validation losses, a row for each rate and a column for each tuning seed; inf: blown up.
    fresh : numpy.ndarray, shape (10, 3)
        Training, validation and test loss of each fresh seed at the chosen rate.
    """

    tuning: np.ndarray
    fresh: np.ndarray

    @property
    def place(self):
        """Position of the chosen rate in `trial.RATES`."""
        return trial.chosen(self.tuning)

    @property
    def rate(self):
        """The chosen rate."""
        return trial.RATES[self.place]

    @property
    def test(self):
        """Test losses of the fresh seeds, (10,)."""
        return self.fresh[:, 2]


@functools.cache
def results():
    """Read the kept file: "versions", "machine" and "runs"."""
    return json.loads(RESULTS.read_text())


@functools.cache
def comparison(task, method, split=0):
    """Return the `Comparison` of a method on a task; seeds pair it with the other methods."""
    for entry in results()["runs"]:
        if (entry["task"], entry["split"], entry["method"]) == (task, split, method):
            tuning = [[np.inf if loss is None else loss for loss in row]
                      for row in entry["tuning"]]
            return Comparison(np.array(tuning), np.array(entry["fresh"]))
    raise KeyError((task, split, method))


def medians(task, method):
    """Return the median test loss of the ten fresh seeds for each split, (3,)."""
    return np.array([np.median(comparison(task, method, split).test) for split in trial.SPLITS])


def lower(task, method, than):
    """Return for each split how many of the ten seeds end lower with `method` than with `than`.

    Equal seeds have equal first weights and equal batches, so the runs can be compared in pairs.
    """
    return np.array([np.sum(comparison(task, method, split).test
                            < comparison(task, than, split).test) for split in trial.SPLITS])
