"""What a change does to pictures of digits, and to a network trained with it."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.generalisation.figures.drawing import draw_dots, gain, share
from nnlib.chapters.generalisation.study import kept
from nnlib.chapters.generalisation.study.changing import CHANGES, changed
from nnlib.chapters.generalisation.study.making import CHANGE_ROWS, NEW_ROWS
from nnlib.chapters.generalisation.study.trial import digits
from nnlib.widgets import plots

SHOWN = (2, 4, 6, 7, 9)
NAMES = {"none": "as collected", "shift by up to 1 pixel": "shifted", "turn by up to 15°": "turned"}


def change_frame(change, rows):
    """Draw five digits before and after, and the accuracy on three kinds of new rows."""
    x, y = digits()[0]
    first = [int(np.flatnonzero(y == digit)[0]) for digit in SHOWN]
    after = changed(x[first], change, np.random.default_rng(3))
    figure = plots.plt.figure(figsize=(4.8, 2.7), dpi=plots.DPI, layout="none")
    for line, pictures in enumerate((x[first], after)):
        for place, picture in enumerate(pictures):
            ax = figure.add_axes([0.02 + 0.085 * place, 0.52 - 0.34 * line, 0.08, 0.26])
            ax.imshow(picture.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
            ax.axis("off")
    figure.text(0.02, 0.85, "five digits, and changed", fontsize=10, weight="bold")
    right = figure.add_axes([0.56, 0.17, 0.42, 0.67])
    (plain,) = kept.entries("changes", change="none", rows=rows)
    (entry,) = kept.entries("changes", change=change, rows=rows)
    for place, new in enumerate(NEW_ROWS):
        draw_dots(right, place - 0.15, plain["accuracy"][new], "muted", 0.07)
        if change != "none":
            draw_dots(right, place + 0.2, entry["accuracy"][new], "prediction", 0.07)
    right.set_xticks(range(3), NAMES.values(), fontsize=9)
    right.set(xlim=(-0.5, 2.5), ylim=(0.35, 1))
    right.set_title("accuracy on new rows", fontsize=10)
    right.grid(axis="x", visible=False)
    told = {NAMES[new]: (plain["accuracy"][new], entry["accuracy"][new]) for new in NEW_ROWS}
    return widgets.frame(
        figure, colours=24,
        alt=f"Training with {rows} rows, change: {change}. Mean accuracy of ten cuts without and "
            "with it, on new rows "
            + "; ".join(f"{name}: {share(np.mean(a), 1)} and {share(np.mean(b), 1)}, {gain(a, b)}"
                        for name, (a, b) in told.items()) + ".",
        text={name.capitalize(): f"{share(np.mean(a), 1)} without, {share(np.mean(b), 1)} with "
                                 f"({gain(a, b)})"
              for name, (a, b) in told.items()},
    )


def change_explorer():
    """Return the explorer of the change and of the number of training rows."""
    return widgets.Explorer(
        change_frame,
        {"change": widgets.Choice("Change", CHANGES),
         "rows": widgets.Choice("Training rows", tuple(CHANGE_ROWS), kind="toggle")},
        default={"change": "none", "rows": 100}, name="Augmentation on digits",
    )
