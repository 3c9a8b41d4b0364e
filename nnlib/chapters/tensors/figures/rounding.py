"""How far two orders of adding the same numbers differ, for each kind of float."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

COUNTS = (10, 30, 100, 300, 1000, 3000)     # beyond, a sum in float16 stops growing at 2048
KINDS = {"float16": "loss", "float32": "prediction", "float64": "gradient"}
SEEDS = range(20)


def differences(kind, count):
    """Return, for each seed, how far the sums from the front and from the back differ, relatively.

    `cumsum` adds one by one, in the order of the array, on every machine.
    """
    found = []
    for seed in SEEDS:
        values = np.random.default_rng(seed).random(count).astype(kind)
        front, back = (float(part.cumsum(dtype=kind)[-1]) for part in (values, values[::-1]))
        found.append(abs(front - back) / values.sum(dtype="float64"))
    return np.array(found)


def rounding_frame():
    """Draw the differences of every seed over the count, and the tolerance eps·√n."""
    figure, ax = plots.figure(480, 300)
    at_thousand = []
    for kind, role in KINDS.items():
        eps = float(np.finfo(kind).eps)
        tolerance = eps * np.sqrt(COUNTS)
        ax.plot(COUNTS, tolerance, **plots.role(role))
        for count in COUNTS:
            found = differences(kind, count)
            ax.plot(np.full(len(found), count), np.maximum(found, 1e-18), "o", markersize=2.5,
                    color=plots.COLORS[role], alpha=0.5)
        plots.direct_label(ax, 8, tolerance[0] * 50, f"{kind}: eps·√n, eps = {eps:.0e}", role)
        worst = differences(kind, 1000).max()
        at_thousand.append(f"{kind} {worst:.0e}, eps·√n is {eps * np.sqrt(1000):.0e}")
    ax.set(xscale="log", yscale="log", xlabel="numbers added, n", ylabel="relative difference",
           ylim=(1e-17, 3), title="the same sum from the front and from the back")
    ax.set_xlim(8, 4000)
    return widgets.frame(
        figure, colours=24,
        alt="Relative difference of the sums of n random numbers from the front and from the back, "
            f"{len(SEEDS)} draws for each n from {COUNTS[0]} to {COUNTS[-1]} (those "
            "that do not differ are not shown), with the line eps times the root of n. "
            f"Largest at n = 1000: {'; '.join(at_thousand)}.",
    )
