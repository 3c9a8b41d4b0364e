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


def grouped(values):
    """Places, and values there: the first four singly, then means of four (48 begins a group)."""
    rest = values[:, 4:].reshape(len(values), -1, 4).mean(axis=2)
    places = np.concatenate([np.arange(4), np.arange(4, values.shape[1], 4) + 1.5])
    return places, np.concatenate([values[:, :4], rest], axis=1)


def drawn(network, view):
    """What is drawn of a network: x, and a row of values for each seed."""
    if view == "by place":
        return grouped(by_position(network))
    values = curves(network)
    return np.arange(values.shape[1]) * 50 + 25, values


def reading_frame(network, view):
    """Draw one network in full and the others faintly."""
    figure, ax = plots.figure(480, 270, layout="none")
    figure.subplots_adjust(left=0.11, right=0.74, bottom=0.18, top=0.9)
    for name in NETWORKS:
        x, values = drawn(name, view)
        if name == network:
            drawing.runs(ax, x, values, name)
        else:
            ax.plot(x, values.mean(axis=0), color="#C9CDD3", linewidth=1)
    if view == "training":
        ax.set(xlim=(0, study.reading.UPDATES), ylim=(1.2, 3.4), xlabel="update",
               ylabel="loss, nats a character", title="while it trains")
    else:
        ax.axvline(study.reading.WINDOW, **plots.role("muted"))
        ax.text(study.reading.WINDOW - 1, 3.3, "trained up to here", fontsize=8.5, ha="right",
                color=plots.TEXT_COLORS["muted"])
        ax.set(xlim=(0, study.reading.LONG), ylim=(1.2, 3.4),
               xlabel="place in the window (from 4 on: means of four)",
               ylabel="loss, nats a character", title="on new text, place by place")
    for name, height in heights(view).items():
        role = drawing.ROLES[name] if name == network else "muted"
        plots.direct_label(ax, ax.get_xlim()[1], height, name, role,
                           fontsize=9.5 if name == network else 8)
    found, places = test_loss(network), by_position(network).mean(axis=0)
    text = {"Loss on new text, three seeds": drawing.spread(found)} | {
        f"At place {name}": f"{places[part].mean():.2f}" for name, part in (
            ("0", slice(1)), ("1 to 4", slice(1, 5)), ("20 to 47", slice(20, 48)),
            ("72 to 95", slice(72, None)))}
    return widgets.frame(
        figure, colours=24, text=text,
        alt=f"{LABELS[network]}, {view}: " + "; ".join(f"{k}: {v}" for k, v in text.items())
            + f"; training loss from {curves(network).mean(axis=0)[0]:.2f} to "
              f"{curves(network).mean(axis=0)[-1]:.2f}.")


def heights(view, apart=0.14):
    """Where the name of each network stands: at the end of its line, or above the one below."""
    ends = {name: float(drawn(name, view)[1].mean(axis=0)[-1]) for name in NETWORKS}
    lowest, found = -np.inf, {}
    for name in sorted(ends, key=ends.get):
        lowest = found[name] = max(ends[name], lowest + apart)
    return found


def reading_explorer():
    """Return the explorer of five networks in two views."""
    return widgets.Explorer(
        reading_frame,
        {"network": widgets.Choice("Network", NETWORKS, labels=list(LABELS.values())),
         "view": widgets.Choice("Loss", VIEWS, kind="toggle")},
        name="Which character comes next?")
