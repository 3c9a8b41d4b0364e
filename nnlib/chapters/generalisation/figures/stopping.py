"""Early stopping on real curves: patience, training rows, wrong labels."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import share, two_panels
from nnlib.chapters.generalisation.study import kept
from nnlib.widgets import plots

PATIENCES, ROWS, WRONG = (1, 5, 20), (160, 320, 1180), (0.0, 0.2)


def stop(losses, patience):
    """Return (epochs that are run, epoch with the lowest loss among them); index 0 is the start."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best


def endings(patience, rows, wrong):
    """Return for each seed (epochs run, best epoch, test accuracy there, and after 60 epochs)."""
    found = []
    for entry in kept.entries("stops", rows=rows, wrong=wrong):
        run, best = stop(entry["validation_loss"], patience)
        found.append((run, best, entry["test_accuracy"][best], entry["test_accuracy"][-1]))
    return np.array(found)


def stopping_frame(patience, rows, wrong):
    """Draw the run of seed 0 with where it stops, and the test accuracy kept and not kept."""
    entry = kept.entries("stops", rows=rows, wrong=wrong)[0]
    run, best = stop(entry["validation_loss"], patience)
    figure, (left, right) = two_panels(height=250)
    epochs = np.arange(len(entry["train_loss"]))
    for key, role in (("train_loss", "loss"), ("validation_loss", "prediction")):
        left.plot(epochs[: run + 1], entry[key][: run + 1], **plots.role(role))
        left.plot(epochs[run:], entry[key][run:], color=plots.COLORS[role], alpha=0.25)
    left.axvspan(run, 60, color="#F1F2F4")
    left.plot(best, entry["validation_loss"][best], "D", color="black", markersize=6)
    left.annotate("kept", (best, entry["validation_loss"][best]), xytext=(0, 9),
                  textcoords="offset points", ha="center")
    left.set(xlim=(0, 60), ylim=(0, 2.6), xlabel="epoch", title="loss, seed 0")
    found = endings(patience, rows, wrong)
    for kept_at, end in found[:, 2:]:
        right.plot([0, 1], [end, kept_at], color="#9AA0A8", linewidth=0.9)
    right.plot([0] * 5, found[:, 3], "s", color=plots.COLORS["muted"])
    right.plot([1] * 5, found[:, 2], "D", color="black")
    right.set(xlim=(-0.4, 1.4), ylim=(0.7, 1), title="test accuracy")
    right.set_xticks([0, 1], ["60 epochs", "stopped"])
    kept_mean, end_mean = found[:, 2].mean(), found[:, 3].mean()
    return widgets.frame(
        figure, colours=20,
        alt=f"Patience {patience}, {rows} training rows, {share(wrong)} wrong labels. Seed 0 runs "
            f"{run} epochs and keeps epoch {best}. Mean test accuracy of five seeds: stopped "
            f"{share(kept_mean, 1)}, after 60 epochs {share(end_mean, 1)}.",
        text={"Seed 0": f"stops after epoch {run}, keeps epoch {best}",
              "Mean test accuracy, five seeds": f"stopped {share(kept_mean, 1)}, "
                                                f"60 epochs {share(end_mean, 1)}",
              "Epochs run": ", ".join(str(int(value)) for value in found[:, 0])},
    )


def stopping_explorer():
    """Return the explorer of patience, rows and wrong labels."""
    return widgets.Explorer(
        stopping_frame,
        {"patience": widgets.Choice("Patience", PATIENCES, kind="toggle"),
         "rows": widgets.Choice("Training rows", ROWS, kind="toggle"),
         "wrong": widgets.Choice("Wrong labels", WRONG, ["0 %", "20 %"], "toggle")},
        default={"patience": 20, "rows": 320, "wrong": 0.0}, name="Early stopping",
    )
