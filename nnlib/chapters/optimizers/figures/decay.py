"""What a weight decay leaves of a weight, over the size of its gradients."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

DECAYS = (0.01, 0.1, 1.0)
SIZES = 10.0 ** np.arange(-4, 2.01, 0.5)
STEPS, RATE, COPIES = 1000, 0.001, 200


@functools.cache
def left(method, decay):
    """Return what remains of weights that start at 1, a mean for each size of the gradients.

    The gradients are noise with mean 0: nothing but the decay moves a weight for good.
    """
    rng = np.random.default_rng(0)
    w = nn.Parameter(np.ones((len(SIZES), COPIES)))
    optimizer = getattr(nn, method)([w], RATE, weight_decay=decay)
    for _ in range(STEPS):
        w.grad = SIZES[:, None] * rng.standard_normal((len(SIZES), COPIES))
        optimizer.step()
    return w.data.mean(axis=1)


def decay_frame(decay):
    """Draw what is left after a thousand steps, for Adam with L2 and for AdamW."""
    figure, ax = plots.figure(480, 270, layout="none")
    figure.subplots_adjust(left=0.09, right=0.97, bottom=0.18, top=0.9)
    adam, adamw = left("Adam", decay), left("AdamW", decay)
    ax.plot(SIZES, adam, **plots.role("loss", marker="o", markersize=4))
    ax.plot(SIZES, adamw, **plots.role("prediction", marker="s", markersize=4))
    plots.direct_label(ax, SIZES[-1], adam[-1], "Adam, L2", "loss", ha="right", xytext=(0, 9))
    plots.direct_label(ax, SIZES[0], adamw[0], "AdamW", "prediction", ha="left", xytext=(0, 10))
    ax.set(xscale="log", ylim=(-0.05, 1.15), xlabel="size of the gradients (noise with mean 0)",
           title="what is left of a weight of 1")
    ax.minorticks_off()
    factor = (1 - RATE * decay) ** STEPS
    return widgets.frame(
        figure, colours=24,
        alt=f"Weight decay {decay:g}, rate 0.001, 1,000 steps. AdamW leaves {adamw.min():.2f} to "
            f"{adamw.max():.2f} of a weight at every size of the gradients. Adam with the decay in "
            f"the gradient leaves {adam[0]:.2f} at gradients of 0.0001 and {adam[-1]:.2f} at 100.",
        text={"(1 − ηλ) to the power 1,000": f"{factor:.3f}",
              "AdamW leaves": f"{adamw.min():.2f} to {adamw.max():.2f}",
              "Adam with L2 leaves": f"{adam[0]:.2f} (small gradients) to {adam[-1]:.2f} (large)"},
    )


def decay_explorer():
    """Return the explorer of the decay."""
    return widgets.Explorer(
        decay_frame, {"decay": widgets.Choice("Weight decay λ", DECAYS, kind="toggle")},
        default={"decay": 0.1}, name="A thousand steps of noise, and a decay",
    )
