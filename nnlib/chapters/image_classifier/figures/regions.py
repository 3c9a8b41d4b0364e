"""Where the squares come from, and what it does to the score."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, dots, share, show, spread
from nnlib.chapters.image_classifier.study import kept, pictures
from nnlib.widgets import plots

HATCHES = {"training": "", "validation": "////", "test": "...."}


def regions_frame():
    """Draw both photographs with the strips of training, validation and test."""
    figure = blank(480, 215)
    for left, picture, name in zip((0.01, 0.51), pictures.photographs(), pictures.CLASSES,
                                   strict=True):
        ax = show(figure, [left, 0.03, 0.48, 0.72], picture[::2, ::2],
                  extent=(0, 640, 427, 0), interpolation="antialiased")
        for part, strips in pictures.REGIONS.items():
            for low, high in strips:
                ax.axvspan(low, high, facecolor="none", edgecolor="white", linewidth=1.2,
                           hatch=HATCHES[part])
        figure.text(left + 0.24, 0.92, name, ha="center", fontsize=10, weight="bold")
        for part, at in (("train", 0.048), ("val.", 0.12), ("train", 0.192), ("test", 0.36)):
            figure.text(left + at, 0.79, part, ha="center", fontsize=8.5)
    return widgets.frame(
        figure, colours=32,
        alt="Two photographs, a Chinese temple and a flower. Columns 0 to 128 and 192 to 320 give "
            "training squares, columns 128 to 192 validation squares, the right half test squares.",
    )


def leak_frame():
    """Draw the accuracy of three cuts: at random, in strips, by region; ten seeds each."""
    found = kept.results()
    groups = {"dealt out\nat random": found["shuffled"],
              "from ten strips\nin turn": found["strips"],
              "test from\nthe right half": kept.accuracies("none", "as taken")}
    figure, ax = plots.figure(420, 240, layout="none")
    figure.subplots_adjust(left=0.12, right=0.97, bottom=0.2, top=0.88)
    for place, values in enumerate(groups.values()):
        dots(ax, place, values, ("loss", "gradient", "prediction")[place], marker="Dso"[place])
    ax.axhline(found["mean colour"], **plots.role("muted"))
    plots.direct_label(ax, -0.45, found["mean colour"], "three mean colours, one neuron",
                       xytext=(0, 8))
    ax.set(xlim=(-0.5, 2.5), ylim=(0.75, 1.005), title="accuracy on test squares")
    ax.set_xticks(range(3), groups)
    ax.set_yticks([0.8, 0.9, 1], ["80 %", "90 %", "100 %"])
    ax.grid(axis="x", visible=False)
    random, strips, region = groups.values()
    return widgets.frame(
        figure, colours=16,
        alt=f"Accuracy of ten seeds. Squares dealt out at random: {spread(random)}. From ten "
            f"strips in turn: {spread(strips)}. Test squares from the right half: "
            f"{spread(region)}. One neuron on three mean colours: {share(found['mean colour'])}.",
    )
