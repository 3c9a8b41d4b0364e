"""Drawings: queries, keys and values on their way through heads, a block, and positions."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import arrow, box, path, word
from nnlib.widgets import plots

DENSE, NORM, MIX = "#E3F0F8", "#F0F1F3", "#FBE9DC"


def heads_frame():
    """Draw the shapes on the way from x to y, for n positions, width d and h heads."""
    figure, ax = plots.canvas(480, 250)
    word(ax, 30, 108, "x", 12, weight="bold")
    word(ax, 30, 124, "(n, d)", 9)
    for k, (name, title) in enumerate((("Q", "queries"), ("K", "keys"), ("V", "values"))):
        y = 46 + 62 * k
        path(ax, (44, 108), (56, 108), (56, y), (70, y))
        box(ax, 98, y, 56, 28, "Dense", DENSE, 9.5)
        arrow(ax, (126, y), (146, y))
        word(ax, 150, y - 7, f"{name}: {title}", 9.5, ha="left")
        word(ax, 150, y + 8, "h × (n, d/h)", 9, ha="left")
    box(ax, 286, 78, 84, 40, "", MIX)
    word(ax, 286, 70, r"softmax of", 9)
    word(ax, 286, 86, r"$QK^\top / \sqrt{d/h}$", 9.5)
    path(ax, (222, 46), (236, 46), (236, 70), (244, 70))
    path(ax, (222, 108), (236, 108), (236, 88), (244, 88))
    word(ax, 248, 112, "weights h × (n, n)", 9, ha="left")
    box(ax, 372, 170, 60, 28, "@", MIX, 10)
    path(ax, (328, 78), (372, 78), (372, 156))
    path(ax, (222, 170), (342, 170))
    word(ax, 372, 198, "h × (n, d/h)", 9)
    word(ax, 372, 212, "joined: (n, d)", 9)
    path(ax, (402, 170), (440, 170), (440, 124))
    box(ax, 440, 110, 56, 28, "Dense", DENSE, 9.5)
    arrow(ax, (440, 96), (440, 66))
    word(ax, 440, 38, "y", 12, weight="bold")
    word(ax, 440, 54, "(n, d)", 9)
    word(ax, 240, 238, "d = 512 and h = 8: each head works with vectors of 64 numbers", 9.5)
    return widgets.frame(
        figure, colours=24,
        alt="Multi-head attention. Three dense layers make queries Q, keys K and values V of x, "
            "(n, d), and each is cut into h heads of width d/h. Per head, the softmax of Q K "
            "transposed over the root of d/h gives weights (n, n); times V they give (n, d/h). "
            "The heads are joined to (n, d) and go through a fourth dense layer.",
    )


def _stack(ax, left, title, parts):
    """Draw one block from the bottom up; a part is (word, face) or "+" where a shortcut ends."""
    x, y = left + 74, 332
    word(ax, x, 348, "x", 11, weight="bold")
    start = y
    for part in parts:
        top = y - 34
        arrow(ax, (x, y), (x, top + 13 if part != "+" else top + 9))
        if part == "+":
            ax.plot(x, top, "o", markersize=17, markerfacecolor="white", markeredgecolor="#333840",
                    zorder=3)
            word(ax, x, top, "+", 12)
            path(ax, (x, start - 4), (left + 4, start - 4), (left + 4, top), (x - 9, top))
            start, y = top - 9, top - 9
        else:
            box(ax, x, top, 104, 25, part[0], part[1], 9.5)
            y = top - 13
            if part[0] == "LayerNorm" and title.startswith("post"):
                start = y
    arrow(ax, (x, y), (x, y - 16))
    word(ax, x, y - 24, "y", 11, weight="bold")
    word(ax, x, 12, title, 10, weight="bold")


def block_frame():
    """Draw one block with the normalisation before each half, and after."""
    figure, ax = plots.canvas(360, 358)
    norm, attention = ("LayerNorm", NORM), ("attention", MIX)
    forward = ("feed-forward", DENSE)
    _stack(ax, 8, "pre-norm", [norm, attention, "+", norm, forward, "+"])
    _stack(ax, 190, "post-norm", [attention, "+", norm, forward, "+", norm])
    return widgets.frame(
        figure, colours=24,
        alt="Two Transformer blocks from x at the bottom to y. Pre-norm: LayerNorm, attention, "
            "plus the shortcut from x; LayerNorm, feed-forward, plus the shortcut. Post-norm: "
            "attention, plus the shortcut, LayerNorm; feed-forward, plus the shortcut, LayerNorm. "
            "Only in pre-norm does a way lead from x to y past every layer.",
    )


def positions(length=48, width=16):
    """The pattern that the library adds, (length, width)."""
    zeros = np.zeros((1, length, width))
    return nn.PositionalEncoding(length, width)(zeros)[0]


def positions_frame():
    """Draw the vectors of 48 positions, one a column."""
    table = positions()
    figure, ax = plots.figure(440, 220, layout="none")
    figure.subplots_adjust(left=0.12, right=0.97, bottom=0.19, top=0.88)
    ax.imshow(table.T, cmap="cividis", vmin=-1, vmax=1, aspect="auto", interpolation="nearest")
    ax.set(xlabel="position t", ylabel="entry", title="what is added: −1 dark, 1 light")
    ax.grid(visible=False)
    return widgets.frame(
        figure, colours=32,
        alt=f"Positional encoding of {table.shape[0]} positions, {table.shape[1]} numbers each. "
            f"The first two entries turn fastest: sin t is {table[1, 0]:.2f} at position 1 and "
            f"{table[2, 0]:.2f} at 2; the last ones hardly move: "
            f"{table[1, -1]:.2f} and {table[-1, -1]:.2f} at positions 1 and {len(table) - 1}.",
    )
