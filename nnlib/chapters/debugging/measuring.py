"""The measurement that proves each case: one number or two, of the sick run or the healthy one."""

from __future__ import annotations

import numpy as np

from nnlib.activation_stats import activation_stats
from nnlib.chapters.debugging.cases import CASES, SEEDS, answers
from nnlib.chapters.debugging.watching import accuracy, answers_to, outputs_of, watch

BOTH = {"this run": True, "healthy": False}


def row_sums(seed, sick):
    """Case A: the smallest and the largest sum of the scores of a row, as the loss gets them."""
    patient = CASES["A"](seed, sick)
    sums = outputs_of(patient.model, patient.train[0]).sum(axis=1)
    return float(sums.min()), float(sums.max())


def difference_shape(seed, sick):
    """Case B: the shape of prediction minus target on 32 rows."""
    patient = CASES["B"](seed, sick)
    x, y = patient.train
    return (patient.model(x[:32]) - y[:32]).shape


def twins(seed, sick, near=0.6):
    """Case C: the share of validation rows with a training row nearer than `near`."""
    patient = CASES["C"](seed, sick)
    a, b = patient.validation[0].astype("float64"), patient.train[0].astype("float64")
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return float(np.mean(squares.min(axis=1) < near**2))


def later_score(seed, sick):
    """Case C: the share of later rows, which nobody copied, that is answered as labelled."""
    return watch(CASES["C"](seed, sick)).later_score


def first_scores(seed, sick):
    """Case E: the largest input, and the standard deviation of a new network's scores."""
    patient = CASES["E"](seed, sick)
    x, _ = patient.train
    return float(x.max()), float(np.std(outputs_of(patient.model, x)))


def second_norm(seed, sick):
    """Case F: the norm of a batch's gradient at the second time, in units of the first."""
    patient = CASES["F"](seed, sick)
    x, y = patient.train
    norms = []
    for _ in range(2):
        if patient.clears:
            patient.optimizer.zero_grad()
        patient.loss_fn(patient.model(x[:32]), y[:32])
        patient.model.backward(patient.loss_fn.backward())
        norms.append(np.sqrt(sum(float((p.grad**2).sum()) for p in patient.model.parameters())))
    return float(norms[1] / norms[0])


def in_two_orders(seed, sick):
    """Case G: the accuracy on the validation rows sorted by digit, and the same rows mixed."""
    patient = CASES["G"](seed, sick)
    watch(patient)
    x, y = patient.validation
    mixed = np.random.default_rng(seed).permutation(len(x))
    return (accuracy(answers_to(patient, x), y),
            accuracy(answers_to(patient, x[mixed]), y[mixed]))


def rate_and_edge(seed, sick):
    """Case H: the rate of the run, and the one beyond which it would diverge."""
    patient = CASES["H"](seed, sick)
    x = patient.train[0].astype("float64")
    inputs = np.column_stack([x, np.ones(len(x))])             # the bias sees a 1
    return patient.optimizer.lr, float(2 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(x)).max())


def answers_by_class(seed, sick):
    """Case I: {name of a digit: the name that it is mostly given}."""
    log = watch(CASES["I"](seed, sick))
    folders = sorted(answers.NAMES)
    mostly = [np.bincount(log.answers[log.truth == place]).argmax() for place in range(10)]
    return {name: folders[mostly[folders.index(name)]] for name in answers.NAMES}


def two_passes(seed, sick):
    """Case J: how far two passes of a training batch differ at most, after two epochs."""
    patient = CASES["J"](seed, sick)
    patient.epochs = 2
    watch(patient)
    patient.model.train(patient.returns)         # as the third epoch finds it
    x = patient.train[0][:32]
    return float(np.abs(patient.model(x) - patient.model(x)).max())


def firing_units(seed, sick):
    """Case K: how many hidden units fire for a training row, before training and after it."""
    patient = CASES["K"](seed, sick)
    before = activation_stats(patient.model, patient.train[0])[0].firing
    return int((before > 0).sum()), int((watch(patient).firing > 0).sum())


def each(measure, form=str):
    """Print what a measurement gives for the three seeds, of the sick run and the healthy one."""
    for name, sick in BOTH.items():
        values = [measure(seed, sick) for seed in SEEDS]
        print(f"{name:9s}", "   ".join(form(value) for value in values))
