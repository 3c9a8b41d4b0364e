"""Flowers, a dividing line, and the rubber bands that tell whether there can be one."""

from __future__ import annotations

import numpy as np
from scipy.spatial import ConvexHull, Delaunay

from nnlib import widgets
from nnlib.widgets import plots


def inside_the_other_band(x, y):
    """Count rows of each class that lie inside the rubber band (convex hull) of the other.

    One is enough to rule a dividing line out: the half-plane that holds a whole class holds its
    band, too.

    Parameters
    ----------
    x : numpy.ndarray, shape (N, 2)
    y : numpy.ndarray of bool, shape (N,)
    """
    y = np.asarray(y, bool)
    return sum(
        int((Delaunay(x[y == other]).find_simplex(x[y != other]) >= 0).sum())
        for other in (False, True)
    )


def iris_frame(panels):
    """Draw flowers with a line, ring those on its wrong side, put a band round each class.

    Parameters
    ----------
    panels : sequence of (title, x, y, w, b)
        x (N, 2) petal length and width in cm, y (N,) of 0 and 1, and a neuron on those.
    """
    figure, axes = plots.figure(480, 240, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.11, right=0.975, bottom=0.19, top=0.89, wspace=0.12)
    said = []
    for ax, (title, x, y, w, b) in zip(axes, panels, strict=True):
        for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
            flowers = x[y == label]
            ax.plot(*flowers.T, marker, color=plots.COLORS[role], markersize=4)
            ax.fill(*flowers[ConvexHull(flowers).vertices].T, color=plots.COLORS[role], alpha=0.15)
        wrong = (x @ w + b > 0) != (y == 1)                                  # (N,)
        ax.plot(*x[wrong].T, "o", markersize=10, color="black", fillstyle="none")
        length = np.array([0.5, 7.2])
        ax.plot(length, -(b + w[0] * length) / w[1], color="black")
        ax.set(xlim=(0.5, 7.2), ylim=(-0.1, 2.8), title=title, xlabel="petal length, cm")
        ax.text(0.03, 0.95, f"{wrong.sum()} of {len(y)} wrong", transform=ax.transAxes, va="top")
        said.append(f"{title}: {wrong.sum()} of {len(y)} flowers on the wrong side of the line, "
                    f"{inside_the_other_band(x, y)} inside the band of the other class")
    axes[0].set_ylabel("petal width, cm")
    return widgets.frame(figure, alt=f"Petal length against petal width. {'; '.join(said)}.")


