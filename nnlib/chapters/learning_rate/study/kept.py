"""The kept results of all 162 runs: reading them, timing them, making them again."""

from __future__ import annotations

import functools
import json
import pathlib
import platform
import time
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

import nnlib.numpy as nn
from nnlib.chapters.learning_rate.study import trial

RESULTS = pathlib.Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Results:
    """The kept runs, and what they were made with.

    Attributes
    ----------
    runs : dict of (rate, batch size) to list of Run
        One run for each seed of `trial.SEEDS`.
    milliseconds_per_step : dict of int to float
        By batch size, on `machine`.
    machine : str
    versions : dict of str to str
    """

    runs: dict
    milliseconds_per_step: dict
    machine: str
    versions: dict


@functools.cache
def results():
    """Read the kept results of the 162 runs."""
    kept = json.loads(RESULTS.read_text())
    runs = {}
    for entry in kept["runs"]:
        setting = (entry.pop("learning_rate"), entry.pop("batch_size"))
        entry.pop("seed")
        runs.setdefault(setting, []).append(trial.Run(**entry))
    per_step = {int(size): value for size, value in kept["milliseconds_per_step"].items()}
    return Results(runs, per_step, kept["machine"], kept["versions"])


@dataclass(frozen=True)
class Clocks:
    """How long one setting took to 90 % on three clocks: medians over the seeds."""

    batch_size: int
    learning_rate: float
    updates: float
    epochs: float
    milliseconds: float
    accuracy: float          # on the validation rows, after the last epoch


def clocks(learning_rate, batch_size):
    """Read the three clocks of a setting; None if a seed never got to 90 %."""
    runs = results().runs[learning_rate, batch_size]
    if any(run.steps_to_goal is None for run in runs):
        return None
    updates = float(np.median([run.steps_to_goal for run in runs]))
    return Clocks(
        batch_size, learning_rate, updates, updates * batch_size / trial.SIZES[0],
        updates * results().milliseconds_per_step[batch_size],
        float(np.median([run.validation_accuracy[-1] for run in runs])),
    )


def best_clocks():
    """Return for each batch size the `Clocks` of the rate that reached 90 % with fewest updates.

    Only rates at which the seeds end well ("learns") take part: a lucky start is no win. None
    stands for a batch size with no such rate among those tried.
    """
    best = {}
    for batch_size in trial.BATCHES:
        settings = [
            clocks(rate, batch_size) for rate in trial.RATES
            if trial.outcome(results().runs[rate, batch_size]) == "learns"
        ]
        best[batch_size] = min(settings, key=lambda c: c.updates, default=None)
    return best


def write_results(path=RESULTS):
    """Train all 162 runs and write them to `path`. Takes a few minutes on one core."""
    kept = {
        "machine": _machine(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "milliseconds_per_step": {str(size): time_per_step(size) for size in trial.BATCHES},
        "runs": [],
    }
    settings = [(r, b, s) for r in trial.RATES for b in trial.BATCHES for s in trial.SEEDS]
    for rate, batch_size, seed in tqdm(settings):
        run = trial.train(rate, batch_size, seed)
        kept["runs"].append({
            "learning_rate": rate, "batch_size": batch_size, "seed": seed,
            "train_loss": [float(f"{v:.4g}") for v in run.train_loss],
            "validation_loss": [float(f"{v:.4g}") for v in run.validation_loss],
            "validation_accuracy": [round(v, 4) for v in run.validation_accuracy],
            "steps_to_goal": run.steps_to_goal, "firing_units": run.firing_units,
        })
    path.write_text(json.dumps(kept, separators=(",", ":")).replace('{"learning', '\n{"learning'))


def time_per_step(batch_size, *, repeats=7, steps=60):
    """Milliseconds of one update (forward, loss, backward, step): the fastest of `repeats` medians.

    The fastest, because other work on the machine only ever adds time.
    """
    (x, y), _, _ = trial.digits()
    model, rng = trial.network(0)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=0.01)
    medians = []
    for _ in range(repeats):
        times = []
        while len(times) < steps:
            started = time.perf_counter()
            for x_batch, y_batch in nn.batches(x, y, batch_size=batch_size, rng=rng):
                loss_fn(model(x_batch), y_batch)
                optimizer.zero_grad()
                model.backward(loss_fn.backward(), input_grad=False)
                optimizer.step()
                now = time.perf_counter()
                times.append(now - started)
                started = now
        medians.append(np.median(times))
    return round(1000 * float(min(medians)), 4)


def _machine():
    """Name the processor, as far as the operating system tells."""
    info = pathlib.Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines()
             if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()
