"""One picture, sent through the same network again and again, in either mode."""

from __future__ import annotations

import copy

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots

PASSES = tuple(range(1, 9))


def least_sure(model):
    """The validation row whose highest probability is lowest in evaluation mode."""
    x, _ = study.digits()[1]
    return int(nn.predict_proba(model, study.scaled(x)).max(axis=1).argmin())


def passes(model, row, mode, count=PASSES[-1]):
    """(dropped units, probabilities) of a validation row for each pass, in a batch of 64 rows.

    The neighbours are the same in every pass, and the model given is left as it was.
    """
    x, _ = study.digits()[1]
    others = [i for i in range(64) if i != row][:63]
    rows = study.scaled(x[[row, *others]])
    model = copy.deepcopy(model).train(mode == "training")
    dense, norm, relu, dropout, last = [module for _, module in model.named_children()]
    dropout.generator = np.random.default_rng(3)
    found = []
    for _ in range(count):
        hidden = relu(norm(dense(rows)))                              # (64, 64)
        kept = dropout(hidden)
        dropped = (hidden[0] > 0) & (kept[0] == 0)
        found.append((hidden[0], dropped, nn.softmax(last(kept), axis=-1)[0]))
    return found


def passes_explorer(model):
    """Return the explorer of eight passes in two modes."""
    row = least_sure(model)
    x, y = study.digits()[1]
    found = {mode: passes(model, row, mode) for mode in drawing.MODES}

    def draw(number, mode):
        hidden, dropped, p = found[mode][number - 1]
        figure, _ = plots.figure(360, 320, layout="none")
        figure.clear()
        axes = [figure.add_axes(place) for place in
                ((0.05, 0.52, 0.4, 0.41), (0.52, 0.52, 0.4, 0.41), (0.1, 0.09, 0.87, 0.3))]
        drawing.draw_picture(axes[0], x[row], "the picture")
        ax = axes[1]
        ax.imshow(hidden.reshape(8, 8), cmap="Blues", vmin=0, vmax=3)
        at = np.flatnonzero(dropped)
        ax.plot(at % 8, at // 8, "x", color=plots.COLORS["loss"], markersize=6, mew=1.8)
        drawing.frameless(ax)
        ax.set_title("64 hidden units", fontsize=9.5)
        drawing.draw_probabilities(axes[2], p, int(y[row]), "what the network says")
        best = int(p.argmax())
        text = {"Says": f"{best}, with {p[best]:.2f}",
                "Firing units that are dropped": f"{len(at)} of {int((hidden > 0).sum())}"}
        return widgets.frame(
            figure, colours=40, text=text,
            alt=f"{mode.capitalize()} mode, pass {number}: {text['Firing units that are dropped']} "
                f"firing hidden units are dropped; the network says {best} with probability "
                f"{p[best]:.2f}. The picture is a {y[row]}.")

    return widgets.Explorer(
        draw, {"number": widgets.Choice("Pass", PASSES),
               "mode": widgets.Choice("Mode", drawing.MODES, kind="toggle")},
        name="One picture, eight passes")
