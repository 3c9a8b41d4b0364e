"""What a class needs on a server of its own."""

import math

import numpy as np

from nnlib import widgets
from nnlib.chapters.beyond_one_process import study
from nnlib.widgets import plots

READERS = (30, 100, 300, 1000)
ACTIVE = {"a tenth": 0.1, "half": 0.5, "all at once": 1.0}
OPEN = (1, 2)
HEADROOM = 1.4                          # for what a reader makes beside the chapters' own
SERVER = 128                            # GB of memory of one machine


def of_a_reader(notebooks):
    """Return the MB of the kernels of so many open notebooks, and of the reader's server."""
    kept = study.results()
    return notebooks * max(resident for resident, _ in kept["after"].values()), kept["server"][0]


def memory_needed(readers, active, megabytes):
    """Return the GB that a class holds, with headroom; `megabytes` of each reader at work."""
    return math.ceil(readers * active) * megabytes * HEADROOM / 1000


def class_explorer():
    """Choose the class, how many have a notebook open at once, and how many each."""
    return widgets.Explorer(
        class_frame,
        {
            "readers": widgets.Choice("readers", READERS, ["30", "100", "300", "1,000"]),
            "active": widgets.Choice("have a notebook open at the same time", tuple(ACTIVE)),
            "notebooks": widgets.Choice("open notebooks each", OPEN, kind="toggle"),
        },
        default={"readers": 1000, "active": "half", "notebooks": 1},
        name="A server for a class",
    )


def class_frame(readers, active, notebooks):
    """Draw the memory that the readers need against machines of a size."""
    kernels, server = of_a_reader(notebooks)
    needed = memory_needed(readers, ACTIVE[active], kernels + server)
    shown = f"{needed:,.0f}" if needed >= 10 else f"{needed:.1f}"
    machines = math.ceil(needed / SERVER)
    figure, ax = plots.figure(460, 150, layout="none")
    figure.subplots_adjust(left=0.04, right=0.96, bottom=0.32, top=0.82)
    ax.barh([0], [max(needed, 4)], color=plots.COLORS["prediction"], height=0.5)
    for edge in np.arange(SERVER, 2000, SERVER):
        ax.axvline(edge, **plots.role("muted"))
    ax.set(xlim=(0, 2000), ylim=(-0.5, 0.5), xlabel="GB of memory (dotted: machines of 128 GB)",
           title=f"{shown} GB")
    ax.set_yticks([])
    ax.grid(visible=False)
    working = math.ceil(readers * ACTIVE[active])
    return widgets.frame(figure, alt=(
        f"{readers:,} readers, {active} at work with {notebooks} open "
        f"notebook{'s' if notebooks > 1 else ''}: {working:,} times {kernels} MB of kernels and "
        f"{server} MB of a server, with two fifths on top, are {shown} GB, "
        f"{machines} machine{'s' if machines > 1 else ''} of {SERVER} GB."
    ), text={
        "readers at work": f"{working:,}", "MB of kernels and a server": f"{kernels} + {server}",
        "machines of 128 GB": str(machines),
    })
