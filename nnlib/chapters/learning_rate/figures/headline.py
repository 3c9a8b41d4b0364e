"""The headline: learning rate × batch size, one frame a setting, and two settings compared."""

from __future__ import annotations

import functools
import time

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import (
    draw_losses,
    draw_seeds,
    percent,
    spread,
    two_panels,
)
from nnlib.chapters.learning_rate.study import kept, trial
from nnlib.widgets import plots

RATE = widgets.Choice("Learning rate", trial.RATES)
BATCH = widgets.Choice("Batch size", trial.BATCHES)


def run_frame(learning_rate, batch_size, runs=None, milliseconds=None):
    """Draw the runs of one setting: training loss and validation accuracy over the epochs.

    Without `runs` the kept results are drawn, one run for each seed.
    """
    runs = kept.results().runs[learning_rate, batch_size] if runs is None else runs
    losses = np.array([run.train_loss for run in runs])                    # (seeds, epochs + 1)
    accuracies = np.array([run.validation_accuracy for run in runs])
    epochs = np.arange(losses.shape[1])

    figure, (left, right) = two_panels()
    draw_losses(left, losses)
    draw_seeds(right, 100 * accuracies, "prediction")
    right.set(ylim=(0, 102), xlim=(0, epochs[-1]), xlabel="epoch", title="validation accuracy, %")
    right.axhline(100 * trial.GOAL, **plots.role("muted"))
    right.text(epochs[-1], 100 * trial.GOAL - 7, "90 %", ha="right",
               color=plots.TEXT_COLORS["muted"])

    verdict = trial.outcome(runs) if len(epochs) > 10 else None
    loss, accuracy = np.median(losses[:, -1]), np.median(accuracies[:, -1])
    clock = _clock_text(learning_rate, batch_size, runs, milliseconds)
    firing = " / ".join(str(run.firing_units) for run in runs)
    text = {
        f"Loss after {epochs[-1]} epochs": f"{loss:.3g}",
        "Validation accuracy": percent(accuracy),
        "Over the seeds": spread(accuracies[:, -1]),
        "90 % reached after": clock,
        "Hidden units still firing": f"{firing} of {trial.HIDDEN}",
    }
    if len(runs) == 1:
        del text["Over the seeds"]
    curvature = ""
    if all(run.curvature for run in runs):
        start, end = (float(np.median([run.curvature[look] for run in runs])) for look in (0, -1))
        text["Largest curvature λmax"] = f"{start:.2g} at the start, {end:.2g} at the end"
        text["Limit 2/λmax"] = f"{2 / start:.2g} at the start, {2 / end:.2g} at the end"
        curvature = f" λmax: {text['Largest curvature λmax']}."
    if verdict:
        text["In a word"] = verdict
    alt = (
        f"Learning rate {learning_rate:g}, batch size {batch_size}. Over {epochs[-1]} epochs the "
        f"training loss goes from {np.median(losses[:, 0]):.3g} to {loss:.3g} and the validation "
        f"accuracy from {percent(np.median(accuracies[:, 0]))} to {percent(accuracy)}. "
        f"90 % reached: {clock}. Hidden units still firing, of {trial.HIDDEN}: {firing}."
        + curvature + (f" In a word: {verdict}." if verdict else "")
    )
    return widgets.frame(figure, alt=alt, text=text, colours=16)


def _clock_text(learning_rate, batch_size, runs, milliseconds):
    """Say the three clocks: of the kept results, or of one live run that took `milliseconds`."""
    steps = [run.steps_to_goal for run in runs]
    if any(step is None for step in steps):
        missed = sum(step is None for step in steps)
        return "never" if missed == len(steps) else f"never by {missed} of {len(steps)} seeds"
    updates = float(np.median(steps))
    if milliseconds is None:
        milliseconds = updates * kept.results().milliseconds_per_step[batch_size]
    epochs = updates * batch_size / trial.SIZES[0]
    return (f"{updates:,.0f} update{'s' * (updates != 1)}, {epochs:.2g} epochs, "
            f"{_two_digits(milliseconds)} ms")


def _two_digits(value):
    return f"{float(f'{value:.2g}'):,g}"


@functools.cache
def explorer():
    """Return the headline explorer: nine rates, six batch sizes, three seeds each."""
    return widgets.Explorer(
        run_frame, {"learning_rate": RATE, "batch_size": BATCH},
        default={"learning_rate": 0.1, "batch_size": 64},
        live=widgets.Live(
            _train_now,
            {"learning_rate": widgets.Number("Learning rate", 0.05, minimum=0.0, maximum=100.0),
             "batch_size": widgets.Number("Batch size", 32, minimum=1, maximum=1280)},
        ),
        name="Learning rate and batch size on handwritten digits",
    )


def _train_now(progress, learning_rate, batch_size):
    """Train one free setting while the reader waits, and draw it."""
    started = time.perf_counter()
    run = trial.train(learning_rate, batch_size, seed=0, curvature_at=(0, trial.EPOCHS),
                      on_epoch=lambda epoch: progress(epoch, trial.EPOCHS))
    total = 1000 * (time.perf_counter() - started)
    updates = trial.EPOCHS * -(-trial.SIZES[0] // batch_size)
    to_goal = None if run.steps_to_goal is None else total * run.steps_to_goal / updates
    return run_frame(learning_rate, batch_size, [run], to_goal)


def compare():
    """Return two settings of the headline explorer side by side."""
    return widgets.Compare(
        explorer(), a={"learning_rate": 0.3, "batch_size": 64},
        b={"learning_rate": 0.3, "batch_size": 1},
    )
