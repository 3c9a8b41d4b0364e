"""Arrays drawn as squares with their numbers, and what else diagrams of layers share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots

INK, PAPER = "#14171C", "#FFFFFF"


def squares(ax, values, left, top, side, *, low=None, high=None, form=None, title="", size=8,
            lines=True):
    """Draw a 2-D array as squares, dark for low and light for high, with its numbers.

    `form` writes a number, and None leaves the numbers out; so does `lines` those between squares.
    """
    values = np.asarray(values, dtype=float)
    rows, columns = values.shape
    low = values.min() if low is None else low
    high = values.max() if high is None else high
    high = high if high > low else low + 1
    box = (left, left + columns * side, top + rows * side, top)
    ax.imshow(values, extent=box, cmap="cividis", vmin=low, vmax=high, interpolation="nearest",
              aspect="auto", zorder=1)
    if lines:
        ys, xs = top + side * np.arange(rows + 1), left + side * np.arange(columns + 1)
        ax.hlines(ys, box[0], box[1], color=PAPER, linewidth=0.6, zorder=2)
        ax.vlines(xs, box[3], box[2], color=PAPER, linewidth=0.6, zorder=2)
    if title:
        ax.text(left, top - 6, title, fontsize=9.5, color=INK, ha="left", va="bottom")
    if form is None:
        return
    for (i, j), value in np.ndenumerate(values):
        light = (value - low) / (high - low) > 0.5
        ax.text(left + (j + 0.5) * side, top + (i + 0.5) * side, form(value), ha="center",
                va="center_baseline", fontsize=size, color=INK if light else PAPER, zorder=3)


def outline(ax, left, top, width, height, color=plots.COLORS["loss"]):
    """Draw a thick frame around a region."""
    xs = [left, left + width, left + width, left, left]
    ys = [top, top, top + height, top + height, top]
    ax.plot(xs, ys, color=color, linewidth=2.4, zorder=4, solid_joinstyle="miter")


def brief(value):
    """A number in as few characters as it takes: 12, -4, 0.3."""
    return f"{round(value)}" if abs(value - round(value)) < 1e-9 else f"{value:.1f}"


def box(ax, x, y, width, height, text="", face="white", size=9, weight="normal"):
    """Draw a box around the point (x, y), with a word or two inside."""
    xs = [x - width / 2, x + width / 2, x + width / 2, x - width / 2]
    ys = [y - height / 2, y - height / 2, y + height / 2, y + height / 2]
    ax.fill(xs, ys, facecolor=face, edgecolor="#333840", linewidth=1, zorder=3)
    if text:
        word(ax, x, y, text, size=size, weight=weight)


def word(ax, x, y, text, size=9, **options):
    """Write a word centred on the point (x, y)."""
    options = {"ha": "center", "color": INK} | options
    ax.text(x, y, text, fontsize=size, va="center", zorder=5, **options)


def arrow(ax, start, end, color="#333840", **options):
    """Draw an arrow from one point to another."""
    style = {"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 0} | options
    ax.annotate("", end, start, arrowprops=style, zorder=2)


def path(ax, *points, color="#333840"):
    """Draw a line through points that ends in an arrow."""
    xs, ys = zip(*points[:-1], strict=True)
    ax.plot(xs, ys, color=color, linewidth=1, zorder=2, solid_joinstyle="miter")
    arrow(ax, points[-2], points[-1], color=color)
