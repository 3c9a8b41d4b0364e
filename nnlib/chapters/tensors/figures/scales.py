"""Two features before and after standardising."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def scales_frame(before, after, names):
    """Draw histograms of two features, (rows, 2) each, raw and standardised."""
    figure, (left, right) = plots.figure(480, 250, ncols=2, layout="none")
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.17, top=0.9, wspace=0.2)
    roles = ("loss", "prediction")
    for ax, table, title in ((left, before, "as measured"), (right, after, "standardised")):
        bins = np.linspace(table.min(), table.max(), 25)
        for column, role in enumerate(roles):
            counts, _ = np.histogram(table[:, column], bins)
            style = plots.role(role)
            ax.stairs(counts, bins, color=style["color"], linestyle=style["linestyle"],
                      linewidth=1.8)
            # Right of the last tall bar; on the right, the second one left of its highest.
            tall = np.flatnonzero(counts > counts.max() / 2)
            bar, side = (counts.argmax(), "right") if column and ax is right else (tall[-1], "left")
            edge = bins[bar] - 0.1 if side == "right" else bins[bar + 1]
            plots.direct_label(ax, edge, counts[bar], names[column], role, ha=side,
                               xytext=(-2 if side == "right" else 4, 3))
        ax.set(title=title, xlabel="value")
        ax.set_ylim(bottom=0)
    left.set_ylabel("wines")
    said = "; ".join(
        f"{name} from {before[:, i].min():.1f} to {before[:, i].max():.1f}, standardised from "
        f"{after[:, i].min():.1f} to {after[:, i].max():.1f}" for i, name in enumerate(names))
    return widgets.frame(
        figure, colours=24,
        alt=f"Histograms of two measurements of {len(before)} wines. {said}. On one axis the first "
            "is a single spike beside 0 before standardising; after it the two overlap.",
    )
