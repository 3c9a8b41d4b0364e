"""How far the replicas are apart, step by step."""

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots


def drift_frame(apart):
    """Draw the largest difference of a weight between two processes over the steps.

    Parameters
    ----------
    apart : mapping of str to sequence of sequence of float
        For each way to write backward, one list a seed: the difference after each step.
    """
    roles = dict(zip(apart, ("prediction", "loss", "muted"), strict=False))
    figure, ax = plots.figure(480, 270)
    parts = []
    for way, runs in apart.items():
        runs = np.array(runs)
        if runs.max() > 0:
            for run in runs:
                ax.plot(range(1, len(run) + 1), run, color=plots.COLORS[roles[way]], linewidth=1.2)
            plots.direct_label(ax, len(run) * 0.5, runs.max() * 0.97, way, roles[way], ha="center",
                               xytext=(0, 8))
        else:
            ax.plot(range(1, runs.shape[1] + 1), runs[0], **plots.role(roles[way]))
        parts.append(f"{way}: {runs[:, 0].min():.2g} to {runs[:, 0].max():.2g} after the first "
                     f"step, {runs[:, -1].min():.2g} to {runs[:, -1].max():.2g} at the end")
    even = [way for way, runs in apart.items() if not np.any(runs)]
    for line, way in enumerate(even):
        plots.direct_label(ax, 1, 0, f"always 0: {way}", "prediction", va="top",
                           xytext=(0, -5 - 13 * line))
    top = max(np.max(runs) for runs in apart.values())
    ax.set_yticks([tick for tick in ax.get_yticks() if tick >= 0])
    ax.set(xlabel="step", ylim=(-0.27 * top, 1.2 * top), xlim=(0, None),
           title="largest difference of a weight between the two")
    return widgets.frame(figure, alt=(
        f"Largest difference of a weight between two processes over {runs.shape[1]} steps, "
        f"{len(runs)} seeds. {'; '.join(parts)}."
    ))
