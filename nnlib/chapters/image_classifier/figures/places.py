"""The classifier slid over a whole photograph: where it says what."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, share, show
from nnlib.chapters.image_classifier.study import changing, pictures
from nnlib.widgets import plots

STEP = 16
KINDS = ("as taken", "grey")


def answers_over(model, label, kind):
    """Probability of the photograph's own class at each place of a grid, (rows, columns)."""
    picture = changing.varied(pictures.photographs()[label:label + 1], kind)[0]
    tops = range(0, picture.shape[0] - pictures.SIDE + 1, STEP)
    lefts = range(0, picture.shape[1] - pictures.SIDE + 1, STEP)
    squares = np.stack([picture[t:t + pictures.SIDE, left:left + pictures.SIDE]
                        for t in tops for left in lefts])
    p = nn.predict_proba(model, squares)[:, label]
    return p.reshape(len(tops), len(lefts)), picture


def place_frame(models, photograph, training, kind):
    """Draw the photograph, and over its places how sure the model is of the right class."""
    label = pictures.CLASSES.index(photograph)
    p, picture = answers_over(models[training], label, kind)
    figure = blank(480, 225)
    show(figure, [0.01, 0.13, 0.47, 0.7], picture[::3, ::3], interpolation="antialiased")
    ax = show(figure, [0.51, 0.13, 0.47, 0.7], p, cmap="cividis", aspect="auto")
    middle = (320 - pictures.SIDE / 2) / STEP
    ax.axvline(middle, color="white", linewidth=1.5)
    figure.text(0.245, 0.88, photograph, ha="center", fontsize=10, weight="bold")
    figure.text(0.745, 0.88, "what each window gets", ha="center", fontsize=10, weight="bold")
    for left, colour, said in ((0.02, 1.0, "right and sure"), (0.34, 0.5, "undecided"),
                               (0.59, 0.0, "wrong and sure")):
        figure.patches.append(plots.plt.Rectangle((left, 0.035), 0.025, 0.055,
                              transform=figure.transFigure, color=plots.plt.cm.cividis(colour)))
        figure.text(left + 0.035, 0.04, said, fontsize=9.5)
    figure.text(0.98, 0.04, "| test half", fontsize=9.5, ha="right")
    left, right = p[:, : int(middle)] > 0.5, p[:, int(middle) + 1:] > 0.5
    said = {"Right at places of the left half": share(left.mean()),
            "Right at places of the right half": share(right.mean())}
    return widgets.frame(
        figure, colours=28, text=said,
        alt=f"The photograph {photograph}, {kind}; trained with augmentation: {training}. Right at "
            f"{share(left.mean())} of the places of the left half, from which it learned, and at "
            f"{share(right.mean())} of those of the right half.",
    )


def places_explorer(models):
    """Return the explorer of photograph, augmentation and kind; `models` has one for each."""
    return widgets.Explorer(
        lambda photograph, training, kind: place_frame(models, photograph, training, kind),
        {"photograph": widgets.Choice("Photograph", pictures.CLASSES, kind="toggle"),
         "training": widgets.Choice("Augmentation", tuple(models), kind="toggle"),
         "kind": widgets.Choice("Asked about it", KINDS, kind="toggle")},
        default={"photograph": "flower"}, name="What it says where",
    )
