"""One look for every plot: roles with a colour, a line and a marker each.

Colours are Okabe and Ito's, which people with any colour vision can tell apart; each role also has
a line style and a marker of its own, so a plot in grey still reads. Curves are labelled where they
are, not in a legend. Sizes are chosen so that a plot reads at the width of a phone.
"""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib import patheffects

COLORS = {
    "data": "#000000",
    "prediction": "#0072B2",
    "loss": "#D55E00",
    "gradient": "#009E73",
    "weight": "#CC79A7",
    "muted": "#8A8F98",
}
# The same hues, dark enough for small text on white (4.5 : 1 or more).
TEXT_COLORS = {
    "data": "#000000",
    "prediction": "#00629B",
    "loss": "#A84A00",
    "gradient": "#00704F",
    "weight": "#9C3F72",
    "muted": "#5A5F68",
}
LINES = {
    "data": {"linestyle": "none", "marker": "o", "markersize": 4},
    "prediction": {"linestyle": (0, (6, 1.5)), "marker": ""},
    "loss": {"linestyle": "-", "marker": ""},
    "gradient": {"linestyle": "-.", "marker": ""},
    "weight": {"linestyle": (0, (1.5, 1)), "marker": ""},
    "muted": {"linestyle": ":", "marker": "", "linewidth": 1.2},
}
DPI = 100
STYLE = {
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "axes.facecolor": "white",
    "axes.edgecolor": "#8A8F98",
    "axes.labelcolor": "#333840",
    "axes.titlecolor": "#14171C",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E6E8EC",
    "grid.linewidth": 0.8,
    "xtick.color": "#8A8F98",
    "ytick.color": "#8A8F98",
    "xtick.labelcolor": "#333840",
    "ytick.labelcolor": "#333840",
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "font.size": 10,
    "font.family": "DejaVu Sans",
    "lines.linewidth": 2,
    "image.cmap": "cividis",
    "legend.frameon": False,
}


def use_style():
    """Use the course's style for every plot of this session."""
    mpl.rcParams.update(STYLE)


def figure(width=500, height=300, ncols=1, nrows=1, **options):
    """Return a figure in the course's style, and its axes.

    The style stays on (`use_style`): titles and ticks that are set later take it too.

    Parameters
    ----------
    width, height : int
        Size in pixels; 500 by 300 holds two panels side by side and reads on a phone.
    ncols, nrows : int
        The grid of axes.
    **options
        Passed on to `matplotlib.pyplot.subplots`.

    Returns
    -------
    (Figure, Axes or array of Axes)
    """
    use_style()
    return plt.subplots(nrows, ncols, figsize=(width / DPI, height / DPI), dpi=DPI, **options)


def canvas(width, height):
    """Return a figure for a diagram: one axes without frame, a pixel its unit, y downwards."""
    drawing, ax = figure(width, height, layout="none")
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return drawing, ax


def role(name, **options):
    """Return the plot arguments of a role: ``ax.plot(x, y, **plots.role("loss"))``.

    Draw faint repeats of a run with ``plots.role("loss", alpha=0.4, linewidth=1)``.

    Raises
    ------
    ValueError
        If the role is unknown.
    """
    return {"color": _of(COLORS, name), **LINES[name], **options}


def direct_label(ax, x, y, text, role="muted", **options):
    """Write `text` beside the point (x, y) in the role's colour, dark enough to read.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    x, y : float
        The point in data units; the text starts 4 points to the right of it.
    text : str
    role : str
        One of the keys of `COLORS`.
    **options
        Passed on to `Axes.annotate` (for example ``ha="right"`` or ``xytext=(0, 8)``).

    Returns
    -------
    matplotlib.text.Annotation
    """
    arguments = {"xytext": (4, 0), "ha": "left", "va": "center", "fontsize": 9.5} | options
    label = ax.annotate(
        text, (x, y), textcoords="offset points", color=_of(TEXT_COLORS, role),
        annotation_clip=False, **arguments,
    )
    # A white rim keeps the words readable where they cross a line.
    label.set_path_effects([patheffects.withStroke(linewidth=3, foreground="white")])
    return label


def _of(table, name):
    if name not in table:
        raise ValueError(f"expected a role out of {', '.join(table)}, got {name!r}")
    return table[name]
