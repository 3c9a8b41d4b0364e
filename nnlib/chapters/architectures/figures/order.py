"""An MLP and a CNN of equal size, on digits with their pixels in order and shuffled."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

DIGIT = 3


def accuracies(kind, order, rows):
    """Test accuracy of all seeds, in per cent."""
    return 100 * np.array(study.results()["order"][f"{kind}, {order}, {rows}"]["accuracy"])


def order_frame(order, rows):
    """Draw one digit as the networks get it, and what both reach on new ones."""
    image = study.digits.parts()[0][0][DIGIT:DIGIT + 1]
    image = image if order == "in order" else study.digits.shuffled(image)
    figure, axes = plots.figure(480, 200, ncols=2, layout="none",
                                gridspec_kw={"width_ratios": [1, 2.1]})
    figure.subplots_adjust(left=0.02, right=0.95, bottom=0.22, top=0.86, wspace=0.32)
    drawing.picture(axes[0], image.reshape(8, 8), 0, 1)
    axes[0].set_title(f"pixels {order}", fontsize=10)
    text = {}
    for y, kind in enumerate(("MLP", "CNN")):
        found = accuracies(kind, order, rows)
        axes[1].plot(found, np.full(len(found), y), drawing.MARKS[kind], alpha=0.4, markersize=6,
                     color=plots.COLORS[drawing.ROLES[kind]])
        plots.direct_label(axes[1], found.mean(), y - 0.2, f"{found.mean():.1f}",
                           drawing.ROLES[kind], ha="center")
        text[f"{kind}, mean of {len(found)} seeds"] = (
            f"{found.mean():.1f} % right ({drawing.spread(found, 1)})")
    axes[1].set(xlim=(70, 100), ylim=(1.5, -0.6), xlabel="% of 360 new digits right")
    axes[1].set_yticks([0, 1], ["MLP", "CNN"])
    axes[1].set_title(f"{rows:,} training images", fontsize=10)
    return widgets.frame(
        figure, colours=24, text=text,
        alt=f"Pixels {order}, {rows:,} training images: " + "; ".join(
            f"{name} {said}" for name, said in text.items()) + ".")


def order_explorer():
    """Return the explorer of the order of the pixels and the number of training images."""
    return widgets.Explorer(
        order_frame,
        {"order": widgets.Choice("Pixels", study.digits.ORDERS, kind="toggle"),
         "rows": widgets.Choice("Training images", study.digits.ROWS, kind="toggle")},
        default={"rows": 320}, name="What the order of the pixels is worth")
