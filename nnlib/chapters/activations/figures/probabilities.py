"""From logits to probabilities: the three stages of softmax, and what temperature does to them."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

TEMPERATURES = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
LOGITS = {
    "2, 1, 0.1": (2.0, 1.0, 0.1),
    "2, 1.9, 0.1": (2.0, 1.9, 0.1),
    "6, 1, -4": (6.0, 1.0, -4.0),
}
SHIFTS = (0, 100)
COLOURS = [plots.COLORS[role] for role in ("prediction", "loss", "gradient")]
HATCHES = ("", "//", "..")


def _bars(ax, values, labels, form):
    drawn = ax.bar(range(len(values)), values, color=COLOURS, width=0.62, edgecolor="white")
    for bar, hatch in zip(drawn, HATCHES, strict=True):
        bar.set_hatch(hatch)
    room = 0.03 * np.diff(ax.get_ylim())[0]
    for i, value in enumerate(values):
        ax.text(i, max(value, 0) + room, form(value), ha="center", fontsize=9)
    ax.set(xticks=range(len(values)), xticklabels=labels)


def bars_frame(logits=(2.0, 1.0, 0.1)):
    """Return the three stages: logits, exponentials, shares of their sum."""
    z = np.array(logits)
    e, p = np.exp(z), nn.softmax(z)
    figure, axes = plots.figure(480, 240, ncols=3, layout="none")
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.13, top=0.87, wspace=0.3)
    stages = [(z, "logits z", "{:.1f}"), (e, "exponentials", "{:.3f}"),
              (p, "softmax", "{:.3f}")]
    labels = [str(i) for i in range(len(z))]
    for ax, (values, title, form) in zip(axes, stages, strict=True):
        ax.set_ylim(0, 1.18 * values.max())
        _bars(ax, values, labels, form.format)
        ax.set_title(title)
    axes[1].text(2.45, 0.95 * 1.18 * e.max(), f"sum {e.sum():.3f}", ha="right", fontsize=9)
    axes[2].text(2.45, 0.95 * 1.18 * p.max(), "sum 1", ha="right", fontsize=9)

    def listed(values, form):
        return ", ".join(form.format(v) for v in values)

    return widgets.frame(
        figure, colours=24,
        alt=f"Three bar charts over the classes 0, 1 and 2. Logits {listed(z, '{:.1f}')}; their "
            f"exponentials {listed(e, '{:.3f}')}, sum {e.sum():.3f}; each divided by that sum: "
            f"probabilities {listed(p, '{:.3f}')}.",
    )


def naive_in_float32(logits, temperature):
    """Softmax as the formula is written, in float32: NaN where an exponential overflows."""
    with np.errstate(all="ignore"):
        e = np.exp(np.array(logits, "float32") / np.float32(temperature))
        return e / e.sum()


def softmax_frame(temperature, logits, shift):
    """Draw one set of logits at one temperature, with 0 or 100 added to each logit."""
    z = np.array(LOGITS[logits]) + shift
    p = nn.softmax(z / temperature)
    naive = naive_in_float32(z, temperature)
    broken = bool(np.isnan(naive).any())
    figure, (left, right) = two_panels()
    left.set_ylim(-12, 2.5)
    gaps = (z - z.max()) / temperature
    for i, gap in enumerate(gaps):
        left.plot([i, i], [0, max(gap, -12)], color=COLOURS[i], linewidth=9,
                  solid_capstyle="butt")
        left.plot([i], [max(gap, -12)], ("o", "s", "^")[i], color=COLOURS[i], markersize=8)
        left.text(i, 0.5, f"{gap:.4g}" if gap else "0", ha="center", fontsize=9)
    left.set(yticks=[0, -4, -8, -12], xticks=range(3), xticklabels=[f"{v:g}" for v in z],
             xlim=(-0.6, 2.6), xlabel="logit z", title="(z − largest) / T")
    right.set_ylim(0, 1.15)
    _bars(right, p, [f"class {i}" for i in range(3)], lambda v: f"{v:.3f}")
    right.set(xlim=(-0.6, 2.6), xlabel=" ", title=f"softmax, T = {temperature:g}")
    entropy = float(-(p[p > 0] * np.log(p[p > 0])).sum())
    said = ", ".join(f"{v:.6f}" if v >= 1e-6 or v == 0 else f"{v:.1e}" for v in p)
    formula = "NaN: an exponential overflows" if broken else "the same numbers"
    plus = "nothing added" if shift == 0 else f"{shift} added to each"
    return widgets.frame(
        figure, colours=24,
        alt=f"Temperature {temperature:g}, logits {logits}, add {shift}: the probabilities are "
            f"{said}; entropy {entropy:.3f} nats. The formula without the shift by the largest "
            f"logit, in float32, gives {formula}.",
        text={"Logits": ", ".join(f"{v:g}" for v in z) + f" ({plus})", "Probabilities": said,
              "Entropy (at most 1.099)": f"{entropy:.3f} nats",
              "Unshifted formula, float32": formula},
    )


def softmax_explorer():
    """Return the explorer of temperature, logits, and a constant added to all of them."""
    return widgets.Explorer(
        lambda temperature, logits, shift: softmax_frame(temperature, logits, shift),
        {"temperature": widgets.Choice("Temperature", TEMPERATURES),
         "logits": widgets.Choice("Logits", tuple(LOGITS)),
         "shift": widgets.Choice("Add to each", SHIFTS, kind="toggle")},
        default={"temperature": 1.0}, name="Softmax, temperature and a shift",
    )
