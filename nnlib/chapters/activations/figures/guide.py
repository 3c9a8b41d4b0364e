"""The decision guide as a flow chart."""

from __future__ import annotations

from nnlib import widgets
from nnlib.widgets import plots

OUTPUTS = (
    ("any number", "none (linear)"),
    ("never negative", "softplus"),
    ("between two ends", "stretched sigmoid"),
    ("yes or no", "sigmoid, 1 unit"),
    ("one of many", "softmax"),
    ("several labels", "sigmoid for each"),
)
HIDDEN = (
    ("dense, convolution", "ReLU"),
    ("many dead units", "lower rate; leaky ReLU"),
    ("Transformer", "GELU or gated units"),
    ("LSTM, GRU", "tanh, and sigmoid gates"),
)


def guide_frame():
    """Return the chart: output or hidden, then the question, then the answer."""
    figure, ax = plots.canvas(480, 404)
    for top, head, rows, role in ((6, "output\nlayer", OUTPUTS, "prediction"),
                                  (244, "hidden\nlayers", HIDDEN, "gradient")):
        middle = top + 20 + 37 * (len(rows) - 1) / 2
        _box(ax, 46, middle, head, role, 72, 44)
        for i, (question, answer) in enumerate(rows):
            y = top + 20 + 37 * i
            ax.plot([82, 104, 118], [middle, y, y], color=plots.COLORS["muted"], linewidth=1)
            _box(ax, 190, y, question, "muted", 144, 28)
            ax.annotate("", (286, y), (263, y),
                        arrowprops={"arrowstyle": "->", "color": plots.COLORS["muted"]})
            _box(ax, 380, y, answer, role, 186, 28)
    said = "; ".join(f"{q}: {a}" for q, a in OUTPUTS)
    inside = "; ".join(f"{q}: {a}" for q, a in HIDDEN)
    return widgets.frame(figure, colours=20,
                         alt=f"Flow chart. Output layer: {said}. Hidden layers: {inside}.")


def _box(ax, x, y, text, role, width, height):
    from matplotlib.patches import FancyBboxPatch

    ax.add_patch(FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=5",
        facecolor="white", edgecolor=plots.COLORS[role], linewidth=1.5,
    ))
    ax.text(x, y, text, ha="center", va="center", fontsize=10, color=plots.TEXT_COLORS[role])
