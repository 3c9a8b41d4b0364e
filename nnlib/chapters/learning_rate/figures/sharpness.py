"""The largest curvature on the way of a full-batch training, beside the edge 2/η."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.learning_rate.figures.drawing import GUESSING, draw_seeds, two_panels
from nnlib.chapters.learning_rate.study import kept, trial
from nnlib.widgets import plots


def sharpness_frame(learning_rate):
    """Draw the training loss and λmax over the updates, three seeds."""
    runs = kept.results().sharpness[learning_rate]
    losses = np.array([run.train_loss for run in runs])                    # (seeds, looks)
    curvatures = np.array([run.curvature for run in runs])
    edge = 2 / learning_rate
    figure, (left, right) = two_panels()
    at = trial.SHARPNESS_AT
    for ax, values, role in [(left, losses, "loss"), (right, curvatures, "gradient")]:
        draw_seeds(ax, values, role, at)
        ax.set(xlim=(0, at[-1]), xlabel="update")
    left.set(yscale="log", ylim=(0.02, 5), title="training loss")
    left.set_yticks([0.1, 1], ["0.1", "1"])
    left.minorticks_off()
    left.axhline(GUESSING, **plots.role("muted"))
    right.set(ylim=(0, 8), title="largest curvature λmax")
    if edge <= 8:
        right.axhline(edge, color="black", linewidth=1.2, linestyle="--")
        right.text(at[-1], edge + 0.12, f"edge 2/η = {edge:g}", ha="right", va="bottom")
    else:
        right.text(at[-1], 7.3, f"edge 2/η = {edge:g}, far above", ha="right")
    beyond = [np.sum(np.array(run.curvature) > edge) for run in runs]
    start, top, end = (float(np.median(v)) for v in
                       (curvatures[:, 0], curvatures.max(axis=1), curvatures[:, -1]))
    share = f"{np.median(beyond):.0f} of {len(at)} measurements, most of them early"
    return widgets.frame(
        figure, colours=24,
        alt=f"Full batch, learning rate {learning_rate:g}: in {at[-1]} updates the training loss "
            f"goes from {np.median(losses[:, 0]):.3g} to {np.median(losses[:, -1]):.3g}. λmax "
            f"starts at {start:.2g}, is at most {top:.2g} and ends at {end:.2g}; it is beyond the "
            f"edge 2/η = {edge:g} at {share}.",
        text={"Edge 2/η": f"{edge:g}", "λmax at the start": f"{start:.2g}",
              "λmax at its highest": f"{top:.2g}", "λmax at the end": f"{end:.2g}",
              "Beyond the edge": share,
              "Loss at the end": f"{np.median(losses[:, -1]):.2g}"},
    )


def sharpness_explorer():
    """Return the explorer of λmax: which rate, on the full batch."""
    return widgets.Explorer(
        sharpness_frame,
        {"learning_rate": widgets.Choice("Learning rate", trial.SHARPNESS_RATES, kind="toggle")},
        default={"learning_rate": 0.2},
        name="λmax on the way: full batch, 300 updates, seeds 0 to 2",
    )
