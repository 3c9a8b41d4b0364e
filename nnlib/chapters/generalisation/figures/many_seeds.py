"""How many seeds it takes to see which of two methods is better."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import share
from nnlib.chapters.generalisation.study import kept
from nnlib.widgets import plots

SEEDS = (1, 3, 5, 10, 20)
RIVALS = ("dropout 0.25", "batch norm")


def accuracies(name):
    """Return the test accuracies of sixty seeds."""
    (entry,) = kept.entries("seeds", name=name)
    return np.array(entry["test"])


def drawn_means(values, count, draws=4000, seed=0):
    """Return means of `count` of the values, drawn at random with replacement (draws,)."""
    rng = np.random.default_rng(seed)
    return values[rng.integers(0, len(values), (draws, count))].mean(axis=1)


def wrong_winner(rival, count):
    """Return how often the worse of two methods is ahead or level, with `count` seeds of each."""
    base, other = accuracies("none"), accuracies(rival)
    gain = drawn_means(other, count, seed=1) - drawn_means(base, count)
    better = np.sign(other.mean() - base.mean())
    return float(np.mean(gain * better <= 1e-12))


def seeds_frame(rival, count):
    """Draw what the mean of `count` seeds may be, for the plain network and its rival."""
    figure, ax = plots.figure(480, 240, layout="none")
    figure.subplots_adjust(left=0.04, right=0.97, bottom=0.2, top=0.9)
    edges = np.arange(0.9485, 0.9885, 0.001)
    told = []
    for name, role, hatch in (("none", "muted", ""), (rival, "prediction", "//")):
        means = drawn_means(accuracies(name), count, seed=int(name != "none"))
        heights = np.histogram(means, edges)[0] / len(means)
        ax.bar(edges[:-1], heights, width=0.001, align="edge", alpha=0.55,
               color=plots.COLORS[role], hatch=hatch, edgecolor="white", linewidth=0.3)
        middle = accuracies(name).mean()
        label = "plain" if name == "none" else name
        ax.axvline(middle, color=plots.TEXT_COLORS[role], linewidth=1.4)
        ax.text(middle + (-4e-4 if name == "none" else 4e-4), 0.45, label,
                ha="right" if name == "none" else "left", color=plots.TEXT_COLORS[role])
        told.append(f"{label} {share(middle, 1)}, standard error "
                    f"{100 * accuracies(name).std(ddof=1) / np.sqrt(count):.2f} points")
    ax.set(xlim=(0.9485, 0.9885), ylim=(0, 0.5), yticks=[],
           xlabel=f"test accuracy, mean of {count} seed{'s' if count > 1 else ''}")
    ax.set_title("what you might have seen")
    wrong = wrong_winner(rival, count)
    return widgets.frame(
        figure, colours=24,
        alt=f"Means of {count} of 60 seeds: {'; '.join(told)}. The worse one is ahead or level in "
            f"{share(wrong)} of the draws.",
        text={"Plain": told[0].partition(" ")[2], rival.capitalize(): told[1].split(rival)[1],
              "The worse one ahead or level": f"{share(wrong)} of the draws"},
    )


def seeds_explorer():
    """Return the explorer of the number of seeds and of the rival."""
    return widgets.Explorer(
        seeds_frame,
        {"rival": widgets.Choice("Plain against", RIVALS, kind="toggle"),
         "count": widgets.Choice("Seeds of each", SEEDS, kind="toggle")},
        default={"rival": "dropout 0.25", "count": 1}, name="How many seeds?",
    )
