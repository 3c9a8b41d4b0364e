"""Which numbers share a mean: batch normalisation and layer normalisation; and where to put one."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import outline, word
from nnlib.widgets import plots

PLAIN, MARKED = "#DDE2E8", "#0072B2"
GOOD = 0.6                       # no run ends near it, whatever the processor rounds


def _cell(ax, x, y, side, marked):
    ax.fill([x, x + side, x + side, x], [y, y, y + side, y + side], edgecolor="white",
            linewidth=1.2, facecolor=MARKED if marked else PLAIN)


def axes_frame():
    """Draw a table with one column, one row marked; and maps with one channel marked."""
    figure, ax = plots.canvas(480, 206)
    for k, (title, marked) in enumerate((("batch norm", lambda i, j: j == 1),
                                         ("layer norm", lambda i, j: i == 1))):
        left = 34 + 146 * k
        word(ax, left, 16, title, 10.5, ha="left", weight="bold")
        word(ax, left, 34, "4 rows × 4 features", 9, ha="left")
        for i in range(4):
            for j in range(4):
                _cell(ax, left + 26 * j, 46 + 26 * i, 26, marked(i, j))
    outline(ax, 34 + 26, 46, 26, 104)
    outline(ax, 180, 46 + 26, 104, 26)
    for x, first, second in ((86, "per feature,", "over the batch"),
                             (232, "per row,", "over its features"),
                             (390, "per channel, over the", "batch and all positions")):
        word(ax, x, 166, first, 9)
        word(ax, x, 181, second, 9)
    word(ax, 326, 16, "batch norm, maps", 10.5, ha="left", weight="bold")
    word(ax, 326, 34, "4 images × 3 channels", 9, ha="left")
    for i in range(4):
        for c in range(3):
            for p in range(3):
                for q in range(3):
                    _cell(ax, 330 + 42 * c + 9 * q, 48 + 27 * i + 8 * p, 8, c == 1)
    outline(ax, 368, 45, 36, 108)
    return widgets.frame(
        figure, colours=16,
        alt="Which numbers share one mean and one variance. Batch norm of 4 rows with 4 features: "
            "one column, 4 numbers. Layer norm: one row, 4 numbers. Batch norm of maps, 4 images "
            "of 3 by 3 pixels with 3 channels: one channel of all images at all positions, "
            "36 numbers.",
    )


def placement_frame(names, accuracy):
    """Draw validation accuracy for each setting; `accuracy` maps a place to (settings, seeds)."""
    figure, ax = plots.figure(480, 260, layout="none")
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.2, top=0.88)
    looks = (("data", "o"), ("prediction", "^"), ("loss", "s"))
    for k, ((place, runs), (kind, marker)) in enumerate(zip(accuracy.items(), looks, strict=True)):
        x = np.arange(len(names)) + 0.22 * (k - 1)
        color = plots.COLORS["muted" if kind == "data" else kind]
        ax.plot(np.repeat(x, runs.shape[1]), runs.ravel(), linestyle="none", marker=marker,
                markersize=5, color=color, alpha=0.85)
        ax.bar(x, runs.mean(axis=1), width=0.18, color=color, alpha=0.25)
        ax.plot(0.6 + 1.55 * k, 1.13, marker=marker, color=color, clip_on=False)
        ax.text(0.68 + 1.55 * k, 1.13, place, fontsize=9.5, va="center",
                color=plots.TEXT_COLORS["muted" if kind == "data" else kind])
    ax.set(ylim=(0, 1.02))
    ax.set_xticks(range(len(names)), names, fontsize=9)
    ax.axhline(0.1, **plots.role("muted"))
    ax.text(-0.62, 1.13, "accuracy:", fontsize=9.5, va="center")
    ax.grid(axis="x", visible=False)
    says = "; ".join(
        f"{name}: " + ", ".join(
            f"{place} {np.sum(runs[i] > GOOD)}" for place, runs in accuracy.items())
        for i, name in enumerate(names))
    return widgets.frame(figure, colours=24, alt="Validation accuracy of three seeds. How many of "
                         f"them got above {100 * GOOD:.0f} per cent: {says}.")
