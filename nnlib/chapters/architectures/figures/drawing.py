"""What the pictures of this chapter share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots

INK = "#14171C"
ROLES = {                       # a colour, a line and a mark for each network, in every picture
    "MLP": "loss", "CNN": "prediction",
    "RNN": "loss", "LSTM": "prediction", "LSTM, gates open": "prediction",
    "Transformer": "gradient", "1-D convolution": "weight",
    "no positions": "muted",
    "plain": "loss", "normalised": "weight", "with shortcuts": "prediction",
}
MARKS = dict(zip(ROLES, "ososP^DvsD^", strict=True))


def picture(ax, values, low, high, cmap="cividis"):
    """Draw an array as squares, without ticks."""
    ax.imshow(values, cmap=cmap, vmin=low, vmax=high, interpolation="nearest", aspect="auto")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)


def place(figure, left, top, width, height):
    """Axes at a place in pixels, from the top left."""
    across, down = figure.get_size_inches() * figure.dpi
    return figure.add_axes([left / across, 1 - (top + height) / down, width / across,
                            height / down])


def word(ax, x, y, text, size=9.5, **options):
    """Write a word that begins at the point (x, y) of a canvas."""
    options = {"ha": "left", "va": "center", "color": INK} | options
    ax.text(x, y, text, fontsize=size, zorder=5, **options)


def box(ax, left, top, width, height, text, face="white", size=9.5):
    """Draw a box with a few words in its middle."""
    ax.fill([left, left + width, left + width, left], [top, top, top + height, top + height],
            facecolor=face, edgecolor="#333840", linewidth=1, zorder=3)
    word(ax, left + width / 2, top + height / 2, text, size, ha="center")


def arrow(ax, start, end):
    """Draw an arrow from one point to another."""
    ax.annotate("", end, start, zorder=2, arrowprops={
        "arrowstyle": "-|>", "color": "#333840", "shrinkA": 0, "shrinkB": 0})


def runs(ax, x, values, name, label=None, at=-1, **options):
    """Draw single runs faintly and their mean as a line, labelled at one of its points."""
    role, values = ROLES[name], np.asarray(values)
    for run in values:
        ax.plot(x, run, **plots.role(role, alpha=0.35, linewidth=0.9))
    mean = values.mean(axis=0)
    ax.plot(x, mean, **plots.role(role))
    if label:
        plots.direct_label(ax, x[at], mean[at], label, role, **options)


def spread(values, digits=2):
    """The smallest and the largest of some numbers."""
    low, high = (f"{value:.{digits}f}" for value in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"
