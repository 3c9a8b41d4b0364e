"""What a log says of a run, beside a healthy one: a view for each question."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.debugging.figures.runs import logs, on_one_batch
from nnlib.widgets import plots

VIEWS = {
    "curves": "curves",
    "first": "first updates",
    "gradients": "gradients",
    "units": "hidden units",
    "answers": "answers",
    "inputs": "inputs",
    "one batch": "one batch",
}
TOP = {"B": 2.6, "F": 9, "H": 2.6, "K": 0.9}              # of the loss axis; 4 elsewhere
RISES = "F"                                               # its lines end at the upper right
LOWEST = 1e-4                                             # of axes of powers of ten


def case_explorer(case):
    """Return the explorer of a case: one view of its run at a time, a healthy run beside it."""
    return widgets.Explorer(
        lambda view: view_frame(case, view),
        {"view": widgets.Choice("Look at", tuple(VIEWS), tuple(VIEWS.values()), kind="toggle")},
        name=f"Case {case}: this run, and a healthy one")


def view_frame(case, view):
    """Draw one view of a case: seed 0, with the numbers of three seeds beneath."""
    figure, axes = plots.figure(480, 235, ncols=2, layout="none")
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.2, top=0.88, wspace=0.3)
    told = {}
    for ax, sick in zip(axes, (True, False), strict=True):
        title = "this run" if sick else "a healthy run"
        ax.set_title(title)
        told[title] = DRAW[view](ax, case, sick)
    return widgets.frame(
        figure, colours=16,
        text="\n".join(f"{name.capitalize()} – {what}." for name, what in told.items()),
        alt=f"{VIEWS[view].capitalize()}. " + " ".join(f"{k}: {v}." for k, v in told.items()))


def spread(values, form="{:.2g}"):
    """The lowest and the highest of some numbers, or the one that they all are."""
    low, high = (_without_sign_of_0(form.format(end)) for end in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def _without_sign_of_0(text):
    return text if text.strip("-0.%") else text.lstrip("-")


def _curves(ax, case, sick):
    found = logs(case, sick)
    epochs = np.arange(1, len(found[0].train_loss) + 1)
    ax.plot(epochs, found[0].train_loss, **plots.role("loss"))
    ax.plot(epochs, found[0].validation_loss, **plots.role("prediction"))
    ax.set(ylim=(0, TOP.get(case, 4)), xlim=(1, epochs[-1]), xlabel="epoch")
    x, side, gap = (0.03, "left", "\n") if case in RISES else (0.97, "right", " ")
    ax.text(x, 0.95, "training", transform=ax.transAxes, ha=side, va="top",
            color=plots.TEXT_COLORS["loss"], fontsize=9.5)
    ax.text(x, 0.85, f"validation{gap}(dashed)", transform=ax.transAxes, ha=side, va="top",
            color=plots.TEXT_COLORS["prediction"], fontsize=9.5)
    score = "R²" if _regression(case) else "right"
    form = "{:.2f}" if _regression(case) else "{:.0%}"
    return (f"loss at the end {spread([log.train_loss[-1] for log in found])} training, "
            f"{spread([log.validation_loss[-1] for log in found])} validation; {score} "
            f"{spread([log.train_score for log in found], form)} training, "
            f"{spread([log.validation_score[-1] for log in found], form)} validation")


def _first(ax, case, sick):
    found = logs(case, sick)
    losses = np.minimum(found[0].first, 1e6)
    ax.plot(np.arange(1, len(losses) + 1), losses, **plots.role("loss"))
    ax.set(yscale="log", ylim=(0.1, 2e6 if case == "E" else 10), xlabel="update")
    return (f"first loss {spread([log.first[0] for log in found], '{:.3g}')}, highest of the "
            f"first {len(losses)} {spread([max(log.first) for log in found], '{:.3g}')}")


def _gradients(ax, case, sick):
    found = logs(case, sick)
    foot = "; 0 is drawn at the foot" if min(map(min, found[0].norms.values())) == 0 else ""
    for (name, norms), role in zip(found[0].norms.items(), ("gradient", "weight"), strict=False):
        norms = np.maximum(norms, LOWEST)
        ax.plot(np.arange(1, len(norms) + 1), norms, **plots.role(role))
        end = "first layer" if name.startswith("0") else "last layer"
        y = (0.2 if case in RISES else 0.95) - 0.1 * (role == "weight")
        ax.text(0.97, y, end, transform=ax.transAxes, ha="right", va="top",
                color=plots.TEXT_COLORS[role], fontsize=9.5)
    ax.set(yscale="log", ylim=(LOWEST / 2, 1e3), xlabel="epoch")
    ends = [[log.norms["0.weight"][i] for log in found] for i in (0, -1)]
    turns = [float(np.nanmedian(log.turns)) for log in found]
    return (f"norm of the first layer {spread(ends[0])} in the first epoch, {spread(ends[1])} in "
            f"the last; cosine of a gradient with the one before {spread(turns, '{:.1f}')}{foot}")


def _units(ax, case, sick):
    found = logs(case, sick)
    if found[0].firing is None:
        ax.axis("off")
        ax.text(0.5, 0.5, "no hidden layer", ha="center", transform=ax.transAxes)
        return "no hidden layer"
    shares = np.sort(found[0].firing)[::-1]
    ax.bar(np.arange(1, len(shares) + 1), shares, color=plots.COLORS["weight"], width=0.9)
    ax.set(ylim=(0, 1.02), xlabel="hidden unit, sorted")
    ax.text(0.97, 0.95, "share of rows\nit fires for", transform=ax.transAxes, ha="right", va="top",
            fontsize=9.5, color=plots.TEXT_COLORS["weight"])
    dead = [int((log.firing == 0).sum()) for log in found]
    return f"{spread(dead, '{}')} of {len(shares)} units fire for no training row"


def _answers(ax, case, sick):
    log = logs(case, sick)[0]
    if _regression(case):
        ax.plot(log.truth, log.answers, **plots.role("data", markersize=2.5))
        ax.plot([-2, 2.6], [-2, 2.6], **plots.role("muted"))
        ax.set(xlim=(-2, 2.6), ylim=(-2, 2.6), xlabel="truth", ylabel="answer")
        return ("standard deviation of the answers "
                f"{spread([float(np.std(one.answers)) for one in logs(case, sick)])}, of the truth "
                f"{np.std(log.truth):.2g}")
    if log.rows.shape[1] == 2:
        return _points(ax, case, sick)
    counts = confusion(log)
    ax.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), vmin=0, vmax=1)
    ax.set(xlabel="answer", ylabel="truth", xticks=[], yticks=[])
    ax.grid(visible=False)
    each = [confusion(one) for one in logs(case, sick)]
    return (f"{spread([np.trace(one) / one.sum() for one in each], '{:.0%}')} on the diagonal, "
            f"{spread([one.max(axis=1).sum() / one.sum() for one in each], '{:.0%}')} in the "
            "fullest cells of the rows")


def _points(ax, case, sick):
    log = logs(case, sick)[0]
    wrong = log.answers != log.truth
    for label, role in ((0, "loss"), (1, "prediction")):
        right = log.rows[~wrong & (log.answers == label)]
        ax.plot(*right.T, linestyle="none", marker="os"[label], markersize=3,
                color=plots.COLORS[role])
    ax.plot(*log.rows[wrong].T, linestyle="none", marker="x", markersize=7, color="black")
    ax.set(xlim=(-2.3, 2.3), ylim=(-2.6, 2.6), xlabel="black crosses: wrong")
    wrong = [np.mean(one.answers != one.truth) for one in logs(case, sick)]
    return f"{spread(wrong, '{:.0%}')} of the validation rows wrong"


def confusion(log):
    """Counts by truth (rows) and answer (columns)."""
    classes = int(max(log.truth.max(), 1)) + 1
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (log.truth, log.answers), 1)
    return counts


def _inputs(ax, case, sick):
    x = logs(case, sick)[0].inputs
    ax.hist(x.ravel(), bins=30, color=plots.COLORS["prediction"])
    ax.set(yticks=[], xlabel="value of an input")
    return (f"{len(x)} rows, {x.shape[1]} inputs from {x.min():.2g} to {x.max():.3g}, mean "
            f"{x.mean():.2g}, standard deviation {x.std():.2g}")


def _one_batch(ax, case, sick):
    found = on_one_batch(case, sick)
    losses = np.minimum(found[0], 1e6)
    ax.plot(np.arange(1, len(losses) + 1), losses, **plots.role("loss"))
    ax.set(yscale="log", ylim=(1e-3, 2e6 if case in "EH" else 10), xlabel="update, same 32 rows")
    return (f"loss of 32 rows {spread([one[0] for one in found], '{:.3g}')} at first, "
            f"{spread([one[-1] for one in found], '{:.2g}')} after "
            f"{spread([len(one) for one in found], '{}')} updates")


def _regression(case):
    return logs(case, True)[0].answers.dtype.kind == "f"


DRAW = {"curves": _curves, "first": _first, "gradients": _gradients, "units": _units,
        "answers": _answers, "inputs": _inputs, "one batch": _one_batch}
