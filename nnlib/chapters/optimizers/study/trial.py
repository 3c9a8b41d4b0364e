"""One training run of the comparison, and the protocol that all methods share."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib.chapters.optimizers.study import tasks

# One grid for every method and every task: 28 rates, three a decade.
RATES = tuple(float(f"{rate:.3g}") for rate in 10 ** (np.arange(-21, 7) / 3))
TUNING_SEEDS = (0, 1, 2, 3, 4)               # they choose the rate, on the validation rows
FRESH_SEEDS = tuple(range(10, 20))           # they are reported, on the test rows
SPLITS = (0, 1, 2)                           # the whole protocol, on other rows each time

METHODS = {
    "SGD": lambda parameters, lr: nn.SGD(parameters, lr=lr),
    "momentum": lambda parameters, lr: nn.SGD(parameters, lr=lr, momentum=0.9),
    "AdaGrad": lambda parameters, lr: nn.AdaGrad(parameters, lr=lr),
    "RMSprop": lambda parameters, lr: nn.RMSprop(parameters, lr=lr),
    "Adam": lambda parameters, lr: nn.Adam(parameters, lr=lr),
}


def train(name, method, rate, seed, split=0):
    """Train once and return the losses on the training, validation and test rows.

    Parameters
    ----------
    name : str
        A key of `tasks.TASKS`.
    method : str
        A key of `METHODS`; everything but the rate stays at its default.
    rate : float
    seed : int
        Draws the first weights and the batches: the same ones for every method.
    split : int
        Which rows are for training, for validation and for the test.
    """
    task = tasks.task(name, split)
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


def tune(name, method, split=0, rates=RATES, seeds=TUNING_SEEDS):
    """Return the validation losses, one row for each rate, one column for each seed."""
    return np.array([[train(name, method, rate, seed, split)[1] for seed in seeds]
                     for rate in rates])


def chosen(losses):
    """Return the position of the rate with the lowest median loss; a run that blew up is worst."""
    return int(np.argmin(np.median(np.where(np.isfinite(losses), losses, np.inf), axis=1)))


def gradient_spread(name, seed):
    """Return how many times the gradients of some weights are larger than those of others.

    The root mean square of each weight's gradient over one epoch of batches, at the first weights:
    its 95 % quantile over its 5 % quantile, those that are 0 left out.
    """
    task = tasks.task(name)
    rng = np.random.default_rng(seed)
    model, loss_fn = task.network(rng), task.loss()
    squares = []
    for x, y in nn.batches(*task.parts[0], batch_size=task.batch_size, rng=rng):
        model.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward(), input_grad=False)
        squares.append([np.square(p.grad, dtype="float64").ravel() for p in model.parameters()])
    sizes = np.sqrt(np.mean([np.concatenate(batch) for batch in squares], axis=0))
    low, high = np.quantile(sizes[sizes > 0], [0.05, 0.95])
    return high / low
