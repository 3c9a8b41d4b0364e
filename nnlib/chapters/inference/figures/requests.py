"""The way of a request: where a bad one is stopped."""

from __future__ import annotations

from nnlib import widgets
from nnlib.widgets import plots

CHECKS = ("path", "length", "type", "JSON", "shape", "numbers", "answer")
CODES = {200: "answer", 404: "path", 411: "length", 413: "length", 415: "type", 400: "JSON",
         422: None}


def stopped_at(status, said):
    """The check at which a request ended, by its status and what was said."""
    if status == 422:
        return "numbers" if "finite" in said or "between" in said else "shape"
    return CODES[status]


def requests_explorer(answers):
    """Return the explorer of requests; `answers` maps a name to (status, what was said)."""
    def draw(name):
        status, said = answers[name]
        stop = CHECKS.index(stopped_at(status, said))
        figure, ax = plots.canvas(480, 120)
        for i, check in enumerate(CHECKS):
            left, good = 12 + 66 * i, i < stop or status == 200
            reached = i <= stop
            color = plots.COLORS["gradient" if good else "loss"] if reached else "#DDE2E8"
            ax.fill([left, left + 56, left + 56, left], [38, 38, 78, 78], facecolor="white",
                    edgecolor=color, linewidth=2.4, linestyle="-" if reached else ":")
            ax.text(left + 28, 52, check, ha="center", va="center", fontsize=8.5)
            mark = "" if not reached else "✓" if good else "✗"
            ax.text(left + 28, 68, mark, ha="center", va="center", fontsize=11, color=color)
            if i:
                ax.plot([left - 10, left], [58, 58], color="#8A8F98" if reached else "#DDE2E8")
        ax.text(12, 20, f"{name}", fontsize=10.5, weight="bold", va="center")
        ax.text(12, 102, f"{status}", fontsize=12, weight="bold", va="center",
                color=plots.TEXT_COLORS["gradient" if status == 200 else "loss"])
        ax.text(56, 102, said, fontsize=9.5, va="center")
        return widgets.frame(
            figure, colours=16,
            alt=f"Request: {name}. Status {status}: {said}. "
                + ("It passes every check." if status == 200
                   else f"It is stopped at: {CHECKS[stop]}."))

    return widgets.Explorer(draw, {"name": widgets.Choice("Request", tuple(answers))},
                            name="The way of a request")
