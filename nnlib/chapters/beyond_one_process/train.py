"""Train a small network on handwritten digits, in one process or in several.

    python -m nnlib.chapters.beyond_one_process.train --epochs 5
    torchrun --standalone --nproc-per-node 2 -m nnlib.chapters.beyond_one_process.train --epochs 5

Both end with the same weights, up to rounding: ``--batch-size`` counts the rows of all processes
together, whose number has to divide it. With ``--checkpoint`` the run goes on from that file if it
is there.
"""

import argparse
import json
import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DistributedSampler

import nnlib.torch as nn
from nnlib import checkpoint, data

ROWS = 1280                           # 2, 4, 5, 8 … processes divide them without a rest


def digits():
    """Return the training rows: pixels (1280, 64) in float64, labels (1280,)."""
    loaded = data.load_digits()
    x = loaded.x.reshape(len(loaded.x), -1)[:ROWS].astype("float64")
    return torch.tensor(x), torch.tensor(loaded.y[:ROWS])


def network(seed):
    """Return chapter 9's network, 64-32-10, in float64."""
    rng = np.random.default_rng(seed)
    return nn.Sequential(
        nn.Dense(64, 32, rng=rng, dtype="float64"), nn.ReLU(),
        nn.Dense(32, 10, rng=rng, dtype="float64"),
    )


def flat(model):
    """Return all weights of a model as one vector."""
    return torch.cat([p.detach().ravel() for p in model.parameters()])


def train(options, rank=0, size=1, lookout=None):
    """Train as process `rank` of `size`; returns the model and what happened on the way."""
    x, y = digits()
    model = network(options.seed)
    replica = DistributedDataParallel(model) if size > 1 else model
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=options.lr, momentum=0.9)
    start = 0
    if options.checkpoint and Path(options.checkpoint).exists():
        start = checkpoint.load(options.checkpoint, model=model, optimizer=optimizer).epoch

    sampler = DistributedSampler(range(len(x)), size, rank, seed=options.seed)
    losses = []
    for epoch in range(start, options.epochs):
        sampler.set_epoch(epoch)                       # another order in every epoch
        order = torch.tensor(list(sampler))            # this process's share of the rows
        for step, rows in enumerate(order.split(options.batch_size // size)):
            loss = loss_fn(replica(x[rows]), y[rows])  # of this process's rows
            optimizer.zero_grad()
            loss.backward()                            # here the gradients are averaged
            optimizer.step()
            losses.append(loss.item())
            if lookout is not None:                    # for the experiments below
                lookout.after_step(epoch, step)
        if options.checkpoint and rank == 0:           # one process writes
            checkpoint.save(options.checkpoint, model=model, optimizer=optimizer, epoch=epoch + 1)
        if size > 1:
            dist.barrier()                             # the others wait for the file
    return model, {"started_at_epoch": start, "losses": losses}


class Lookout:
    """What one process tells whoever watches it, in files of a folder, and what it is told.

    torchrun asks the processes to end (SIGTERM) as soon as one of them is gone. Each that trains
    then leaves at the end of its step, so that an error which it has run into is still reported.
    """

    def __init__(self, options, rank):
        self.folder, self.rank, self.told_to_end = options.status, rank, False
        self.stall_at = options.stall
        if rank != int(os.environ.get("WORLD_SIZE", "1")) - 1:
            self.stall_at = None                       # only the last process stands still,
        if os.environ.get("TORCHELASTIC_RESTART_COUNT", "0") != "0":
            self.stall_at = None                       # and only before the first restart

    def leave_when_told(self):
        """From now on leave at the end of a step: before there are any, SIGTERM ends at once."""
        signal.signal(signal.SIGTERM, self.end)

    def end(self, *signal_and_frame):
        self.told_to_end = True

    def tell(self, name, **what):
        """Write a file ``NAME-RANK.json``, whole or not at all."""
        if self.folder:
            path = Path(self.folder, f"{name}-{self.rank}.json")
            part = path.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps({"pid": os.getpid()} | what))
            os.replace(part, path)

    def after_step(self, epoch, step):
        """Stand still at the step of ``--stall``, for a minute at most; leave if told to."""
        if self.stall_at == [epoch, step]:
            self.tell("stalled", epoch=epoch, step=step)
            until = time.monotonic() + 60
            while time.monotonic() < until and not self.told_to_end:
                time.sleep(0.05)
        if self.told_to_end:
            raise SystemExit(f"rank {self.rank}: told to end in epoch {epoch}, step {step}")


def parse(arguments=None, size=1):
    """Read the options of the command line, for so many processes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch-size", type=int, default=64, help="rows of all processes together")
    parser.add_argument("--lr", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--checkpoint", help="file to go on from, and to write after each epoch")
    parser.add_argument("--result", help="file for what happened, as JSON")
    parser.add_argument("--status", help="folder in which each process says where it is")
    parser.add_argument("--stall", type=int, nargs=2, metavar=("EPOCH", "STEP"),
                        help="where the last process stands still for a minute")
    parser.add_argument("--timeout", type=float, default=30, help="seconds to wait for the others")
    options = parser.parse_args(arguments)
    for rows in (options.batch_size, ROWS):            # else it would be another batch
        if rows % size:
            parser.error(f"{size} processes cannot share {rows} rows equally")
    return options


def main(arguments=None):
    """Join the other processes, train, and let process 0 write the result."""
    rank, size = (int(os.environ.get(name, default)) for name, default
                  in [("RANK", 0), ("WORLD_SIZE", 1)])
    options = parse(arguments, size)
    torch.set_num_threads(1)                           # or the processes fight for the cores
    lookout = Lookout(options, rank)
    lookout.tell("started")
    if size > 1:
        dist.init_process_group("gloo", timeout=timedelta(seconds=options.timeout))
        lookout.leave_when_told()
    try:
        model, happened = train(options, rank, size, lookout)
    except RuntimeError as error:                      # from gloo if somebody is gone, or too late
        lookout.tell("error", error=str(error))
        error.add_note(f"rank {rank}: {error}")        # of all that the processes write
        raise
    replicas = [flat(model)] * size
    if size > 1:
        replicas = [torch.empty_like(replicas[0]) for _ in range(size)]
        dist.all_gather(replicas, flat(model))
        dist.destroy_process_group()
    if rank == 0 and options.result:
        happened |= {"processes": size, "weights": replicas[0].tolist(),
                     "apart": max((other - replicas[0]).abs().max().item() for other in replicas)}
        Path(options.result).write_text(json.dumps(happened))


if __name__ == "__main__":
    main()
