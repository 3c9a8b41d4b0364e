"""Where the parameters of the large network sit, where its work, and how large its maps are."""

from __future__ import annotations

import math

from nnlib import widgets
from nnlib.widgets import plots

HEADS = {"flatten, dense 128": {}, "average, dense 128": {"pool_all": True},
         "average": {"pool_all": True, "hidden": None}}
PADDINGS = (0, 1)
SHOWN = {"parameters": ("weight", "parameters"),
         "work": ("gradient", "multiplications for a picture"),
         "maps": ("prediction", "numbers in the maps of a picture")}


def sizes_frame(ledger, head, padding, what):
    """Draw one bar for each layer; `ledger` gives rows (name, shape, parameters, work)."""
    rows = ledger(padding=padding, **HEADS[head])
    values = []
    for name, shape, parameters, work in rows:
        maps = math.prod(shape) if name in ("conv", "pool") else 0
        values.append({"parameters": parameters, "work": work, "maps": maps}[what])
    total, (role, title) = sum(values), SHOWN[what]
    figure, ax = plots.figure(480, 290, layout="none")
    figure.subplots_adjust(left=0.3, right=0.8, bottom=0.04, top=0.9)
    ax.barh(range(len(rows)), values, color=plots.COLORS[role], height=0.62)
    for place, value in enumerate(values):
        said = f"{value:,}" if value else "none"
        ax.text(max(values) * 1.02, place, said, va="center", fontsize=9.5,
                color=plots.TEXT_COLORS["data"] if value else plots.TEXT_COLORS["muted"])
    names = [f"{name}  {'×'.join(map(str, shape))}" for name, shape, _, _ in rows]
    ax.set_yticks(range(len(rows)), names, fontsize=9.5)
    ax.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, max(values)), title=title)
    ax.set_xticks([])
    ax.grid(visible=False)
    most = max(range(len(rows)), key=values.__getitem__)
    return widgets.frame(
        figure, colours=12,
        alt=f"{head}, padding {padding}, {what}: {title}, layer by layer: "
            + "; ".join(f"{name} {value:,}" for (name, *_), value in zip(rows, values, strict=True))
            + f". Together {total:,}.",
        text={"Together": f"{total:,}",
              "Most of it": f"{rows[most][0]}, {100 * values[most] / total:.1f} %"},
    )


def sizes_explorer(ledger):
    """Return the explorer of head × padding × what is counted."""
    return widgets.Explorer(
        lambda head, padding, what: sizes_frame(ledger, head, padding, what),
        {"head": widgets.Choice("Behind the second pooling", tuple(HEADS)),
         "padding": widgets.Choice("Padding", PADDINGS, kind="toggle"),
         "what": widgets.Choice("Show", tuple(SHOWN), kind="toggle")},
        default={"head": "flatten, dense 128", "padding": 0, "what": "parameters"},
        name="Where it all sits",
    )
