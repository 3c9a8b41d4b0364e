"""More processes are a larger batch: what that does at the same rate and at a scaled one."""

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def batches_frame(losses, rows, rate, epochs):
    """Draw the last training loss over the number of processes.

    Parameters
    ----------
    losses : mapping of str to mapping of int to sequence of float
        ``"same"`` and ``"scaled"`` rate: for each number of processes, one loss a seed.
    rows : int
        Of each process.
    rate : float
        Of one process.
    epochs : int
    """
    figure, ax = plots.figure(480, 280)
    parts = []
    for name, role, label in [("same", "loss", f"the same rate, {rate:g}"),
                              ("scaled", "prediction",
                               f"rate × processes: {rate:g}, {2 * rate:g} …")]:
        sizes = np.array(list(losses[name]))
        of_seeds = np.array(list(losses[name].values()))              # (sizes, seeds)
        shown = np.minimum(of_seeds, 3.0)
        ax.fill_between(sizes, shown.min(axis=1), shown.max(axis=1), alpha=0.2,
                        color=plots.COLORS[role], linewidth=0)
        ax.plot(sizes, np.median(shown, axis=1), **plots.role(role) | {"marker": "o"})
        middle = np.median(shown, axis=1)
        if name == "same":
            plots.direct_label(ax, sizes[-1], middle[-1], label, role, ha="right", va="top",
                               xytext=(0, -14))
        else:
            plots.direct_label(ax, sizes[0], middle[0], label, role, va="top", xytext=(0, -8))
        parts.append(f"{label}: " + ", ".join(
            f"{size} process{'es' if size > 1 else ''} {_said(values)}"
            for size, values in losses[name].items()))
    ax.axhline(np.log(10), **plots.role("muted"))
    ax.text(1, np.log(10) + 0.05, "guessing", color=plots.TEXT_COLORS["muted"], fontsize=9)
    ax.set_xscale("log", base=2)
    ax.set_xticks(sizes, [f"{size}\n{size * rows}" for size in sizes])
    ax.minorticks_off()
    ax.set(xlabel="processes, and rows in a batch of all together", ylim=(-0.25, 3.1),
           title=f"training loss after {epochs} epochs")
    return widgets.frame(figure, alt=(
        f"Training loss after {epochs} epochs over the number of processes of {rows} rows each, "
        f"median of {of_seeds.shape[1]} seeds. {'; '.join(parts)}."
    ))


def _said(values):
    """The median, or the class of a run near or beyond the edge, whose digits are chance."""
    middle = float(np.median(values))
    return f"{middle:.2f}" if max(values) < 1.5 else (
        "no better than guessing" if middle > 2.25 else "above 1")
