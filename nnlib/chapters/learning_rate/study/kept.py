"""The kept results of all runs: reading them, and the three clocks."""

from __future__ import annotations

import functools
import json
import pathlib
from dataclasses import dataclass

import numpy as np

from nnlib.chapters.learning_rate.study import trial

RESULTS = pathlib.Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Results:
    """The kept runs, and what they were made with.

    Attributes
    ----------
    runs : dict of (rate, batch size) to list of Run
        The map: one run for each seed of `trial.SEEDS`, with λmax at `trial.CHECKPOINTS`.
    endings : dict of (rate, batch size) to Ending
        The clocks: the finer grid of `trial.CLOCK_RATES` and `trial.CLOCK_BATCHES`.
    sharpness : dict of rate to list of Run
        Full-batch trainings, with λmax at `trial.SHARPNESS_AT`; one run for each seed.
    milliseconds_per_step : dict of int to float
        By batch size, on `machine`.
    machine : str
    versions : dict of str to str
    """

    runs: dict
    endings: dict
    sharpness: dict
    milliseconds_per_step: dict
    machine: str
    versions: dict


@dataclass(frozen=True)
class Ending:
    """What is kept of the runs of one setting of the clocks, one value a seed in every list."""

    steps_to_goal: list
    accuracy: list           # on the validation rows, at the end
    firing_units: list
    outcome: str             # the word of `trial.outcome`


@functools.cache
def results():
    """Read the kept results."""
    kept = json.loads(RESULTS.read_text())
    runs, sharpness = {}, {}
    for entry in kept["map"]:
        setting = (entry.pop("learning_rate"), entry.pop("batch_size"))
        entry.pop("seed")
        runs.setdefault(setting, []).append(trial.Run(**entry))
    for entry in kept["sharpness"]:
        entry.pop("seed")
        sharpness.setdefault(entry.pop("learning_rate"), []).append(trial.Run(**entry))
    endings = {(entry.pop("learning_rate"), entry.pop("batch_size")): Ending(**entry)
               for entry in kept["clocks"]}
    per_step = {int(size): value for size, value in kept["milliseconds_per_step"].items()}
    return Results(runs, endings, sharpness, per_step, kept["machine"], kept["versions"])


@dataclass(frozen=True)
class Clocks:
    """How long one setting took to 90 % on three clocks: medians over the seeds."""

    batch_size: int
    learning_rate: float
    updates: float
    fewest: int              # of the luckiest seed
    most: int                # of the unluckiest seed
    epochs: float
    milliseconds: float
    accuracy: float          # on the validation rows, at the end


def clocks(learning_rate, batch_size):
    """Read the three clocks of a setting of the finer grid; None if a seed never got to 90 %."""
    ending = results().endings[learning_rate, batch_size]
    return read_clocks(learning_rate, batch_size, ending.steps_to_goal, ending.accuracy)


def read_clocks(learning_rate, batch_size, steps, accuracies):
    """Turn the updates that each seed took into `Clocks`; None if one never got there."""
    if any(step is None for step in steps):
        return None
    updates = float(np.median(steps))
    return Clocks(
        batch_size, learning_rate, updates, min(steps), max(steps),
        updates * batch_size / trial.SIZES[0],
        updates * results().milliseconds_per_step[batch_size], float(np.median(accuracies)),
    )


def best_clocks():
    """Return for each batch size the `Clocks` of the rate that reached 90 % with fewest updates.

    Only rates at which the seeds end well ("learns") take part: a lucky start is no win.
    """
    best = {}
    for batch_size in trial.CLOCK_BATCHES:
        settings = [clocks(rate, batch_size) for rate in _rates_that_learn(batch_size)]
        best[batch_size] = min(settings, key=lambda c: c.updates)
    return best


def fitted_curve():
    """Fit updates = fewest · (1 + critical / B) to the best clocks; returns (fewest, critical).

    McCandlish et al. (2018), "An empirical model of large-batch training", section 2.3. Least
    squares of the logarithms: for each critical batch size of a fine grid the best `fewest` is a
    mean.
    """
    best = best_clocks()
    sizes, updates = np.array([(size, clock.updates) for size, clock in best.items()]).T
    grid = np.geomspace(1, 1000, 2001)
    shapes = np.log1p(grid[:, None] / sizes)                               # (2001, sizes)
    heights = np.mean(np.log(updates) - shapes, axis=1)                    # (2001,)
    misfit = np.sum((np.log(updates) - shapes - heights[:, None]) ** 2, axis=1)
    at = misfit.argmin()
    return float(np.exp(heights[at])), float(grid[at])


def most_accurate(batch_size):
    """Return the rates that end with the highest median accuracy (several where they tie)."""
    accuracy = {rate: float(np.median(results().endings[rate, batch_size].accuracy))
                for rate in trial.CLOCK_RATES}
    return [rate for rate in trial.CLOCK_RATES if accuracy[rate] == max(accuracy.values())]


def _rates_that_learn(batch_size):
    return [rate for rate in trial.CLOCK_RATES
            if results().endings[rate, batch_size].outcome == "learns"]
