"""One step in two processes: own rows, own gradient, one average, the same update."""

from matplotlib.patches import FancyBboxPatch

from nnlib import widgets
from nnlib.widgets import plots

WIDTH, HEIGHT = 480, 330
LEFT, RIGHT = 20, 260                  # where the boxes of the two processes begin
BOX = 200


def overview_frame():
    """Draw one step of data parallel training in two processes."""
    figure, ax = plots.canvas(WIDTH, HEIGHT)
    for left, rank in [(LEFT, 0), (RIGHT, 1)]:
        _box(ax, left, 14, "data", f"process {rank}: 32 of the 64 rows")
        _box(ax, left, 78, "prediction", "its copy of the model, its loss")
        _box(ax, left, 142, "gradient", "its own gradient")
        _box(ax, left, 278, "weight", "the same update")
        for top in (52, 116):
            _arrow(ax, left + BOX / 2, top, left + BOX / 2, top + 24)
        _arrow(ax, left + BOX / 2, 180, left + BOX / 2, 208)
        _arrow(ax, left + BOX / 2, 250, left + BOX / 2, 276)
    _box(ax, LEFT, 210, "loss", "all-reduce: the mean of both gradients, to everybody",
         RIGHT + BOX - LEFT)
    return widgets.frame(figure, alt=(
        "One step in two processes, side by side. Each takes 32 of the 64 rows, runs them through "
        "its own copy of the model and finds its own gradient. One all-reduce across both makes of "
        "the two gradients their mean and gives it to both. Each then makes the same update."
    ))


def _box(ax, left, top, role, text, width=BOX):
    colour = plots.COLORS[role]
    ax.add_patch(FancyBboxPatch((left, top), width, 38, boxstyle="round,pad=0,rounding_size=6",
                                facecolor="white", edgecolor=colour, linewidth=2))
    ax.text(left + width / 2, top + 19, text, ha="center", va="center", fontsize=9.5,
            color=plots.TEXT_COLORS["data"])


def _arrow(ax, x, y, to_x, to_y):
    ax.annotate("", (to_x, to_y), (x, y),
                arrowprops={"arrowstyle": "-|>", "color": plots.TEXT_COLORS["muted"]})
