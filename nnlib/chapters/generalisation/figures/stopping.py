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
    """Return for each cut (epochs run, best epoch, test accuracy there, and after 60 epochs)."""
    found = []
    for entry in kept.entries("stops", rows=rows, wrong=wrong):
        run, best = stop(entry["validation_loss"], patience)
        found.append((run, best, entry["test_accuracy"][best], entry["test_accuracy"][-1]))
    return np.array(found)


def stopping_frame(patience, rows, wrong):
    """Draw the run of the first cut and where it stops, and all test accuracies."""
    entry = kept.entries("stops", rows=rows, wrong=wrong)[0]
    run, best = stop(entry["validation_loss"], patience)
    figure, (left, right) = two_panels(height=250)
    epochs = np.arange(len(entry["train_loss"]))
    for key, role, name in (("train_loss", "loss", "training"),
                            ("validation_loss", "prediction", "validation")):
        left.plot(epochs[: run + 1], entry[key][: run + 1], **plots.role(role))
        left.plot(epochs[run:], entry[key][run:], color=plots.COLORS[role], alpha=0.25)
        line = 3.15 if role == "prediction" else 2.8
        left.plot([24, 32], [line, line], **plots.role(role))
        plots.direct_label(left, 32, line, name, role)
    left.axvspan(run, 60, color="#F1F2F4")
    left.plot(best, entry["validation_loss"][best], "D", color="black", markersize=6)
    plots.direct_label(left, best, entry["validation_loss"][best], "kept", "data", ha="center",
                       xytext=(0, 13))
    left.set(xlim=(0, 60), ylim=(0, 3.4), xlabel="epoch", title="loss, first cut")
    found = endings(patience, rows, wrong)
    for kept_at, end in found[:, 2:]:
        right.plot([0, 1], [end, kept_at], color="#9AA0A8", linewidth=0.9)
    right.plot([0] * len(found), found[:, 3], "s", color=plots.COLORS["muted"])
    right.plot([1] * len(found), found[:, 2], "D", color="black")
    right.set(xlim=(-0.4, 1.4), ylim=(0.7, 1), title="test accuracy")
    right.set_xticks([0, 1], ["60 epochs", "stopped"])
    kept_mean, end_mean = found[:, 2].mean(), found[:, 3].mean()
    ends = "runs to the end" if run == 60 and best > 60 - patience else f"stops after epoch {run}"
    return widgets.frame(
        figure, colours=20,
        alt=f"Patience {patience}, {rows} training rows, {share(wrong)} wrong labels. The first "
            f"cut {ends} and keeps epoch {best}. Mean test accuracy of ten cuts: stopped "
            f"{share(kept_mean, 1)}, after 60 epochs {share(end_mean, 1)}.",
        text={"First cut": f"{ends}, keeps epoch {best}",
              "Mean test accuracy, ten cuts": f"stopped {share(kept_mean, 1)}, "
                                              f"60 epochs {share(end_mean, 1)}",
              "Gain of each": " ".join(f"{100 * value:+.1f}" for value in
                                       np.sort(found[:, 2] - found[:, 3]))},
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
