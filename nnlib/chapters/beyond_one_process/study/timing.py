"""The program that is timed: steps of a model, the all-reduce alone, a slow process.

    torchrun --standalone --nproc-per-node 2 \\
        -m nnlib.chapters.beyond_one_process.study.timing --result FILE
"""

import argparse
import itertools
import json
import os
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

import nnlib.torch as nn

BATCH = 256                                         # rows of all processes together
WIDTHS = {"small": (64, 32, 10), "large": (784, 1024, 1024, 10)}
SIZES = tuple(4**k for k in range(4, 12))           # float32 numbers: 1 KB to 16 MB
SLEEPS = (0, 5, 10, 20)                             # milliseconds


def network(widths):
    """Return a dense network in float32."""
    rng = np.random.default_rng(0)
    layers = []
    for inputs, outputs in itertools.pairwise(widths):
        layers += [nn.Dense(inputs, outputs, rng=rng), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def step_time(name, rank, size, *, steps, sleep=0.0):
    """Return the milliseconds of a step of this process."""
    widths = WIDTHS[name]
    model = network(widths)
    replica = DistributedDataParallel(model) if size > 1 else model
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.01)
    rng = np.random.default_rng(rank)
    x = torch.tensor(rng.random((BATCH // size, widths[0]), dtype="float32"))
    y = torch.tensor(rng.integers(0, widths[-1], BATCH // size))
    times = []
    for _ in range(steps + 5):
        started = time.perf_counter()
        if rank == size - 1 and sleep:
            time.sleep(sleep / 1000)
        loss = loss_fn(replica(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        times.append(1000 * (time.perf_counter() - started))
    return quick(times[5:])


def quick(times):
    """Return the time that a tenth of the steps stay below: other work only ever adds to it."""
    return float(np.quantile(times, 0.1))


def all_reduce_time(numbers, repeats=30):
    """Return the milliseconds of one all-reduce of so many float32."""
    vector = torch.zeros(numbers)
    times = []
    for _ in range(repeats):
        dist.barrier()
        started = time.perf_counter()
        dist.all_reduce(vector)
        times.append(1000 * (time.perf_counter() - started))
    return quick(times[5:])


def main(arguments=None):
    """Measure in all processes; process 0 writes its times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--result", required=True)
    parser.add_argument("--steps", type=int, default=60)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    rank, size = int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1"))
    found = {}
    if size > 1:
        dist.init_process_group("gloo")
    found["steps"] = {name: step_time(name, rank, size, steps=options.steps) for name in WIDTHS}
    if size > 1:
        found["all_reduce"] = [[numbers, all_reduce_time(numbers)] for numbers in SIZES]
        found["straggler"] = [[sleep, step_time("small", rank, size, steps=20, sleep=sleep)]
                              for sleep in SLEEPS]
        dist.barrier()
        dist.destroy_process_group()
    if rank == 0:
        Path(options.result).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
