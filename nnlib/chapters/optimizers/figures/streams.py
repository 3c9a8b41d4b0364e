"""What each method makes of a stream of gradients: what it stores, and how it moves."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.optimizers.figures.surfaces import METHODS
from nnlib.widgets import plots

LENGTH = 60
STREAMS = {
    "always 1": np.ones(LENGTH),
    "always 0.01": np.full(LENGTH, 0.01),
    "+1, −1, +1, …": np.where(np.arange(LENGTH) % 2 == 0, 1.0, -1.0),
    "1 at every tenth": np.where(np.arange(LENGTH) % 10 == 0, 1.0, 0.0),
    "1, once 100": np.where(np.arange(LENGTH) == 20, 100.0, 1.0),
}
STORED = {"momentum": ["velocity"], "AdaGrad": ["total"], "RMSprop": ["square"],
          "Adam": ["mean", "square"]}
NAMES = {"velocity": "v", "total": "√s", "square": "√s", "mean": "m"}


def follow(method, gradients):
    """Return the moves in units of η, (length,), and what was stored after each step, by letter.

    Squares are returned as their roots, which have the size of a gradient.
    """
    w = nn.Parameter(np.zeros(1))
    optimizer = METHODS[method]([w], 0.01, 0.9)
    places, stored = [0.0], {name: [] for name in STORED.get(method, [])}
    for gradient in gradients:
        w.grad = np.array([gradient])
        optimizer.step()
        places.append(float(w.data[0]))
        for name, values in stored.items():
            value = float(getattr(optimizer, name)[0][0])
            values.append(value if name in ("velocity", "mean") else np.sqrt(value))
    return np.diff(places) / 0.01, {NAMES[name]: np.array(v) for name, v in stored.items()}


def stream_frame(stream, method):
    """Draw gradients, what is stored, and the moves, one under the other."""
    gradients = STREAMS[stream]
    moves, stored = follow(method, gradients)
    figure, axes = plots.figure(480, 330, nrows=3, layout="none", sharex=True)
    figure.subplots_adjust(left=0.1, right=0.93, bottom=0.1, top=0.93, hspace=0.5)
    t = np.arange(1, LENGTH + 1)
    top, middle, bottom = axes
    high = 2 * abs(gradients[0])
    top.vlines(t, 0, np.clip(gradients, -high, high), color=plots.COLORS["gradient"], linewidth=2)
    if gradients.max() > high:
        top.text(23, 0.65 * high, "100", color=plots.TEXT_COLORS["gradient"])
    top.set(ylim=(-high, high), title="gradient g")
    for (name, values), role in zip(stored.items(), ("loss", "prediction"), strict=False):
        middle.plot(t, values, **plots.role(role))
        plots.direct_label(middle, t[-1], values[-1], name, role,
                           xytext=(4, 0 if role == "loss" else 9))
    what = "what it stores" + (", before the corrections" if method == "Adam" else "")
    middle.set(title=what if stored else "what it stores: nothing")
    _fit(middle, np.concatenate([*stored.values(), [0.0]]))
    bottom.vlines(t, 0, moves, color=plots.COLORS["weight"], linewidth=2)
    bottom.set(title="move, in units of η", xlim=(0, LENGTH + 1))
    _fit(bottom, moves)
    bottom.set_xticks([1, 10, 20, 30, 40, 50, 60])
    first, last = moves[0], moves[moves != 0][-1]
    biggest = moves[np.abs(moves).argmax()]
    kept = ", ".join(f"{name} = {values[-1]:.3g}" for name, values in stored.items()) or "nothing"
    return widgets.frame(
        figure, colours=28,
        alt=f"{method}, gradients {stream}: moves in units of the rate are {first:.3g} at step 1 "
            f"and {last:.3g} in the last step with a move, the largest is {biggest:.3g}. Stored at "
            f"the end: {kept}.",
        text={"First move": f"{first:.3g} η", "Last move that is not 0": f"{last:.3g} η",
              "Largest move": f"{biggest:.3g} η", "Stored at the end": kept},
    )


def _fit(ax, values):
    """Set the vertical limits around 0 and all values, with a tick at 0 and at the extremes."""
    low, high = min(values.min(), 0.0), max(values.max(), 0.0)
    room = 0.2 * (high - low) or 1.0
    ax.set(ylim=(low - room, high + room))
    ticks = [0.0, *(tick for tick in (low, high) if abs(tick) > 0.3 * (high - low))]
    ax.set_yticks(ticks, [f"{tick:.3g}".replace("-", "−") for tick in ticks], fontsize=8)


def stream_explorer():
    """Return the explorer of streams and methods."""
    return widgets.Explorer(
        lambda stream, method: stream_frame(stream, method),
        {"stream": widgets.Choice("Gradients", tuple(STREAMS), kind="dropdown"),
         "method": widgets.Choice("Method", tuple(METHODS), kind="toggle")},
        default={"stream": "always 1", "method": "momentum"},
        name="One weight, sixty gradients: what a method stores, and how it moves",
    )
