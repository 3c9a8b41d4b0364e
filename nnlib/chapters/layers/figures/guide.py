"""Two diagrams: which layer for which data, and what layers of an image network tend to find."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK
from nnlib.widgets import plots

DATA = (
    ("a row of features", "Dense"),
    ("an image", "Conv2D + pooling"),
    ("a sequence of numbers", "LSTM, GRU or attention"),
    ("words or characters", "Embedding first, then the row above"),
)
TROUBLE = (
    ("overfitting", "Dropout"),
    ("slow or unstable when deep", "BatchNorm, LayerNorm, Residual"),
)


def _box(ax, left, top, width, text, face):
    xs, ys = [left, left + width, left + width, left], [top, top, top + 32, top + 32]
    ax.fill(xs, ys, facecolor=face, edgecolor="#333840", linewidth=1)
    ax.text(left + width / 2, top + 16, text, ha="center", va="center", fontsize=9.5, color=INK)


def guide_frame():
    """Draw the decision guide as a flow chart."""
    figure, ax = plots.canvas(490, 330)
    y = 26
    for heading, rows, face in (("What comes in?", DATA, "#E3F0F8"),
                                ("What goes wrong?", TROUBLE, "#FBE9DC")):
        ax.text(8, y - 12, heading, fontsize=10.5, weight="bold", va="center", color=INK)
        for what, layer in rows:
            _box(ax, 8, y, 190, what, face)
            ax.annotate("", (238, y + 16), (200, y + 16),
                        arrowprops={"arrowstyle": "-|>", "color": "#333840"})
            _box(ax, 240, y, 242, layer, "white")
            y += 42
        y += 34
    says = "; ".join(f"{what}: {layer}" for what, layer in (*DATA, *TROUBLE))
    return widgets.frame(figure, alt=f"Which layer for which data. {says}.")


def hierarchy_frame():
    """Draw edges, parts and an object: an illustration, not a measurement."""
    figure, ax = plots.canvas(490, 176)
    titles = ("first layers: edges", "middle: parts", "last: objects")
    for k, title in enumerate(titles):
        left = 12 + 164 * k
        ax.fill([left, left + 138, left + 138, left], [30, 30, 132, 132], facecolor="#F5F6F8",
                edgecolor="#8A8F98")
        ax.text(left, 18, title, fontsize=10, weight="bold", va="center", color=INK)
        if k < 2:
            ax.annotate("", (left + 162, 81), (left + 140, 81),
                        arrowprops={"arrowstyle": "-|>", "color": "#333840"})
    pen = {"color": plots.COLORS["prediction"], "linewidth": 4, "solid_capstyle": "round"}
    for k, angle in enumerate((0, 0.8, np.pi / 2)):
        dx, dy = 16 * np.cos(angle), 16 * np.sin(angle)
        ax.plot([38 + 43 * k - dx, 38 + 43 * k + dx], [81 + dy, 81 - dy], **pen)
    turn = np.linspace(0, 2 * np.pi, 60)
    ax.plot(214 + 20 * np.cos(turn), 81 + 20 * np.sin(turn), **pen)
    ax.plot([258, 258, 292], [62, 100, 100], **pen)
    for y, r in ((62, 17), (100, 21)):
        ax.plot(409 + r * np.cos(turn), y + r * np.sin(turn), **pen)
    ax.text(12, 156, "Illustrative. For text: word patterns, then phrases, then meaning.",
            fontsize=9.5, va="center", color="#333840")
    return widgets.frame(
        figure, colours=16,
        alt="Illustration of a tendency in image networks: first layers respond to edges (three "
            "strokes), middle layers to parts (a loop, a corner), last layers to objects (an 8). "
            "For text: word patterns, then phrases, then meaning.",
    )
