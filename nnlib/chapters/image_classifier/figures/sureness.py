"""How sure the networks are, and how often they are right then."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, share
from nnlib.chapters.image_classifier.study import kept
from nnlib.widgets import plots

LINES = {"as taken": ("prediction", "o-"), "grey": ("loss", "D-")}
TITLES = {"none": "without augmentation", "all three": "with all three"}


def sureness_frame():
    """Draw, with and without augmentation, how often answers of a probability are right."""
    figure, told = blank(480, 250), []
    for left, name in zip((0.12, 0.605), TITLES, strict=True):
        ax = figure.add_axes([left, 0.18, 0.37, 0.61])
        ax.plot([0.5, 1], [0.5, 1], **plots.role("muted"))
        for kind, (role, marker) in LINES.items():
            found = kept.sureness(name, kind)
            ax.plot([sure for _, sure, _ in found], [right for *_, right in found], marker,
                    color=plots.COLORS[role], markersize=5, linewidth=1.5)
            told.append(f"{TITLES[name]}, squares {kind}: " + ", ".join(
                f"{share(right)} at {sure:.2f}" for _, sure, right in found))
            above = (name == "none") == (kind == "grey")
            _, sure, right = found[0]
            plots.direct_label(ax, sure, right, kind, role, xytext=(0, 14 if above else -14),
                               ha="center")
        ax.set(xlim=(0.5, 1.01), ylim=(0, 1.03), xlabel="probability of the answer")
        ax.set_xticks([0.5, 0.75, 1])
        ax.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"] if left < 0.5 else [""] * 3)
        ax.set_title(TITLES[name], fontsize=10)
    figure.text(0.02, 0.94, "how often answers of a probability are right", fontsize=10)
    return widgets.frame(
        figure, colours=16,
        alt="How often answers of a probability are right, ten seeds together. "
            + "; ".join(told) + ".",
    )
