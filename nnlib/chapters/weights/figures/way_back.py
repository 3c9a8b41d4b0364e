"""How a weight into a hidden unit gets its gradient: the factors that its nudge passes."""

from __future__ import annotations

from matplotlib.patches import FancyBboxPatch

from nnlib import widgets
from nnlib.chapters.weights.figures.drawing import plain, squash
from nnlib.widgets import plots

X, W, V, LABEL = 2.0, 0.5, -0.8, 1.0       # input, weight into the unit, out of it, label


def factors():
    """The factors of the gradient of `W` in σ(V · ReLU(W · X)), in the order of the way back."""
    h = max(W * X, 0.0)
    slope = 1.0 if W * X > 0 else 0.0
    return {"p − y": squash(V * h) - LABEL, "outgoing weight": V, "ReLU's slope": slope, "input": X}


def gradient():
    """Their product: the gradient of the binary cross-entropy with respect to `W`."""
    product = 1.0
    for factor in factors().values():
        product *= factor
    return product


def way_back_frame():
    """Draw one hidden unit's way forward, and beneath it what is multiplied on the way back."""
    h = max(W * X, 0.0)
    z = V * h
    error, outgoing, slope, entering = factors().values()
    figure, ax = plots.figure(490, 170, layout="none")
    figure.subplots_adjust(left=0, right=1, bottom=0, top=1)
    ax.set(xlim=(0, 490), ylim=(0, 170))
    ax.axis("off")
    places = (45, 175, 305, 435)
    boxes = ((f"input\n{plain(X)}", "data"), (f"sum\n{plain(W * X)}", "muted"),
             (f"ReLU: h\n{plain(h)}", "prediction"),
             (f"z = {plain(z)}\np = {plain(squash(z), 2)}", "prediction"))
    for place, (words, role) in zip(places, boxes, strict=True):
        ax.add_patch(FancyBboxPatch(
            (place - 36, 92), 72, 46, boxstyle="round,pad=2", facecolor="white",
            edgecolor=plots.COLORS[role], linewidth=2))
        ax.text(place, 115, words, ha="center", va="center", fontsize=9.5)
    forward = (f"× {plain(W)}", "", f"× {plain(V)}")
    back = (f"× {plain(entering)}", f"× {plain(slope)}", f"× {plain(outgoing)}")
    for left, right, there, here in zip(places, places[1:], forward, back, strict=False):
        middle = (left + right) / 2
        ax.annotate("", (right - 38, 115), (left + 38, 115),
                    arrowprops={"arrowstyle": "-|>", "color": "#333840"})
        ax.text(middle, 122, there, ha="center", fontsize=9.5, color=plots.TEXT_COLORS["weight"])
        ax.annotate("", (left + 38, 66), (right - 38, 66), arrowprops={
            "arrowstyle": "-|>", "color": plots.COLORS["gradient"], "linestyle": "--"})
        ax.text(middle, 73, here, ha="center", fontsize=9.5, color=plots.TEXT_COLORS["gradient"])
    ax.text(places[-1], 66, f"p − y\n= {plain(error, 2)}", ha="center", va="center",
            fontsize=9.5, color=plots.TEXT_COLORS["gradient"])
    ax.text(8, 152, "forward →", fontsize=9.5, fontweight="bold")
    product = " · ".join(plain(one, 2) if one >= 0 else f"({plain(one, 2)})"
                         for one in (error, outgoing, slope, entering))
    ax.text(245, 24, f"gradient of the weight {plain(W)}:  {product} = {plain(gradient(), 2)}",
            ha="center", fontsize=9.5, color=plots.TEXT_COLORS["gradient"])
    ax.text(places[0], 66, "← back", ha="center", va="center", fontsize=9.5, fontweight="bold",
            color=plots.TEXT_COLORS["gradient"])
    said = ", ".join(f"{name} {plain(one, 3)}" for name, one in factors().items())
    return widgets.frame(
        figure, colours=24,
        alt=f"One hidden unit. Forward: input {plain(X)} times weight {plain(W)} is "
            f"{plain(W * X)}, ReLU leaves {plain(h)}, times the outgoing weight {plain(V)} is "
            f"z = {plain(z)}, and p is {plain(squash(z), 3)}; the label is {plain(LABEL)}. "
            f"Back, multiplied: {said}. The gradient of the weight is {plain(gradient(), 3)}.",
    )
