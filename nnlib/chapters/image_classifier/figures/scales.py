"""The same classifier asked about smaller and larger pieces of the photographs."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, share, show
from nnlib.chapters.image_classifier.study import pictures

SIDES = (16, 24, 32, 48, 64, 128, 256)
ROWS = 100


def pieces(side):
    """Pieces of this side from the right halves, read by the loader at 32 × 32; x and y."""
    x, y = pictures.cut(ROWS, pictures.REGIONS["test"], np.random.default_rng(7), side=side)
    images = [Image.fromarray((picture * 255).round().astype(np.uint8)) for picture in x]
    return np.stack([data.read_image(_png(image), size=(32, 32)) for image in images]), y


def _png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def scale_frame(model, side):
    """Draw pieces of one side as the network gets them, and how many are named rightly."""
    x, y = pieces(side)
    p = nn.predict_proba(model, x)
    right = p.argmax(axis=1) == y
    shares = [right[y == label].mean() for label in range(2)]
    figure = blank(480, 190)
    for line, name in enumerate(pictures.CLASSES):
        bottom = 0.5 - 0.47 * line
        figure.text(0.01, bottom + 0.2, f"{name}\n{share(shares[line])}", fontsize=10,
                    weight="bold", va="center")
        for place, row in enumerate(np.flatnonzero(y == line)[:7]):
            show(figure, [0.15 + 0.121 * place, bottom, 0.115, 0.38], x[row],
                 f"{p[row, line]:.2f}")
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
        {"side": widgets.Choice("Side of the piece in pixels", SIDES, kind="toggle")},
        default={"side": 32}, name="Nearer and farther than in training",
    )
