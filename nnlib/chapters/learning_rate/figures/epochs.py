"""A training watched epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np

import nnlib.numpy as nn
from nnlib import data, schedules, widgets
from nnlib.chapters.learning_rate.figures.drawing import percent
from nnlib.chapters.learning_rate.study import trial
from nnlib.widgets import plots


@dataclass
class Progress:
    """A watched training of 1,437 digits, batches of 32, cosine from 0.1.

    Index 0 of every list is the untrained network, index e the end of epoch e.

    Attributes
    ----------
    regions : list of ndarray, shape (60, 60)
        The class the network gives to each point of the plane through the mean image along the
        two directions in which the training images vary most.
    points : ndarray, shape (360, 2)
        The validation images, projected onto that plane; `labels` are their digits.
    extent : tuple
        (left, right, bottom, top) of the plane, for `imshow`.
    """

    epochs: int
    steps_per_epoch: int
    schedule: schedules.CosineLR
    train_loss: list
    validation_loss: list
    validation_accuracy: list
    regions: list
    points: np.ndarray
    labels: np.ndarray
    extent: tuple

    def rate_after(self, epoch):
        """Return the learning rate that the schedule gives after `epoch` epochs."""
        return self.schedule(epoch)


def watch_epochs(epochs=30, batch_size=32, base_rate=0.1):
    """Train once and keep what each epoch looked like; returns a `Progress`."""
    dataset = data.load_digits()
    train_set, validation = data.split(
        dataset.x, dataset.y, sizes=(1437, 360), rng=np.random.default_rng(0)
    )
    plane, points, extent = _principal_plane(train_set[0], validation[0])
    model, rng = trial.network(0)
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=base_rate)
    schedule = schedules.CosineLR(base_rate, epochs=epochs)
    loader = nn.batches(*train_set, batch_size=batch_size, rng=rng)
    progress = Progress(
        epochs, len(loader), schedule, [], [], [], [], points, validation[1], extent
    )

    def look(*_):
        scores = nn.evaluate(model, loss_fn, validation)
        progress.train_loss.append(nn.evaluate(model, loss_fn, train_set)["loss"])
        progress.validation_loss.append(scores["loss"])
        progress.validation_accuracy.append(scores["accuracy"])
        progress.regions.append(nn.predict_class(model, plane).reshape(60, 60))

    look()
    nn.fit(model, loss_fn, optimizer, train_set, epochs=epochs, batch_size=batch_size,
           schedule=schedule, callbacks=[SimpleNamespace(on_epoch_end=look)], rng=rng)
    return progress


def _principal_plane(x_train, x_validation, resolution=60):
    """Return grid points of the plane as images, the projected points, and its extent."""
    mean = x_train.mean(axis=0)                                            # (64,)
    axes = np.linalg.svd(x_train - mean, full_matrices=False)[2][:2]       # (2, 64)
    axes *= np.sign(axes.sum(axis=1, keepdims=True))       # a sign that no LAPACK build can flip
    points = (x_validation - mean) @ axes.T                                # (360, 2)
    low, high = points.min(axis=0) - 0.2, points.max(axis=0) + 0.2
    u, v = np.meshgrid(np.linspace(low[0], high[0], resolution),
                       np.linspace(low[1], high[1], resolution))
    plane = mean + np.stack([u.ravel(), v.ravel()], axis=1) @ axes         # (3600, 64)
    return plane.astype("float32"), points, (low[0], high[0], low[1], high[1])


def epoch_frame(progress, epoch):
    """Draw epoch `epoch` (counted from 1) of a watched training."""
    figure = plt.figure(figsize=(4.8, 3.2), dpi=plots.DPI, layout="none")
    grid = figure.add_gridspec(2, 2, height_ratios=[1, 5], left=0.09, right=0.975, bottom=0.14,
                               top=0.92, wspace=0.1, hspace=0.5)
    blocks = figure.add_subplot(grid[0, :])
    for e in range(1, progress.epochs + 1):
        done, current = e < epoch, e == epoch
        blocks.bar(e, 1, width=0.8, edgecolor="#333840", linewidth=0.8,
                   color=plots.COLORS["prediction"] if done
                   else plots.COLORS["loss"] if current else "white",
                   hatch="///" if current else None)
    blocks.set(xlim=(0.3, progress.epochs + 0.7), ylim=(0, 1), yticks=[],
               xticks=[1, 5, 10, 15, 20, 25, 30])
    rate = progress.rate_after(epoch)
    blocks.set_title(f"epoch {epoch} (rate {rate:.4f} at its end): {epoch - 1} completed, "
                     f"{progress.epochs - epoch} left", fontsize=9.5)
    blocks.grid(False)
    blocks.spines[:].set_visible(False)

    left = figure.add_subplot(grid[1, 0])
    left.plot(range(epoch + 1), progress.train_loss[: epoch + 1], **plots.role("loss"))
    left.plot(range(epoch + 1), progress.validation_loss[: epoch + 1],
              **plots.role("prediction", linestyle="--"))
    left.set(yscale="log", ylim=(0.05, 4), xlim=(0, progress.epochs), xlabel="epoch",
             title="loss")
    left.minorticks_off()
    plots.direct_label(left, 12, 2.4, "validation (dashed)", "prediction")
    plots.direct_label(left, 12, 1.5, "training", "loss")

    right = figure.add_subplot(grid[1, 1])
    right.imshow(progress.regions[epoch], extent=progress.extent, origin="lower", aspect="auto",
                 cmap="cividis", vmin=-0.5, vmax=9.5, alpha=0.4, interpolation="nearest")
    for digit in range(10):
        right.contour(progress.regions[epoch] == digit, levels=[0.5], colors="#333840",
                      linewidths=0.6, extent=progress.extent)
        _label_region(right, progress, epoch, digit)
    right.scatter(*progress.points[::3].T, s=3, color="#333840", linewidths=0, alpha=0.5)
    right.set(xticks=[], yticks=[], title="decisions on a plane")
    right.grid(False)

    done = epoch * progress.steps_per_epoch
    accuracy = progress.validation_accuracy[epoch]
    return widgets.frame(
        figure, colours=20,
        alt=f"Epoch {epoch} of {progress.epochs}: {epoch - 1} completed, 1 current, "
            f"{progress.epochs - epoch} remaining. Learning rate {rate:.4f}, training loss "
            f"{progress.train_loss[epoch]:.3g}, validation loss "
            f"{progress.validation_loss[epoch]:.3g}, validation accuracy {percent(accuracy)}.",
        text={"Updates done": f"{done:,} of {progress.epochs * progress.steps_per_epoch:,}",
              "Learning rate at its end": f"{rate:.4f}",
              "Training loss": f"{progress.train_loss[epoch]:.3g}",
              "Validation loss": f"{progress.validation_loss[epoch]:.3g}",
              "Validation accuracy": percent(accuracy)},
    )


def _label_region(ax, progress, epoch, digit):
    """Write the digit into its region, at the point of it next to its middle."""
    rows, columns = np.nonzero(progress.regions[epoch] == digit)
    if len(rows) < 20:                                     # a sliver: no room for a label
        return
    inner = np.argmin((rows - rows.mean()) ** 2 + (columns - columns.mean()) ** 2)
    left, right, bottom, top = progress.extent
    ax.text(left + (columns[inner] + 0.5) / 60 * (right - left),
            bottom + (rows[inner] + 0.5) / 60 * (top - bottom), str(digit),
            ha="center", va="center", fontsize=11, weight="bold")


def epoch_stepper(progress):
    """Return the stepper through all epochs of a watched training, at epoch 18."""
    every = range(1, progress.epochs + 1)
    return widgets.Stepper(
        [epoch_frame(progress, epoch) for epoch in every],
        name="Epoch", labels=[f"Epoch {epoch} of {progress.epochs}" for epoch in every], start=17,
        title="Thirty epochs, one after another (seed 0)",
    )
