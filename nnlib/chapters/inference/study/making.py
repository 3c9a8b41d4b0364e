"""Making the kept results again: all runs, and the times of a forward."""

from __future__ import annotations

import json
import pathlib
import platform
import time

import numpy as np
import torch

import nnlib.numpy
import nnlib.torch
from nnlib.chapters.inference.study import kept, reader, trial

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
WIDTH = 512                                # a layer wide enough that arithmetic counts


def write_results(path=kept.RESULTS):
    """Run everything and write it to `path`: about a minute on one core."""
    torch.set_num_threads(1)
    made = {
        "machine": _machine(),
        "versions": {"python": platform.python_version(), "numpy": np.__version__,
                     "torch": torch.__version__.partition("+")[0]},
        "milliseconds": {name: {str(size): milliseconds(nn, size) for size in SIZES}
                         for name, nn in (("numpy", nnlib.numpy), ("torch", nnlib.torch))},
        "forgotten": {run: {name: [_digits(trial.forgotten(run, seed, forget=forget))
                                   for seed in trial.SEEDS]
                            for name, forget in (("switched back", False), ("forgotten", True))}
                      for run in trial.RUNS},
        "knocked": {str(p): [_digits(trial.knocked_out(p, seed)) for seed in trial.SEEDS]
                    for p in (0.0, 0.5)},
    }
    left = [trial.used_in_training_mode(seed) for seed in trial.SEEDS]
    made["training mode"] = [_digits(found["mixed"]) for found in left]
    made["sorted rows"] = _digits(found["sorted"] for found in left)
    made["sorted rows, norm only"] = _digits(found["norm only"] for found in left)
    made["evaluation mode"] = _digits(found["evaluation"] for found in left)
    models = [reader.trained(seed) for seed in trial.SEEDS]
    made["twos read"] = {company: {str(size): _digits(trial.twos_read(model, company, size)
                                                      for model in models)
                                   for size in trial.SIZES} for company in trial.COMPANY}
    made["twos in evaluation mode"] = _digits(
        trial.twos_read(model, trial.COMPANY[0], 2, mode="evaluation") for model in models)
    made["damage"] = {damage: [_digits(trial.damaged(damage, model)) for model in models]
                      for damage in trial.DAMAGES}
    text = json.dumps(made, separators=(",", ":"))
    pathlib.Path(path).write_text(text.replace('],"', '],\n"') + "\n")


def milliseconds(nn, size, *, repeats=2000):
    """Time of one forward of a 784-512-512-10 network without recording: the fastest of many.

    The fastest, because other work on the machine only ever adds time.
    """
    rng = np.random.default_rng(0)
    model = nn.Sequential(nn.Dense(784, WIDTH, rng=rng), nn.ReLU(),
                          nn.Dense(WIDTH, WIDTH, rng=rng), nn.ReLU(),
                          nn.Dense(WIDTH, 10, rng=rng)).eval()
    x = nn.tensor(rng.random((size, 784)).astype("float32"))
    times = []
    with nn.no_grad():
        for _ in range(max(30, repeats // size)):
            started = time.perf_counter()
            model(x)
            times.append(time.perf_counter() - started)
    return float(f"{1000 * min(times):.3g}")


def _digits(values):
    return [round(float(value), 4) for value in values]


def _machine():
    """Name the processor, as far as the operating system tells."""
    info = pathlib.Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines()
             if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.processor() or platform.machine()
