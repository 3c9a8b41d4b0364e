"""Drawings: a recurrent layer unrolled in time, and the inside of an LSTM cell."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import arrow, box, path, word
from nnlib.widgets import plots

STATE, GATE, INPUT = "#FBE9DC", "#E3F0F8", "#F0F1F3"


def unrolled_frame():
    """Draw the layer once with its loop, and as four steps with the same weights."""
    figure, ax = plots.canvas(480, 176)
    box(ax, 52, 84, 56, 34, "tanh", STATE, 10)
    box(ax, 52, 150, 40, 24, "$x_t$", INPUT, 10)
    arrow(ax, (52, 138), (52, 101))
    path(ax, (52, 67), (52, 38), (8, 38), (8, 84), (24, 84))
    word(ax, 30, 26, "$h_t$", 10)
    word(ax, 74, 120, "$W_x$", 9.5)
    word(ax, 14, 112, "$W_h$", 9.5, ha="left")
    word(ax, 110, 84, "is", 10)
    word(ax, 144, 84, "$h_0 = 0$", 9.5)
    for t in range(1, 5):
        x = 206 + 78 * (t - 1)
        box(ax, x, 84, 42, 34, "tanh", STATE, 10)
        box(ax, x, 150, 40, 24, f"$x_{t}$", INPUT, 10)
        arrow(ax, (x, 138), (x, 101))
        arrow(ax, (x - (38 if t == 1 else 57), 84), (x - 21, 84))
        word(ax, x + 14, 120, "$W_x$", 8.5)
        word(ax, x - 39, 70, "$W_h$" if t > 1 else "", 8.5)
        arrow(ax, (x, 67), (x, 40))
        word(ax, x, 26, f"$h_{t}$", 10)
    return widgets.frame(
        figure, colours=24,
        alt="A recurrent layer, left as one unit whose state h goes back into itself, right "
            "unrolled in time: four steps, each takes its x through W_x and the state of the step "
            "before through W_h, and hands its own state on. All four steps use the same weights.",
    )


def lstm_frame():
    """Draw the cell line along the top, the three gates beneath it, and the state at the right."""
    figure, ax = plots.canvas(480, 268)
    line, row = 62, 168
    word(ax, 26, line, "$c_{t-1}$", 11)
    path(ax, (48, line), (434, line))
    word(ax, 454, line, "$c_t$", 11)
    for x, sign in ((104, "×"), (226, "+")):
        ax.plot(x, line, "o", markersize=20, markerfacecolor="white", markeredgecolor="#333840",
                zorder=3)
        word(ax, x, line, sign, 12)
    gates = ((104, "σ(f)", "forget gate:", "what stays"),
             (186, "σ(i)", "input gate:", "what enters"),
             (266, "tanh(g)", "candidate:", "what is new"),
             (346, "σ(o)", "output gate:", "what shows"))
    for x, name, what, does in gates:
        box(ax, x, row, 58, 28, name, STATE if "tanh" in name else GATE, 9.5)
        word(ax, x, row + 26, what, 8.5)
        word(ax, x, row + 39, does, 8.5)
    path(ax, (104, row - 14), (104, line + 11))
    ax.plot(226, 112, "o", markersize=20, markerfacecolor="white", markeredgecolor="#333840",
            zorder=3)
    word(ax, 226, 112, "×", 12)
    path(ax, (186, row - 14), (186, 112), (215, 112))
    path(ax, (266, row - 14), (266, 112), (237, 112))
    path(ax, (226, 101), (226, line + 11))
    ax.plot(396, 112, "o", markersize=20, markerfacecolor="white", markeredgecolor="#333840",
            zorder=3)
    word(ax, 396, 112, "×", 12)
    path(ax, (396, line), (396, 101))
    word(ax, 404, 84, "tanh", 9, ha="left")
    path(ax, (346, row - 14), (346, 112), (385, 112))
    path(ax, (407, 112), (434, 112))
    word(ax, 454, 112, "$h_t$", 11)
    path(ax, (104, 244), (104, 216))
    ax.plot([60, 346], [244, 244], color="#333840", linewidth=1, zorder=2)
    for x in (186, 266, 346):
        arrow(ax, (x, 244), (x, 216))
    word(ax, 354, 236, "times $W_x$ and $W_h$,", 9, ha="left")
    word(ax, 354, 252, "plus $b$", 9, ha="left")
    word(ax, 54, 236, "$x_t$", 11, ha="right")
    word(ax, 54, 254, "$h_{t-1}$", 11, ha="right")
    word(ax, 240, 20, "the cell: nothing but a product and a sum on its way", 9.5)
    return widgets.frame(
        figure, colours=24,
        alt="An LSTM cell. The cell c runs along the top: it is multiplied by the forget gate "
            "sigmoid(f), what stays; then the product of the input gate sigmoid(i), what enters, "
            "and the candidate tanh(g), what is new, is added. The new state h is tanh of the cell "
            "times the output gate sigmoid(o), what shows. All four are computed from the input x "
            "times W_x and the last state h times W_h, plus b.",
    )
