"""One row and many: time of a call, and rows in a second."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.widgets import plots

VIEWS = ("rows per second", "milliseconds per call")


def throughput_explorer():
    """Return the explorer of what is measured × batch size, both paths in every frame."""
    kept = study.results()["milliseconds"]
    sizes = tuple(map(int, kept["numpy"]))

    def draw(view, size):
        figure, ax = plots.figure(480, 250, layout="none")
        figure.subplots_adjust(left=0.13, right=0.84, bottom=0.19, top=0.88)
        text = {}
        for name, role in (("numpy", "prediction"), ("torch", "loss")):
            took = np.array([kept[name][str(n)] for n in sizes])
            values = 1000 * np.array(sizes) / took if view == VIEWS[0] else took
            ax.plot(sizes, values, **plots.role(role))
            at = sizes.index(size)
            ax.plot(size, values[at], "o", color=plots.COLORS[role], markersize=7)
            plots.direct_label(ax, sizes[-1], values[-1], name, role,
                               xytext=(6, 7 if name == "numpy" else -7))
            text[name] = (f"{values[at]:,.0f} rows per second" if view == VIEWS[0]
                          else f"{values[at]:.3g} ms per call")
        ax.set(xscale="log", yscale="log", xlabel="rows in a call", title=view)
        ax.set_xticks([1, 4, 16, 64, 256, 1024], ["1", "4", "16", "64", "256", "1024"])
        ax.minorticks_off()
        if view == VIEWS[0]:
            ax.set_ylim(8e3, 3e5)
        else:
            ax.set_ylim(0.02, 40)
        return widgets.frame(
            figure, colours=16, text=text,
            alt=f"One row and many, {view}, {size} rows in a call: numpy {text['numpy']}, "
                f"torch {text['torch']}.")

    return widgets.Explorer(
        draw, {"view": widgets.Choice("Look at", VIEWS, kind="toggle"),
               "size": widgets.Choice("Rows in a call", sizes)},
        default={"view": VIEWS[0], "size": 1}, name="One row and many")
