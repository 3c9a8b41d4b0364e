"""One outlier and three lines: what each loss makes of a target that is far off."""

from __future__ import annotations

import numpy as np

import nnlib.numpy
from nnlib import widgets
from nnlib.widgets import plots

HEIGHTS = (5.0, 10.0, 15.0, 20.0, 25.0, 30.0)
MOVED = 7                       # the index of the point that the reader moves
LOSSES = {"MSE": "loss", "MAE": "prediction", "Huber": "gradient"}


def points(height=None, seed=0):
    """Ten synthetic points near y = 1 + x/2; the eighth is set to `height`, if one is given."""
    x = np.arange(10.0)
    y = 1 + 0.5 * x + 0.2 * np.random.default_rng(seed).standard_normal(10)
    if height is not None:
        y[MOVED] = height
    return x, y


def fit_line(loss_fn, x, y, *, nn=nnlib.numpy, steps=2000):
    """Fit a line by gradient descent on all points under a loss; return (slope, intercept).

    The rate falls geometrically from 0.5 to 0.0001, so that the absolute error, whose slope does
    not shrink near its minimum, comes to rest too.
    """
    centre, spread = x.mean(), x.std()
    columns = np.stack([(x - centre) / spread, np.ones_like(x)], axis=1)        # (rows, 2)
    w, target = np.array([0.0, float(np.median(y))]), nn.tensor(y)
    for rate in np.geomspace(0.5, 1e-4, steps):
        loss_fn(nn.tensor(columns @ w), target)
        w = w - rate * (columns.T @ np.asarray(loss_fn.backward()))
    return w[0] / spread, w[1] - w[0] * centre / spread


def outlier_frame(height):
    """Draw the points, one of them at `height`, and the line of each loss."""
    x, y = points(height)
    figure, ax = plots.figure(480, 300, layout="none")
    figure.subplots_adjust(left=0.08, right=0.83, bottom=0.15, top=0.9)
    others = np.arange(10) != MOVED
    ax.plot(x[others], y[others], **plots.role("data"))
    ax.plot(x[MOVED], y[MOVED], "D", color="black", markersize=8)
    plots.direct_label(ax, x[MOVED], y[MOVED], "moved", "data", xytext=(-9, 0), ha="right")
    slopes, tops = {}, {}
    ends = np.array([-0.5, 9.5])
    for name, role in LOSSES.items():
        loss_fn = nnlib.numpy.HuberLoss(delta=1.0) if name == "Huber" else getattr(
            nnlib.numpy, f"{name}Loss")()
        slopes[name], intercept = fit_line(loss_fn, x, y)
        line = intercept + slopes[name] * ends
        ax.plot(ends, line, color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        tops[name] = line[1]
    shifts = {"MSE": 0 if tops["MSE"] - tops["Huber"] > 3 else 22, "MAE": -9, "Huber": 8}
    for name, role in LOSSES.items():                    # one above the other, never on top
        plots.direct_label(ax, 9.5, tops[name], name, role, xytext=(5, shifts[name]))
    ax.set(xlim=(-0.5, 9.5), ylim=(-2, 32), xlabel="x", title="target over x, three lines",
           xticks=range(0, 10, 3))
    said = {name: f"slope {slope:.2f}" for name, slope in slopes.items()}
    listed = ", ".join(f"{name} {slope:.2f}" for name, slope in slopes.items())
    return widgets.frame(
        figure, colours=20,
        alt=f"Target at {height:g}: slopes of the three lines: {listed}. Without the outlier the "
            "points lie near a line of slope 0.5.", text=said,
    )


def outlier_explorer():
    """Return the explorer of one target that moves away from the others."""
    return widgets.Explorer(
        lambda height: outlier_frame(height),
        {"height": widgets.Choice("Target of the moved point", HEIGHTS, kind="toggle")},
        default={"height": 10.0}, name="One outlier, three losses",
    )
