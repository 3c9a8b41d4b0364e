"""How running statistics come to know the data."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

STEPS = (0, 1, 2, 5, 7, 10, 22, 44, 100)
RATES = (0.01, 0.1, 0.5)
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MEAN, VARIANCE, ROWS = 3.0, 4.0, 32


def walk(m, steps=STEPS[-1], *, seed=0):
    """Running means and variances of a BatchNorm after 0 to `steps` batches of `ROWS` rows."""
    rng = np.random.default_rng(seed)
    norm = nn.BatchNorm(1, momentum=m, dtype="float64")
    states = [norm.state_dict()]
    for _ in range(steps):
        norm(rng.normal(MEAN, np.sqrt(VARIANCE), (ROWS, 1)))
        states.append(norm.state_dict())
    return tuple(np.array([state[name][0] for state in states])
                 for name in ("running_mean", "running_var"))


def running_explorer():
    """Return the explorer of batches seen × momentum."""
    walks = {m: walk(m) for m in RATES}

    def draw(k, m):
        means, variances = walks[m]
        figure, ax = plots.figure(480, 240, layout="none")
        figure.subplots_adjust(left=0.08, right=0.79, bottom=0.19, top=0.88)
        for values, goal, role, name in ((means, MEAN, "prediction", "mean"),
                                         (variances, VARIANCE, "loss", "variance")):
            ax.axhline(goal, **plots.role("muted"))
            ax.plot(values, color=plots.COLORS[role], alpha=0.25, linewidth=1.2)
            ax.plot(values[:k + 1], **plots.role(role))
            ax.plot(k, values[k], "o", color=plots.COLORS[role], markersize=7)
            plots.direct_label(ax, 100, goal, f"true {name}", role, xytext=(6, 0))
        ax.set(xlim=(-2, 100), ylim=(-0.4, 7), xlabel="batches seen in training mode",
               title="running mean and running variance")
        weight = 1 - (1 - m) ** k
        text = {"Running mean": f"{means[k]:.2f} (true 3)",
                "Running variance": f"{variances[k]:.2f} (true 4)",
                "Weight of the data": f"1 − {1 - m:g}{str(k).translate(RAISED)} = {weight:.3f}"}
        return widgets.frame(
            figure, colours=16, text=text,
            alt=f"Momentum {m:g}, {k} batches: running mean {means[k]:.2f} of 3, running variance "
                f"{variances[k]:.2f} of 4; the data have the weight {weight:.3f}, the start "
                f"{1 - weight:.3f}.")

    return widgets.Explorer(
        draw, {"k": widgets.Choice("Batches seen, k", STEPS),
               "m": widgets.Choice("Momentum m", RATES, kind="toggle")},
        default={"k": 1, "m": 0.1}, name="Running statistics")
