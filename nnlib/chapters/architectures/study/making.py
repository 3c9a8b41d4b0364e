"""Making the kept results again, part by part."""

from __future__ import annotations

import concurrent.futures
import json
import os
import platform
import time

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.architectures.study import digits, kept, reading, recalling

LENGTHS = (32, 64, 128, 256, 512, 1024)


def write_results(*names):
    """Run the parts of these names (all without names) and put them into the kept files."""
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        for name in names or PARTS:
            made = PARTS[name](pool)
            old = json.loads(kept.RESULTS.read_text()) if kept.RESULTS.exists() else {}
            old |= {"versions": {"python": platform.python_version(), "numpy": np.__version__},
                    name: made}
            text = json.dumps(old, separators=(",", ":"))
            kept.RESULTS.write_text(text.replace('},"', '},\n"') + "\n")


def best_rate(pool, task, rates, seeds, *, largest):
    """The rate whose mean over the seeds is best, and {rate: results} of all that was tried."""
    jobs = {rate: [pool.submit(task, rate, seed) for seed in seeds] for rate in rates}
    tried = {rate: [job.result() for job in found] for rate, found in jobs.items()}
    means = {rate: np.nan_to_num(np.mean(found), nan=-np.inf if largest else np.inf)
             for rate, found in tried.items()}
    chosen = (max if largest else min)(means, key=means.get)
    return chosen, {str(rate): rounded(found) for rate, found in tried.items()}


def make_reading(pool):
    """Losses of the four recipes on text, at the best of five rates, and of two variants."""
    made, models = {}, {}
    for kind in reading.READERS:
        rate, tried = best_rate(pool, Validation(kind), reading.RATES, reading.TUNING,
                                largest=False)
        made[kind] = {"rate": rate, "tried": tried}
    for kind in reading.VARIANTS:
        made[kind] = {"rate": made["Transformer"]["rate"]}
    jobs = {kind: [pool.submit(told, kind, found["rate"], seed) for seed in reading.SEEDS]
            for kind, found in made.items()}
    for kind, runs in jobs.items():
        runs = [run.result() for run in runs]
        made[kind] |= {"curve": [rounded(run[0], 3) for run in runs],
                       "by position": [rounded(run[1], 3) for run in runs]}
        models |= {f"{kind}/{name}": value.astype("float16")
                   for name, value in runs[0][2].items()}
    np.savez_compressed(kept.MODELS, **models)
    return made


class Validation:
    """The task "train a reader, return its validation loss" (a class, so that it can be sent)."""

    def __init__(self, kind):
        self.kind = kind

    def __call__(self, rate, seed):
        model, _ = reading.trained(self.kind, rate, seed)
        return float(reading.by_position(model, 1, reading.WINDOW).mean())


def told(kind, rate, seed):
    """Training loss in means of 50 updates, test loss by position, and the weights."""
    model, losses = reading.trained(kind, rate, seed)
    length = reading.WINDOW if kind == "no mask" else reading.LONG    # it sees what it is given
    return (np.reshape(losses, (-1, 50)).mean(axis=1), reading.by_position(model, 2, length),
            model.state_dict())


def longer(kind, rate, seed):
    """Test loss of a reader after four times as many updates."""
    model, _ = reading.trained(kind, rate, seed, updates=reading.LONGER)
    return float(reading.by_position(model, 2, reading.WINDOW).mean())


def make_longer(pool):
    """Test losses after four times as many updates, at the rates chosen for the shorter runs."""
    rates = {kind: kept.results()["reading"][kind]["rate"] for kind in reading.READERS}
    jobs = {kind: [pool.submit(longer, kind, rate, seed) for seed in reading.SEEDS]
            for kind, rate in rates.items()}
    return {kind: rounded([job.result() for job in found]) for kind, found in jobs.items()}


def make_recalling(pool):
    """Accuracy of naming the first symbol, by distance, at the rate of the lowest loss of five."""
    made = {}
    for kind in recalling.READERS:
        made[kind] = {}
        for distance in recalling.DISTANCES:
            rate, tried = best_rate(pool, Recalling(kind, distance), recalling.RATES,
                                    recalling.TUNING, largest=False)
            jobs = [pool.submit(recalling.run, kind, distance, rate, seed)
                    for seed in recalling.SEEDS]
            made[kind][str(distance)] = {
                "rate": rate, "tried": tried,
                "accuracy": rounded([job.result()[0] for job in jobs])}
    return made


class Recalling:
    """The task "train a reader to recall, return its loss on new sequences"."""

    def __init__(self, kind, distance):
        self.kind, self.distance = kind, distance

    def __call__(self, rate, seed):
        return recalling.run(self.kind, self.distance, rate, seed)[1]


class Order:
    """The task "train on digits in this order, return the validation accuracy"."""

    def __init__(self, *setting):
        self.setting = setting

    def __call__(self, rate, seed):
        return digits.order_accuracy(*self.setting, rate, seed, 1)


def make_order(pool):
    """Test accuracy of an MLP and a CNN of equal size, pixels in order and shuffled."""
    made = {}
    for kind in ("MLP", "CNN"):
        for order in digits.ORDERS:
            for rows in digits.ROWS:
                setting = kind, rows, order
                rate, tried = best_rate(pool, Order(*setting), digits.ORDER_RATES, digits.TUNING,
                                        largest=True)
                jobs = [pool.submit(digits.order_accuracy, *setting, rate, seed, 2)
                        for seed in digits.SEEDS]
                made[f"{kind}, {order}, {rows}"] = {
                    "rate": rate, "tried": tried,
                    "accuracy": rounded([job.result() for job in jobs])}
    return made


class Deep:
    """The task "train this stack, return the validation accuracy"."""

    def __init__(self, kind, depth):
        self.kind, self.depth = kind, depth

    def __call__(self, rate, seed):
        return digits.deep_run(self.kind, self.depth, rate, seed, 1)[1]


def make_deep(pool):
    """Training curves and test accuracy of stacks of equal size, at the best of seven rates."""
    made = {}
    for kind in digits.STACKS:
        for depth in digits.DEPTHS:
            rate, tried = best_rate(pool, Deep(kind, depth), digits.DEEP_RATES, digits.TUNING,
                                    largest=True)
            jobs = [pool.submit(digits.deep_run, kind, depth, rate, seed, 2)
                    for seed in digits.DEEP_SEEDS]
            runs = [job.result() for job in jobs]
            made[f"{kind}, {depth}"] = {
                "rate": rate, "tried": tried, "curve": [rounded(run[0], 3) for run in runs],
                "accuracy": rounded([run[1] for run in runs])}
    return made


def make_times(_pool):
    """Milliseconds of a forward and backward over one sequence: the fastest of five rounds of many.

    The fastest, and in time of the processor, because other work on the machine only ever adds.
    """
    made = {name: dict.fromkeys(map(str, LENGTHS), np.inf)
            for name in ("Transformer block", "LSTM")}
    for _ in range(5):
        for name, found in made.items():
            for length in LENGTHS:
                found[str(length)] = min(found[str(length)], fastest(name, length))
    return {name: {length: float(f"{1000 * seconds:.3g}") for length, seconds in found.items()}
            for name, found in made.items()}


def fastest(name, length):
    """Seconds of the fastest of some passes forward and back."""
    rng = np.random.default_rng(0)
    layer = (nn.LSTM(32, 32, return_sequences=True, rng=rng) if name == "LSTM"
             else nn.TransformerBlock(32, 4, 128, rng=rng))
    x, took = rng.normal(size=(1, length, 32)).astype("float32"), []
    for _ in range(max(40, 8000 // length)):
        started = time.process_time()
        layer.backward(layer(x))
        took.append(time.process_time() - started)
    return min(took)


PARTS = {"order": make_order, "reading": make_reading, "longer": make_longer,
         "recalling": make_recalling, "deep": make_deep, "times": make_times}


def rounded(values, places=4):
    return [round(float(value), places) for value in values]
