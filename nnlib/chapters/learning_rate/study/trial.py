"""One training run of the study, and one word for what became of it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

import numpy as np

import nnlib.numpy as numpy_path
from nnlib import data
from nnlib.chapters.learning_rate.study.curvature import largest_curvature

RATES = (1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0)
BATCHES = (1, 4, 16, 64, 256, 1280)
SEEDS = (0, 1, 2)
EPOCHS = 30
CHECKPOINTS = (0, 1, 2, 5, 10, 20, 30)      # the epochs after which λmax of a map's run is kept

# The clocks: the same training on a finer grid and more seeds. The largest batches go on beyond
# 30 epochs, since for the full batch those are only 30 updates.
CLOCK_RATES = (0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5,
               0.7, 1.0, 1.5, 2.0, 3.0)
CLOCK_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 640, 1280)
CLOCK_SEEDS = (0, 1, 2, 3, 4, 5)
FEWEST_UPDATES = 300

# Where a full-batch training goes: these rates, for so many updates, λmax after each of these.
SHARPNESS_RATES = (0.1, 0.2, 0.5, 1.0)
SHARPNESS_AT = (0, 1, 2, 3, 5, 7, 10, 14, 20, 25, 30, 35, 40, 50, 60, 80, 100, 125, 150, 200, 250,
                300)

GOAL = 0.9                       # the validation accuracy at which the three clocks stop
HIDDEN = 32
FEW = 10                         # fewer hidden units than this still firing: the network has died
SIZES = (1280, 257, 260)         # 1280 divides by every batch size, so no batch is ever smaller


@dataclass
class Run:
    """One training run; index 0 of every curve is the untrained network.

    `steps_to_goal` counts updates until validation accuracy first reached `GOAL` (None: never),
    looked at after every update. `curvature` holds λmax of the training loss, where it was asked
    for. `firing_units` counts the hidden units that, after the last epoch, give more than 0 for at
    least one training row; the others are dead.
    """

    train_loss: list[float] = field(default_factory=list)
    validation_loss: list[float] = field(default_factory=list)
    validation_accuracy: list[float] = field(default_factory=list)
    steps_to_goal: int | None = None
    firing_units: int | None = None
    curvature: list[float] = field(default_factory=list)


@functools.cache
def digits():
    """Split the digits once: train, validation, test, pairs (x, y) of 1280, 257, 260 rows."""
    dataset = data.load_digits()
    return data.split(dataset.x, dataset.y, sizes=SIZES, rng=np.random.default_rng(0))


def network(seed, *, nn=numpy_path, dtype="float32"):
    """Build the network of the study, and return it with the generator that also shuffles."""
    rng = np.random.default_rng(seed)
    model = nn.Sequential(
        nn.Dense(64, HIDDEN, rng=rng, dtype=dtype), nn.ReLU(),
        nn.Dense(HIDDEN, 10, rng=rng, dtype=dtype),
    )
    return model, rng


def train(learning_rate, batch_size, seed=0, *, epochs=EPOCHS, schedule=None, nn=numpy_path,
          curvature_at=(), on_epoch=None):
    """Train one network on the digits and return its `Run`.

    `schedule(t)` gives the rate at epoch t (fractional); without one the rate is constant.
    `curvature_at` names the epochs after which λmax is measured (0: before training; NumPy path).
    `on_epoch(epoch)` is called after each epoch, for a progress bar.
    """
    train_set, validation, _ = digits()
    model, rng = network(seed, nn=nn)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=learning_rate)
    run, step = Run(), 0

    def look(epoch):
        record(run, model, loss_fn, train_set, validation, nn)
        if epoch in curvature_at:
            run.curvature.append(largest_curvature(model, loss_fn, *train_set))

    look(0)
    for epoch in range(epochs):
        loader = nn.batches(*train_set, batch_size=batch_size, rng=rng)
        for i, (x, y) in enumerate(loader):
            if schedule is not None:
                optimizer.lr = schedule(epoch + i / len(loader))
            loss_fn(model(x), y)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
            step += 1
            if run.steps_to_goal is None:
                predicted = nn.predict_class(model, validation[0])
                if np.mean(predicted == validation[1]) >= GOAL:
                    run.steps_to_goal = step
        look(epoch + 1)
        if on_epoch is not None:
            on_epoch(epoch + 1)
    run.firing_units = count_firing(model, train_set[0])
    return run


def clock_epochs(batch_size):
    """Epochs of a run of the clocks: 30, or as many as make `FEWEST_UPDATES`."""
    return max(EPOCHS, FEWEST_UPDATES * batch_size // SIZES[0])


def record(run, model, loss_fn, train_set, validation, nn=numpy_path):
    """Append the losses and the validation accuracy of `model` to the curves of `run`."""
    run.train_loss.append(float(nn.evaluate(model, loss_fn, train_set)["loss"]))
    scores = nn.evaluate(model, loss_fn, validation)
    run.validation_loss.append(float(scores["loss"]))
    run.validation_accuracy.append(float(scores["accuracy"]))


def outcome(runs):
    """Say in one word what the runs of one setting (one for each seed) did.

    - "dead": in most runs fewer than ten of the 32 hidden units still fire at the end.
    - "wobbles": some run has so few left, or its validation accuracy still falls by more than five
      percentage points from one epoch to the next within the last ten.
    - "too slow": some run never reached the goal of 90 %.
    - "learns": all others.
    """
    firing = [run.firing_units for run in runs]
    if np.median(firing) < FEW:
        return "dead"
    if min(firing) < FEW or any(np.diff(run.validation_accuracy[-10:]).min() < -0.05
                                for run in runs):
        return "wobbles"
    if any(run.steps_to_goal is None for run in runs):
        return "too slow"
    return "learns"


def count_firing(model, x):
    """Count the hidden units that give more than 0 for at least one row of x."""
    hidden, activation, _ = model
    with model.no_grad():
        return int((model.as_numpy(activation(hidden(model.as_input(x)))) > 0).any(axis=0).sum())
