"""Preprocessing that was forgotten or changed, and what the same network then says."""

from __future__ import annotations

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.inference import study
from nnlib.chapters.inference.figures import drawing
from nnlib.widgets import plots

ROW = 1


def damage_explorer(model):
    """Return the explorer of seven ways to prepare the pixels, of which one is right."""
    x, y = study.digits()[1]
    kept = study.results()["damage"]

    def draw(damage):
        sent = study.as_sent(damage, x[ROW:ROW + 1])                   # (1, 64)
        p = nn.predict_proba(model, sent)[0]
        figure, axes = plots.figure(480, 190, ncols=2, layout="none",
                                    gridspec_kw={"width_ratios": [1, 1.6]})
        figure.subplots_adjust(left=0.02, right=0.985, bottom=0.13, top=0.84, wspace=0.16)
        image = axes[0].imshow(sent.reshape(8, 8), cmap="gray_r", vmin=-3, vmax=3)
        drawing.frameless(axes[0])
        axes[0].set_title(f"arrives: {sent.min():.1f} to {sent.max():.1f}", fontsize=9.5)
        image.set_clim(-3, 3)
        drawing.draw_probabilities(axes[1], p, int(y[ROW]), "what the network says")
        right = drawing.spread([accuracy for accuracy, _ in kept[damage]])
        sure = " to ".join(f"{end([confidence for _, confidence in kept[damage]]):.2f}"
                           for end in (min, max))
        best = int(p.argmax())
        text = {"This picture": f"{best}, with {p[best]:.2f}",
                "Right, of 257 (five seeds)": right,
                "Mean of the highest probability": sure}
        return widgets.frame(
            figure, colours=24, text=text,
            alt=f"{damage.capitalize()}: the pixels arrive as {sent.min():.1f} to "
                f"{sent.max():.1f}; a {y[ROW]} is called {best} with probability {p[best]:.2f}. "
                f"Five seeds: {right} right, mean of the highest probability {sure}.")

    return widgets.Explorer(draw, {"damage": widgets.Choice("The pixels are", study.DAMAGES)},
                            name="The same network, fed otherwise")
