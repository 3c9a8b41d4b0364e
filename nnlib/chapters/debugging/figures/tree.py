"""How to debug, as a decision tree."""

from __future__ import annotations

from matplotlib.patches import FancyBboxPatch

from nnlib import widgets
from nnlib.widgets import plots

# Question, and what to look at where the answer is no.
QUESTIONS = (
    ("Does one batch\nof 32 rows fit?",
     "inputs · shapes · what the\nloss is given · units · rate"),
    ("Training loss: below the\nbaseline, and not rising?",
     "labels beside their rows ·\ngradients"),
    ("Validation about as\ngood as training?", "the two modes · few rows,\nlearned by heart"),
    ("Possible, with such\nlabels?", "what validation shares\nwith training"),
    ("Do users get answers as\ngood as the loss?", "names of classes ·\npreprocessing"),
)
LAST = "Change one thing, and ask again from the top."


def tree_frame():
    """Draw the questions in their order, and where each no leads."""
    figure, ax = plots.canvas(480, 400)
    for i, (question, look) in enumerate(QUESTIONS):
        y = 36 + 72 * i
        _box(ax, 110, y, 196, question, "prediction")
        _box(ax, 366, y, 212, look, "loss")
        ax.annotate("", (258, y), (210, y), arrowprops={"arrowstyle": "->", "color": "#333840"})
        ax.text(234, y - 9, "no", ha="center", fontsize=9.5)
        if i + 1 < len(QUESTIONS):
            ax.annotate("", (110, y + 48), (110, y + 24),
                        arrowprops={"arrowstyle": "->", "color": "#333840"})
            ax.text(120, y + 36, "yes", va="center", fontsize=9.5)
    ax.text(240, 384, LAST, ha="center", va="center", fontsize=11, weight="bold")
    said = " ".join(f"{q} If not: {look}." for q, look in QUESTIONS).replace("\n", " ")
    return widgets.frame(figure, alt=f"Five questions in their order. {said} {LAST}", scale=1.5)


def _box(ax, x, y, width, text, role):
    height = 46
    ax.add_patch(FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=6",
        facecolor="white", edgecolor=plots.COLORS[role], linewidth=1.5))
    ax.text(x, y, text, ha="center", va="center", fontsize=10, color=plots.TEXT_COLORS[role])
