"""Making the kept results again: all trainings, and the time of an update."""

from __future__ import annotations

import itertools
import json
import pathlib
import platform
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from tqdm import tqdm

import nnlib.numpy as nn
from nnlib.chapters.learning_rate.study import kept, trial


def write_results(path=kept.RESULTS, *, processes=2):
    """Train everything and write it to `path`: several minutes on two cores."""
    made = {
        "machine": _machine(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        # First, while the machine has nothing else to do.
        "milliseconds_per_step": {str(size): time_per_step(size) for size in trial.CLOCK_BATCHES},
    }
    jobs = {
        "map": (map_entry, itertools.product(trial.RATES, trial.BATCHES, trial.SEEDS)),
        "clocks": (clock_entry, itertools.product(trial.CLOCK_RATES, trial.CLOCK_BATCHES)),
        "sharpness": (sharpness_entry, itertools.product(trial.SHARPNESS_RATES, trial.SEEDS)),
    }
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for name, (entry, settings) in jobs.items():
            settings = list(settings)
            entries = pool.map(entry, *zip(*settings, strict=True))
            made[name] = list(tqdm(entries, total=len(settings), desc=name))
    text = json.dumps(made, separators=(",", ":"))
    pathlib.Path(path).write_text(text.replace('{"learning', '\n{"learning') + "\n")


def map_entry(rate, batch_size, seed):
    """Train one run of the map and return what is kept of it."""
    run = trial.train(rate, batch_size, seed, curvature_at=trial.CHECKPOINTS)
    return {
        "learning_rate": rate, "batch_size": batch_size, "seed": seed,
        "train_loss": _digits(run.train_loss), "validation_loss": _digits(run.validation_loss),
        "validation_accuracy": [round(v, 4) for v in run.validation_accuracy],
        "steps_to_goal": run.steps_to_goal, "firing_units": run.firing_units,
        "curvature": _digits(run.curvature, 3),
    }


def clock_entry(rate, batch_size):
    """Train all seeds of one setting of the clocks and return what is kept of them."""
    runs = [trial.train(rate, batch_size, seed, epochs=trial.clock_epochs(batch_size))
            for seed in trial.CLOCK_SEEDS]
    return {
        "learning_rate": rate, "batch_size": batch_size,
        "steps_to_goal": [run.steps_to_goal for run in runs],
        "accuracy": [round(run.validation_accuracy[-1], 4) for run in runs],
        "firing_units": [run.firing_units for run in runs], "outcome": trial.outcome(runs),
    }


def sharpness_entry(rate, seed):
    """Train on the full batch and keep the loss and λmax on the way."""
    run = trial.train(rate, trial.SIZES[0], seed, epochs=trial.SHARPNESS_AT[-1],
                      curvature_at=trial.SHARPNESS_AT)
    return {"learning_rate": rate, "seed": seed, "curvature": _digits(run.curvature, 3),
            "train_loss": _digits([run.train_loss[step] for step in trial.SHARPNESS_AT])}


def time_per_step(batch_size, *, repeats=15, steps=60):
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


def _digits(values, digits=4):
    return [float(f"{value:.{digits}g}") for value in values]


def _machine():
    """Name the processor, as far as the operating system tells."""
    info = pathlib.Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines()
             if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()
