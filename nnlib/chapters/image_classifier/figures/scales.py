"""The same classifier asked about smaller and larger pieces of the photographs."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, mosaic, share, show
from nnlib.chapters.image_classifier.study import pictures


def scale_frame(model, side):
    """Draw pieces of one side as the network gets them, and how many are named rightly."""
    x, y = pictures.pieces(side)
    p = nn.predict_proba(model, x)
    right = p.argmax(axis=1) == y
    shares = [right[y == label].mean() for label in range(2)]
    figure = blank(480, 205)
    figure.text(0.57, 0.95, "with the probability of the true class", fontsize=9, ha="center",
                va="center")
    for line, name in enumerate(pictures.CLASSES):
        bottom = 0.46 - 0.45 * line
        figure.text(0.01, bottom + 0.2, f"{name}\n{share(shares[line])}", fontsize=10,
                    weight="bold", va="center")
        rows = np.flatnonzero(y == line)[:7]
        ax = show(figure, [0.15, bottom - 0.05, 0.84, 0.38], mosaic(x[rows], 7))
        for place, row in enumerate(rows):
            ax.text(34 * place + 16, -3, f"{p[row, line]:.2f}", ha="center", fontsize=9.5)
    return widgets.frame(
        figure, colours=28,
        alt=f"Pieces of {side} × {side} pixels, scaled to 32 × 32: right {share(shares[0])} of "
            f"china and {share(shares[1])} of flower; mean highest probability "
            f"{p.max(axis=1).mean():.2f}.",
        text={"Right": f"{share(right.mean())}: {share(shares[0])} of china, "
                       f"{share(shares[1])} of flower",
              "Mean highest probability": f"{p.max(axis=1).mean():.2f}"},
    )


def scale_explorer(model):
    """Return the explorer of the side of the pieces."""
    return widgets.Explorer(
        lambda side: scale_frame(model, side),
        {"side": widgets.Choice("Size of the piece in pixels", pictures.SIDES, kind="toggle")},
        default={"side": 32}, name="Nearer and farther than in training",
    )
