"""How far the gradients of mini-batches stray from the gradient of all rows."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import two_panels
from nnlib.chapters.learning_rate.figures.headline import BATCH
from nnlib.chapters.learning_rate.study import trial
from nnlib.widgets import plots

MOMENTS = {"before training": 0, "after 1 epoch": 1, "after 30 epochs": 30}


@functools.cache
def _gradients_at(epochs, seed=0):
    """Gradient of every training row, one a row of (1280, 2410), after `epochs` of training."""
    (x, y), _, _ = trial.digits()
    model, rng = trial.network(seed)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    if epochs:
        nn.fit(model, loss_fn, optimizer, (x, y), epochs=epochs, batch_size=64, rng=rng)
    rows = []
    for i in range(len(x)):
        loss_fn(model(x[i : i + 1]), y[i : i + 1])
        optimizer.zero_grad()
        model.backward(loss_fn.backward(), input_grad=False)
        rows.append(np.concatenate([p.grad.ravel() for p in model.parameters()]))
    return np.array(rows)


def noise_scale(epochs, seed=0):
    """Mean squared distance of one row's gradient from that of all rows, over the latter's square.

    McCandlish et al. (2018), "An empirical model of large-batch training", eq. 2.9, their simple
    noise scale: the batch size at which a gradient's error is as long as the gradient itself.
    Measured after `epochs` of training at rate 0.1 with batches of 64.
    """
    rows = _gradients_at(epochs, seed)
    full = rows.mean(axis=0)
    return float(np.mean(np.sum((rows - full) ** 2, axis=1)) / np.sum(full**2))


@functools.cache
def noise_of(batch_size, epochs, draws=200):
    """Compare mini-batch gradients with the full one, at the weights after `epochs`.

    Returns
    -------
    along, across : ndarray, shape (draws,)
        Each mini-batch gradient in units of the full gradient's length: its part along the full
        gradient, and the length of the rest.
    """
    rows = _gradients_at(epochs)
    full = rows.mean(axis=0)
    length = np.linalg.norm(full)
    rng = np.random.default_rng(batch_size)
    along, across = np.empty(draws), np.empty(draws)
    for i in range(draws):
        # Without replacement, as in an epoch: the full batch then is the full gradient.
        g = rows[rng.permutation(len(rows))[:batch_size]].mean(axis=0)
        along[i] = g @ full / length**2
        across[i] = np.linalg.norm(g - along[i] * full) / length
    return along, across


def noise_frame(batch_size, moment):
    """Draw 200 mini-batch gradients beside the full one, and their error over the batch size."""
    epochs = MOMENTS[moment]
    along, across = noise_of(batch_size, epochs)
    cosines = along / np.hypot(along, across)
    figure, (left, right) = two_panels()
    left.hist(cosines, bins=np.linspace(-1, 1, 41), color=plots.COLORS["gradient"])
    left.axvline(1, color="black", linewidth=1.5)
    left.text(0.96, 150, "full\ngradient", ha="right", va="top")
    left.set(xlim=(-1.02, 1.05), ylim=(0.8, 250), yscale="log",
             xlabel="cosine with the full gradient", title="200 mini-batches")
    sizes = [size for size in trial.BATCHES if size < trial.SIZES[0]]
    errors = [relative_error(*noise_of(size, epochs)) for size in sizes]
    right.loglog(sizes, errors, color=plots.COLORS["gradient"], marker="o", linewidth=1.4)
    right.loglog(sizes, errors[0] / np.sqrt(sizes), **plots.role("muted"))
    plots.direct_label(right, sizes[1], errors[0] / np.sqrt(sizes[1]) * 1.7, "1/√B", "muted")
    error = relative_error(along, across)
    if batch_size < trial.SIZES[0]:
        right.loglog([batch_size], [error], "o", color="black", markersize=8, fillstyle="none")
    right.set(xlim=(0.7, 1800), ylim=(0.03, 30), xlabel="batch size", title="error / gradient")
    right.minorticks_off()
    return widgets.frame(
        figure, colours=24,
        alt=f"Batch size {batch_size}, {moment}: mini-batch gradients stray from the full gradient "
            f"by {error:.2f} times its length; the median cosine between the two is "
            f"{np.median(cosines):.2f}.",
        text={"Error, in lengths of the full gradient": f"{error:.2f}",
              "Cosine with the full gradient (median)": f"{np.median(cosines):.2f}"},
    )


def relative_error(along, across):
    """Root mean square distance from the full gradient, in units of its length."""
    return float(np.sqrt(np.mean((along - 1) ** 2 + across**2)))


def noise_explorer():
    """Return the explorer of gradient noise: batch size and moment in training."""
    return widgets.Explorer(
        noise_frame,
        {"batch_size": BATCH, "moment": widgets.Choice("Moment", tuple(MOMENTS))},
        default={"batch_size": 16, "moment": "before training"},
        name="How far mini-batch gradients stray (network of seed 0)",
    )
