"""What length costs: operations counted, and time measured."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.widgets import plots

WIDTHS = (16, 64, 256, 1024)
LENGTHS = np.array([4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096])


def cost_frame(width):
    """Draw n²d and nd² over the length, both axes logarithmic."""
    figure, ax = plots.figure(460, 250, layout="none")
    figure.subplots_adjust(left=0.14, right=0.72, bottom=0.2, top=0.88)
    attention, recurrent = LENGTHS**2.0 * width, LENGTHS * float(width) ** 2
    ax.loglog(LENGTHS, attention, **plots.role("gradient"))
    ax.loglog(LENGTHS, recurrent, **plots.role("prediction"))
    plots.direct_label(ax, LENGTHS[-1], attention[-1], "attention, n²d", "gradient")
    plots.direct_label(ax, LENGTHS[-1], recurrent[-1], "recurrent, nd²", "prediction",
                       xytext=(4, -10 if width >= 1024 else 0))
    ax.axvline(width, **plots.role("muted"))
    ax.set(ylim=(1e2, 1e11), xlabel="places n", ylabel="multiplications",
           title=f"width {width}, logarithmic axes")
    ratio = LENGTHS[-1] / width
    return widgets.frame(
        figure, colours=16,
        text={"These two are equal at": f"{width} places", "At 4,096 places attention needs":
              f"{ratio:g} times the multiplications"},
        alt=f"Width {width}: attention n²d and a recurrent layer nd² are equal at {width} places; "
            f"at 4,096 places attention needs {ratio:g} times as many multiplications.")


def cost_explorer():
    """Return the explorer of four widths."""
    return widgets.Explorer(
        cost_frame, {"width": widgets.Choice("Width d", WIDTHS, kind="toggle")},
        default={"width": 64}, name="Multiplications over the length")


def times_frame():
    """Draw the kept milliseconds of a forward and backward over one sequence."""
    kept = study.results()["times"]
    figure, ax = plots.figure(460, 250, layout="none")
    figure.subplots_adjust(left=0.14, right=0.7, bottom=0.2, top=0.88)
    says = []
    for name, role in (("Transformer block", "gradient"), ("LSTM", "prediction")):
        lengths, took = np.array([[int(n), ms] for n, ms in kept[name].items()]).T
        ax.loglog(lengths, took, **plots.role(role), base=2)
        plots.direct_label(ax, lengths[-1], took[-1], name, role,
                           xytext=(4, 4 if name.startswith("T") else -8))
        says.append(f"{name} " + ", ".join(f"{ms:.3g} at {int(n)}" for n, ms in
                                           zip(lengths, took, strict=True)))
    ax.set_xticks(lengths, [f"{int(n)}" for n in lengths])
    ax.set_yticks([0.25, 1, 4, 16], ["¼", "1", "4", "16"])
    ax.set(xlabel="places n, doubled each step", ylabel="milliseconds (logarithmic)",
           ylim=(0.125, 40), title="measured, width 32")
    return widgets.frame(
        figure, colours=16,
        alt="Milliseconds of a forward and backward over one sequence: " + "; ".join(says) + ".")
