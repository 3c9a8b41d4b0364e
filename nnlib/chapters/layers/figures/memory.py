"""What a recurrent layer still knows of its first input, step by step."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

STEPS = 50
CELLS = {                     # kind of layer, and the share of its past that one step keeps
    "RNN, weight 0.5": ("RNN", 0.5),
    "RNN, weight 0.9": ("RNN", 0.9),
    "RNN, weight 1.5": ("RNN", 1.5),
    "LSTM, forget gate 0.5": ("LSTM", 0.5),
    "LSTM, forget gate 0.9": ("LSTM", 0.9),
    "LSTM, forget gate 0.99": ("LSTM", 0.99),
}
LATER = ("nothing", "noise")


def build(kind, share):
    """A layer with one unit that takes a value and a mark, its weights set by hand.

    The RNN keeps `share` of its state. The LSTM keeps `share` of its cell, and its input gate opens
    only at the mark.
    """
    rng = np.random.default_rng(0)
    if kind == "RNN":
        layer = nn.RNN(2, 1, rng=rng, dtype="float64")
        state = {"weight_x": [[1.0], [0.0]], "weight_h": [[share]], "bias": [0.0]}
    else:
        layer = nn.LSTM(2, 1, rng=rng, dtype="float64")
        forget = np.log(share / (1 - share))             # sigmoid(forget) = share
        state = {"weight_x": [[0, 0, 1, 0], [12, 0, 0, 0]], "weight_h": [[0.0] * 4],
                 "bias": [-6, forget, 0, 6]}
    layer.load_state_dict({name: np.array(value, float) for name, value in state.items()})
    return layer


def sequence(later):
    """(1, STEPS + 1, 2): a marked 1 first, then zeros or seeded noise without a mark."""
    x = np.zeros((1, STEPS + 1, 2))
    if later == "noise":
        x[0, 1:, 0] = np.random.default_rng(3).normal(0, 0.5, STEPS)
    x[0, 0] = 1
    return x


def walk(kind, share, later):
    """States after each step, and the slope of each state with respect to the first value."""
    layer, x = build(kind, share), sequence(later)
    states, slopes = [], []
    for end in range(1, STEPS + 2):
        states.append(layer(x[:, :end])[0, 0])
        slopes.append(layer.backward(np.ones((1, 1)))[0, 0, 0])
    return np.array(states), np.array(slopes)


def memory_frame(layer, later):
    """Draw the state and its slope over fifty steps."""
    states, slopes = walk(*CELLS[layer], later)
    figure, (left, right) = plots.figure(490, 230, ncols=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.2, top=0.89, wspace=0.28)
    left.plot(states, **plots.role("prediction"))
    left.axhline(0, **plots.role("muted"))
    left.set(ylim=(-1.05, 1.05), xlim=(0, STEPS), xlabel="step", title="state h")
    right.semilogy(np.maximum(np.abs(slopes), 1e-30), **plots.role("gradient"))
    right.axhline(0.01, **plots.role("muted"))
    right.set(ylim=(1e-16, 10), xlim=(0, STEPS), xlabel="step", title="slope: h by first input")
    right.set_yticks([1, 1e-5, 1e-10, 1e-15])
    right.minorticks_off()
    right.text(STEPS, 2e-2, "1 %", ha="right", fontsize=9, color=plots.TEXT_COLORS["muted"])
    below = np.flatnonzero(np.abs(slopes) < 0.01 * abs(slopes[0]))
    lost = f"{below[0]} steps" if len(below) else f"more than {STEPS} steps"
    return widgets.frame(
        figure, colours=16,
        alt=f"{layer}, later inputs: {later}. The state is {states[0]:.2f} after the first input "
            f"and {states[-1]:.2f} after {STEPS} more. The slope ends at "
            f"{slopes[-1]:.1e}; it falls below 1 % of its start after {lost}.",
        text={"State at the end": f"{states[-1]:.3f}", "Slope at the end": f"{slopes[-1]:.1e}",
              "Below 1 % of the start after": lost},
    )


def memory_explorer():
    """Return the explorer of six cells, with and without noise after the first input."""
    return widgets.Explorer(
        memory_frame,
        {"layer": widgets.Choice("Layer", tuple(CELLS)),
         "later": widgets.Choice("Later inputs", LATER, kind="toggle")},
        default={"layer": "RNN, weight 0.5"}, name="How long does it remember the first input?",
    )
