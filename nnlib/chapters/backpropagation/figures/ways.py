"""Several ways from one value to the loss: how many there are, and in which order to go back."""

from __future__ import annotations

import itertools

from nnlib import widgets
from nnlib.chapters.backpropagation.figures.drawing import arrow, node, short, word
from nnlib.engine import Value
from nnlib.widgets import plots

DOUBLINGS = (1, 2, 4, 5)


def doubled(doublings, start=3.0):
    """(first, last): a value that is added to itself so many times."""
    first = last = Value(start)
    for _ in range(doublings):
        last = last + last
    return first, last


def number_of_ways(last, first):
    """From how many sides `last` can be reached from `first`, each way counted by itself."""
    if last is first:
        return 1
    return sum(number_of_ways(parent, first) for parent in last.parents)


def ways_frame(doublings):
    """Draw a chain of doublings as a graph, and all its ways one by one."""
    first, last = doubled(doublings)
    ways = number_of_ways(last, first)
    last.backward()
    figure, ax = plots.canvas(490, 230)
    word(ax, 12, 16, "the graph", size=10.5, ha="left", weight="bold")
    word(ax, 12, 108, "its ways, one by one", size=10.5, ha="left", weight="bold")
    xs = [40 + i * 82 for i in range(doublings + 1)]
    for i, x in enumerate(xs):
        node(ax, x, 62, "abcdef"[i], width=34, active=i == doublings)
        if i:
            arrow(ax, (xs[i - 1] + 18, 55), (x - 18, 55), bend=-0.3)
            arrow(ax, (xs[i - 1] + 18, 69), (x - 18, 69), bend=0.3)
    for way in range(ways):
        y = 126 + (way + 0.5) * 92 / ways
        heights = [y + (3 if way >> i & 1 else -3) * min(1, 12 / ways)
                   for i in range(doublings)]
        points = [xs[0], *[(x0 + x1) / 2 for x0, x1 in itertools.pairwise(xs)], xs[-1]]
        ax.plot(points, [y, *heights, y], color=plots.COLORS["gradient"], linewidth=1.1)
        ax.plot([xs[0], xs[-1]], [y, y], "o", markersize=2.5, color=plots.COLORS["data"])
    return widgets.frame(
        figure, colours=16,
        alt=f"{doublings} doublings in a row: {ways} ways lead from a to the last value, "
            f"and the gradient is {short(float(first.grad), 0)}. The graph has {2 * doublings} "
            f"edges.",
        text={"Ways from a to the end": f"{ways}", "Edges of the graph": f"{2 * doublings}",
              "Gradient of a": short(float(first.grad), 0)})


def ways_explorer():
    """Return the explorer of up to five doublings."""
    return widgets.Explorer(
        ways_frame, {"doublings": widgets.Choice("Doublings", DOUBLINGS, kind="toggle")},
        default={"doublings": 2}, name="Ways multiply, edges only add up")


# --- the order of the way back, on b = 2a, c = b + 1, L = b · c ---

ORDERS = {"nearest first": ("L", "b", "c", "a"), "users first": ("L", "c", "b", "a")}
PLACES = {"a": (52, 150), "b": (176, 150), "c": (300, 70), "L": (424, 150)}
NAMES = {"a": "a", "b": "b = 2a", "c": "c = b + 1", "L": "L = b·c"}
VALUES = {"a": 3.0, "b": 6.0, "c": 7.0, "L": 42.0}
# share(g) of each parent, for the value that passes its gradient on
SHARES = {"L": {"b": VALUES["c"], "c": VALUES["b"]}, "c": {"b": 1.0}, "b": {"a": 2.0}, "a": {}}


def swept(order, steps):
    """What has arrived at each value after `steps` of them have passed their gradient on."""
    arrived = {"L": 1.0}
    for name in ORDERS[order][:steps]:
        for parent, slope in SHARES[name].items():
            arrived[parent] = arrived.get(parent, 0.0) + slope * arrived[name]
    return arrived


def order_frame(order, steps):
    """Draw the graph after some values have passed their gradients on."""
    arrived, passed = swept(order, steps), ORDERS[order][:steps]
    late = [name for name in passed if swept(order, ORDERS[order].index(name))[name]
            != arrived[name]]
    figure, ax = plots.canvas(490, 205)
    for child, parents in SHARES.items():
        for parent in parents:
            (x0, y0), (x1, y1) = PLACES[parent], PLACES[child]
            used = child in passed
            arrow(ax, (x1 - 40, y1), (x0 + 40, y0),
                  color=plots.COLORS["gradient"] if used else "#B5B9C0",
                  width=2 if used else 1.1)
    for name, (x, y) in PLACES.items():
        node(ax, x, y, NAMES[name], width=76, active=bool(passed) and name == passed[-1])
        word(ax, x, y - 25, short(VALUES[name], 0), "prediction")
        if name in arrived:
            word(ax, x, y + 25, f"grad {short(arrived[name], 0)}", "gradient", weight="bold")
        if name in late:
            word(ax, x, y + 41, "came too late", "loss", size=8.5)
    word(ax, 12, 18, "passes on: " + (" → ".join(passed) if passed else "nobody yet"),
         ha="left", size=10)
    numbers = ", ".join(f"{name} {short(value, 0)}" for name, value in arrived.items())
    return widgets.frame(
        figure, colours=16,
        alt=f"{order}: {steps} have passed on, {', '.join(passed) or 'nobody yet'}. Gradients so "
            f"far: {numbers}." + (f" Part of that of {late[0]} came too late." if late else ""))


def order_explorer():
    """Return the explorer of two orders, step by step."""
    return widgets.Explorer(
        order_frame,
        {"order": widgets.Choice("Order", tuple(ORDERS), kind="toggle"),
         "steps": widgets.Choice("Values that have passed on", range(5), kind="toggle")},
        default={"steps": 1}, name="Who passes its gradient on first?")
