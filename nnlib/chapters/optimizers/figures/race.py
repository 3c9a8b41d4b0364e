"""The race: five methods on three surfaces, with what each one stores."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.optimizers.figures.surfaces import METHODS, SURFACES, walk
from nnlib.widgets import plots

RATES = (0.001, 0.01, 0.03, 0.1, 0.5, 2.5)
BETAS = (0.5, 0.9)
STEPS = 80
LOOKS = {
    "SGD": ("#000000", "-", "o"), "momentum": ("#D55E00", "--", "s"),
    "AdaGrad": ("#009E73", "-.", "^"), "RMSprop": ("#CC79A7", ":", "D"),
    "Adam": ("#0072B2", "-", "v"),
}
SIGNS = {"SGD": "●", "momentum": "■", "AdaGrad": "▲", "RMSprop": "◆", "Adam": "▼"}
MIDDLES = {"SGD": 1.3, "momentum": 6.3, "AdaGrad": 11.6, "RMSprop": 16.7, "Adam": 22.3}
SLOTS = {"momentum": [("v", "velocity")], "AdaGrad": [("√s", "total")],
         "RMSprop": [("√s", "square")], "Adam": [("m", "mean"), ("√s", "square")]}


def race_frame(surface, rate, beta):
    """Draw the paths of all methods, their heights, and what each one stores at the end."""
    ground = SURFACES[surface]
    figure, axes = plots.figure(500, 400, layout="none", nrows=2, ncols=2, height_ratios=[2.1, 1])
    figure.subplots_adjust(left=0.085, right=0.98, bottom=0.09, top=0.94, wspace=0.28, hspace=0.42)
    paths, heights = axes[0]
    for ax in axes[1]:
        ax.remove()
    store = figure.add_subplot(2, 1, 2)
    store.set_position([0.085, 0.09, 0.895, 0.18])
    x, y = np.meshgrid(np.linspace(-12, 12, 70), np.linspace(-8, 8, 70))
    paths.contour(x, y, ground.height(x, y), levels=8, colors="#D5D8DD", linewidths=0.6)
    told, strayed = [], []
    for method, (colour, line, marker) in LOOKS.items():
        path, optimizer = walk(method, ground.gradient, ground.start, rate, STEPS, beta)
        with np.errstate(over="ignore", invalid="ignore"):
            height = np.nan_to_num(ground.height(*path.T), nan=np.inf)
        seen = _until_it_leaves(path)
        paths.plot(*seen.T, color=colour, linestyle=line, linewidth=1.3)
        paths.plot(*seen[-1], marker, color=colour, markersize=7, markeredgecolor="white")
        shown = np.clip(height, -1e6, 1e6)
        heights.plot(shown if surface == "saddle" else np.maximum(shown, 1e-6), color=colour,
                     linestyle=line, linewidth=1.5, marker=marker, markersize=5, markevery=(10, 20),
                     markeredgecolor="white")
        told.append(f"{method} {_number(height[-1])}")
        strayed.append(f"{method} {_number(abs(path[-1, 1]))}")
        _draw_store(store, method, optimizer, colour)
    paths.plot(*ground.start, "o", color="black", markersize=4)
    paths.set(xlim=(-12, 12), ylim=(-8, 8), title="paths, marks at the end")
    paths.grid(False)
    if surface == "saddle":
        heights.set(ylim=(-80, 80), title="height")
    else:
        heights.set(yscale="log", ylim=(1e-6, 1e4), title="height")
        heights.set_yticks([1e-6, 1e-3, 1, 1e3])
        heights.minorticks_off()
    heights.set(xlim=(0, STEPS), xlabel="step")
    _finish_store(store)
    return widgets.frame(
        figure, colours=32,
        alt=f"{surface}, rate {rate:g}, β {beta:g}. Height after {STEPS} steps, from "
            f"{ground.height(*ground.start):.3g}: " + ", ".join(told) + ".",
        text={f"Height after {STEPS} steps": ", ".join(told)}
        | ({"Distance |y| from the ridge": ", ".join(strayed)} if surface == "saddle" else {}),
    )


def _until_it_leaves(path):
    """Return the path up to the first point far outside the picture, that one included."""
    outside = np.flatnonzero(~(np.abs(path) < 40).all(axis=1))
    end = outside[0] + 1 if len(outside) else len(path)
    return np.nan_to_num(np.clip(path[:end], -1e3, 1e3))


def _number(value):
    if not abs(value) < 1e4:
        return "below −10,000" if value < 0 else "above 10,000"
    return "0" if abs(value) < 1e-6 else f"{value:.2g}"


def _draw_store(ax, method, optimizer, colour):
    """Draw two bars, one for each weight, for every slot that a method keeps."""
    slots, middle = SLOTS.get(method, []), MIDDLES[method]
    ax.text(middle, 4e4, f"{SIGNS[method]} {method}", ha="center", fontsize=9)
    if not slots:
        ax.text(middle, 1, "nothing", ha="center", va="center", fontsize=9,
                color=plots.TEXT_COLORS["muted"])
    for place, (name, slot) in enumerate(slots):
        at = middle + 3 * (place - (len(slots) - 1) / 2)
        values = np.abs(getattr(optimizer, slot)[0])
        values = values if slot in ("velocity", "mean") else np.sqrt(values)
        with np.errstate(invalid="ignore"):
            values = np.nan_to_num(np.clip(values, 1.01e-4, 1e4), nan=1e4)
        ax.bar([at - 0.5, at + 0.5], values, color=colour, width=0.8)
        for letter, aside in (("x", -0.5), ("y", 0.5)):
            ax.text(at + aside, 4e-5, letter, ha="center", va="top", fontsize=8)
        ax.text(at, 1.5e-6, name, ha="center", va="top", fontsize=9)


def _finish_store(ax):
    ax.set(yscale="log", ylim=(1e-4, 1e4), xlim=(-0.5, 25.5), title="")
    ax.set_ylabel("stored", fontsize=9)
    ax.set_yticks([1e-4, 1, 1e4])
    ax.set_xticks([])
    ax.minorticks_off()


def race_explorer():
    """Return the race."""
    assert set(LOOKS) == set(METHODS)
    return widgets.Explorer(
        race_frame,
        {"surface": widgets.Choice("Surface", tuple(SURFACES), kind="toggle"),
         "rate": widgets.Choice("Learning rate", RATES, kind="toggle"),
         "beta": widgets.Choice("β", BETAS, kind="toggle")},
        default={"surface": "ravine", "rate": 0.01, "beta": 0.9}, name="The race, 80 steps",
    )
