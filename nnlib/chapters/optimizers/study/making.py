"""Making the kept results again."""

from __future__ import annotations

import itertools
import json
import math
import pathlib
import platform
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from tqdm import tqdm

from nnlib.chapters.optimizers.study import kept, tasks, trial


def write_results(path=kept.RESULTS, *, processes=2):
    """Train everything and write it to `path`: about three minutes on two free cores."""
    settings = list(itertools.product(trial.SPLITS, tasks.TASKS, trial.METHODS))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        entries = pool.map(entry_of, *zip(*settings, strict=True))
        runs = list(tqdm(entries, total=len(settings)))
    made = {"machine": platform.machine(),
            "versions": {"python": platform.python_version(), "numpy": np.__version__},
            "runs": runs}
    text = json.dumps(made, separators=(",", ":"))
    pathlib.Path(path).write_text(text.replace('{"task"', '\n{"task"') + "\n")


def entry_of(split, task, method):
    """Tune a method on a task, train the fresh seeds, and return what is kept of both."""
    losses = trial.tune(task, method, split)
    rate = trial.RATES[trial.chosen(losses)]
    fresh = [trial.train(task, method, rate, seed, split) for seed in trial.FRESH_SEEDS]
    return {"task": task, "split": split, "method": method,
            "tuning": [_digits(row) for row in losses], "fresh": [_digits(row) for row in fresh]}


def _digits(values):
    """Four digits of each number; None for one that is infinite or not a number."""
    return [float(f"{v:.4g}") if math.isfinite(v) else None for v in values]
