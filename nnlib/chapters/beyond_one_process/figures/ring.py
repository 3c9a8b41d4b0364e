"""The ring all-reduce, step by step, with four processes."""

import numpy as np
from matplotlib.patches import Rectangle

from nnlib import widgets
from nnlib.widgets import plots

PROCESSES = 4


def ring_stepper(ring_all_reduce):
    """Draw every step of an all-reduce of four gradients with four parts each.

    Parameters
    ----------
    ring_all_reduce : callable
        Takes a list of vectors and yields, before the first step and after each, what the processes
        hold: for each process a list of parts. Process r starts with ones at digit r (1, 10, 100,
        1000), so the digits of a sum tell whose gradients are in it.
    """
    vectors = [np.full(PROCESSES, 10**rank) for rank in range(PROCESSES)]
    stages = [[[int(part[0]) for part in parts] for parts in held]
              for held in ring_all_reduce(vectors)]
    halves = len(stages) // 2
    labels = ["Before: four gradients, each cut into four parts"]
    labels += [f"Add, step {i} of {halves}: each sends one part to the next, which adds it"
               for i in range(1, halves + 1)]
    labels += [f"Copy, step {i} of {halves}: each sends a finished part on"
               for i in range(1, halves + 1)]
    frames = [_frame(stage, stages[i - 1] if i else None) for i, stage in enumerate(stages)]
    return widgets.Stepper(frames, name="Step", labels=labels, interval_ms=1200,
                           title="All-reduce around a ring of four")


def _frame(held, before):
    figure, ax = plots.canvas(440, 250)
    done = int("1" * PROCESSES)
    rows, finished = [], 0
    for rank, parts in enumerate(held):
        top = 34 + 52 * rank
        ax.text(8, top + 20, f"process {rank}", va="center", fontsize=10)
        for k, value in enumerate(parts):
            new = before is not None and before[rank][k] != value
            finished += value == done
            colour = plots.COLORS["gradient"] if value == done else "#E6E8EC"
            ax.add_patch(Rectangle((92 + 84 * k, top), 76, 40, facecolor=colour,
                                   edgecolor="black" if new else "#8A8F98",
                                   linewidth=2.5 if new else 0.8))
            ax.text(130 + 84 * k, top + 20, f"{value:04d}", ha="center", va="center", fontsize=11,
                    color="white" if value == done else "black",
                    fontweight="bold" if new else "normal")
        rows.append(f"process {rank} holds {', '.join(f'{value:04d}' for value in parts)}")
    for k in range(PROCESSES):
        ax.text(130 + 84 * k, 20, f"part {k}", ha="center", fontsize=9.5)
    return widgets.frame(figure, alt=(
        f"{'; '.join(rows)}. Finished (1111): {finished} of {PROCESSES**2} parts."
    ), text={"finished parts": f"{finished} of {PROCESSES**2}"})
