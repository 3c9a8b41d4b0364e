"""Training and validation curves that tell what happened."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import GUESSING
from nnlib.chapters.learning_rate.study import trial
from nnlib.widgets import plots


def curve_stories():
    """Train four runs whose curves tell four stories; returns a dict of `trial.Run` by name."""
    train_set, validation, _ = trial.digits()
    rng = np.random.default_rng(0)
    return {
        "too slow": trial.train(0.001, 64),
        "underfit": _watch(two_units(rng), train_set, validation, rng, epochs=60),
        "good fit": trial.train(0.1, 64),
        "overfit": _overfit(),
    }


def two_units(rng):
    """Build a network that is too small for ten digits."""
    return nn.Sequential(nn.Dense(64, 2, rng=rng), nn.ReLU(), nn.Dense(2, 10, rng=rng))


def _watch(model, train_set, validation, rng, *, epochs, rate=0.1, momentum=0.0):
    """Train with batches of 32, and return the curves as a `trial.Run`."""
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=rate, momentum=momentum)
    run = trial.Run()
    trial.record(run, model, loss_fn, train_set, validation)
    for _ in range(epochs):
        nn.fit(model, loss_fn, optimizer, train_set, epochs=1, batch_size=32, rng=rng)
        trial.record(run, model, loss_fn, train_set, validation)
    return run


def _overfit(rows=320, wrong=0.2, epochs=60):
    """Train a wide network on few images; a fifth of all labels, also of validation, is wrong."""
    (x, y), validation, _ = trial.digits()
    rng = np.random.default_rng(0)
    few = x[:rows], _spoil(y[:rows], wrong, rng)
    validation = validation[0], _spoil(validation[1], wrong, rng)
    model = nn.Sequential(nn.Dense(64, 128, rng=rng), nn.ReLU(), nn.Dense(128, 10, rng=rng))
    return _watch(model, few, validation, rng, epochs=epochs, momentum=0.9)


def _spoil(labels, fraction, rng):
    """Return labels of which about `fraction` is replaced by another digit."""
    spoiled = rng.random(len(labels)) < fraction
    return np.where(spoiled, (labels + rng.integers(1, 10, len(labels))) % 10, labels)


def flat_runs(updates=200):
    """Train twice where the loss looks flat: rate far too low, and rate far too high.

    Returns {name: (losses of the batches, hidden units that fire at the end)}. The slow network
    starts with weights as small as PyTorch's default draws them, so it starts near ln 10.
    """
    return {"rate 0.001, small weights": _flat_run(0.001, _small_uniform, updates),
            "rate 3": _flat_run(3.0, "he_normal", updates)}


def _flat_run(rate, init, updates):
    (x, y), _, _ = trial.digits()
    rng = np.random.default_rng(0)
    model = nn.Sequential(nn.Dense(64, trial.HIDDEN, init=init, rng=rng), nn.ReLU(),
                          nn.Dense(trial.HIDDEN, 10, init=init, rng=rng))
    loss_fn = nn.CrossEntropyLoss()
    optimizer = nn.SGD(model.parameters(), lr=rate)
    losses = []
    while len(losses) < updates:
        for x_batch, y_batch in nn.batches(x, y, batch_size=64, rng=rng):
            losses.append(loss_fn(model(x_batch), y_batch).item())
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
    return losses[:updates], trial.count_firing(model, x)


def _small_uniform(shape, *, rng, dtype="float32"):
    """Uniform between -1/√fan_in and 1/√fan_in: PyTorch's default for a linear layer."""
    bound = shape[0] ** -0.5
    return rng.uniform(-bound, bound, shape).astype(dtype)


def flat_frame():
    """Draw two losses that end flat near ln 10, with what tells them apart."""
    figure, axes = plots.figure(500, 260, ncols=2, sharey=True)
    told = []
    for ax, (name, (losses, firing)) in zip(axes, flat_runs().items(), strict=True):
        ax.plot(losses, **plots.role("loss", linewidth=1.3))
        ax.axhline(GUESSING, **plots.role("muted"))
        ax.set(ylim=(0, 5), xlim=(0, len(losses) - 1), xlabel="update", title=name)
        word = "dead" if firing < trial.FEW else "alive"
        ax.text(len(losses) - 1, 0.5, f"{firing} of {trial.HIDDEN} units fire: {word}", ha="right",
                color=plots.TEXT_COLORS["prediction"], fontsize=9.5)
        told.append(f"{name}: starts at {losses[0]:.1f}, is at most {max(losses):.1f} and ends at "
                    f"{np.mean(losses[-10:]):.1f}; {firing} of {trial.HIDDEN} hidden units fire: "
                    f"{word}")
    axes[0].set_ylabel("loss of a batch")
    return widgets.frame(figure, alt="Two flat losses. " + "; ".join(told) + ".")


def stories_frame(stories):
    """Draw training and validation loss of each run, four panels."""
    figure, axes = plots.figure(500, 420, ncols=2, nrows=2)
    for ax, (name, run) in zip(axes.flat, stories.items(), strict=True):
        ax.plot(run.train_loss, **plots.role("loss"))
        ax.plot(run.validation_loss, **plots.role("prediction", linestyle="--"))
        ax.axhline(GUESSING, **plots.role("muted"))
        ax.set(ylim=(0, 3), title=name, xlabel="epoch")
        end = len(run.train_loss) - 1
        apart = run.validation_loss[-1] - run.train_loss[-1]
        ax.set_xlim(0, end)
        plots.direct_label(ax, end, run.validation_loss[-1] + max(0, 0.3 - apart), "validation",
                           "prediction", ha="right", xytext=(-4, 9))
        plots.direct_label(ax, end, run.train_loss[-1], "training", "loss", ha="right",
                           xytext=(-4, 8 if run.train_loss[-1] < 0.3 else -9))
    return widgets.frame(figure, alt=_told({
        name: (run.train_loss, run.validation_loss) for name, run in stories.items()
    }))


def _told(curves):
    """Say where each pair of curves starts, how high and how low it gets, and where it ends."""
    return "Loss over the epochs. " + " ".join(
        f"{name}: training {train[0]:.1f} to {train[-1]:.1f}, highest {max(train):.1f}; validation "
        f"{valid[0]:.1f} to {valid[-1]:.1f}, lowest {min(valid):.1f}."
        for name, (train, valid) in curves.items()
    )


def curves_frame(curves):
    """Draw training and validation loss of runs to be diagnosed, {name: (training, validation)}."""
    figure, axes = plots.figure(500, 420, ncols=2, nrows=2)
    for ax, (name, (training, validation)) in zip(axes.flat, curves.items(), strict=True):
        epochs = range(1, len(training) + 1)
        ax.plot(epochs, training, **plots.role("loss"))
        ax.plot(epochs, validation, **plots.role("prediction", linestyle="--"))
        ax.set(ylim=(0, 3), title=name, xlabel="epoch")
    axes[0, 0].text(12, 0.55, "training", color=plots.TEXT_COLORS["loss"])
    axes[0, 0].text(12, 0.2, "validation (dashed)", color=plots.TEXT_COLORS["prediction"])
    return widgets.frame(figure, alt=_told(curves))
