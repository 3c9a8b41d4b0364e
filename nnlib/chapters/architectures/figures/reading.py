"""Four recipes read the same text: what they reach, and what the place in the window is worth."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.architectures import study
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

NETWORKS = (*study.reading.READERS, "no positions")
LABELS = {name: name for name in NETWORKS} | {"no positions": "Transformer, no positions"}
VIEWS = ("training", "by place")


def curves(network):
    """Training loss of each seed, in means of 50 updates."""
    return np.array(study.results()["reading"][network]["curve"])


def by_position(network):
    """Test loss of each seed at every place of windows of 96 characters."""
    return np.array(study.results()["reading"][network]["by position"])


def test_loss(network):
    """Test loss of each seed over windows as long as in training."""
    return by_position(network)[:, : study.reading.WINDOW].mean(axis=1)


def smoothed(values, width=5):
    """Means over neighbouring places, fewer at the ends."""
    sums = np.cumsum(np.pad(values, ((0, 0), (1, 0))), axis=1)
    n = values.shape[1]
    low = np.maximum(np.arange(n) - width // 2, 0)
    high = np.minimum(np.arange(n) + width // 2 + 1, n)
    return (sums[:, high] - sums[:, low]) / (high - low)


def reading_frame(network, view):
    """Draw one network in full and the others faintly."""
    figure, ax = plots.figure(480, 270, layout="none")
    figure.subplots_adjust(left=0.11, right=0.74, bottom=0.18, top=0.9)
    for name in NETWORKS:
        values = curves(name) if view == "training" else smoothed(by_position(name))
        x = (np.arange(values.shape[1]) * 50 + 25 if view == "training"
             else np.arange(values.shape[1]))
        if name == network:
            drawing.runs(ax, x, values, name)
        else:
            ax.plot(x, values.mean(axis=0), color="#C9CDD3", linewidth=1)
    if view == "training":
        ax.set(xlim=(0, study.reading.UPDATES), ylim=(1.2, 3.4), xlabel="update",
               ylabel="loss, nats a character", title="while it trains")
    else:
        ax.axvline(study.reading.WINDOW, **plots.role("muted"))
        ax.set(xlim=(0, study.reading.LONG), ylim=(1.2, 3.4), xlabel="place in the window",
               ylabel="loss, nats a character", title="on new text, place by place")
    last = values_at(network, view)
    plots.direct_label(ax, ax.get_xlim()[1], min(last, 3.35), network, drawing.ROLES[network])
    found, places = test_loss(network), by_position(network).mean(axis=0)
    text = {"Loss on new text, three seeds": drawing.spread(found),
            "At place 0 · 1 to 4 · 20 to 47 · 72 to 95": " · ".join(
                f"{part.mean():.2f}" for part in (places[:1], places[1:5], places[20:48],
                                                  places[72:]))}
    return widgets.frame(
        figure, colours=24, text=text,
        alt=f"{LABELS[network]}, {view}: " + "; ".join(f"{k}: {v}" for k, v in text.items())
            + f"; training loss from {curves(network).mean(axis=0)[0]:.2f} to "
              f"{curves(network).mean(axis=0)[-1]:.2f}.")


def values_at(network, view):
    """Where the line of a network ends."""
    values = curves(network) if view == "training" else smoothed(by_position(network))
    return float(values.mean(axis=0)[-1])


def reading_explorer():
    """Return the explorer of five networks in two views."""
    return widgets.Explorer(
        reading_frame,
        {"network": widgets.Choice("Network", NETWORKS, labels=list(LABELS.values())),
         "view": widgets.Choice("Loss", VIEWS, kind="toggle")},
        name="Which character comes next?")
