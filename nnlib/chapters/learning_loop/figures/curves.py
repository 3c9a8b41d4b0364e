"""Curves of whole runs: a line at several rates, the digits over their updates, and widths."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

LINE_RATES = (0.001, 0.1, 0.17, 0.18, 0.19)


def line_frame(rate, train):
    """Draw the last two lines and the loss of `train(rate)`.

    It gives x, y, the losses (steps + 1,) and the numbers w, b of every step (steps + 1, 2).
    """
    x, y, losses, lines = train(rate)
    steps = len(losses) - 1
    figure, (left, right) = plots.figure(480, 260, ncols=2, layout="none")
    figure.subplots_adjust(left=0.08, right=0.975, bottom=0.17, top=0.9, wspace=0.3)
    ends = np.array([0.0, 4.0])
    for (w, b), strength in zip(lines[-2:], (0.4, 1.0), strict=True):
        left.plot(ends, w * ends + b, **plots.role("prediction", alpha=strength))
    left.plot(x, y, **plots.role("data"))
    left.set(xlim=(0, 4), ylim=(-4, 14), title=f"line after {steps} steps", xlabel="x")
    if not -4 < w + b < 14:
        left.text(2, -2.6, "the line is off the scale", ha="center",
                  color=plots.TEXT_COLORS["prediction"])
    right.semilogy(losses, **plots.role("loss"))
    right.set(xlim=(0, steps), ylim=(1e-8, 1e12), title="loss", xlabel="step")
    right.set_yticks([1e-6, 1, 1e6, 1e12])
    right.minorticks_off()
    before, after = (f"y = {w:.3g} x + {b:.3g}".replace("+ -", "− ") for w, b in lines[-2:])
    return widgets.frame(
        figure, colours=24,
        alt=f"Learning rate {rate:g}: after {steps} steps the line is {after}, one step before it "
            f"was {before}; the loss went from {losses[0]:.4g} to {losses[-1]:.3g}.",
        text={"Line": after, "One step before": before, "Loss at the end": f"{losses[-1]:.3g}"},
    )


def line_explorer(train):
    """Return the explorer of the rate for y = 2x + 1; `train(rate)` is the page's own."""
    return widgets.Explorer(
        lambda rate: line_frame(rate, train),
        {"rate": widgets.Choice("Learning rate", LINE_RATES, kind="toggle")},
        default={"rate": 0.1}, name="A line through three points",
        live=widgets.Live(
            lambda progress, rate: line_frame(rate, train),
            {"rate": widgets.Number("Learning rate", 0.15, 0.0, 0.3)},
        ),
    )


def count_frame(history):
    """Draw the losses of a run over its epochs, with the count of updates above them."""
    figure, ax = plots.figure(480, 270)
    epochs = np.arange(1, len(history.steps) + 1)
    ax.plot(epochs, history.train_loss, **plots.role("loss"))
    ax.plot(epochs, history.validation_loss, **plots.role("prediction"))
    ax.set(xlabel="epoch", title="loss", xlim=(0, epochs[-1]), yscale="log", ylim=(0.05, 3))
    ax.set_yticks([0.1, 1], ["0.1", "1"])
    ax.minorticks_off()
    plots.direct_label(ax, epochs[6], history.train_loss[6], "training", "loss", xytext=(6, 10))
    plots.direct_label(ax, epochs[6], history.validation_loss[6], "validation", "prediction",
                       xytext=(-4, -14), ha="right")
    above = ax.secondary_xaxis("top")
    marks = [0, *range(10, epochs[-1] + 1, 10)]
    labels = [f"{([0, *history.steps])[mark]:,}" for mark in marks]
    above.set_xticks(marks, labels)
    above.set_xlabel("updates")
    return widgets.frame(
        figure, colours=24,
        alt=f"Loss over {epochs[-1]} epochs, which are {history.steps[-1]:,} updates: training "
            f"falls from {history.train_loss[0]:.2f} to {history.train_loss[-1]:.2f}, validation "
            f"from {history.validation_loss[0]:.2f} to {history.validation_loss[-1]:.2f}.",
    )


def width_frame(widths, train_loss, validation_loss):
    """Draw training and validation loss over the number of hidden units."""
    figure, ax = plots.figure(480, 270)
    ax.plot(widths, train_loss, **{**plots.role("loss"), "marker": "o"})
    ax.plot(widths, validation_loss, **{**plots.role("prediction"), "marker": "s"})
    ax.set_xscale("log", base=2)
    ax.set(xlabel="hidden units", title="loss after training", ylim=(0, 2.4))
    ax.set_xticks(widths, [str(width) for width in widths])
    ax.minorticks_off()
    plots.direct_label(ax, widths[-2], train_loss[-2], "training", "loss", xytext=(-8, -12),
                       ha="right")
    plots.direct_label(ax, widths[-2], validation_loss[-2], "validation", "prediction",
                       xytext=(0, 14), ha="center")
    pairs = zip(widths, train_loss, validation_loss, strict=True)
    return widgets.frame(figure, alt="Training and validation loss by number of hidden units: "
                         + "; ".join(f"{w}: {a:.2f} and {b:.2f}" for w, a, b in pairs) + ".")
