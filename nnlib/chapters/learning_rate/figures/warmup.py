"""With and without warm-up, over the rate: where it decides and where it changes nothing."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.learning_rate.study import trial
from nnlib.widgets import plots

SEEDS = (0, 1, 2, 3, 4, 5)
RATES = {"SGD": (0.1, 0.3, 1.0, 2.0), "Adam": (0.01, 0.03, 0.1, 0.2, 0.3)}
WARMUP_STEPS = 20


@functools.cache
def accuracies(method, rate, warmup_steps, *, epochs=5, batch_size=64):
    """Train one network for each seed and return the validation accuracies at the end.

    In float64: near the edge float32 would not give the same curves on every machine.
    """
    (x_train, y_train), (x_valid, y_valid), _ = trial.digits()
    x_train, x_valid = x_train.astype("float64"), x_valid.astype("float64")
    found = []
    for seed in SEEDS:
        model, rng = trial.network(seed, dtype="float64")
        loss_fn = nn.CrossEntropyLoss()
        optimizer = getattr(nn, method)(model.parameters(), lr=rate)
        step = 0
        for _ in range(epochs):
            for x, y in nn.batches(x_train, y_train, batch_size=batch_size, rng=rng):
                optimizer.lr = rate * min(1.0, (step + 1) / max(1, warmup_steps))
                loss_fn(model(x), y)
                optimizer.zero_grad()
                model.backward(loss_fn.backward(), input_grad=False)
                optimizer.step()
                step += 1
        found.append(float(np.mean(nn.predict_class(model, x_valid) == y_valid)))
    return found


def warmup_frame():
    """Draw the accuracy after 100 updates over the rate, with and without warm-up."""
    figure, axes = plots.figure(500, 300, ncols=2, sharey=True)
    told = []
    for ax, (method, rates) in zip(axes, RATES.items(), strict=True):
        for steps, role, marker in [(0, "loss", "o"), (WARMUP_STEPS, "prediction", "s")]:
            found = 100 * np.array([accuracies(method, rate, steps) for rate in rates])
            style = plots.role(role, marker=marker, markersize=5, linewidth=1.5)
            ax.fill_between(rates, found.min(axis=1), found.max(axis=1), alpha=0.15,
                            color=style["color"], linewidth=0)
            ax.plot(rates, np.median(found, axis=1), **style)
            medians = ", ".join(f"rate {rate:g} {value:.0f}" for rate, value in
                                zip(rates, np.median(found, axis=1), strict=True))
            told.append(f"{method}, {f'{steps} steps of' if steps else 'no'} warm-up: {medians}")
        ax.set(xscale="log", ylim=(0, 102), xlabel="learning rate", title=method)
        shown = [rate for rate in rates if rate != 0.2]      # its label would touch
        ax.set_xticks(shown, [f"{rate:g}" for rate in shown])
        ax.minorticks_off()
    axes[0].set_ylabel("validation accuracy, %")
    plots.direct_label(axes[1], 0.012, 60, "warm-up of\n20 steps", "prediction")
    plots.direct_label(axes[1], 0.012, 30, "no warm-up", "loss")
    return widgets.frame(figure, alt="Median validation accuracy in % after 100 updates, six "
                         "seeds. " + "; ".join(told) + ".")
