"""What an augmentation does to squares, and to the accuracy on squares of six kinds."""

from __future__ import annotations

import numpy as np

from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, dots, mosaic, show, spread
from nnlib.chapters.image_classifier.study import changing, kept, pictures

SHORT = ("none", "\nmirrored", "brighter,\ndarker", "colours\nmixed", "all\nthree")


def change_frame(augmentation, variant):
    """Draw training squares with this augmentation, new ones of this kind, and the accuracies."""
    (x, y), (x_new, y_new) = pictures.parts()["training"], pictures.parts()["test"]
    rows = [*np.flatnonzero(y == 0)[3:5], *np.flatnonzero(y == 1)[3:5]]
    new = [*np.flatnonzero(y_new == 0)[3:5], *np.flatnonzero(y_new == 1)[3:5]]
    seen = changing.augmented(x[rows], augmentation, np.random.default_rng(2))
    asked = changing.varied(x_new[new], variant)
    figure = blank(480, 240)
    for bottom, title, shown in ((0.53, "trained on", seen), (0.04, "asked about", asked)):
        figure.text(0.02, bottom + 0.36, title, fontsize=10, weight="bold")
        show(figure, [0.02, bottom, 0.36, 0.33], mosaic(shown, 4))
    ax = figure.add_axes([0.475, 0.16, 0.52, 0.7])
    for place, name in enumerate(changing.AUGMENTATIONS):
        chosen = name == augmentation
        dots(ax, place, kept.accuracies(name, variant), "prediction" if chosen else "muted",
             marker="D" if chosen else "o")
    ax.set_xticks(range(5), SHORT, fontsize=8, linespacing=0.95)
    ax.set(xlim=(-0.5, 4.5), ylim=(0.45, 1.02))
    ax.set_yticks([0.5, 0.75, 1], ["50 %", "75 %", "100 %"], fontsize=8.5)
    ax.set_title("right, ten seeds", fontsize=10)
    ax.grid(axis="x", visible=False)
    right, plain = kept.accuracies(augmentation, variant), kept.accuracies("none", variant)
    sure = kept.confidences(augmentation, variant)
    lowest, worst = min((min(kept.accuracies(augmentation, kind)), kind)
                        for kind in changing.VARIANTS)
    return widgets.frame(
        figure, colours=28,
        alt=f"Augmentation: {augmentation}; asked about squares {variant}. Right with ten seeds: "
            f"{spread(right)}, without augmentation {spread(plain)}. Mean highest probability: "
            f"{np.mean(sure):.2f}.",
        text={"Right": f"{spread(right)} (mean {100 * np.mean(right):.1f} %)",
              "Lowest of all kinds": f"{worst}, {100 * lowest:.0f} %",
              "Mean highest probability": f"{np.mean(sure):.2f}"},
    )


def change_explorer():
    """Return the explorer of augmentation and kind of new squares."""
    return widgets.Explorer(
        change_frame,
        {"augmentation": widgets.Choice("Augmentation", changing.AUGMENTATIONS),
         "variant": widgets.Choice("Asked about squares", changing.VARIANTS)},
        default={"augmentation": "all three", "variant": "as taken"}, name="What augmentation buys",
    )
