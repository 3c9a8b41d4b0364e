"""Making the kept results again: all trainings of this chapter's studies."""

from __future__ import annotations

import itertools
import json
import pathlib
import platform
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from tqdm import tqdm

import nnlib.numpy as nn
from nnlib import data
from nnlib.chapters.generalisation.study import confidence, features, kept, trial
from nnlib.chapters.generalisation.study.changing import CHANGES, changed

SEEDS = tuple(range(5))                    # each seed of a study has its own cut of the rows
CUTS = tuple(range(10))
NETWORKS = ((10, 1), (10, 32, 1), (10, 64, 32, 16, 1))
PATIENT_ROWS = (44, 88, 176, 353)
STOP_ROWS, WRONG = (160, 320, 1180), (0.0, 0.2)

# One method at a time, each with the strengths that were tried; none is the first of all.
METHODS = {
    "none": [{}],
    "weight decay": [{"decay": v} for v in (1e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1)],
    "dropout": [{"dropout": v} for v in (0.1, 0.25, 0.5, 0.65, 0.75, 0.9)],
    "batch norm": [{"batch_norm": True}],
    "small turns": [{"change": "turn by up to 15°"}],
    "batches of 4": [{"batch_size": 4, "rate": 0.05 / 8}],
}
CONTESTANTS = {"none": {}, "dropout 0.25": {"dropout": 0.25}, "batch norm": {"batch_norm": True}}
MANY_SEEDS = tuple(range(60))
CHANGE_ROWS = {100: 200, 320: 60}          # training rows, and the epochs they get
NEW_ROWS = ("none", "shift by up to 1 pixel", "turn by up to 15°")


def write_results(path=kept.RESULTS, *, processes=2):
    """Train everything and write it to `path`: several minutes on two cores."""
    made = {"versions": {"python": platform.python_version(), "numpy": np.__version__}}
    settings = [strength for strengths in METHODS.values() for strength in strengths]
    jobs = {
        "patients": (patients_entry, itertools.product(NETWORKS, PATIENT_ROWS, SEEDS)),
        "stops": (stops_entry, itertools.product(STOP_ROWS, WRONG, CUTS)),
        "methods": (method_entry, itertools.product(settings, WRONG)),
        "seeds": (seeds_entry, ((name,) for name in [*CONTESTANTS, "other rows"])),
        "changes": (change_entry, itertools.product(CHANGES, CHANGE_ROWS)),
        "features": (features_entry, itertools.product(features.PENALTIES, features.WRONG)),
        "logits": (logits_entry, ((seed,) for seed in range(confidence.SPLITS))),
    }
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for name, (entry, chosen) in jobs.items():
            chosen = list(chosen)
            entries = pool.map(entry, *zip(*chosen, strict=True))
            made[name] = list(tqdm(entries, total=len(chosen), desc=name))
    text = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    pathlib.Path(path).write_text(text.replace("},{", "},\n{") + "\n", encoding="utf-8")


def patients_entry(sizes, rows, seed):
    """Every second epoch's losses of one network on so many patients, and how it ended."""
    run = trial.train_patients(sizes, rows, seed)
    return {"sizes": sizes, "rows": rows, "seed": seed,
            "train_loss": _digits(run.train_loss[::2]),
            "validation_loss": _digits(run.validation_loss[::2]),
            "right": float(f"{run.validation_accuracy[-1]:.4g}")}


def stops_entry(rows, wrong, seed):
    """The curves of one run that early stopping is tried on."""
    run = trial.train_digits(rows, wrong, seed, cut=seed)
    return {"rows": rows, "wrong": wrong, "seed": seed,
            "train_loss": _digits(run.train_loss), "validation_loss": _digits(run.validation_loss),
            "test_accuracy": _digits(run.test_accuracy)}


def method_entry(setting, wrong):
    """One strength of one method: how the run of each cut ended on validation and test rows."""
    runs = [trial.train_digits(wrong=wrong, seed=cut, cut=cut, **setting) for cut in CUTS]
    return {"setting": setting, "wrong": wrong,
            "validation": _digits(run.validation_accuracy[-1] for run in runs),
            "test": _digits(run.test_accuracy[-1] for run in runs),
            "train_loss": _digits(run.train_loss[-1] for run in runs)}


def seeds_entry(name):
    """Test accuracies of sixty runs: other seeds, or one seed on other stratified rows."""
    if name == "other rows":
        y = trial.digits()[0][1]
        draws = [data.split(np.arange(len(y)), y, sizes=(320,), rng=np.random.default_rng(seed))
                 for seed in MANY_SEEDS]
        runs = [trial.train_digits(seed=0, rows=rows) for ((rows, _),) in draws]
    else:
        runs = [trial.train_digits(seed=seed, **CONTESTANTS[name]) for seed in MANY_SEEDS]
    return {"name": name, "test": _digits(run.test_accuracy[-1] for run in runs)}


def change_entry(change, rows):
    """Train with a change of the pictures; accuracy on test rows that are changed, and how."""
    found = {new: [] for new in NEW_ROWS}
    for cut in CUTS:
        _, _, (x, y) = trial.digits(cut)
        run = trial.train_digits(rows, seed=cut, cut=cut, change=change, epochs=CHANGE_ROWS[rows])
        for new in NEW_ROWS:
            seen = changed(x, new, np.random.default_rng(cut))
            found[new].append(float(np.mean(nn.predict_class(run.model, seen) == y)))
    return {"change": change, "rows": rows,
            "accuracy": {new: _digits(values) for new, values in found.items()}}


def features_entry(penalty, wrong):
    """Training and test errors over the width, a row for each seed."""
    both = np.array([[features.errors(width, penalty, wrong, seed) for width in features.WIDTHS]
                     for seed in SEEDS])                                    # (seeds, widths, 2)
    return {"penalty": penalty, "wrong": wrong,
            "train": [_digits(row) for row in both[:, :, 0]],
            "test": [_digits(row) for row in both[:, :, 1]]}


def logits_entry(seed):
    """Logits of one split after each number of epochs, and the labels."""
    found, labels = confidence.logits(seed)
    return {"seed": seed, "labels": [part.astype(int).tolist() for part in labels],
            "logits": {str(epochs): [_digits(part, 3) for part in parts]
                       for epochs, parts in found.items()}}


def _digits(values, digits=4):
    return [float(f"{value:.{digits}g}") for value in values]
