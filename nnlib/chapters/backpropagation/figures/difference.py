"""How far a finite difference is off, over the size of its step."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

H = 10.0 ** np.arange(-13, 0.01, 0.5)
AT = -0.5                        # the weight of the sender's reputation in the spam neuron
KINK = AT - 1e-3                 # where the second function bends
FORMULAS, PRECISIONS = ("one-sided", "central"), ("float64", "float32")
PLACES = ("smooth", "a kink 0.001 away")


def function(w, kinked):
    """Loss of the spam neuron, ln(1 + e^z) with z = 2.5 + 3w; with a ReLU added, it has a kink."""
    one = w.dtype.type
    value = np.log(one(1) + np.exp(one(2.5) + one(3) * w))
    return value + np.maximum(w - one(KINK), one(0)) if kinked else value


def exact(kinked):
    """Its derivative at AT."""
    return 3 / (1 + np.exp(-(2.5 + 3 * AT))) + (1.0 if kinked else 0.0)


def errors(formula, precision, kinked):
    """Relative error of the finite difference for every h of H."""
    w = np.dtype(precision).type(AT)
    found = []
    for h in H.astype(precision):
        if formula == "central":
            slope = (function(w + h, kinked) - function(w - h, kinked)) / (h + h)
        else:
            slope = (function(w + h, kinked) - function(w, kinked)) / h
        found.append(abs(float(slope) - exact(kinked)) / max(abs(slope), exact(kinked)))
    return np.array(found)


def difference_frame(formula, precision, place):
    """Draw the error over h."""
    error = errors(formula, precision, place != "smooth")
    best = int(error.argmin())
    figure, ax = plots.figure(490, 270, layout="none")
    figure.subplots_adjust(left=0.11, right=0.97, bottom=0.18, top=0.9)
    ax.loglog(H, np.maximum(error, 1e-13), color=plots.COLORS["gradient"], marker="o",
              markersize=3.5)
    ax.axhline(1e-6, **plots.role("muted"))
    ax.text(1, 6e-7, "below 10⁻⁶: passes", ha="right", va="top", fontsize=9,
            color=plots.TEXT_COLORS["muted"])
    if place != "smooth":
        ax.axvline(AT - KINK, color=plots.COLORS["loss"], linestyle="--", linewidth=1.2)
        plots.direct_label(ax, AT - KINK, 3e-12, "distance\nof the kink", "loss")
    ax.plot(H[best], max(error[best], 1e-13), "D", color="black", markersize=7)
    ax.set(xlabel="h, the step of the difference", title="relative error",
           ylim=(1e-13, 20), xlim=(5e-14, 2))
    ax.set_yticks([1, 1e-3, 1e-6, 1e-9, 1e-12])
    ax.set_xticks([1, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
    ax.minorticks_off()
    failing = np.flatnonzero(error >= 1e-6)              # both ends of H are among them
    words = "for no h" if best in failing else (
        f"from {H[failing[failing < best][-1] + 1]:.0e} "
        f"to {H[failing[failing > best][0] - 1]:.0e}")
    return widgets.frame(
        figure, colours=16,
        alt=f"{formula}, {precision}, {place}: the smallest relative error is {error[best]:.0e} "
            f"at h = {H[best]:.0e}; it is below 1e-6 {words}. At h = 1e-13 it is {error[0]:.0e}, "
            f"at h = 1 {error[-1]:.0e}.",
        text={"Function": "ln(1 + e^(2.5 + 3w)) at w = −0.5" + (
                  "" if place == "smooth" else ", and max(w + 0.501, 0) added"),
              "Smallest error": f"{error[best]:.0e}, at h = {H[best]:.0e}",
              "Below 1e-6": words})


def difference_explorer():
    """Return the explorer of formula, precision and place."""
    return widgets.Explorer(
        difference_frame,
        {"formula": widgets.Choice("Difference", FORMULAS, kind="toggle"),
         "precision": widgets.Choice("Numbers", PRECISIONS, kind="toggle"),
         "place": widgets.Choice("Function", PLACES)},
        name="The smaller the step, the better?")
