"""A training, epoch by epoch: the curves, the first kernels, and what they make of a square."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, mosaic, show
from nnlib.chapters.image_classifier.study import recipe
from nnlib.widgets import plots


def first_maps(state, picture):
    """The eight maps behind the first convolution and its ReLU, (32, 32, 8)."""
    model, _ = recipe.network(0)
    model.load_state_dict(state)
    first = nn.Sequential(*list(model)[:2]).eval()
    return first(picture[None])[0]


def epoch_frame(run, epoch, picture):
    """Draw the state after an epoch."""
    state = run.states[epoch]
    kernels = np.asarray(state["0.weight"])                            # (3, 3, 3, 8)
    start = run.start["0.weight"]
    moved = np.linalg.norm(kernels - start) / np.linalg.norm(start)
    maps = np.asarray(first_maps(state, picture))
    figure = blank(480, 270)
    ax = figure.add_axes([0.1, 0.17, 0.36, 0.67])
    epochs = np.arange(1, len(run.train_loss) + 1)
    ax.plot(epochs, run.train_loss, **plots.role("loss"))
    ax.plot(epochs, run.validation_loss, **plots.role("prediction"))
    ax.plot(epoch + 1, run.validation_loss[epoch], "o", color=plots.COLORS["prediction"])
    ax.axvline(run.best_epoch + 1, **plots.role("muted"))
    lowest = min(run.train_loss + run.validation_loss)
    ax.set(yscale="log", xlim=(0.5, len(epochs) + 0.5), ylim=(0.7 * lowest, 1.5), xlabel="epoch")
    ax.set_title("loss: training solid,\nvalidation dashed", fontsize=9)
    figure.text(0.52, 0.93, "kernels, each above its map", fontsize=9, weight="bold")
    show(figure, [0.5, 0.37, 0.1, 0.2], picture)
    figure.text(0.55, 0.3, "of this\nsquare", ha="center", va="center", fontsize=8.5)
    largest = np.abs(kernels).max()
    tiles = []                              # two rows of four kernels, each over its four maps
    for row in (range(4), range(4, 8)):
        tiles += [np.kron(kernels[..., k] / largest / 2 + 0.5, np.ones((11, 11, 1))) for k in row]
        tiles += [np.pad(maps[..., k] / max(maps.max(), 1e-6), ((0, 1), (0, 1)),
                         constant_values=1) for k in row]
    show(figure, [0.62, 0.05, 0.37, 0.84], mosaic(tiles, 4, gap=4))
    return widgets.frame(
        figure, colours=28,
        alt=f"Epoch {epoch + 1}: rate {run.lr[epoch]:.5f}, training loss "
            f"{run.train_loss[epoch]:.3f}, validation loss {run.validation_loss[epoch]:.3f}; the "
            f"lowest validation loss is that of epoch {run.best_epoch + 1}. Largest weight of the "
            f"eight first kernels: {largest:.2f}.",
        text={"Training and validation loss":
              f"{run.train_loss[epoch]:.3f} and {run.validation_loss[epoch]:.3f}",
              "Rate at the end of the epoch": f"{run.lr[epoch]:.5f}",
              "The first kernels have moved by": f"{100 * moved:.0f} % of their length"},
    )


def epochs_stepper(run, picture):
    """Return the player of a training."""
    count = len(run.states)
    return widgets.Stepper(
        [epoch_frame(run, epoch, picture) for epoch in range(count)],
        labels=[f"Epoch {epoch + 1} of {count}" + (" (lowest validation loss)"
                if epoch == run.best_epoch else "") for epoch in range(count)],
        title="One training from its first epoch to its stop",
    )
