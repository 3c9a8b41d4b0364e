"""From logits to probabilities: the stages of softmax by logit, and what temperature does."""

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
SCORES = ((0.0, 2.0, 3.0), (-1.0, 1.0, 3.0), (0.1, 2.0, 3.0))    # what each logit may be
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


def bars_frame(a, b, c):
    """Draw the three stages for the logits (a, b, c): exponentials, shares of their sum."""
    z = np.array([a, b, c])
    e, p = np.exp(z), nn.softmax(z)
    figure, axes = plots.figure(480, 230, ncols=3, layout="none")
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.11, top=0.87, wspace=0.3)
    stages = [(z, "logits z", "{:.1f}", 3), (e, "exponentials", "{:.3g}", np.exp(3)),
              (p, "softmax", "{:.3f}", 1)]
    labels = [str(i) for i in range(len(z))]
    for ax, (values, title, form, largest) in zip(axes, stages, strict=True):
        ax.set_ylim(-1.3 if values is z else 0, 1.25 * largest)
        _bars(ax, values, labels, form.format)
        ax.set_title(title)
    axes[2].set_yticks([0, 0.5, 1])
    axes[1].text(2.45, 1.16 * np.exp(3), f"sum {e.sum():.3f}", ha="right", fontsize=9)
    axes[2].text(2.45, 1.16, "sum 1", ha="right", fontsize=9)

    def listed(values, form):
        return ", ".join(form.format(v) for v in values)

    return widgets.frame(
        figure, colours=16,
        alt=f"Three bar charts over the classes 0, 1 and 2. Logits {listed(z, '{:.1f}')}; their "
            f"exponentials {listed(e, '{:.3f}')}, sum {e.sum():.3f}; each divided by that sum: "
            f"probabilities {listed(p, '{:.3f}')}.",
    )


def logits_explorer():
    """Return the explorer of three logits: their exponentials, and the shares."""
    return widgets.Explorer(
        lambda a, b, c: bars_frame(a, b, c),
        {key: widgets.Choice(f"Logit {i}", SCORES[i], kind="toggle")
         for i, key in enumerate("abc")},
        default={"a": 2.0, "b": 1.0, "c": 0.1},
        live=widgets.Live(_any_logits, {
            "a": widgets.Number("Logit 0", 2.0, -3.0, 3.0),
            "b": widgets.Number("Logit 1", 1.0, -3.0, 3.0),
            "c": widgets.Number("Logit 2", 0.1, -3.0, 3.0),
        }, button="Draw"),
        name="Three logits, their exponentials, their shares",
    )


def _any_logits(progress, a, b, c):
    progress(1, 1)
    return bars_frame(a, b, c)


def softmax_frame(temperature, logits):
    """Draw one set of logits at one temperature."""
    z = np.array(LOGITS[logits])
    p = nn.softmax(z / temperature)
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
    return widgets.frame(
        figure, colours=20,
        alt=f"Temperature {temperature:g}, logits {logits}: the probabilities are {said}; "
            f"entropy {entropy:.3f} nats.",
        text={"Probabilities": said, "Entropy (at most 1.099)": f"{entropy:.3f} nats"},
    )


def softmax_explorer():
    """Return the explorer of temperature and logits."""
    return widgets.Explorer(
        lambda temperature, logits: softmax_frame(temperature, logits),
        {"temperature": widgets.Choice("Temperature", TEMPERATURES),
         "logits": widgets.Choice("Logits", tuple(LOGITS))},
        default={"temperature": 1.0}, name="Softmax and temperature",
    )
