"""The loop in slow motion: one weight, six rounds, four parts a round, three learning rates."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

RATES = (0.1, 0.9, 2.1)
ROUNDS = 6
PARTS = ("forward", "loss", "back", "update")


def rounds_frame(learning_rate, number, part, trace):
    """Draw part 1 to 4 of round `number` (from 1).

    `trace(learning_rate)` gives x, y and a list of rounds (w, prediction, loss, gradient, new w).
    """
    x, y, rounds = trace(learning_rate)
    w, prediction, loss, gradient, new_w = rounds[number - 1]
    figure, (left, right) = plots.figure(480, 330, ncols=2, layout="none")
    figure.subplots_adjust(left=0.08, right=0.975, bottom=0.45, top=0.92, wspace=0.24)
    _draw_line(left, x, y, w, prediction, new_w, part)
    _draw_parabola(right, w, loss, gradient, new_w, part)
    _write_code(figure, learning_rate, w, loss, gradient, new_w, part)
    return widgets.frame(figure, colours=24, alt=_alt(
        learning_rate, number, part, w, prediction, loss, gradient, new_w))


def _draw_line(ax, x, y, w, prediction, new_w, part):
    ends = np.array([0.0, 1.1])
    ax.plot(x, y, **plots.role("data"))
    faint = part == 4
    ax.plot(ends, w * ends, **plots.role("prediction", alpha=0.35 if faint else 1.0))
    if part == 1:
        ax.plot(x, prediction, "s", color=plots.COLORS["prediction"], markersize=4)
    if part in (2, 3):
        ax.vlines(x, y, prediction, color=plots.COLORS["loss"], linewidth=1.6)
    if part == 4:
        ax.plot(ends, new_w * ends, **plots.role("prediction"))
    ax.set(xlim=(0, 1.1), ylim=(-2, 6), title="data and line w·x")
    ax.set_xticks([0, 0.5, 1])


def _draw_parabola(ax, w, loss, gradient, new_w, part):
    grid = np.linspace(-2.2, 6.2, 100)
    ax.plot(grid, 0.5 * (grid - 2) ** 2, **plots.role("loss", alpha=0.6))
    ax.plot(new_w if part == 4 else w, -0.35, "^", color=plots.COLORS["weight"], markersize=7)
    if part >= 2:
        ax.plot(w, loss, "o", color=plots.COLORS["loss"], markersize=7)
    if part == 3:
        reach = np.array([-1.2, 1.2]) / np.hypot(1, gradient / 2)
        ax.plot(w + reach, loss + gradient * reach, **plots.role("gradient"))
    if part == 4:
        after = 0.5 * (new_w - 2) ** 2
        ax.plot(new_w, after, "o", color=plots.COLORS["weight"], markersize=7)
        ax.annotate("", (new_w, after), (w, loss), arrowprops={
            "arrowstyle": "-|>", "color": plots.COLORS["weight"], "linewidth": 1.4})
    ax.set(xlim=(-2.2, 6.2), ylim=(-0.8, 8), title="loss over w")


def _write_code(figure, rate, w, loss, gradient, new_w, part):
    lines = (
        ("1 ŷ = w * x", f"with w = {w:.4f}", "prediction"),
        ("2 loss = mean((ŷ - y)²)", f"= {loss:.4f}", "loss"),
        ("3 gradient = mean(2 (ŷ - y) x)", f"= {gradient:.4f}", "gradient"),
        (f"4 w = w - {rate:g} * gradient", f"= {new_w:.4f}", "weight"),
    )
    for place, (code, value, role) in enumerate(lines, start=1):
        height = 0.335 - 0.075 * (place - 1)
        now = place == part
        colour = plots.TEXT_COLORS[role if now else "muted"]
        style = {"family": "DejaVu Sans Mono", "fontsize": 11.5, "color": colour,
                 "weight": "bold" if now else "normal", "va": "center"}
        if now:
            figure.text(0.012, height, "▶", fontsize=8, color=colour, va="center")
        figure.text(0.045, height, code, **style)
        if place <= part:
            figure.text(0.985, height, value, ha="right", **style)
    figure.text(0.045, 0.025, "5 again, with the new w", family="DejaVu Sans Mono", fontsize=11.5,
                color=plots.TEXT_COLORS["muted"], va="center")


def _alt(rate, number, part, w, prediction, loss, gradient, new_w):
    shown = ", ".join(f"{value:.3f}" for value in prediction)
    said = (
        f"with w = {w:.4f} the predictions are {shown}",
        f"at w = {w:.4f} the loss is {loss:.4f}",
        f"at w = {w:.4f} the gradient is {gradient:.4f}",
        f"w goes from {w:.4f} to {new_w:.4f}, which is {abs(new_w - 2):.4f} from the minimum at 2",
    )[part - 1]
    place = f"round {number} of {ROUNDS}, part {part}, {PARTS[part - 1]}"
    return f"Learning rate {rate:g}, {place}: {said}."


def rounds_explorer(trace):
    """Return the explorer of the loop; `trace` is the page's own function (see `rounds_frame`)."""
    return widgets.Explorer(
        lambda learning_rate, number, part: rounds_frame(learning_rate, number, part, trace),
        {
            "learning_rate": widgets.Choice("Learning rate", RATES, kind="toggle"),
            "number": widgets.Choice("Round", range(1, ROUNDS + 1), kind="toggle"),
            "part": widgets.Choice("Part", range(1, 5), PARTS, kind="toggle"),
        },
        default={"learning_rate": 0.1, "number": 1, "part": 4},
        name="The loop in slow motion",
    )
