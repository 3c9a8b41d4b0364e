"""How far more processes help: the cost model, for other models and networks than ours."""

import numpy as np

from nnlib import widgets
from nnlib.chapters.beyond_one_process import costs
from nnlib.widgets import plots

SPEED = 1e13                            # operations a second that a device really does
MODELS = {2_410: "2,410", 25_000_000: "25 million", 1_000_000_000: "1 billion"}
NETWORKS = {                            # bytes a second and seconds a message
    "1 Gbit/s Ethernet": (0.125e9, 50e-6),
    "100 Gbit/s": (12.5e9, 10e-6),
    "300 GB/s everywhere": (300e9, 5e-6),
}
ROWS = (64, 512, 4096)
PROCESSES = 2 ** np.arange(11)          # 1 to 1024
SAID = (2, 8, 64, 1024)


def scaling_explorer():
    """Choose a model, a network and the rows of a process; see the work done per second."""
    return widgets.Explorer(
        scaling_frame,
        {
            "parameters": widgets.Choice("weights", tuple(MODELS), tuple(MODELS.values())),
            "network": widgets.Choice("network", tuple(NETWORKS)),
            "rows": widgets.Choice("rows per process", ROWS, ["64", "512", "4,096"], kind="toggle"),
        },
        default={"parameters": 25_000_000, "network": "100 Gbit/s", "rows": 512},
        name="How much faster with n processes? (a model, not a measurement)",
    )


def scaling_frame(parameters, network, rows):
    """Draw the speed-up over the number of processes, with and without overlap."""
    bandwidth, latency = NETWORKS[network]
    figure, ax = plots.figure(460, 270, layout="none")
    figure.subplots_adjust(left=0.13, right=0.97, bottom=0.17, top=0.88)
    gained = {}
    for overlap, role in [(True, "prediction"), (False, "loss")]:
        gained[overlap] = np.array([n * costs.efficiency(
            parameters, n, rows, speed=SPEED, bandwidth=bandwidth, latency=latency,
            overlap=overlap) for n in PROCESSES])
        ax.loglog(PROCESSES, gained[overlap], **plots.role(role))
    ax.loglog(PROCESSES, PROCESSES, **plots.role("muted"))
    ax.axhspan(1e-5, 1, color="#E6E8EC", zorder=0)
    ax.text(1100, 0.0006, "slower than one process", ha="right", fontsize=9,
            color=plots.TEXT_COLORS["muted"])
    ax.text(1.1, 1400, "dotted: n times as fast", fontsize=9, color=plots.TEXT_COLORS["muted"])
    ax.text(1.1, 460, "dashed: the all-reduce hides behind backward", fontsize=9,
            color=plots.TEXT_COLORS["prediction"])
    ax.text(1.1, 150, "solid: it comes after", fontsize=9, color=plots.TEXT_COLORS["loss"])
    ax.set_xticks([1, 2, 8, 64, 1024], ["1", "2", "8", "64", "1,024"])
    ax.set_yticks([0.01, 1, 100], ["1/100", "1", "100"])
    ax.minorticks_off()
    ax.set(ylim=(3e-4, 3000), xlim=(1, 1200), xlabel="processes",
           title="rows per second, against one process")
    working = costs.compute(parameters, rows, SPEED)
    at = {n: list(PROCESSES).index(n) for n in SAID}
    table = "; ".join(
        f"{n} processes {_times(gained[True][i])} hidden, {_times(gained[False][i])} not"
        for n, i in at.items())
    return widgets.frame(figure, alt=(
        f"{MODELS[parameters]} weights, {network}, {rows:,} rows per process. "
        f"Against one process: {table}."
    ), text={
        "forward and backward": _seconds(working),
        "all-reduce of 8": _seconds(costs.all_reduce(parameters, 8, bandwidth, latency)),
        "of that waiting for messages": _seconds(2 * 7 * latency),
        "8 processes": f"{_times(gained[True][at[8]])} (hidden), {_times(gained[False][at[8]])}",
        "1,024 processes":
            f"{_times(gained[True][at[1024]])} (hidden), {_times(gained[False][at[1024]])}",
    })


def _times(value):
    return f"× {value:.3g}" if value < 1000 else f"× {value:,.0f}"


def _seconds(value):
    for unit, size in [("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)]:
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.3g} ns"
