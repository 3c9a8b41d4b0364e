"""Dead ReLU units under another slope: how often does each unit fire, and how many come back?"""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.activations.figures.functions import two_panels
from nnlib.widgets import plots

ALPHAS = (0.0, 0.01, 0.1, 0.3)
UPDATES = (0, 100, 400)
SEEDS = range(5)


@functools.cache
def digits():
    """The digits' training rows and labels."""
    images = data.load_digits()
    (x, y), _, _ = data.split(images.x, images.y, rng=np.random.default_rng(0))
    return x, y


def network(alpha, seed=0):
    """64 -> 32 -> 10 with leaky ReLU of slope alpha; 0 is ReLU itself."""
    rng = np.random.default_rng(seed)
    activation = nn.LeakyReLU(alpha) if alpha else nn.ReLU()
    return nn.Sequential(nn.Dense(64, 32, rng=rng), activation,
                         nn.Dense(32, 10, rng=rng))


def train(model, lr, updates):
    """Take `updates` steps of plain gradient descent on all rows at once."""
    x, y = digits()
    loss_fn, optimizer = nn.CrossEntropyLoss(), nn.SGD(model.parameters(), lr=lr)
    for _ in range(updates):
        loss_fn(model(x), y)
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()


def firing(model):
    """For which share of the training rows each hidden unit fires: z > 0."""
    return np.mean(model[0](digits()[0]) > 0, axis=0)


@functools.cache
def killed(seed=0):
    """The weights after three updates at rate 10, a hundred times too large."""
    model = network(0.0, seed)
    train(model, lr=10.0, updates=3)
    return model.state_dict()


@functools.cache
def shares(alpha, seed=0):
    """Firing shares of the 32 units after 0, 100 and 400 updates at 0.1 from the killed state."""
    model = network(alpha, seed)
    model.load_state_dict(killed(seed))
    found, before = [], 0
    for updates in UPDATES:
        train(model, lr=0.1, updates=updates - before)
        found.append(firing(model))
        before = updates
    return found


def revived(alpha, updates, seed=0):
    """How many units were dead, and how many of these fire for some row now."""
    found = shares(alpha, seed)
    dead = found[0] == 0
    return int(dead.sum()), int((found[UPDATES.index(updates)][dead] > 0).sum())


def revival_frame(alpha, updates):
    """Draw the firing share of each unit, and how many of the dead ones are back."""
    now, dead = shares(alpha)[UPDATES.index(updates)], shares(alpha)[0] == 0
    order = np.lexsort((-now, dead))                       # the living first
    figure, (left, right) = two_panels()
    colours = [plots.COLORS["weight" if dead[i] else "prediction"] for i in order]
    left.bar(range(32), 100 * now[order], color=colours, width=0.8)
    left.plot(np.flatnonzero(now[order] == 0), np.zeros((now == 0).sum()), "x", clip_on=False,
              color=plots.COLORS["loss"], markersize=5)
    left.axvline((~dead).sum() - 0.5, **plots.role("muted"))
    plots.direct_label(left, (~dead).sum() + 3, 55, "were dead →", "weight")
    left.set(title="fires for % of rows", ylim=(0, 104), xlim=(-0.7, 31.7), xticks=[])
    left.set_xlabel("hidden units, sorted (× never)", labelpad=11)
    for place, slope in enumerate(ALPHAS):
        counts = [revived(slope, updates, seed)[1] for seed in SEEDS]
        here = slope == alpha
        right.plot(place + np.linspace(-0.28, 0.28, len(SEEDS)), counts, "o", clip_on=False,
                   color=plots.COLORS["weight" if here else "muted"], markersize=6 if here else 3)
        if here:
            break
    right.set(title="back again, 5 runs", xlabel="slope α on the left", xlim=(-0.5, 3.5),
              ylim=(0, 27), xticks=range(4), xticklabels=["0"] + [f"{a:g}" for a in ALPHAS[1:]])
    of, back = revived(alpha, updates)
    every = ", ".join(str(revived(alpha, updates, seed)[1]) for seed in SEEDS)
    return widgets.frame(
        figure, colours=20,
        alt=f"Slope {alpha:g}, {updates} updates: {back} of {of} dead units fire again; in five "
            f"runs {every}. {(now == 0).sum()} of 32 units never fire.",
        text={"Dead before": str(of), "Fire again": str(back), "Five runs": every},
    )


def revival_explorer():
    """Return the explorer of the slope on the left and the updates since."""
    return widgets.Explorer(
        lambda alpha, updates: revival_frame(alpha, updates),
        {"alpha": widgets.Choice("Slope α", ALPHAS, ("0 (ReLU)", "0.01", "0.1", "0.3"),
                                 kind="toggle"),
         "updates": widgets.Choice("Updates at 0.1", UPDATES, kind="toggle")},
        name="What brings dead units back?",
    )
