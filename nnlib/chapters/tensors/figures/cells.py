"""Arrays as boxes with numbers in them, in pixels of the picture; what several figures share."""

from __future__ import annotations

from matplotlib.patches import Rectangle

# Tints of the three channels: as light as paper with text must be, and three different greys.
TINTS = ("#F0A988", "#BEE3D3", "#E4EEF8")
INK, FAINT, LINE = "#14171C", "#8A8F98", "#8A8F98"


def cell(ax, x, y, width, height, text="", *, fill="white", ink=INK, edge=LINE, line=0.7,
         size=8.5, style="-", weight="normal"):
    """Draw one box with its upper left corner at (x, y)."""
    # Not add_patch, which works out the limits of the axes anew for every box.
    ax.add_artist(Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=line,
                            linestyle=style))
    if text:
        ax.text(x + width / 2, y + height / 2 + 0.5, text, ha="center", va="center", fontsize=size,
                color=ink, fontweight=weight)


def words(ax, x, y, text, *, size=9.5, color=INK, **options):
    """Write text whose upper left corner is at (x, y)."""
    ax.text(x, y, text, fontsize=size, color=color, **({"ha": "left", "va": "top"} | options))


def number(value):
    """Write a number short: whole where it is whole, else one decimal."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"
