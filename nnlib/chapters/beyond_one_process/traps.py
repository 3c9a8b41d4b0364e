"""What goes wrong in several processes, mostly without an error, and beside what is right.

    torchrun --standalone --nproc-per-node 2 \\
        -m nnlib.chapters.beyond_one_process.traps --result FILE

Every function runs in all processes at once and returns numbers, of which process 0 writes its own.
"""

import argparse
import contextlib
import json
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel

import nnlib.torch as nn
from nnlib.chapters.beyond_one_process import launching
from nnlib.chapters.beyond_one_process.train import digits, flat, network

ROWS = 64                             # the batch of all processes together
STEPS = 40
SEEDS = (0, 1, 2)
PATIENCE = 2                          # seconds that a process waits for one that never comes


def share(rows, rank, size):
    """Return the equal part of the rows that belongs to this process."""
    return rows[rank::size]


def gradient(model):
    """Return all gradients of a model as one vector."""
    return torch.cat([p.grad.ravel() for p in model.parameters()])


def averaged(vector):
    """Return the mean of a vector over the processes: an all-reduce, and a division."""
    vector = vector.clone()
    dist.all_reduce(vector)
    return vector / dist.get_world_size()


def apart(vector):
    """Return the largest difference between two processes in any entry of a vector."""
    return (averaged(vector) - vector).abs().max().item() * 2


def relative(vector, reference):
    """Return how far a vector is from the right one, relative to its length."""
    return (torch.linalg.vector_norm(vector - reference)
            / torch.linalg.vector_norm(reference)).item()


def gradient_alone(model, x, y, rows):
    """Return the gradient of the mean loss over these rows, without any other process."""
    model.zero_grad()
    nn.CrossEntropyLoss()(model(x[rows]), y[rows]).backward()
    return gradient(model)


def backward(x, y, rank, size):
    """Distance between the replicas after each step, for three ways to write backward."""
    ways = {
        "loss.backward()": lambda model, loss_fn, loss: loss.backward(),
        "model.backward(loss_fn.backward())":
            lambda model, loss_fn, loss: model.backward(loss_fn.backward()),
        "model.backward(…, input_grad=False)":
            lambda model, loss_fn, loss: model.backward(loss_fn.backward(), input_grad=False),
    }
    return {way: [_drift(call, x, y, rank, size, seed) for seed in SEEDS]
            for way, call in ways.items()}


def _drift(call, x, y, rank, size, seed):
    model = network(seed)
    replica = DistributedDataParallel(model)
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=0.1)
    order = torch.tensor(np.random.default_rng(seed).permutation(len(x)))
    distances = []
    for step in range(STEPS):
        rows = share(order.roll(-ROWS * step)[:ROWS], rank, size)
        loss = loss_fn(replica(x[rows]), y[rows])
        optimizer.zero_grad()
        call(model, loss_fn, loss)
        optimizer.step()
        distances.append(apart(flat(model)))
    return distances


def unequal_shards(x, y, rank, size):
    """Error of the averaged gradient where one process has 48 rows and the other 16."""
    model = network(0)
    rows = torch.arange(ROWS)
    right = gradient_alone(model, x, y, rows)
    mine = rows[:48] if rank == 0 else rows[48:]
    plain = averaged(gradient_alone(model, x, y, mine))
    weighted = averaged(gradient_alone(model, x, y, mine) * (len(mine) * size / ROWS))
    return {"wrong": relative(plain, right), "right": relative(weighted, right)}


def clipping(x, y, rank, size):
    """Error of the step where each process clips its own gradient before the average."""
    model = network(0)
    rows = torch.arange(ROWS)
    limit = 0.5

    def clipped(vector):
        return vector * min(1.0, limit / torch.linalg.vector_norm(vector).item())

    right = clipped(gradient_alone(model, x, y, rows))
    own = gradient_alone(model, x, y, share(rows, rank, size))
    return {"wrong": relative(averaged(clipped(own)), right),
            "right": relative(clipped(averaged(own)), right)}


def batch_norm(x, y, rank, size):
    """What a gradient differs by where each process normalises over its own rows, or each row.

    The first is the gradient of another loss and no mistake by itself; "right" is the layer whose
    gradient does not depend on who has which rows.
    """
    def model_with(layer):
        rng = np.random.default_rng(0)
        return nn.Sequential(nn.Dense(64, 32, rng=rng, dtype="float64"), layer, nn.ReLU(),
                             nn.Dense(32, 10, rng=rng, dtype="float64"))

    rows = torch.arange(ROWS)
    errors = {}
    for name, layer in [("wrong", nn.BatchNorm(32, dtype="float64")),
                        ("right", nn.LayerNorm(32, dtype="float64"))]:
        model = model_with(layer)
        right = gradient_alone(model, x, y, rows)
        errors[name] = relative(
            averaged(gradient_alone(model, x, y, share(rows, rank, size))), right)
    layer = nn.BatchNorm(32, dtype="float64")
    replica = DistributedDataParallel(model_with(layer))
    replica(x[share(rows, rank, size)]).sum().backward()
    errors["running_apart"] = apart(layer.running_mean)
    replica.eval()                                     # so that this forward moves nothing itself
    replica(x[share(rows, rank, size)])
    errors["running_apart_then"] = apart(layer.running_mean)
    try:
        torch.nn.SyncBatchNorm(3)(torch.ones(4, 3))
    except ValueError as error:
        errors["said"] = str(error)
    return errors


def seeds(x, y, rank, size):
    """Weights before and after DDP where each process draws its own; masks of dropout."""
    model = network(seed=rank)                         # forgotten: the same seed everywhere
    before = apart(flat(model))
    DistributedDataParallel(model)
    ones = torch.ones(4, 8, dtype=torch.float64)
    same = nn.Dropout(0.5, rng=np.random.default_rng(0))(ones)
    own = nn.Dropout(0.5, rng=np.random.default_rng([0, rank]))(ones)
    return {"before": before, "after": apart(flat(model)),
            "same_masks": apart(same) == 0, "own_masks": apart(own) == 0}


def accumulation(x, y, rank, size):
    """Bytes that four micro-batches send, with and without `no_sync`, and their gradients."""
    rows = torch.arange(ROWS)
    parts = share(rows, rank, size).chunk(4)
    sent, gradients = {}, {}
    for name in ("sync", "no_sync"):
        model = network(0)
        replica = DistributedDataParallel(model)
        counted = []

        def count(state, bucket, counted=counted):
            counted.append(bucket.buffer().nbytes)
            return allreduce_hook(None, bucket)

        replica.register_comm_hook(None, count)
        for number, part in enumerate(parts):
            silent = name == "no_sync" and number < len(parts) - 1
            with replica.no_sync() if silent else contextlib.nullcontext():
                loss = nn.CrossEntropyLoss()(replica(x[part]), y[part]) / len(parts)
                loss.backward()
        sent[name], gradients[name] = counted, gradient(model)
    right = gradient_alone(network(0), x, y, rows)
    return {"sent": sent, "errors": {name: relative(g, right) for name, g in gradients.items()}}


class TwoHeads(nn.Module):
    """A network of which a forward uses one of two last layers."""

    def __init__(self):
        super().__init__()
        rng = np.random.default_rng(0)
        self.body = nn.Dense(64, 16, rng=rng, dtype="float64")
        self.used = nn.Dense(16, 10, rng=rng, dtype="float64")
        self.idle = nn.Dense(16, 10, rng=rng, dtype="float64")

    def forward(self, x):
        return self.used(self.body(x))


def unused_parameters(x, y, rank, size):
    """What DDP says in the second step to parameters without a gradient, and with its option."""
    said = {}
    for find in (False, True):
        replica = DistributedDataParallel(TwoHeads(), find_unused_parameters=find)
        try:
            for _ in range(2):
                nn.CrossEntropyLoss()(replica(x[:8]), y[:8]).backward()
            said[str(find)] = ""
        except RuntimeError as error:
            said[str(find)] = str(error).split(". ")[0]
    return said


def straggler(x, y, rank, size):
    """How many steps process 0 was ahead of process 1 at most, which is slower on purpose."""
    model = network(0)
    replica = DistributedDataParallel(model)
    store = dist.distributed_c10d._get_default_store()
    ahead = []
    for _ in range(10):
        if rank == 1:
            torch.eye(200).matrix_power(200)           # some work that the others do not have
        nn.CrossEntropyLoss()(replica(x[:8]), y[:8]).backward()
        mine = store.add(f"steps of {rank}", 1)
        ahead.append(mine - store.add(f"steps of {1 - rank}", 0))
    return {"most": max(ahead)}


def one_step_more(x, y, rank, size):
    """What process 0 is told that makes a third step where process 1 makes two."""
    group = dist.new_group()                           # so that the others stay connected
    replica = DistributedDataParallel(network(0), process_group=group)
    told = {"steps": 0, "said": ""}

    def step():
        nn.CrossEntropyLoss()(replica(x[:8]), y[:8]).backward()
        told["steps"] += 1

    step()
    step()
    if rank == 1:
        return told
    # Only now, so that a busy machine does not look like a mistake.
    dist.distributed_c10d._set_pg_timeout(timedelta(seconds=PATIENCE), group)
    try:
        step()
    except RuntimeError as error:
        told["said"] = launching.reason(str(error))
    return told


EXPERIMENTS = (backward, unequal_shards, clipping, batch_norm, seeds, accumulation,
               unused_parameters, straggler, one_step_more)


def main(arguments=None):
    """Run every experiment, and let process 0 write what came out."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--result", required=True)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    dist.init_process_group("gloo")
    rank, size = dist.get_rank(), dist.get_world_size()
    x, y = digits()
    found = {experiment.__name__: experiment(x, y, rank, size) for experiment in EXPERIMENTS}
    dist.barrier()
    dist.destroy_process_group()
    if rank == 0:
        Path(options.result).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
