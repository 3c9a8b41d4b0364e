"""A killed run and what its restart repeats, epoch by epoch."""

from matplotlib.patches import Rectangle

from nnlib import widgets
from nnlib.widgets import plots


def restart_frame(*, epochs, steps, killed, resumed):
    """Draw both lives of a run.

    Parameters
    ----------
    epochs, steps : int
        Epochs in all, steps in each.
    killed : pair of int
        Epoch and step, from 0, after which a process was killed.
    resumed : int
        The epoch with which the second life began.
    """
    figure, ax = plots.canvas(480, 190)
    left, width = 96, 366 / epochs
    epoch, step = killed
    lost = step + 1
    lives = [("first life", 48, [(e, 1.0) for e in range(epoch)] + [(epoch, lost / steps)]),
             ("second life", 118, [(e, 1.0) for e in range(resumed, epochs)])]
    for name, top, done in lives:
        ax.text(8, top + 17, name, va="center", fontsize=10)
        for number, part in done:
            whole = part == 1.0
            ax.add_patch(Rectangle(
                (left + number * width + 1, top), (width - 2) * part, 34, linewidth=1,
                facecolor=plots.COLORS["gradient"] if whole else "white",
                hatch="" if whole else "///",
                edgecolor=plots.COLORS["gradient" if whole else "loss"]))
            if whole:
                ax.text(left + (number + 0.5) * width, top + 17, str(number), ha="center",
                        va="center", color="white", fontsize=10)
    for number in range(epochs):
        ax.text(left + (number + 0.5) * width, 174, f"epoch {number}",
                ha="center", fontsize=9, color=plots.TEXT_COLORS["muted"])
    at = left + (epoch + lost / steps) * width
    ax.text(at, 30, f"killed after step {step}", ha="center", fontsize=9.5,
            color=plots.TEXT_COLORS["loss"])
    ax.plot([at, at], [36, 88], color=plots.COLORS["loss"], linewidth=2)
    from_file = left + resumed * width
    ax.annotate("", (from_file, 116), (from_file, 84),
                arrowprops={"arrowstyle": "-|>", "color": "black"})
    ax.text(from_file - 6, 101, "checkpoint", ha="right", va="center", fontsize=9.5)
    return widgets.frame(figure, alt=(
        f"Two lives of a run of {epochs} epochs of {steps} steps, all counted from 0. The first "
        f"ends in epoch {epoch} after step {step}, when a process is killed. The second begins "
        f"from the checkpoint with epoch {resumed} and runs to the end: {lost} steps were lost "
        f"and are repeated."
    ))
