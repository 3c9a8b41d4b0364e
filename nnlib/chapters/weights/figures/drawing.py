"""What the pictures of this chapter share."""

from __future__ import annotations

import numpy as np

from nnlib.numpy import sigmoid
from nnlib.widgets import plots


def squash(z) -> float:
    """The sigmoid of one number, by the library's own function."""
    return float(sigmoid(np.array([z], dtype="float64"))[0])


def signed(value) -> str:
    """A number with its sign and a real minus, as on an axis: +0.8, −5, 0."""
    text = f"{value:+.4g}".replace("-", "−")
    return "0" if float(f"{value:.4g}") == 0 else text


def plain(value, digits=4) -> str:
    """A number with a real minus and no negative zero."""
    text = f"{value:.{digits}g}"
    return "0" if float(text) == 0 else text.replace("-", "−")


def draw_sigmoid_with_point(ax, z, reach):
    """Draw σ from -reach to reach, with the point (z, σ(z)) and its two foot lines.

    A z outside is drawn at the rim, with an arrow head that points on.
    """
    grid = np.linspace(-reach, reach, 161)
    ax.plot(grid, sigmoid(grid), **plots.role("prediction"))
    shown, p = float(np.clip(z, -reach, reach)), squash(z)
    ax.plot([shown, shown], [0, p], **plots.role("muted"))
    ax.plot([-reach, shown], [p, p], **plots.role("muted"))
    ax.plot(shown, p, ">" if z > reach else "<" if z < -reach else "o",
            color=plots.COLORS["loss"], markersize=8)
    ax.set(xlim=(-reach, reach), ylim=(0, 1.05), xlabel="z", title="output σ(z)")
    ax.set_yticks([0, 0.5, 1])
