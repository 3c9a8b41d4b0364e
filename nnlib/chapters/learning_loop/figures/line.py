"""A line through three points: its loss over w and b as a map, by hand and by gradient descent."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

RATES = (0.001, 0.1, 0.17, 0.18, 0.19)
HAND_W = (0.0, 1.0, 1.5, 2.0, 2.5, 3.0)
HAND_B = (-1.0, 0.0, 1.0, 2.0, 3.0)
SHOWN = 11                               # places on the path: the start and 10 steps
LEVELS = (0.05, 0.3, 1, 3, 9, 27, 81)
W_RANGE, B_RANGE = (-1.0, 5.0), (-2.0, 4.0)


def loss_and_slopes(w, b, x, y):
    """Mean squared error of w·x + b, and its slopes with respect to w and to b."""
    error = w * x + b - y
    return np.mean(error**2), np.mean(2 * error * x), np.mean(2 * error)


def draw_map(ax, x, y):
    """Draw lines of equal loss over w and b."""
    w, b = np.meshgrid(np.linspace(*W_RANGE, 90), np.linspace(*B_RANGE, 90))
    loss = np.mean((w[..., None] * x + b[..., None] - y) ** 2, axis=-1)
    lines = ax.contour(w, b, loss, levels=LEVELS, colors=plots.COLORS["loss"], linewidths=0.8,
                       alpha=0.75)
    ax.clabel(lines, levels=LEVELS[2::2], fontsize=9, fmt="%g")
    ax.set(xlim=W_RANGE, ylim=B_RANGE, xlabel="w", title="loss over w and b")
    ax.set_ylabel("b", rotation=0, labelpad=5)
    ax.set_xticks([0, 2, 4])
    ax.set_yticks([-2, 0, 2, 4])


def fit_frame(w, b, x, y):
    """Draw the line w·x + b with its errors, and the place (w, b) on the map."""
    loss, dw, db = loss_and_slopes(w, b, x, y)
    figure, (left, right) = plots.figure(480, 250, ncols=2, layout="none")
    figure.subplots_adjust(left=0.07, right=0.98, bottom=0.18, top=0.9, wspace=0.3)
    ends = np.array([0.0, 4.0])
    left.plot(ends, w * ends + b, **plots.role("prediction"))
    left.vlines(x, y, w * x + b, color=plots.COLORS["loss"], linewidth=1.6)
    left.plot(x, y, **plots.role("data"))
    left.set(xlim=(0, 4), ylim=(-2, 13), title="line and errors", xlabel="x")
    left.set_yticks([0, 4, 8, 12])
    draw_map(right, x, y)
    right.plot(w, b, "o", color=plots.COLORS["weight"], markersize=8, markeredgecolor="black")
    return widgets.frame(
        figure, colours=20,
        alt=f"With w = {w:g} and b = {b:g} the loss is {loss:.3f}; its slopes are {dw:.2f} for w "
            f"and {db:.2f} for b. The map of the loss is a long, narrow, slanting valley.",
        text={"Loss": f"{loss:.3f}", "Slope for w": f"{dw:.2f}", "Slope for b": f"{db:.2f}"},
    )


def fit_explorer(x, y):
    """Return the explorer in which a reader fits the line by hand."""
    return widgets.Explorer(
        lambda w, b: fit_frame(w, b, x, y),
        {
            "w": widgets.Choice("w", HAND_W, kind="toggle"),
            "b": widgets.Choice("b", HAND_B, kind="toggle"),
        },
        default={"w": 0.0, "b": 0.0}, name="Fit a line by hand",
    )


def descent_frame(rate, descend, x, y):
    """Draw the path over the map and the loss of `descend(rate, 100)`.

    It gives a row (w, b, loss, ∂w, ∂b) for each step, the start included.
    """
    table = descend(rate, 100)
    w, b, losses = table[:, 0], table[:, 1], table[:, 2]
    figure, (left, right) = plots.figure(480, 270, ncols=2, layout="none")
    figure.subplots_adjust(left=0.1, right=0.975, bottom=0.17, top=0.9, wspace=0.3)
    draw_map(left, x, y)
    left.plot(w[:SHOWN], b[:SHOWN], color=plots.COLORS["weight"], linewidth=1, marker="o",
              markersize=3.5)
    left.plot(w[-1], b[-1], "*", color=plots.COLORS["weight"], markersize=11,
              markeredgecolor="black", clip_on=True)
    left.set_title("10 steps, ★ step 100")
    left.plot(w[0], b[0], "s", color="black", markersize=6)
    if abs(w[-1]) > 100:
        left.text(2, -1.6, "off the map, both ways", ha="center", fontsize=9,
                  color=plots.TEXT_COLORS["weight"])
    right.semilogy(losses, **plots.role("loss"))
    right.set(xlim=(0, len(losses) - 1), ylim=(1e-8, 1e12), title="loss", xlabel="step")
    right.set_yticks([1e-6, 1, 1e6])
    right.minorticks_off()
    before, after = (f"y = {w[i]:.3g} x + {b[i]:.3g}".replace("+ -", "− ") for i in (-2, -1))
    return widgets.frame(
        figure, colours=24,
        alt=f"Learning rate {rate:g}: after {len(losses) - 1} steps the line is {after}, one step "
            f"before it was {before}; the loss went from {losses[0]:.4g} to {losses[-1]:.3g}.",
        text={"Line after 100 steps": after, "After 99 steps": before,
              "Loss after 100 steps": f"{losses[-1]:.3g}"},
    )


def descent_explorer(descend, x, y):
    """Return the explorer of the rate; `descend(rate, steps)` is the page's own function."""
    return widgets.Explorer(
        lambda rate: descent_frame(rate, descend, x, y),
        {"rate": widgets.Choice("Rate", RATES, kind="toggle")},
        default={"rate": 0.1}, name="The path down, at five rates",
        live=widgets.Live(
            lambda progress, rate: descent_frame(rate, descend, x, y),
            {"rate": widgets.Number("Learning rate", 0.15, 0.0, 0.3)},
        ),
    )
