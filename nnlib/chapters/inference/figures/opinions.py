"""Dropout left on for once: many answers to one picture."""

from __future__ import annotations

import copy

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots

PASSES = 100


def many_answers(model, x, passes=PASSES):
    """Probabilities (passes, rows, 10) with dropout on, all else as at inference."""
    model = copy.deepcopy(model).eval()
    for _, layer in model.named_modules():
        if isinstance(layer, nn.Dropout):
            layer.train()
            layer.generator = np.random.default_rng(0)
    with nn.no_grad():
        return np.stack([nn.softmax(model(x), axis=-1) for _ in range(passes)])


def chosen(model):
    """Three pictures: the surest validation row, the least sure, and noise that is no digit."""
    x, _ = study.digits()[1]
    top = nn.predict_proba(model, study.scaled(x)).max(axis=1)
    noise = np.random.default_rng(5).integers(0, 17, 64).astype("float32")
    return {"surest": x[top.argmax()], "least sure": x[top.argmin()], "noise": noise}


def opinions_explorer(model):
    """Return the explorer of three pictures, a hundred answers to each."""
    pictures = chosen(model)
    answers = {name: many_answers(model, study.scaled(picture[None]))[:, 0]
               for name, picture in pictures.items()}                 # (100, 10) each
    plain = {name: nn.predict_proba(model, study.scaled(picture[None]))[0]
             for name, picture in pictures.items()}

    def draw(name):
        p = answers[name]
        figure, axes = plots.figure(480, 200, ncols=2, layout="none",
                                    gridspec_kw={"width_ratios": [1, 2.4]})
        figure.subplots_adjust(left=0.02, right=0.985, bottom=0.13, top=0.85, wspace=0.16)
        drawing.draw_picture(axes[0], pictures[name], "the picture")
        ax = axes[1]
        shift = np.random.default_rng(0).uniform(-0.25, 0.25, p.shape)
        ax.plot(np.arange(10) + shift, p, ".", color=plots.COLORS["prediction"], markersize=3,
                alpha=0.5)
        ax.plot(range(10), plain[name], "_", color=plots.COLORS["loss"], markersize=18, mew=2.4)
        ax.set(xlim=(-0.6, 9.6), ylim=(-0.04, 1.06),
               title=f"{PASSES} answers; bar: evaluation mode")
        ax.set_xticks(range(10))
        ax.set_yticks([0, 0.5, 1])
        votes = np.bincount(p.argmax(axis=1), minlength=10)
        first, second = np.argsort(-votes, kind="stable")[:2]
        text = {"Evaluation mode": f"{plain[name].argmax()}, with {plain[name].max():.2f}",
                "Votes": f"{votes[first]} for {first}, {votes[second]} for {second}",
                f"Spread of p({first})": f"{p[:, first].std():.2f}"}
        return widgets.frame(
            figure, colours=20, text=text,
            alt=f"The {name} picture: evaluation mode says {text['Evaluation mode']}; of {PASSES} "
                f"passes with dropout {text['Votes']}, standard deviation of the probability of "
                f"{first} {p[:, first].std():.2f}.")

    return widgets.Explorer(draw, {"name": widgets.Choice("Picture", tuple(pictures),
                                                          kind="toggle")},
                            default={"name": "least sure"}, name="A hundred opinions")
