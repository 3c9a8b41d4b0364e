"""One error, three losses: their values and their slopes."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.widgets import plots

ERRORS = (-4.0, 0.0, 0.5, 1.0, 2.0)
DELTAS = (0.5, 1.0, 2.0)
ROLES = {"MSE": "loss", "MAE": "prediction", "Huber": "gradient"}
MARKERS = {"MSE": "o", "MAE": "s", "Huber": "^"}


def two_panels(width=500, height=290):
    """Return a figure for a frame and its two panels, with margins that never move."""
    figure, axes = plots.figure(width, height, ncols=2, layout="none")
    figure.subplots_adjust(left=0.09, right=0.97, bottom=0.17, top=0.89, wspace=0.26)
    return figure, axes


def value_and_slope(name, error, delta=1.0):
    """Return loss and slope at each error, from the library's own forward and backward."""
    makers = {"MSE": nn.MSELoss, "MAE": nn.MAELoss,
              "Huber": lambda **options: nn.HuberLoss(delta=delta, **options)}
    loss_fn = makers[name](reduction="none")
    error = np.atleast_1d(np.asarray(error, dtype="float64"))
    value = loss_fn(error, np.zeros_like(error))
    return value, loss_fn.backward()


def error_frame(e, delta, reach=5.0):
    """Draw the three losses and their slopes, and one error on each curve."""
    figure, (left, right) = two_panels()
    line = np.linspace(-reach, reach, 401)
    said = {}
    for name, role in ROLES.items():
        value, slope = value_and_slope(name, line, delta)
        left.plot(line, value, color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        right.plot(line, slope, color=plots.COLORS[role], linestyle=plots.role(role)["linestyle"])
        at, steep = (float(v[0]) for v in value_and_slope(name, e, delta))
        said[name] = f"loss {at:g}, slope {steep:g}"
        for ax, y, top in ((left, at, 8.6), (right, steep, 8.6)):
            ax.plot([e], [np.clip(y, -top, top)], MARKERS[name], color=plots.COLORS[role],
                    markersize=7, markeredgecolor="black", clip_on=False, zorder=5)
            if y > top:
                ax.text(e + 0.4, 8.2, f"↑ {y:g}", color=plots.TEXT_COLORS[role], fontsize=9.5)
    for ax in (left, right):
        ax.axvline(e, **plots.role("muted"))
        ax.set(xlim=(-reach, reach), xlabel="error e", xticks=[-4, -2, 0, 2, 4])
    left.set(ylim=(0, 9), title="loss")
    right.set(ylim=(-9, 9), title="slope")
    for i, name in enumerate(ROLES):
        right.text(2.3, -4.6 - 1.5 * i, name, color=plots.TEXT_COLORS[ROLES[name]], fontsize=9.5)
        right.plot([0.3, 2.0], [-4.3 - 1.5 * i] * 2, color=plots.COLORS[ROLES[name]],
                   linestyle=plots.role(ROLES[name])["linestyle"])
    listed = "; ".join(f"{name} {words}" for name, words in said.items())
    beyond = " The squared error is above the picture." if e * e > 9 else ""
    return widgets.frame(
        figure, colours=24, alt=f"Error {e:g}, δ {delta:g}: {listed}.{beyond}", text=said
    )


def error_explorer():
    """Return the explorer of one error under three losses."""
    return widgets.Explorer(
        lambda e, delta: error_frame(e, delta),
        {"e": widgets.Choice("Error e", ERRORS, kind="toggle"),
         "delta": widgets.Choice("Huber's δ", DELTAS, kind="toggle")},
        default={"e": 2.0, "delta": 1.0},
        live=widgets.Live(_now, {
            "e": widgets.Number("Error e", -3.0, minimum=-5.0, maximum=5.0),
            "delta": widgets.Number("Huber's δ", 1.5, minimum=0.1, maximum=5.0),
        }, button="Draw"),
        name="One error, three losses",
    )


def _now(progress, e, delta):
    """Draw a free error and a free δ, for whoever runs a kernel."""
    frame = error_frame(float(e), float(delta))
    progress(1, 1)
    return frame


def shapes_frame():
    """Draw the losses of this chapter side by side: of an error, and of a probability."""
    figure, (left, right) = two_panels(500, 280)
    e = np.linspace(-3, 3, 241)
    places = {"MSE": (1.45, (-6, 6), "right"), "MAE": (-3.0, (4, -14), "left"),
              "Huber": (3.0, (-2, -12), "right")}
    for name, role in ROLES.items():
        left.plot(e, value_and_slope(name, e)[0], color=plots.COLORS[role],
                  linestyle=plots.role(role)["linestyle"])
        x, offset, ha = places[name]
        y = float(value_and_slope(name, x)[0][0])
        plots.direct_label(left, x, y, name, role, xytext=offset, ha=ha)
    left.set(xlim=(-3, 3), ylim=(0, 4), xlabel="error e", title="numbers", yticks=range(5))
    p = np.linspace(0.005, 0.995, 300)
    right.plot(p, -np.log(p), color=plots.COLORS["loss"])
    right.plot(p, -np.log(1 - p), color=plots.COLORS["prediction"],
               linestyle=plots.role("prediction")["linestyle"])
    plots.direct_label(right, 0.03, -np.log(0.03), "label 1: −ln p", "loss", xytext=(7, 4))
    plots.direct_label(right, 0.9, -np.log(0.1), "label 0: −ln(1 − p)", "prediction",
                       xytext=(-8, 6), ha="right")
    right.set(xlim=(0, 1), ylim=(0, 5), xlabel="p, predicted for label 1", title="yes or no")
    return widgets.frame(
        figure, colours=24,
        alt="Two panels. Left, over an error from -3 to 3: the squared error, a parabola that is "
            "4 at 2; the absolute error, a V with a kink at 0 that is 2 at 2; Huber with δ = 1, "
            "round near 0 and straight beyond 1, which is 1.5 at 2. Right, over the probability p: "
            "-ln p falls from infinity to 0 at p = 1, -ln(1 - p) rises from 0 to infinity; they "
            f"cross at p = 0.5 at the value {np.log(2):.4f}.",
    )
