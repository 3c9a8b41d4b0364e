"""The network 2-3-2-1: its backward pass number by number, and which weight counts how much."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.backpropagation.figures.drawing import INK, node, short, word
from nnlib.widgets import plots

SIZES = (2, 3, 2, 1)
X, TARGET, RATE = np.array([[2.5, 3.1]]), 1.0, 0.5
STATE = {                                               # the weights of the chapter on layers
    "0.weight": np.array([[0.5, -0.4, 0.3], [0.2, 0.1, 0.5]]),      # (2, 3)
    "0.bias": np.array([-0.48, -0.70, -0.10]),                      # (3,)
    "2.weight": np.array([[0.6, -0.5], [0.4, 0.7], [-0.3, 0.2]]),   # (3, 2)
    "2.bias": np.array([0.12, -0.33]),                              # (2,)
    "4.weight": np.array([[1.5], [-1.0]]),                          # (2, 1)
    "4.bias": np.array([1.23]),                                     # (1,)
}
COLUMNS = ("input", "hidden 1", "hidden 2", "output")
LEFT, GAP, MIDDLE, APART = 50, 128, 150, 86


def forward(state):
    """Activations of all four columns, each (1, units)."""
    a = [X]
    for part in (0, 2, 4):
        z = a[-1] @ state[f"{part}.weight"] + state[f"{part}.bias"]
        a.append(1 / (1 + np.exp(-z)))
    return a


def loss(state):
    """Binary cross-entropy of the output for the target 1."""
    return float(-np.log(forward(state)[-1][0, 0]))


def backward(state):
    """The errors δ of layers 1 to 3, and {name: gradient}."""
    a, found = forward(state), {}
    delta, deltas = a[3] - TARGET, []
    for layer in (3, 2, 1):
        part = 2 * layer - 2
        deltas.insert(0, delta)
        found[f"{part}.weight"] = a[layer - 1].T @ delta
        found[f"{part}.bias"] = delta[0]
        if layer > 1:
            delta = delta @ state[f"{part}.weight"].T * a[layer - 1] * (1 - a[layer - 1])
    return deltas, found


def updated(state, rate=RATE):
    """The state after one step of gradient descent."""
    return {name: value - rate * backward(state)[1][name] for name, value in state.items()}


def places(column):
    """Centres of the units of one column, in pixels."""
    count = SIZES[column]
    return [(LEFT + GAP * column, MIDDLE + (i - (count - 1) / 2) * APART) for i in range(count)]


# What each frame shows: (its label, the first layer with errors, the first with weight gradients)
STEPS = (
    ("step 1, forward: compute and keep every activation", 4, 4),
    ("step 2, loss: one number", 4, 4),
    ("step 3, output error: δ⁽³⁾ = ŷ − y", 3, 4),
    ("step 5, gradients of layer 3: what came in times δ⁽³⁾", 3, 3),
    ("step 4, back one layer: × weight, × slope of σ", 2, 3),
    ("step 5, gradients of layer 2: what came in times δ⁽²⁾", 2, 2),
    ("step 4, back one layer more", 1, 2),
    ("step 5, gradients of layer 1: what came in times δ⁽¹⁾", 1, 1),
    ("step 6, only now: the optimizer, rate 0.5", 4, 4),
)


def pass_frame(step):
    """Draw the network after one step of its backward pass."""
    _, errors_from, weights_from = STEPS[step]
    state = updated(STATE) if step == 8 else STATE
    a = forward(state)
    deltas, gradients = backward(state)
    figure, ax = plots.canvas(490, 300)
    for layer in (1, 2, 3):
        shown = layer >= weights_from
        weight = state[f"{2 * layer - 2}.weight"]
        for i, (x0, y0) in enumerate(places(layer - 1)):
            for j, (x1, y1) in enumerate(places(layer)):
                g = gradients[f"{2 * layer - 2}.weight"][i, j]
                thick = 0.6 + 45 * abs(g) if shown else 0.6 + 1.6 * abs(weight[i, j])
                ax.plot([x0, x1], [y0, y1], linewidth=thick, zorder=1,
                        color=plots.COLORS["gradient" if shown else "weight"], alpha=0.75,
                        linestyle="-" if shown or weight[i, j] > 0 else (0, (3, 2)))
                if layer == weights_from:
                    share = (0.56, 0.42, 0.5)[layer - 1]       # where the lines are far apart
                    ax.text(x0 + share * (x1 - x0), y0 + share * (y1 - y0), short(g, 4),
                            fontsize=7.5, ha="center", va="center", color=INK, zorder=2,
                            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})
    for column, name in enumerate(COLUMNS):
        word(ax, LEFT + GAP * column, 14, name, size=10, weight="bold")
        for i, (x, y) in enumerate(places(column)):
            node(ax, x, y, f"{a[column][0, i]:.4g}" if column == 0 else short(a[column][0, i], 4),
                 width=54, size=9, active=column == (3 if step == 1 else errors_from))
            if column >= errors_from and column:
                word(ax, x, y + 24, f"δ {short(deltas[column - 1][0, i], 4)}", "gradient",
                     weight="bold", size=9)
    if step >= 1:
        word(ax, places(3)[0][0], MIDDLE - 36, f"L {short(loss(state), 4)}", "loss", weight="bold")
    return widgets.frame(figure, colours=20, alt=said(step, a, deltas, gradients, loss(state)))


def said(step, a, deltas, gradients, cost):
    """What a frame of the pass shows, in words."""
    if step == 0:
        numbers = "; ".join(f"{COLUMNS[i]} " + ", ".join(f"{v:.4f}" for v in a[i][0])
                            for i in (1, 2, 3))
    elif step == 1:
        numbers = f"L = {cost:.4f}"
    elif step in (2, 4, 6):
        layer = 3 - (step - 2) // 2
        numbers = f"δ of layer {layer}: " + ", ".join(f"{v:.4f}" for v in deltas[layer - 1][0])
    elif step < 8:
        layer = 3 - (step - 3) // 2
        weight = gradients[f"{2 * layer - 2}.weight"]
        numbers = "; ".join(", ".join(f"{v:.4f}" for v in row) for row in weight)
    else:
        numbers = f"the output is {a[3][0, 0]:.4f} and L = {cost:.4f}"
    return f"Network 2-3-2-1, {STEPS[step][0]}. {numbers}."


def pass_stepper():
    """Return the backward pass, step by step."""
    return widgets.Stepper(
        [pass_frame(step) for step in range(len(STEPS))], name="Frame",
        labels=[label for label, *_ in STEPS], interval_ms=1800,
        title="The backward pass of 2-3-2-1, number by number")


def credit_frame():
    """Draw the size of every weight's gradient, layer by layer."""
    _, gradients = backward(STATE)
    figure, ax = plots.canvas(490, 190)
    parts = []
    for layer, left in ((1, 62), (2, 262), (3, 404)):
        weight = gradients[f"{2 * layer - 2}.weight"]
        rows, columns = weight.shape
        side, top = 44, 46
        ax.imshow(np.log10(np.abs(weight)), cmap="cividis", vmin=-3, vmax=-1, zorder=1,
                  extent=(left, left + columns * side, top + rows * side, top), aspect="auto")
        word(ax, left + columns * side / 2, 18, f"|∂L/∂W⁽{'¹²³'[layer - 1]}⁾|", size=10.5)
        word(ax, left + columns * side / 2, 36, f"{rows} × {columns}", "muted", size=8.5)
        for (i, j), g in np.ndenumerate(weight):
            light = np.log10(abs(g)) > -1.9
            ax.text(left + (j + 0.5) * side, top + (i + 0.5) * side, f"{abs(g):.4f}", ha="center",
                    va="center", fontsize=8, color=INK if light else "white", zorder=3)
        for i in range(rows):
            word(ax, left - 6, top + (i + 0.5) * side, f"from {i + 1}", "muted", size=8, ha="right")
        parts.append(f"layer {layer}: " + "; ".join(
            ", ".join(f"{abs(v):.4f}" for v in row) for row in weight))
    ax.set(xlim=(0, 490), ylim=(190, 0))
    return widgets.frame(figure, alt="Size of each weight's gradient. " + ". ".join(parts) + ".")
