"""One training run of the comparison, and the protocol that all methods share."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.optimizers.study import tasks

# One grid for every method and every task: 28 rates, three a decade.
RATES = tuple(float(f"{rate:.3g}") for rate in 10 ** (np.arange(-21, 7) / 3))
TUNING_SEEDS = (0, 1, 2, 3, 4)               # they choose the rate, on the validation rows
FRESH_SEEDS = tuple(range(10, 20))           # they are reported, on the test rows

METHODS = {
    "SGD": lambda parameters, lr: nn.SGD(parameters, lr=lr),
    "momentum": lambda parameters, lr: nn.SGD(parameters, lr=lr, momentum=0.9),
    "AdaGrad": lambda parameters, lr: nn.AdaGrad(parameters, lr=lr),
    "RMSprop": lambda parameters, lr: nn.RMSprop(parameters, lr=lr),
    "Adam": lambda parameters, lr: nn.Adam(parameters, lr=lr),
}


def train(name, method, rate, seed):
    """Train once and return the losses on the training, validation and test rows.

    Parameters
    ----------
    name : str
        A key of `tasks.TASKS`.
    method : str
        A key of `METHODS`; everything but the rate stays at its default.
    rate : float
    seed : int
        Draws the first weights and the batches.
    """
    task = tasks.task(name)
    rng = np.random.default_rng(seed)
    model, loss_fn = task.network(rng), task.loss()
    optimizer = METHODS[method](model.parameters(), rate)
    done = 0
    with np.errstate(all="ignore"):                   # a rate that is too large overflows
        while done < task.updates:
            for x, y in nn.batches(*task.parts[0], batch_size=task.batch_size, rng=rng):
                loss_fn(model(x), y)
                optimizer.zero_grad()
                model.backward(loss_fn.backward(), input_grad=False)
                optimizer.step()
                done += 1
                if done == task.updates:
                    break
        return [float(nn.evaluate(model, loss_fn, part)["loss"]) for part in task.parts]


def tune(name, method, rates=RATES, seeds=TUNING_SEEDS):
    """Return the validation losses, one row for each rate, one column for each seed."""
    return np.array([[train(name, method, rate, seed)[1] for seed in seeds] for rate in rates])


def chosen(losses):
    """Return the position of the rate with the lowest median loss; a run that blew up is worst."""
    return int(np.argmin(np.median(np.where(np.isfinite(losses), losses, np.inf), axis=1)))
