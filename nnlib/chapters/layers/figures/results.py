"""Pictures of what the cells of the chapter compute."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK, squares
from nnlib.widgets import plots


def photo_frame(crop, edges):
    """Draw a grey crop of a photograph, and the size of its horizontal slope."""
    figure, (left, right) = plots.figure(490, 250, ncols=2, layout="none")
    figure.subplots_adjust(left=0.01, right=0.99, bottom=0.02, top=0.89, wspace=0.04)
    left.imshow(crop, cmap="gray")
    strong = max(float(np.quantile(np.abs(edges), 0.98)), 1e-9)      # a few edges outshine all
    right.imshow(np.abs(edges), cmap="gray", vmin=0, vmax=strong)
    left.set_title(f"photograph {crop.shape[0]}×{crop.shape[1]}")
    right.set_title(f"|output| {edges.shape[0]}×{edges.shape[1]}")
    for ax in (left, right):
        ax.axis("off")
    return widgets.frame(
        figure, colours=16,
        alt=f"Left, a crop of {crop.shape[0]} by {crop.shape[1]} pixels of a Chinese temple in "
            f"grey. Right, the size of what the edge kernel gives, {edges.shape[0]} by "
            f"{edges.shape[1]}: bright at upright edges such as pillars, dark in flat sky.",
    )


def embedding_frame(characters, vectors):
    """Draw characters at their learned places in the plane."""
    figure, ax = plots.figure(480, 330, layout="none")
    figure.subplots_adjust(left=0.09, right=0.97, bottom=0.12, top=0.92)
    for c, (x, y) in zip(characters, vectors, strict=True):
        vowel = c in "aeiou"
        ax.text(x, y, {" ": "␣"}.get(c, c), ha="center", va="center", fontsize=11,
                color=plots.TEXT_COLORS["loss" if vowel else "prediction"],
                weight="bold" if vowel else "normal")
    ax.set(xlim=(vectors[:, 0].min() - 0.5, vectors[:, 0].max() + 0.5),
           ylim=(vectors[:, 1].min() - 0.5, vectors[:, 1].max() + 0.5),
           title="learned places of characters, vowels bold")
    shown = np.round(vectors, 1) + 0.0                                # no minus zero
    spelt = ", ".join(f"{c!r} ({x:.1f}, {y:.1f})" for c, (x, y) in
                      zip(characters, shown, strict=True) if c in "aeiou ")
    return widgets.frame(figure, colours=16, alt=f"Characters in the plane. {spelt}.")


def gradients_frame(norms):
    """Draw gradient norms layer by layer; `norms` maps a name to one number a layer."""
    figure, ax = plots.figure(480, 250, layout="none")
    figure.subplots_adjust(left=0.12, right=0.86, bottom=0.18, top=0.9)
    roles = ("loss", "prediction", "gradient")
    for role, (name, values) in zip(roles, norms.items(), strict=False):
        layers = np.arange(1, len(values) + 1)
        ax.semilogy(layers, values, **plots.role(role))
        beside = {"xytext": (4, -11)} if role == "gradient" else {}     # clear of the first
        plots.direct_label(ax, layers[-1], values[-1], name, role, **beside)
    ax.set(xlabel="layer, counted from the input", title="length of the weight gradient",
           xlim=(1, len(values)))
    ax.set_xticks([1, 5, 10, 15, 20])
    ends = "; ".join(f"{name}: {values[0]:.1e} in layer 1, {values[-1]:.1e} in layer {len(values)}"
                     for name, values in norms.items())
    return widgets.frame(figure, colours=16, alt=f"Gradient length for each layer. {ends}.")


def sizes_frame(depths, widths, accuracy):
    """Draw validation accuracy over depth and width."""
    side, left, top = 56, 150, 34
    figure, ax = plots.canvas(490, top + side * len(depths) + 8)
    squares(ax, 100 * accuracy, left, top, side, form=lambda v: f"{v:.1f}", size=10)
    ax.text(left - 8, 20, "units in each", ha="right", fontsize=9, va="center",
            color=INK)
    for j, width in enumerate(widths):
        ax.text(left + side * (j + 0.5), 20, str(width), ha="center", va="center", fontsize=10,
                color=INK)
    for i, depth in enumerate(depths):
        ax.text(left - 8, top + side * (i + 0.5),
                f"{depth} hidden layer" + ("s" if depth > 1 else ""), ha="right", va="center",
                fontsize=9.5, color=INK)
    return widgets.frame(figure, colours=24, alt="Validation accuracy in per cent: " + "; ".join(
        f"{depth} hidden, width {width}: {100 * accuracy[i, j]:.1f}"
        for i, depth in enumerate(depths) for j, width in enumerate(widths)) + ".")
