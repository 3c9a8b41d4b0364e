"""The way of a request: where a bad one is stopped."""

from __future__ import annotations

from nnlib import widgets
from nnlib.widgets import plots

CHECKS = ("method", "path", "type", "length", "JSON", "shape", "numbers", "answer")
CODES = {200: "answer", 405: "method", 404: "path", 415: "type", 408: "length", 411: "length",
         413: "length", 400: "JSON", 422: None, 500: "answer"}


def stopped_at(status, said):
    """The check at which a request ended, by its status and what was said."""
    if status == 422:
        return "numbers" if "between" in said else "shape"
    if "ended early" in said:
        return "length"
    return CODES[status]


def requests_explorer(answers):
    """Return the explorer of requests; `answers` maps a name to (status, what was said)."""
    def draw(name):
        status, said = answers[name]
        stop = CHECKS.index(stopped_at(status, said))
        figure, ax = plots.canvas(360, 206)
        ax.text(12, 18, name, fontsize=11.5, weight="bold", va="center")
        for i, check in enumerate(CHECKS):
            left, top = 12 + 86 * (i % 4), 38 + 66 * (i // 4)
            good, reached = i < stop or status == 200, i <= stop
            color = plots.COLORS["gradient" if good else "loss"] if reached else "#C4CAD2"
            ax.fill([left, left + 76, left + 76, left], [top, top, top + 50, top + 50],
                    facecolor="white", edgecolor=color, linewidth=2.4,
                    linestyle="-" if reached else ":")
            ax.text(left + 38, top + 17, check, ha="center", va="center", fontsize=11,
                    color="black" if reached else plots.TEXT_COLORS["muted"])
            mark = "" if not reached else "✓" if good else "✗"
            ax.text(left + 38, top + 36, mark, ha="center", va="center", fontsize=13, color=color)
            if i % 4:
                ax.plot([left - 10, left], [top + 25] * 2, color=plots.COLORS["muted"])
        ax.text(12, 188, f"{status}", fontsize=13, weight="bold", va="center",
                color=plots.TEXT_COLORS["gradient" if status == 200 else "loss"])
        ax.text(54, 188, said, fontsize=10.5, va="center")
        return widgets.frame(
            figure, colours=16,
            alt=f"Request: {name}. Status {status}: {said}. "
                + ("It passes every check." if status == 200
                   else f"It is stopped at: {CHECKS[stop]}."))

    return widgets.Explorer(draw, {"name": widgets.Choice("Request", tuple(answers))},
                            name="The way of a request")
