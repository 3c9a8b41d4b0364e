"""One picture in the company of others: what batch normalisation makes of it."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots

SIZES = (1, 2, 8, 64)
ROW = 66                                   # a 2 that fares as most 2s do, in five of five seeds


def answer(model, company, size, mode):
    """Probabilities for the row `ROW`; only the mode of batch norm differs (no dropout at all).

    None where training mode refuses: one row has no variance.
    """
    try:
        logits = study.logits_beside(model, ROW, company, size, mode=mode)
    except ValueError:
        return None
    return nn.softmax(logits, axis=-1)


def neighbours_explorer(model):
    """Return the explorer of batch size × mode × neighbours."""
    _, y = study.digits()[1]
    kept = study.results()

    def draw(size, mode, company):
        p = answer(model, company, size, mode)
        figure, axes = plots.figure(480, 190, ncols=2, layout="none",
                                    gridspec_kw={"width_ratios": [1, 1.5]})
        figure.subplots_adjust(left=0.02, right=0.985, bottom=0.13, top=0.84, wspace=0.16)
        rows = study.beside(ROW, company, size)
        wall = np.zeros((32, 32))
        for i, row in enumerate(rows[:16]):
            wall[8 * (i // 4):8 * (i // 4) + 8, 8 * (i % 4):8 * (i % 4) + 8] = row.reshape(8, 8)
        axes[0].imshow(wall, cmap="gray_r", vmin=0, vmax=16)
        axes[0].add_patch(plots.plt.Rectangle((-0.5, -0.5), 8, 8, fill=False, linewidth=2,
                                              edgecolor=plots.COLORS["loss"]))
        axes[0].set(xticks=[], yticks=[])
        axes[0].spines[:].set_visible(True)
        shown = "" if size <= 16 else " (16 shown)"
        axes[0].set_title(f"rows: {size}{shown}", fontsize=9.5)
        if p is None:
            axes[1].axis("off")
            axes[1].text(0.5, 0.5, "an error: one row\nhas no variance", ha="center",
                         va="center", fontsize=12, transform=axes[1].transAxes)
            said = "an error: one row has no variance"
        else:
            drawing.draw_probabilities(axes[1], p, int(y[ROW]), "the framed picture")
            said = f"{int(p.argmax())}, with {p.max():.2f}"
        share = ("none" if p is None else
                 drawing.spread(kept["twos read"][company][str(size)]) if mode == "training" else
                 drawing.spread(kept["twos in evaluation mode"]))
        return widgets.frame(
            figure, colours=20, text={"Says": said, "Of all 2s, read as a 2 (five seeds)": share},
            alt=f"Batch of {size}, neighbours {company}, batch norm in {mode} mode. For the framed "
                f"picture, a {y[ROW]}, the network says: {said}. Of all validation 2s, each in "
                f"such company, {share} are read as a 2, five seeds.")

    return widgets.Explorer(
        draw, {"size": widgets.Choice("Rows in the batch", SIZES, kind="toggle"),
               "mode": widgets.Choice("Mode", drawing.MODES, kind="toggle"),
               "company": widgets.Choice("Neighbours", study.COMPANY)},
        default={"size": 64, "mode": "evaluation"}, name="In whose company?")
