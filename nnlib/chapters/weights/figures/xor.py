"""XOR: four points, two hidden units by hand, and four that learn."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnlib import widgets
from nnlib.chapters.weights.figures.learning import xor_snapshots
from nnlib.numpy import relu, sigmoid
from nnlib.widgets import plots

X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float), np.array([0, 1, 1, 0])
NAMES = ("00", "01", "10", "11")
SEEDS = {"A": 0, "B": 6}
STEPS = (0, 10, 30, 60, 120, 400)
DASHES = ("-", "--", "-.", ":")


@cache
def _run(start):
    return xor_snapshots("he_normal", "he_normal", seed=SEEDS[start], at=STEPS)


def _points(ax, size):
    for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
        ax.plot(*X[label == Y].T, marker, color=plots.COLORS[role], markersize=size,
                markeredgecolor="white")


def xor_training_frame(start="A", step=0):
    """Draw the network's output over the plane with its kinks, and each hidden unit's own map."""
    state, loss = _run(start)[step]
    side = np.linspace(-0.5, 1.5, 81)
    grid = np.stack(np.meshgrid(side, side), axis=-1)                        # (81, 81, 2)
    z = grid @ state["0.weight"] + state["0.bias"]                           # (81, 81, 4)
    hidden = relu(z)
    p = sigmoid(hidden @ state["2.weight"][:, 0] + state["2.bias"][0])       # (81, 81)
    figure = plots.figure(430, 235, layout="none")[0]
    figure.clear()
    ax = figure.add_axes((0.09, 0.18, 0.42, 0.7))
    ax.contourf(side, side, p, levels=[0, 0.05, 0.25, 0.5, 0.75, 0.95, 1], cmap="cividis",
                vmin=-0.1, vmax=1.1, antialiased=False)
    for unit, dash in enumerate(DASHES):
        if z[..., unit].min() < 0 < z[..., unit].max():
            ax.contour(side, side, z[..., unit], levels=[0], colors="white", linestyles=[dash],
                       linewidths=1.6)
    _points(ax, 9)
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xlabel="x₁", title="output, with kinks")
    ax.set_ylabel("x₂", labelpad=-4)
    ax.set_xticks([0, 1])
    ax.set_yticks([0, 1])
    ax.grid(False)
    for unit in range(4):
        row, column = divmod(unit, 2)
        small = figure.add_axes((0.585 + 0.21 * column, 0.5 - 0.43 * row, 0.17, 0.3))
        small.contourf(side, side, hidden[..., unit], levels=np.linspace(0, 3, 7) - 1e-9,
                       cmap="cividis", antialiased=False, extend="max")
        _points(small, 4.5)
        small.set_title(f"unit {unit}", fontsize=9, fontweight="normal", pad=2)
        small.set(xticks=[], yticks=[])
        small.grid(False)
    said = _outputs(state)
    right = sum((p > 0.5) == (label == 1) for p, label in zip(said, Y, strict=True))
    kinks = sum(bool(z[..., u].min() < 0 < z[..., u].max()) for u in range(4))
    values = ", ".join(f"{name} {value:.2f}" for name, value in zip(NAMES, said, strict=True))
    return widgets.frame(
        figure, colours=16,
        alt=f"Start {start}, step {step}: loss {loss:.3f}; outputs {values}; {right} of 4 right. "
            f"{kinks} of the 4 hidden units have their kink in the picture.",
        text={"Loss": f"{loss:.3f}", "Output for 00, 01, 10, 11":
              ", ".join(f"{value:.2f}" for value in said)},
    )


def _outputs(state):
    hidden = relu(X @ state["0.weight"] + state["0.bias"])
    return sigmoid(hidden @ state["2.weight"][:, 0] + state["2.bias"][0])


def xor_explorer():
    """Return the explorer of two random starts and the step."""
    return widgets.Explorer(
        xor_training_frame,
        {"start": widgets.Choice("Start", tuple(SEEDS), kind="toggle"),
         "step": widgets.Choice("Steps", STEPS)},
        default={"start": "A", "step": 0}, name="Four hidden units learn XOR",
    )


def xor_frame(hidden):
    """Draw the four points of XOR as they are, and as two hidden units see them.

    Parameters
    ----------
    hidden : numpy.ndarray, shape (4, 2)
        Outputs of the two units for 00, 01, 10, 11.
    """
    x, y, names = X, Y, NAMES
    figure, axes = plots.figure(440, 215, ncols=2, layout="none")
    figure.subplots_adjust(left=0.11, right=0.985, bottom=0.2, top=0.88, wspace=0.3)
    for ax, points, axis in zip(axes, (x, hidden), ("x", "h"), strict=True):
        for label, marker, role in ((0, "o", "prediction"), (1, "^", "loss")):
            ax.plot(*points[y == label].T, marker, color=plots.COLORS[role], markersize=9)
        ax.set(xlim=(-0.4, 2.5), ylim=(-0.4, 1.5), xlabel=f"{axis}₁", ylabel=f"{axis}₂")
        ax.set_xticks([0, 1, 2])
        ax.set_yticks([0, 1])
    for (x1, x2), name in zip(x, names, strict=True):
        axes[0].annotate(name, (x1, x2), xytext=(7, 5), textcoords="offset points")
    for (h1, h2), name in {tuple(row): n for row, n in zip(hidden, names, strict=True)}.items():
        both = [n for row, n in zip(hidden, names, strict=True) if tuple(row) == (h1, h2)]
        label = " and ".join(both) if len(both) > 1 else name
        axes[1].annotate(label, (h1, h2), xytext=(7, 5), textcoords="offset points")
    h1 = np.array([-0.4, 2.5])
    axes[1].plot(h1, (h1 - 0.5) / 2, color="black")
    axes[0].set_title("inputs: no line does it")
    axes[1].set_title("hidden: one does")
    said = ", ".join(f"{name} at ({row[0]:g}, {row[1]:g})"
                     for name, row in zip(names, hidden, strict=True))
    return widgets.frame(
        figure,
        alt="The four points of XOR, class 1 for 01 and 10. Among the inputs no line divides the "
            f"classes. Among the hidden outputs, {said}, the line h₁ − 2h₂ = 0.5 does.",
    )
