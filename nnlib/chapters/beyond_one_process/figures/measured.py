"""What was measured on one machine: one process against two, and a process that is late."""

from statistics import median

import numpy as np

from nnlib import widgets
from nnlib.chapters.beyond_one_process import study
from nnlib.widgets import plots

PARAMETERS = {"small": 2_410, "large": 1_863_690}


def measured_frame():
    """Draw the kept times of a step with one and with two processes, for both models."""
    steps = study.results()["steps"]
    figure, axes = plots.figure(480, 270, ncols=2)
    parts = []
    for ax, (model, times) in zip(axes, steps.items(), strict=True):
        one, two = median(times["1"]), median(times["2"])
        for place, (n, values) in enumerate(times.items()):
            ax.bar(place, median(values), width=0.55,
                   color=plots.COLORS["prediction" if n == "1" else "loss"])
            ax.plot([place] * len(values), values, "o", color="black", markersize=3.5)
            ax.annotate(_ms(median(values)), (place, max(values)), xytext=(0, 5),
                        textcoords="offset points", ha="center", fontsize=9.5)
        ax.set_xticks([0, 1], ["1 process", "2 processes"])
        top = max(map(max, times.values()))
        ax.set(title=f"{PARAMETERS[model]:,} weights", ylim=(0, 1.2 * top))
        ax.grid(axis="x", visible=False)
        parts.append(
            f"{PARAMETERS[model]:,} weights: {_ms(one)} with one process ({_range(times['1'])}), "
            f"{_ms(two)} with two ({_range(times['2'])}), so {one / two:.1f} times as fast")
    axes[0].set_ylabel("milliseconds a step")
    return widgets.frame(figure, alt=(
        "Milliseconds of a step with 256 rows in all, median of five repeats and their range. "
        + "; ".join(parts) + "."))


def straggler_frame():
    """Draw the kept times of a step in which one of two processes sleeps."""
    slept, times = np.array(study.results()["straggler"]).T
    figure, ax = plots.figure(480, 230)
    ax.plot(slept, times, **plots.role("loss") | {"marker": "o"})
    ax.plot(slept, slept + times[0], **plots.role("muted"))
    plots.direct_label(ax, slept[1], slept[1] + times[0], "what it sleeps, on top", "muted",
                       va="top", xytext=(8, -8))
    ax.set(xlabel="milliseconds that process 1 sleeps in every step", ylim=(0, None),
           ylabel="ms a step", title="a step of process 0, which never sleeps")
    said = ", ".join(f"{s:g} ms slept {_ms(t)}" for s, t in zip(slept, times, strict=True))
    return widgets.frame(figure, alt=(
        f"Milliseconds of a step of process 0 while process 1 sleeps in every step: {said}."))


def _ms(value):
    return f"{value:.3g} ms"


def _range(values):
    return f"{min(values):.3g} to {max(values):.3g}"
