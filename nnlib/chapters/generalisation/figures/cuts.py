"""Three ways to cut the rows of three kinds of data, and what the validation rows share."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.widgets import plots

KINDS = ("one row a person", "five rows a person", "one row a day")
CUTS = ("random rows", "whole groups", "the last in time")
PEOPLE, EACH, HELD = 8, 5, 10


def held_out(cut, groups, seed=2):
    """Return which of the rows are held out (rows,): about a quarter of them."""
    rng = np.random.default_rng(seed)
    count = len(groups)
    if cut == "the last in time":
        return np.arange(count) >= count - HELD
    if cut == "whole groups":
        names = rng.permutation(np.unique(groups))
        sizes = [np.sum(groups == name) for name in names]
        return np.isin(groups, names[: np.searchsorted(np.cumsum(sizes), HELD) + 1])
    return np.isin(np.arange(count), rng.permutation(count)[:HELD])


def groups_of(kind):
    """Return the group of each of the 40 rows."""
    rows = np.arange(PEOPLE * EACH)
    return rows // EACH if kind == "five rows a person" else rows


def answers(kind, held):
    """Count the held-out rows whose answer stands nearly word for word in the training rows.

    For people: another row of the same one. For days: a *later* day, which nobody has when the
    model is used.
    """
    groups = groups_of(kind)
    if kind == "one row a day":
        return int(sum((~held)[i + 1:].any() for i in np.flatnonzero(held)))
    return int(np.isin(groups[held], groups[~held]).sum())


def cut_frame(kind, cut):
    """Draw forty rows, coloured by group, those held out moved down."""
    groups, rows = groups_of(kind), np.arange(PEOPLE * EACH)
    held = held_out(cut, groups)
    figure, ax = plots.canvas(480, 150)
    palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000",
               "#8A8F98"]
    for row in rows:
        colour = palette[groups[row] % 8] if kind == "five rows a person" else (
            "#0072B2" if kind == "one row a person" else plots.mpl.cm.cividis(row / 39))
        x, y = 70 + 10 * row, 94 if held[row] else 40
        ax.add_patch(plots.plt.Rectangle((x, y), 8, 26, color=colour))
        if kind == "five rows a person":
            ax.text(x + 4, y + 13, "ABCDEFGH"[groups[row]], color="white", ha="center",
                    va="center", fontsize=7)
    ax.text(64, 53, "training", ha="right", va="center", fontsize=9.5)
    ax.text(64, 107, "held out", ha="right", va="center", fontsize=9.5)
    if kind == "one row a day":
        ax.text(470, 20, "later, and lighter →", ha="right", va="center", fontsize=9.5)
    if kind == "five rows a person":
        ax.text(470, 20, "a letter and a colour for each person", ha="right", va="center",
                fontsize=9.5)
    found, count = answers(kind, held), int(held.sum())
    what = ("with later days among the training rows" if kind == "one row a day"
            else "whose person is in training too")
    return widgets.frame(
        figure, colours=24,
        alt=f"Forty rows, {kind}, cut by {cut}: {count} held out, {found} of them {what}.",
        text={f"Held-out rows {what}": f"{found} of {count}"},
    )


def cut_explorer():
    """Return the explorer of three kinds of data and three cuts."""
    return widgets.Explorer(
        cut_frame,
        {"kind": widgets.Choice("Data", KINDS, kind="radio"),
         "cut": widgets.Choice("Cut", CUTS, kind="radio")},
        default={"kind": "one row a person", "cut": "random rows"}, name="Where to cut",
    )
