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
        Epoch and step, from 0, at which a process was killed.
    resumed : int
        The epoch with which the second life began.
    """
    figure, ax = plots.canvas(480, 190)
    left, width = 96, 366 / epochs
    epoch, step = killed
    lives = [("first life", 48, [(e, 1.0) for e in range(epoch)] + [(epoch, step / steps)]),
             ("second life", 118, [(e, 1.0) for e in range(resumed, epochs)])]
    for name, top, done in lives:
        ax.text(8, top + 17, name, va="center", fontsize=10)
        for number, part in done:
            whole = part == 1.0
            ax.add_patch(Rectangle(
                (left + number * width + 1, top), (width - 2) * part, 34, linewidth=1,
                facecolor=plots.COLORS["gradient"] if whole else "white", hatch="" if whole else "///",
                edgecolor=plots.COLORS["gradient" if whole else "loss"]))
            if whole:
                ax.text(left + (number + 0.5) * width, top + 17, str(number), ha="center",
                        va="center", color="white", fontsize=10)
    for number in range(epochs):
        ax.text(left + (number + 0.5) * width, 174, f"epoch {number}" if epochs < 7 else number,
                ha="center", fontsize=9, color=plots.TEXT_COLORS["muted"])
    at = left + (epoch + step / steps) * width
    ax.text(at, 30, f"killed in step {step}", ha="center", fontsize=9.5,
            color=plots.TEXT_COLORS["loss"])
    ax.plot([at, at], [36, 88], color=plots.COLORS["loss"], linewidth=2)
    from_file = left + resumed * width
    ax.annotate("", (from_file, 116), (from_file, 84),
                arrowprops={"arrowstyle": "-|>", "color": "black"})
    ax.text(from_file - 6, 100, "checkpoint", ha="right", va="center", fontsize=9.5)
    return widgets.frame(figure, alt=(
        f"Two lives of a run of {epochs} epochs, numbered from 0. The first ends in epoch {epoch}, "
        f"step {step} of {steps}, where a process is killed. The second begins from the checkpoint "
        f"with epoch {resumed} and runs to the end: {step} steps were lost and are repeated."
    ))
