"""Clipping: two arrows, and a training with one bad row."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.optimizers.study import tasks
from nnlib.widgets import plots

GRADIENTS = {"(3, 4)": (3.0, 4.0), "(0.6, 4)": (0.6, 4.0), "(4, −0.2)": (4.0, -0.2),
             "(0.8, 0.8)": (0.8, 0.8)}
LIMITS = (0.5, 1.0, 2.0)
SEEDS = (0, 1, 2, 3, 4)
UPDATES = 100
TOO_BRIGHT = 255              # one image left at 0 to 255


def clipped(gradient, limit, how):
    """Clip a gradient with the library: by "norm" or by "value"."""
    w = nn.Parameter(np.zeros(2))
    w.grad = np.array(gradient)
    {"norm": nn.clip_grad_norm, "value": nn.clip_grad_value}[how]([w], limit)
    return w.grad


def arrows_frame(gradient, limit):
    """Draw a gradient and what both kinds of clipping make of it."""
    g = np.array(GRADIENTS[gradient])
    results = {how: clipped(g, limit, how) for how in ("norm", "value")}
    figure, axes = plots.figure(480, 270, ncols=2, layout="none")
    figure.subplots_adjust(left=0.06, right=0.98, bottom=0.1, top=0.9, wspace=0.2)
    angle = np.linspace(0, 2 * np.pi, 200)
    turns = {}
    for ax, (how, cut) in zip(axes, results.items(), strict=True):
        if how == "norm":
            ax.plot(limit * np.cos(angle), limit * np.sin(angle), **plots.role("muted"))
        else:
            corners = limit * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
            ax.plot(*corners.T, **plots.role("muted"))
        for vector, colour, width in [(g, plots.COLORS["gradient"], 1.5),
                                      (cut, plots.COLORS["loss"], 3)]:
            ax.annotate("", vector, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour,
                                                        "linewidth": width, "shrinkA": 0,
                                                        "shrinkB": 0})
        cosine = g @ cut / np.linalg.norm(g) / np.linalg.norm(cut)
        turns[how] = float(np.degrees(np.arccos(min(1.0, cosine))))
        ax.set(xlim=(-2.4, 4.6), ylim=(-2.4, 4.6), title=f"by {how}, limit {limit:g}",
               aspect="equal")
    told = {how: f"({cut[0]:.2f}, {cut[1]:.2f})" for how, cut in results.items()}
    return widgets.frame(
        figure, colours=24,
        alt=f"Gradient {gradient}, limit {limit:g}. Clipped by norm it is {told['norm']}, turned "
            f"by {turns['norm']:.0f} degrees; by value {told['value']}, turned by "
            f"{turns['value']:.0f} degrees.",
        text={"By norm": f"{told['norm']}, turned by {turns['norm']:.0f}°",
              "By value": f"{told['value']}, turned by {turns['value']:.0f}°"},
    )


def arrows_explorer():
    """Return the explorer of gradients and limits."""
    return widgets.Explorer(
        arrows_frame,
        {"gradient": widgets.Choice("Gradient", tuple(GRADIENTS), kind="toggle"),
         "limit": widgets.Choice("Limit c", LIMITS, kind="toggle")},
        default={"gradient": "(3, 4)", "limit": 2.0}, name="Two ways to clip",
    )


@functools.cache
def with_one_bad_row(method, rate, clip, seed):
    """Train the digits with one image that was not scaled; return the loss of each batch.

    The loss is that of the other, sound rows of the
    batch, before the update.
    """
    task = tasks.task("digits")
    x_train, y_train = task.parts[0][0].astype("float64"), task.parts[0][1]
    x_train[0] *= TOO_BRIGHT
    bad = x_train.max(axis=1) > 2
    rng = np.random.default_rng(seed)
    model, loss_fn = task.network(rng).astype("float64"), task.loss()
    optimizer = getattr(nn, method)(model.parameters(), lr=rate)
    rows, losses = np.arange(len(x_train)), []
    while len(losses) < UPDATES:
        for batch, y in nn.batches(rows, y_train, batch_size=64, rng=rng):
            sound = batch[~bad[batch]]
            losses.append(loss_fn(model(x_train[sound]), y_train[sound]).item())
            loss_fn(model(x_train[batch]), y)
            optimizer.zero_grad()
            model.backward(loss_fn.backward(), input_grad=False)
            if clip is not None:
                nn.clip_grad_norm(model.parameters(), clip)
            optimizer.step()
            if len(losses) == UPDATES:
                break
    return np.array(losses)


def bad_row_frame():
    """Draw the losses with and without clipping: five seeds each, thin, and their median."""
    figure, axes = plots.figure(500, 290, ncols=2, layout="none", sharey=True)
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.17, top=0.9, wspace=0.1)
    told = []
    for ax, (method, rate) in zip(axes, (("SGD", 0.3), ("Adam", 0.01)), strict=True):
        for clip, role, name in [(None, "loss", "no clipping"),
                                 (1.0, "prediction", "clipped at 1")]:
            curves = np.array([with_one_bad_row(method, rate, clip, seed) for seed in SEEDS])
            style = plots.role(role)
            for curve in curves:
                ax.plot(curve, color=style["color"], alpha=0.3, linewidth=0.7)
            median = np.median(curves, axis=0)
            ax.plot(median, **style)
            ends = curves[:, -10:].mean(axis=1)
            plots.direct_label(ax, 98, 7 if clip is None else 0.045, name, role, ha="right",
                               xytext=(0, 0))
            told.append(f"{method}, {name}: {np.median(ends):.2g} ({ends.min():.2g} to "
                        f"{ends.max():.2g}), largest loss of a batch {curves.max():.2g}")
        ax.set(yscale="log", ylim=(0.02, 200), xlabel="update", title=f"{method}, rate {rate:g}")
        ax.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
        ax.minorticks_off()
    return widgets.frame(
        figure, alt="Digits with one image left at 0 to 255, five seeds. "
                    "Loss of the sound rows, mean of the last ten updates: "
                    + "; ".join(told) + ".",
    )
