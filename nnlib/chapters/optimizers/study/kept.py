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
    """One method on one task.

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
def comparison(task, method):
    """Return the `Comparison` of a method on a task."""
    for entry in results()["runs"]:
        if (entry["task"], entry["method"]) == (task, method):
            tuning = [[np.inf if loss is None else loss for loss in row]
                      for row in entry["tuning"]]
            return Comparison(np.array(tuning), np.array(entry["fresh"]))
    raise KeyError((task, method))
