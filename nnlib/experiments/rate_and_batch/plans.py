"""Finding a rate with a range test, and planning it with a schedule."""

from __future__ import annotations

import functools

import numpy as np

from nnlib import schedules, widgets
from nnlib.experiments.rate_and_batch import trial
from nnlib.experiments.rate_and_batch.drawing import (
    GUESSING,
    draw_losses,
    percent,
    spread,
    two_panels,
)
from nnlib.widgets import plots


def draw_range_test(rates, losses, smooth=9):
    """Draw the losses of a range test, smoothed, over the rate."""
    figure, ax = plots.figure(560, 300)
    kernel = np.ones(smooth) / smooth
    middle = slice(smooth // 2, len(losses) - smooth // 2)
    ax.semilogx(rates, losses, color=plots.COLORS["loss"], alpha=0.35, linewidth=0.8)
    ax.semilogx(rates[middle], np.convolve(losses, kernel, "valid"), **plots.role("loss"))
    best = losses.argmin()
    ax.axvspan(rates[best] / 10, rates[best] / 3, color=plots.COLORS["gradient"], alpha=0.15)
    ax.text(rates[best] / 5.5, 0.25, "a third to a tenth\nof the best", ha="center", fontsize=9,
            color=plots.TEXT_COLORS["gradient"])
    ax.axhline(GUESSING, **plots.role("muted"))
    ax.set(ylim=(0, 5), xlabel="learning rate", ylabel="loss of one batch",
           title="range test: 160 steps, the rate grows at each")
    return figure


def draw_schedules(plans, epochs):
    """Draw the rate over the epochs, for each schedule by name."""
    figure, ax = plots.figure(640, 320)
    t = np.linspace(0, epochs - 1e-6, 601)
    styles = {"step": "-.", "exponential": ":", "cosine": "-", "warm-up + cosine": "--"}
    colours = ("loss", "gradient", "prediction", "weight")
    # Where each label stands, so that no two touch.
    places = {"step": (20.5, 0.006), "exponential": (21, 0.040), "cosine": (14.4, 0.030),
              "warm-up + cosine": (12.3, 0.083)}
    for role, (name, plan) in zip(colours, plans.items(), strict=True):
        ax.plot(t, [plan(value) for value in t], color=plots.COLORS[role], linestyle=styles[name])
        plots.direct_label(ax, *places[name], name, role)
    ax.set(xlim=(0, epochs), ylim=(0, 0.112), xlabel="epoch", ylabel="learning rate",
           title="four plans for 30 epochs, base rate 0.1")
    return figure


PLANS = ("constant", "step", "1/t", "cosine", "warm-up + cosine")
BASES = (0.03, 0.5, 1.5)


def plan_of(name, base, epochs=trial.EPOCHS):
    """Return the schedule of that name."""
    return {
        "constant": lambda: schedules.ConstantLR(base),
        "step": lambda: schedules.StepLR(base, step_size=10, gamma=0.1),
        "1/t": lambda: schedules.InverseTimeLR(base, decay=1 / 3),
        "cosine": lambda: schedules.CosineLR(base, epochs=epochs),
        "warm-up + cosine": lambda: schedules.WarmupCosineLR(base, epochs=epochs, warmup=5),
    }[name]()


@functools.cache
def _planned_runs(plan, base_rate):
    return [trial.train(base_rate, 64, seed, schedule=plan_of(plan, base_rate))
            for seed in trial.SEEDS]


def schedule_frame(plan, base_rate):
    """Draw one schedule and what training with it gives: batches of 64, 30 epochs, three seeds."""
    runs = _planned_runs(plan, base_rate)
    losses = np.array([run.train_loss for run in runs])
    accuracy = [run.validation_accuracy[-1] for run in runs]
    figure, (left, right) = two_panels()
    t = np.linspace(0, trial.EPOCHS - 1e-6, 400)
    schedule = plan_of(plan, base_rate)
    left.plot(t, [schedule(value) / base_rate for value in t], **plots.role("weight"))
    left.set(ylim=(0, 1.08), xlim=(0, trial.EPOCHS), xlabel="epoch", title="rate / base rate")
    draw_losses(right, losses)
    loss = np.median(losses[:, -1])
    return widgets.frame(
        figure, colours=16,
        alt=f"Schedule {plan}, base rate {base_rate:g}: after 30 epochs the training loss is "
            f"{loss:.3g} and the validation accuracy {percent(np.median(accuracy))} "
            f"(seeds {spread(accuracy)}).",
        text={"Training loss after 30 epochs": f"{loss:.3g}",
              "Validation accuracy": percent(np.median(accuracy)),
              "Over the seeds": spread(accuracy)},
    )


def schedule_explorer():
    """Return the explorer of schedules: plan and base rate."""
    return widgets.Explorer(
        schedule_frame,
        {"plan": widgets.Choice("Schedule", PLANS),
         "base_rate": widgets.Choice("Base rate", BASES, kind="toggle")},
        default={"plan": "constant", "base_rate": 0.5},
        name="Schedules on the digits, batches of 64",
    )
