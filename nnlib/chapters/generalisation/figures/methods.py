"""What each method changed, and how strongly it should be applied."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_seeds, share, two_panels
from nnlib.chapters.generalisation.study import kept, making
from nnlib.widgets import plots

STRENGTH = {"weight decay": "decay", "dropout": "dropout"}


def tried(method, wrong):
    """Return the entries of every strength of a method that was tried."""
    return [entry for strength in making.METHODS[method]
            for entry in kept.entries("methods", setting=strength, wrong=wrong)]


def chosen(method, wrong):
    """Return the entry of the strength with the highest mean validation accuracy."""
    return max(tried(method, wrong), key=lambda entry: np.mean(entry["validation"]))


def outcomes(wrong):
    """Return {method: test accuracies of ten seeds}, each at its chosen strength."""
    found = {method: np.array(chosen(method, wrong)["test"]) for method in making.METHODS}
    found["early stopping"] = np.array(chosen("none", wrong)["stopped"])
    return found


def methods_frame():
    """Draw the test accuracies of all methods, on clean and on partly wrong labels."""
    figure, axes = plots.figure(480, 330, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.29, right=0.98, bottom=0.14, top=0.92, wspace=0.1)
    told = []
    for ax, wrong in zip(axes, making.WRONG, strict=True):
        found = outcomes(wrong)
        plain = found["none"].mean()
        ax.axvline(plain, **plots.role("muted"))
        for line, (name, values) in enumerate(found.items()):
            place = len(found) - 1 - line
            ax.plot(values, place + np.linspace(-0.2, 0.2, len(values)), "o", markersize=3,
                    color=plots.COLORS["prediction"], alpha=0.55)
            ax.plot([values.mean()] * 2, [place - 0.34, place + 0.34], linewidth=2.4,
                    color="black")
            told.append(f"{name} {share(values.mean(), 1)}")
        labels = "clean labels" if not wrong else "20 % wrong labels"
        told[-len(found)] = f"{labels}: " + told[-len(found)]
        ax.set(title=labels, ylim=(-0.6, len(found) - 0.4), xlabel="test accuracy")
        ax.set_yticks(range(len(found)), list(found)[::-1])
    axes[0].set(xlim=(0.935, 0.985), xticks=[0.94, 0.96, 0.98])
    axes[1].set(xlim=(0.77, 0.97), xticks=[0.8, 0.85, 0.9, 0.95])
    return widgets.frame(figure, alt="Mean test accuracy of ten seeds. " + "; ".join(told) + ".")


def strength_frame(method, wrong):
    """Draw accuracy over the strength of a method, on validation and on test rows."""
    entries = tried(method, wrong)
    at = np.array([entry["setting"][STRENGTH[method]] for entry in entries])
    figure, (left, right) = two_panels(height=250)
    (plain,) = kept.entries("methods", setting={}, wrong=wrong)
    for ax, key, role in ((left, "test", "prediction"), (right, "train_loss", "loss")):
        draw_seeds(ax, at, np.array([entry[key] for entry in entries]).T, role, marker="o",
                   markersize=4)
        ax.axhline(np.median(plain[key]), **plots.role("muted"))
        if method == "weight decay":
            ax.set(xscale="log")
        ax.set(xlabel="λ" if method == "weight decay" else "drop probability")
    left.set(ylim=(0.5, 1), title="test accuracy")
    right.set(ylim=(0, 2), title="training loss")
    means = {float(v): np.mean(entry["test"]) for v, entry in zip(at, entries, strict=True)}
    best = max(means, key=means.get)
    told = ", ".join(f"{v:g}: {share(mean, 1)}" for v, mean in means.items())
    return widgets.frame(
        figure, colours=20,
        alt=f"{method}, {share(wrong)} wrong labels, mean test accuracy of ten seeds by strength: "
            f"{told}; without it {share(np.mean(plain['test']), 1)}.",
        text={"Highest mean test accuracy": f"{share(means[best], 1)} at {best:g}",
              "Without": share(np.mean(plain["test"]), 1)},
    )


def strength_explorer(method):
    """Return the explorer of one method's strength, with clean and with wrong labels."""
    return widgets.Explorer(
        lambda wrong: strength_frame(method, wrong),
        {"wrong": widgets.Choice("Wrong labels", making.WRONG, ["0 %", "20 %"], "toggle")},
        name=f"How much {method}?",
    )
