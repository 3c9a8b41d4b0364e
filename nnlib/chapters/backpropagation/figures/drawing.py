"""Circles, boxes, arrows and numbers: what the diagrams of this chapter are made of."""

from __future__ import annotations

from matplotlib import patheffects
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nnlib.widgets import plots

INK = "#14171C"


def short(value, digits=3):
    """A number with a true minus sign and a fixed number of decimals; tiny ones as powers."""
    if value != 0 and abs(value) < 0.5 * 10**-digits:
        return f"{value:.0e}".replace("e-0", "e-").replace("-", "−")
    return f"{value:.{digits}f}".replace("-", "−")


def node(ax, x, y, text, *, width=46, height=30, face="white", edge="muted", active=False, size=10):
    """Draw a rounded box with a name in it; an active one has a thick edge."""
    ax.add_patch(FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=7",
        facecolor="#FFF3E0" if active else face,
        edgecolor=plots.COLORS["loss"] if active else plots.COLORS[edge],
        linewidth=2.2 if active else 1.2, zorder=3))
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=INK, zorder=4)


def word(ax, x, y, text, role=None, size=9.5, color=INK, **options):
    """Write text centred on a point, in the ink or in a role's colour, with a white rim."""
    color = color if role is None else plots.TEXT_COLORS[role]
    rim = [] if color == "white" else [patheffects.withStroke(linewidth=2.5, foreground="white")]
    ax.text(x, y, text, fontsize=size, color=color, zorder=5, path_effects=rim,
            **{"ha": "center", "va": "center"} | options)


def arrow(ax, start, end, color="#5A5F68", bend=0.0, width=1.1, **options):
    """Draw an arrow from one point to another; `bend` curves it."""
    ax.add_patch(FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=10, linewidth=width, color=color, shrinkA=0,
        shrinkB=0, connectionstyle=f"arc3,rad={bend}", zorder=2, **options))
