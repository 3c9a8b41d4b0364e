"""Boxes and arrows: what the diagrams of this chapter are made of."""

from __future__ import annotations

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from nnlib.widgets import plots

PAPER = {"plain": "#FFFFFF", "training": "#FBEBDD", "always": "#E3EFF7"}


def canvas(width, height):
    """Return a figure whose one axes has the unit of a pixel, y upwards, and no frame."""
    figure, ax = plots.canvas(width, height)
    ax.invert_yaxis()
    return figure, ax


def box(ax, x, y, width, height, text, kind="plain", edge="muted", **options):
    """Draw a rounded box centred at (x, y) with text in it."""
    ax.add_patch(FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=6",
        facecolor=PAPER[kind], edgecolor=plots.COLORS[edge], linewidth=1.4, zorder=3,
    ))
    ax.text(x, y, text, ha="center", va="center", zorder=4, **{"fontsize": 9.5} | options)


def arrow(ax, start, end, role="data", bend=0.0, **options):
    """Draw an arrow from start to end; `bend` curves it."""
    ax.add_patch(FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=11, linewidth=1.3, shrinkA=0, shrinkB=0,
        color=plots.COLORS[role], connectionstyle=f"arc3,rad={bend}", zorder=2, **options,
    ))


def area(ax, left, bottom, width, height, text, kind="training", place="left"):
    """Shade a part of the diagram and name it in its upper left (or right) corner."""
    ax.add_patch(FancyBboxPatch(
        (left, bottom), width, height, boxstyle="round,pad=0,rounding_size=8",
        facecolor=PAPER[kind], edgecolor="none", zorder=0,
    ))
    role = "loss" if kind == "training" else "prediction"
    x = left + 8 if place == "left" else left + width - 78
    ax.text(x, bottom + height - 7, text, ha="left" if place == "left" else "right", va="top",
            fontsize=9, color=plots.TEXT_COLORS[role], weight="bold")
