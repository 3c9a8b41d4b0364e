"""What a class needs on a server of its own."""

import math

import numpy as np

from nnlib import widgets
from nnlib.chapters.beyond_one_process import study
from nnlib.widgets import plots

READERS = (30, 100, 300, 1000)
ACTIVE = {"a tenth": 0.1, "half": 0.5, "all at once": 1.0}
PATHS = {"NumPy path only": "nnlib.numpy", "both paths": "nnlib.torch"}
HEADROOM = 1.4                          # for what a reader makes beside the chapters' own
SERVER = 128                            # GB of memory of one machine


def memory_needed(readers, active, kernel):
    """Return the GB that the kernels of a class hold, with headroom; `kernel` in MB."""
    return math.ceil(readers * active) * kernel * HEADROOM / 1000


def class_explorer():
    """Choose the class, how many run notebooks at once, and what these import."""
    return widgets.Explorer(
        class_frame,
        {
            "readers": widgets.Choice("readers", READERS, ["30", "100", "300", "1,000"]),
            "active": widgets.Choice("run a notebook at the same time", tuple(ACTIVE)),
            "path": widgets.Choice("notebooks use", tuple(PATHS), kind="toggle"),
        },
        default={"readers": 1000, "active": "half", "path": "both paths"},
        name="A server for a class",
    )


def class_frame(readers, active, path):
    """Draw the memory that the kernels need against machines of a size."""
    kernel = study.results()["memory"][PATHS[path]][0]
    needed = memory_needed(readers, ACTIVE[active], kernel)
    servers = math.ceil(needed / SERVER)
    figure, ax = plots.figure(460, 150, layout="none")
    figure.subplots_adjust(left=0.04, right=0.96, bottom=0.32, top=0.82)
    ax.barh([0], [max(needed, 1)], color=plots.COLORS["prediction"], height=0.5)
    for edge in np.arange(SERVER, 600, SERVER):
        ax.axvline(edge, **plots.role("muted"))
    ax.set(xlim=(0, 530), ylim=(-0.5, 0.5), xlabel="GB of memory (dotted: machines of 128 GB)",
           title=f"{needed:.0f} GB" if needed >= 10 else f"{needed:.1f} GB")
    ax.set_yticks([])
    ax.grid(visible=False)
    kernels = math.ceil(readers * ACTIVE[active])
    return widgets.frame(figure, alt=(
        f"{readers} readers, {active} at the same time, {path}: {kernels} kernels of {kernel} MB "
        f"with two fifths on top need {needed:.3g} GB, "
        f"{servers} machine{'s' if servers > 1 else ''} of {SERVER} GB."
    ), text={
        "kernels at the same time": str(kernels), "MB of a kernel, measured": str(kernel),
        "machines of 128 GB": str(servers),
    })
