"""What the pictures of this chapter share."""

from __future__ import annotations

import numpy as np

from nnlib.widgets import plots


def blank(width, height):
    """Return an empty figure in the course's style; sizes in pixels."""
    plots.use_style()
    return plots.plt.figure(figsize=(width / plots.DPI, height / plots.DPI), dpi=plots.DPI,
                            layout="none")


def show(figure, place, picture, title="", **options):
    """Draw one picture at `place` (left, bottom, width, height, in parts of the figure)."""
    ax = figure.add_axes(place)
    picture = np.asarray(picture)
    if picture.ndim == 3 and picture.shape[-1] == 1:
        picture = picture[..., 0]
    options = {"cmap": "gray", "vmin": 0, "vmax": 1, "interpolation": "nearest"} | options
    ax.imshow(picture, **options)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    if title:
        ax.set_title(title, fontsize=8.5, fontweight="normal", loc="center", pad=2)
    return ax


def mosaic(pictures, columns, *, gap=2):
    """Lay small pictures of one size out in one, with white gaps: one axes draws much faster."""
    pictures = [np.asarray(picture) for picture in pictures]
    height, width = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    made = np.ones((rows * (height + gap) - gap, columns * (width + gap) - gap, 3))
    for place, picture in enumerate(pictures):
        top, left = place // columns * (height + gap), place % columns * (width + gap)
        picture = picture if picture.ndim == 3 else picture[..., None]
        made[top:top + height, left:left + width] = np.clip(picture, 0, 1)
    return made


def share(value, digits=0):
    """A fraction as a percentage."""
    return f"{100 * value:.{digits}f} %"


def spread(values, digits=1):
    """The smallest and the largest of some fractions, as percentages."""
    low, high = (f"{100 * value:.{digits}f}" for value in (min(values), max(values)))
    return f"{low} %" if low == high else f"{low} to {high} %"


def dots(ax, place, values, role="prediction", *, marker="o"):
    """Draw one dot a seed beside `place`, and their mean as a bar."""
    color = plots.COLORS[role]
    ax.plot(place + np.linspace(-0.2, 0.2, len(values)), values, marker, color=color,
            markersize=4, alpha=0.85)
    ax.plot([place - 0.28, place + 0.28], [np.mean(values)] * 2, color=color, linewidth=2)
