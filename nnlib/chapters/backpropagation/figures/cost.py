"""What a backward pass costs: multiplications, numbers kept, and keeping fewer of them."""

from __future__ import annotations

import itertools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.backpropagation.figures.drawing import word
from nnlib.widgets import plots

SIZES = (10, 64, 32, 16, 1)
LAYERS = 16
KEEP = (1, 2, 4, 8, 16)


def chain(sizes=SIZES, seed=0):
    """Dense layers with ReLU between them, on the NumPy path."""
    rng, layers = np.random.default_rng(seed), []
    for n, m in itertools.pairwise(sizes):
        layers += [nn.Dense(n, m, rng=rng, dtype="float64"), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def multiplications(sizes=SIZES):
    """(forward, for the weights, for the inputs) of each Dense layer, for one example."""
    return [(n * m, n * m, n * m if i else 0)
            for i, (n, m) in enumerate(itertools.pairwise(sizes))]


def cost_frame():
    """Draw the multiplications of each layer, there and back."""
    rows = multiplications()
    figure, ax = plots.figure(490, 240)
    for i, (there, weights, back) in enumerate(rows):
        y = len(rows) - 1 - i
        ax.barh(y + 0.2, there, 0.34, color=plots.COLORS["prediction"])
        ax.barh(y - 0.2, weights, 0.34, color=plots.COLORS["gradient"])
        ax.barh(y - 0.2, back, 0.34, left=weights, color=plots.COLORS["gradient"], alpha=0.45,
                hatch="//", edgecolor="white")
        ax.text(max(there, weights + back) + 60, y, f"{there:,} there, {weights + back:,} back",
                va="center", fontsize=9)
    ax.set(yticks=range(len(rows)), xlim=(0, 5900), xlabel="for one example",
           yticklabels=[f"{n} → {m}" for n, m in itertools.pairwise(SIZES)][::-1],
           title="multiplications of each layer")
    plots.direct_label(ax, 2900, 0.48, "blue: forward", "prediction")
    plots.direct_label(ax, 2900, 0.1, "green: back, for the weights", "gradient")
    plots.direct_label(ax, 2900, -0.28, "hatched: back, for the inputs", "gradient")
    ax.grid(axis="y", visible=False)
    there, back = sum(r[0] for r in rows), sum(r[1] + r[2] for r in rows)
    return widgets.frame(
        figure, colours=24,
        alt="Multiplications of each dense layer, forward and backward: " + "; ".join(
            f"{n} to {m}: {r[0]:,} and {r[1] + r[2]:,}"
            for (n, m), r in zip(itertools.pairwise(SIZES), rows, strict=True))
        + f". Together {there:,} and {back:,}: {(there + back) / there:.2f} times the forward "
          f"pass.")


def checkpointed(every, layers=LAYERS):
    """(most activations held at once, layers computed twice), keeping each `every`-th of a chain.

    The input of each segment is kept. On the way back a segment is computed once more, and what it
    produces is held until its backward is done.
    """
    kept = set(range(0, layers, every))                  # the input of each segment
    held, most, again = set(kept), len(kept), 0
    for start in sorted(kept, reverse=True):
        end = min(start + every, layers)
        inside = set(range(start + 1, end))              # what was thrown away
        again += len(inside)
        most = max(most, len(held | inside))
        held -= {start}
    return most, again


def checkpoint_frame(every):
    """Draw which activations of sixteen layers are kept, and what that costs."""
    most, again = checkpointed(every)
    figure, ax = plots.canvas(490, 180)
    word(ax, 14, 16, "kept on the way there (i: the input of layer i)", ha="left", size=10,
         weight="bold")
    word(ax, 14, 78, "most held at once on the way back", ha="left", size=10, weight="bold")
    last = (LAYERS - 1) // every * every
    for i in range(LAYERS):
        kept = i % every == 0
        for top, full in ((28, kept), (90, kept or i > last)):
            again_here = full and not kept
            ax.fill([14 + i * 28, 36 + i * 28, 36 + i * 28, 14 + i * 28],
                    [top, top, top + 30, top + 30], linewidth=1,
                    facecolor=(plots.COLORS["gradient"] if again_here else
                               plots.COLORS["prediction"]) if full else "white",
                    edgecolor="#333840", linestyle="-" if full else ":",
                    hatch="//" if again_here else None)
            word(ax, 25 + i * 28, top + 15, str(i + 1), size=8.5,
                 color="white" if full else "#5A5F68")
    word(ax, 14, 142, f"held at once: {most} of {LAYERS}", ha="left", size=10)
    word(ax, 14, 162, f"layers computed a second time (hatched when held): {again} of {LAYERS}",
         ha="left", size=10)
    return widgets.frame(
        figure, colours=16,
        alt=f"Sixteen layers, one input in {every} kept: at most {most} activations are "
            f"held at once, and {again} layers are computed a second time.")


def checkpoint_explorer():
    """Return the explorer of keeping every 1st to 16th activation."""
    return widgets.Explorer(
        checkpoint_frame,
        {"every": widgets.Choice("Keep every", KEEP, kind="toggle",
                                 labels=["1st", "2nd", "4th", "8th", "16th"])},
        name="Memory against computing again")
