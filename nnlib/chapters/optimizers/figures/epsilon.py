"""What Adam's ε does: the step over the size of the gradients, and a network under it."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.optimizers.study import tasks
from nnlib.widgets import plots

EPSILONS = (1e-8, 1e-4, 1e-2, 1.0)
SEEDS = (0, 1, 2)
UPDATES = 100


@functools.cache
def sizes_and_losses(eps, rate=0.01, updates=UPDATES):
    """Train the digits with Adam; return √ŝ of every weight of seed 0, and the losses by seed."""
    task, losses, sizes = tasks.task("digits"), [], None
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        model, loss_fn = task.network(rng), task.loss()
        optimizer = nn.Adam(model.parameters(), lr=rate, eps=eps)
        done = 0
        while done < updates:
            for x, y in nn.batches(*task.parts[0], batch_size=64, rng=rng):
                loss_fn(model(x), y)
                optimizer.zero_grad()
                model.backward(loss_fn.backward(), input_grad=False)
                optimizer.step()
                done += 1
                if done == updates:
                    break
        losses.append(float(nn.evaluate(model, loss_fn, task.parts[0])["loss"]))
        if sizes is None:
            square = np.concatenate([s.ravel() for s in optimizer.square])
            sizes = np.sqrt(square / (1 - 0.999**updates))
    return sizes, losses


def epsilon_frame(eps):
    """Draw the step over the size of a steady gradient, and where the network's weights lie."""
    sizes, losses = sizes_and_losses(eps)
    g = np.geomspace(1e-10, 100, 200)
    figure, ax = plots.figure(480, 290, layout="none")
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.17, top=0.9)
    ax.plot(g, g / (g + eps), **plots.role("loss"))
    shown = sizes[sizes > 1e-10]
    counts, edges = np.histogram(np.log10(shown), bins=36, range=(-10, 2))
    behind = ax.twinx()
    behind.bar(10 ** edges[:-1], counts, align="edge", width=np.diff(10**edges), color="#C9CDD4")
    behind.set(ylim=(0, 4 * counts.max()), yticks=[])
    behind.spines["right"].set_visible(False)
    ax.set_zorder(behind.get_zorder() + 1)
    ax.patch.set_visible(False)
    ax.axvline(eps, color="black", linewidth=1, linestyle="--")
    ax.text(eps * 0.8, 1e-4, "ε", ha="right", fontsize=12)
    ax.set(xscale="log", yscale="log", xlim=(1e-10, 100), ylim=(1e-8, 5),
           xlabel="size of the gradients, √ŝ", title="step, in units of η")
    at, side = (1.5e-10, "left") if eps >= 0.01 else (95, "right")      # where the curve is not
    ax.text(at, 2.2e-3, "bars: how many of the\nnetwork's weights have\ngradients of this size",
            ha=side, va="center", fontsize=9, color=plots.TEXT_COLORS["muted"])
    ax.minorticks_off()
    below = np.mean(sizes < eps)
    return widgets.frame(
        figure, colours=24,
        alt=f"Adam with ε = {eps:g}: under a steady gradient of size ε a step is half the rate, "
            f"far above the whole rate, far below in proportion to the gradient. After {UPDATES} "
            f"updates on the digits {100 * below:.0f} % of the network's numbers have √ŝ below ε; "
            f"training loss {np.median(losses):.2g} ({min(losses):.2g} to {max(losses):.2g}).",
        text={"Numbers of the network with √ŝ below ε": f"{100 * below:.0f} %",
              "Training loss after 100 updates":
                  f"{np.median(losses):.2g} ({min(losses):.2g} to {max(losses):.2g})"},
    )


def epsilon_explorer():
    """Return the explorer of ε."""
    return widgets.Explorer(
        epsilon_frame, {"eps": widgets.Choice("ε", EPSILONS, kind="toggle",
                                              labels=("1e-8", "0.0001", "0.01", "1"))},
        default={"eps": 1e-8}, name="Adam's ε: digits, rate 0.01, seeds 0 to 2",
    )
