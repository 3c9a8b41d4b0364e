"""How far back does each recipe reach? The first of many symbols, named at the last."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

NETWORKS = tuple(study.recalling.READERS)


def accuracies(network):
    """Accuracy of three seeds at each distance, (distances, seeds)."""
    kept = study.results()["recalling"][network]
    return np.array([kept[str(distance)]["accuracy"] for distance in study.recalling.DISTANCES])


def recall_frame(network):
    """Draw the accuracy of one network over the distance, the others faintly."""
    distances = study.recalling.DISTANCES
    figure, ax = plots.figure(460, 250, layout="none")
    figure.subplots_adjust(left=0.13, right=0.96, bottom=0.2, top=0.88)
    for name in NETWORKS:
        if name != network:
            ax.plot(distances, accuracies(name).mean(axis=1), color="#C9CDD3", linewidth=1)
    values = accuracies(network)
    for seed in values.T:
        ax.plot(distances, seed, drawing.MARKS[network], alpha=0.5,
                color=plots.COLORS[drawing.ROLES[network]])
    ax.plot(distances, values.mean(axis=1), **plots.role(drawing.ROLES[network]))
    ax.axhline(1 / study.recalling.SYMBOLS, **plots.role("muted"))
    ax.text(4.1, 0.15, "guessing", fontsize=9, color=plots.TEXT_COLORS["muted"])
    ax.set_xscale("log", base=2)
    ax.set_xticks(distances, map(str, distances))
    ax.set(ylim=(0, 1.06), xlabel="steps between the symbol and the question",
           ylabel="share right", title=network)
    text = {f"{distance} steps": drawing.spread(found)
            for distance, found in zip(distances, values, strict=True)}
    return widgets.frame(
        figure, colours=16, text=text,
        alt=f"{network}: share of first symbols named, three seeds: "
            + "; ".join(f"{k} {v}" for k, v in text.items()) + ". Guessing gives 0.12.")


def recall_explorer():
    """Return the explorer of five networks."""
    return widgets.Explorer(
        recall_frame, {"network": widgets.Choice("Network", NETWORKS)},
        name="What was the first symbol?")
