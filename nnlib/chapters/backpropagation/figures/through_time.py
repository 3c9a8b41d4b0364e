"""How much of the gradient comes from how long ago: a recurrent layer reading characters."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.widgets import plots

STEPS, HIDDEN, ROWS, SEEDS = 40, 32, 64, range(5)
LAYERS = ("RNN, W_h × ½", "RNN", "RNN, W_h × 2", "LSTM", "LSTM, gates open")
FACTOR = {"RNN, W_h × ½": 0.5, "RNN, W_h × 2": 2.0}


@functools.cache
def windows():
    """ROWS stretches of the text, one-hot (ROWS, STEPS, characters), and the character after."""
    text = data.load_text("zen")
    alphabet = sorted(set(text))
    codes = np.array([alphabet.index(character) for character in text])
    starts = np.linspace(0, len(codes) - STEPS - 1, ROWS).astype(int)
    taken = codes[starts[:, None] + np.arange(STEPS + 1)]            # (ROWS, STEPS + 1)
    return np.eye(len(alphabet))[taken[:, :-1]], taken[:, -1]


def reader(kind, seed):
    """A recurrent layer with a dense one on its last state."""
    rng, letters = np.random.default_rng(seed), windows()[0].shape[-1]
    layer = nn.LSTM if kind.startswith("LSTM") else nn.RNN
    cell = layer(letters, HIDDEN, rng=rng, dtype="float64")
    cell.weight_h.data = cell.weight_h.data * FACTOR.get(kind, 1.0)
    if kind == "LSTM, gates open":
        cell.bias.data[HIDDEN:2 * HIDDEN] = 3.0          # forget gates near σ(3) = 0.95
    return nn.Sequential(cell, nn.Dense(HIDDEN, letters, init="glorot_normal", rng=rng,
                                        dtype="float64"))


@functools.cache
def by_distance(kind, seed):
    """Length of the loss's gradient for the input of 0, 1, 2, … steps ago, (STEPS,)."""
    x, following = windows()
    model, loss_fn = reader(kind, seed), nn.CrossEntropyLoss()
    loss_fn(model(x), following)
    gradient = model.backward(loss_fn.backward())                    # (ROWS, STEPS, characters)
    return np.linalg.norm(gradient, axis=(0, 2))[::-1]


def memory(kind):
    """Lengths for five seeds, relative to that of the newest character, (5, STEPS)."""
    found = np.array([by_distance(kind, seed) for seed in SEEDS])
    return found / found[:, :1]


def time_frame(layer):
    """Draw the gradient over the distance, five seeds, the median thick."""
    found = memory(layer)
    middle = np.median(found, axis=0)
    figure, ax = plots.figure(490, 250, layout="none")
    figure.subplots_adjust(left=0.11, right=0.97, bottom=0.19, top=0.89)
    for run in found:
        ax.semilogy(np.maximum(run, 1e-14), color=plots.COLORS["gradient"], alpha=0.35,
                    linewidth=1)
    ax.semilogy(np.maximum(middle, 1e-14), color=plots.COLORS["gradient"], linewidth=2.4)
    ax.axhline(1, **plots.role("muted"))
    ax.set(xlabel="steps ago", title="gradient, relative to the newest character",
           ylim=(1e-13, 1e4), xlim=(0, STEPS - 1))
    ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3])
    ax.minorticks_off()
    last = found[:, -1]
    return widgets.frame(
        figure, colours=16,
        alt=f"{layer}: relative to the newest character the gradient of that of 10 steps ago is "
            f"{middle[10]:.1e}, of {STEPS - 1} steps ago {middle[-1]:.1e} (median of five runs; "
            f"{last.min():.1e} to {last.max():.1e}).",
        text={"10 steps ago": f"{middle[10]:.1e}",
              f"{STEPS - 1} steps ago, five runs": f"{last.min():.1e} to {last.max():.1e}"})


def time_explorer():
    """Return the explorer of five recurrent layers."""
    return widgets.Explorer(
        time_frame, {"layer": widgets.Choice("Layer", LAYERS, kind="dropdown")},
        default={"layer": "RNN"}, name="How far back does the gradient reach?")
