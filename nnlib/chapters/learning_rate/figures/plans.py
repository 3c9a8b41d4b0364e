"""Planning the rate with a schedule."""

from __future__ import annotations

import functools

import numpy as np

from nnlib import schedules, widgets
from nnlib.chapters.learning_rate.figures.drawing import (
    draw_losses,
    percent,
    spread,
    two_panels,
)
from nnlib.chapters.learning_rate.study import trial
from nnlib.widgets import plots


def schedules_frame(plans, epochs):
    """Draw the rate over the epochs, for each schedule by name."""
    figure, ax = plots.figure(500, 300)
    t = np.linspace(0, epochs - 1e-6, 601)
    styles = {"step": "-.", "exponential": ":", "1/t": (0, (1, 3)), "cosine": "-",
              "warm-up + cosine": "--"}
    colours = ("loss", "gradient", "muted", "prediction", "weight")
    # Where each label stands, so that no two touch.
    places = {"step": (20.5, 0.006), "exponential": (21, 0.040),
              "1/t": (5.2, 0.020), "cosine": (14.4, 0.030),
              "warm-up + cosine": (12.3, 0.083)}
    for role, (name, plan) in zip(colours, plans.items(), strict=True):
        ax.plot(t, [plan(value) for value in t], color=plots.COLORS[role], linestyle=styles[name])
        plots.direct_label(ax, *places[name], name, role)
    ax.set(xlim=(0, epochs), ylim=(0, 0.112), xlabel="epoch", ylabel="learning rate",
           title=f"plans for {epochs} epochs, base rate 0.1")
    marks = [0, epochs // 3, 2 * epochs // 3, epochs - 1]
    return widgets.frame(figure, alt="Learning rate at epochs " + ", ".join(map(str, marks)) + ": "
                         + "; ".join(f"{name} " + ", ".join(f"{plan(t):.3g}" for t in marks)
                                     for name, plan in plans.items()) + ".")


PLANS = ("constant", "step", "1/t", "cosine", "warm-up 2 + cosine", "warm-up 5 + cosine",
         "warm-up 10 + cosine")
BASES = (0.03, 0.5, 1.5)


def plan_of(name, base, epochs=trial.EPOCHS):
    """Return the schedule of that name."""
    if name.startswith("warm-up"):
        return schedules.WarmupCosineLR(base, epochs=epochs, warmup=int(name.split()[1]))
    return {
        "constant": lambda: schedules.ConstantLR(base),
        "step": lambda: schedules.StepLR(base, step_size=10, gamma=0.1),
        "1/t": lambda: schedules.InverseTimeLR(base, decay=1 / 3),
        "cosine": lambda: schedules.CosineLR(base, epochs=epochs),
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
        default={"plan": "constant", "base_rate": 1.5},
        name="Schedules on the digits, batches of 64, seeds 0 to 2",
    )
