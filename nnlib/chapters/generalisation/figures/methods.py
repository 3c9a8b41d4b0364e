"""What each method changed, and how strongly it should be applied."""

from __future__ import annotations

from collections import Counter

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_seeds, gain, share, two_panels
from nnlib.chapters.generalisation.figures.stopping import endings
from nnlib.chapters.generalisation.study import kept, making
from nnlib.widgets import plots

STRENGTH = {"weight decay": "decay", "dropout": "dropout"}
PATIENCE, ROWS = 20, 320


def tried(method, wrong):
    """Return the entries of every strength of a method that was tried."""
    return [entry for strength in making.METHODS[method]
            for entry in kept.entries("methods", setting=strength, wrong=wrong)]


def chosen(method, wrong):
    """Return for each cut the entry of the strength with its highest validation accuracy.

    Not one for all cuts: validation rows of one cut are test rows of another.
    """
    entries = tried(method, wrong)
    best = np.argmax([entry["validation"] for entry in entries], axis=0)
    return [entries[place] for place in best]


def chosen_test(method, wrong):
    """Return each cut's test accuracy at the strength that it chose (cuts,)."""
    return np.array([entry["test"][cut] for cut, entry in enumerate(chosen(method, wrong))])


def outcomes(wrong):
    """Return {method: test accuracies of ten cuts}, each at its chosen strength."""
    found = {method: chosen_test(method, wrong) for method in making.METHODS}
    found["early stopping"] = endings(PATIENCE, ROWS, wrong)[:, 2]
    return found


def methods_frame():
    """Draw the test accuracies of all methods, on clean and on partly wrong labels."""
    figure, axes = plots.figure(480, 330, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.29, right=0.98, bottom=0.14, top=0.92, wspace=0.1)
    told = []
    for ax, wrong in zip(axes, making.WRONG, strict=True):
        found = outcomes(wrong)
        plain = found["none"]
        ax.axvline(plain.mean(), **plots.role("muted"))
        for line, (name, values) in enumerate(found.items()):
            place = len(found) - 1 - line
            ax.plot(values, place + np.linspace(-0.2, 0.2, len(values)), "o", markersize=3,
                    color=plots.COLORS["prediction"], alpha=0.55)
            ax.plot([values.mean()] * 2, [place - 0.34, place + 0.34], linewidth=2.4,
                    color="black")
            told.append(f"{name} {share(values.mean(), 1)}"
                        + (f" ({gain(plain, values)})" if line else ""))
            if line:
                ax.text(0.01, place, gain(plain, values), fontsize=8.5, va="center",
                        transform=ax.get_yaxis_transform())
        labels = "clean labels" if not wrong else "20 % wrong labels"
        told[-len(found)] = f"{labels}: " + told[-len(found)]
        ax.set(title=labels, ylim=(-0.6, len(found) - 0.4), xlabel="test accuracy")
        ax.set_yticks(range(len(found)), list(found)[::-1])
    axes[0].set(xlim=(0.86, 0.985), xticks=[0.92, 0.95, 0.98])
    axes[1].set(xlim=(0.56, 0.965), xticks=[0.75, 0.85, 0.95])
    return widgets.frame(figure, alt="Mean test accuracy of ten cuts, and the gain in points with "
                                     "its standard error. " + "; ".join(told) + ".")


def strength_frame(method, wrong):
    """Draw validation and test accuracy over the strength of a method; bars count the choices."""
    entries = tried(method, wrong)
    at = np.array([entry["setting"][STRENGTH[method]] for entry in entries])
    figure, (left, right) = two_panels(height=250)
    (plain,) = kept.entries("methods", setting={}, wrong=wrong)
    picked = Counter(sorted(entry["setting"][STRENGTH[method]]
                            for entry in chosen(method, wrong)))
    for ax, key, role in ((left, "validation", "prediction"), (left, "test", "gradient"),
                          (right, "train_loss", "loss")):
        draw_seeds(ax, at, np.array([entry[key] for entry in entries]).T, role, marker="o",
                   markersize=4)
        if key != "validation":
            ax.axhline(np.median(plain[key]), **plots.role("muted"))
        if method == "weight decay":
            ax.set(xscale="log")
        ax.set(xlabel="λ" if method == "weight decay" else "drop probability")
    for value, cuts in picked.items():
        left.axvline(value, ymax=0.04 * cuts, color=plots.COLORS["muted"], linewidth=5)
    left.set(ylim=(0.35, 1), title="accuracy")
    right.set(ylim=(0, 2), title="training loss")
    if wrong:
        plots.direct_label(left, at[0], 0.97, "test, clean labels", "gradient", xytext=(0, 0))
        plots.direct_label(left, at[0], 0.55, "validation", "prediction", xytext=(0, 0))
    told = ", ".join(f"{v:g}: {share(np.mean(entry['validation']), 1)} and "
                     f"{share(np.mean(entry['test']), 1)}"
                     for v, entry in zip(at, entries, strict=True))
    found = chosen_test(method, wrong)
    after, without = (share(np.mean(values), 1) for values in (found, plain["test"]))
    choices = ", ".join(f"{value:g} ({cuts})" for value, cuts in picked.items())
    return widgets.frame(
        figure, colours=20,
        alt=f"{method}, {share(wrong)} wrong labels, mean validation and test accuracy of ten cuts "
            f"by strength: {told}. Validation rows choose, in so many cuts: {choices}; {after} on "
            f"test rows, without it {without}.",
        text={"Validation rows choose (bars: in so many cuts)": choices,
              "Test accuracy": f"{after} with it, {without} without "
                               f"({gain(plain['test'], found)})"},
    )


def strength_explorer(method):
    """Return the explorer of one method's strength, with clean and with wrong labels."""
    return widgets.Explorer(
        lambda wrong: strength_frame(method, wrong),
        {"wrong": widgets.Choice("Wrong labels", making.WRONG, ["0 %", "20 %"], "toggle")},
        name=f"How much {method}?",
    )
