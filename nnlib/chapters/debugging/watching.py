"""A training loop that logs what somebody who debugs would ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import nnlib.numpy as nn
from nnlib.activation_stats import activation_stats

FIRST = 40               # updates whose losses are kept one by one
ON_ONE_BATCH = 300       # updates on one and the same batch
TOO_MUCH = 1e6           # a loss beyond is not going to come back


@dataclass
class Patient:
    """All that a training run is made of; in a sick one, one part is wrong.

    `train` and `validation` are pairs (x, y) as the run gets them. `later` are rows that nobody
    has touched, looked at once, after training. `read` makes of outputs the answers that users
    get, and `score` compares answers with the truth.
    """

    model: Any
    loss_fn: Any
    optimizer: Any
    train: tuple
    validation: tuple
    score: Callable
    read: Callable = lambda outputs: outputs.argmax(axis=-1)
    epochs: int = 20
    batch_size: int | None = 32
    later: tuple | None = None
    clears: bool = True                  # gradients, before each backward
    evaluates: bool = True               # eval() before the validation
    returns: bool = True                 # train() after it
    seed: int = 0


@dataclass
class Log:
    """What was measured: a number an epoch, if nothing else is said."""

    train_loss: list = field(default_factory=list)           # median of the epoch's batches
    validation_loss: list = field(default_factory=list)
    validation_score: list = field(default_factory=list)
    norms: dict = field(default_factory=dict)                # {layer: norm of what the step used}
    first: list = field(default_factory=list)                # of the first updates, the loss
    turns: list = field(default_factory=list)                # cosine of each gradient and the last
    firing: np.ndarray | None = None                         # of each hidden unit, share of rows
    inputs: np.ndarray | None = None                         # what the first layer got
    answers: np.ndarray | None = None                        # at the end, on the validation rows
    truth: np.ndarray | None = None
    train_score: float = np.nan                              # at the end, as later_score
    later_score: float = np.nan


def watch(patient: Patient) -> Log:
    """Train a patient and return its log."""
    model, log = patient.model, Log()
    x, y = patient.train
    rng = np.random.default_rng([patient.seed, 1])
    before = None
    model.train()
    for _ in range(patient.epochs):
        losses, norms = [], []
        for x_batch, y_batch in nn.batches(x, y, batch_size=patient.batch_size or len(x), rng=rng):
            if patient.clears:
                patient.optimizer.zero_grad()
            losses.append(_step(patient, x_batch, y_batch))
            flat = _flat(model)
            log.turns.append(_cosine(flat, before))
            before = flat
            norms.append(_norms(model))
        log.first += losses[: FIRST - len(log.first)]
        log.train_loss.append(float(np.median(losses)))
        for name in norms[0]:
            log.norms.setdefault(name, []).append(float(np.median([one[name] for one in norms])))
        _validate(patient, log)
    _look(patient, log)
    return log


def overfit_one_batch(patient: Patient, rows=32) -> list:
    """Losses of updates on the first rows alone, by the patient's own code and a fresh model."""
    x, y = patient.train
    patient.model.train()
    losses = []
    for _ in range(ON_ONE_BATCH):
        if patient.clears:
            patient.optimizer.zero_grad()
        losses.append(_step(patient, x[:rows], y[:rows]))
        if not losses[-1] < TOO_MUCH:
            break
    return losses


def _step(patient, x, y):
    loss = patient.loss_fn(patient.model(x), y)
    patient.model.backward(patient.loss_fn.backward(), input_grad=False)
    patient.optimizer.step()
    return loss.item()


def _validate(patient, log):
    """Loss and score of the validation rows, 32 at a time, in whatever mode the run sees fit."""
    x, y = patient.validation
    if patient.evaluates:
        patient.model.eval()
    outputs = outputs_of(patient.model, x)
    log.validation_loss.append(patient.loss_fn(outputs, y).item())
    log.validation_score.append(patient.score(patient.read(outputs), y))
    if patient.returns:
        patient.model.train()


def outputs_of(model, x, rows=32):
    """Outputs of a model in the mode it is in, nothing recorded."""
    with model.no_grad():
        return np.concatenate([model(x[i : i + rows]) for i in range(0, len(x), rows)])


def _look(patient, log):
    """At the end: the units, the inputs, the answers."""
    model, (x, y) = patient.model, patient.train
    hidden = activation_stats(model, x)
    log.firing = hidden[0].firing if hidden else None
    log.inputs = x
    if patient.evaluates:
        model.eval()
    log.rows, log.truth = patient.validation
    log.answers = answers_to(patient, log.rows)
    log.train_score = patient.score(answers_to(patient, x), y)
    if patient.later is not None:
        log.later_score = patient.score(answers_to(patient, patient.later[0]), patient.later[1])


def answers_to(patient, x):
    """What users are told of these rows."""
    return patient.read(outputs_of(patient.model, x))


def _norms(model):
    return {name: float(np.linalg.norm(p.grad)) for name, p in model.named_parameters()
            if name.endswith("weight") and p.grad is not None and p.grad.ndim == 2}


def _flat(model):
    return np.concatenate([p.grad.ravel() for p in model.parameters()]).astype("float64")


def _cosine(a, b):
    if b is None:
        return np.nan
    size = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / size) if size else np.nan


def accuracy(answers, y):
    """Share of the rows whose answer is the label."""
    return float(np.mean(answers == y))


def r_squared(answers, y):
    """Share of the variance of y that the answers explain; 0 for the mean of y."""
    answers, y = np.ravel(answers), np.ravel(y)
    return float(1 - np.mean((answers - y) ** 2) / np.var(y))
