"""Several channels, several kernels, a bias each: what one number of one map is made of."""

from __future__ import annotations

import numpy as np

import nnlib.numpy as nn
from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK, brief, outline, squares, word

# A colour picture of 5×5 pixels, made for this figure: a red square on green ground, a blue edge.
RED = [[0, 0, 0, 0, 0], [0, 3, 3, 0, 0], [0, 3, 3, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]
GREEN = [[2, 2, 2, 2, 0], [2, 0, 0, 2, 0], [2, 0, 0, 2, 0], [2, 2, 2, 2, 0], [2, 2, 2, 2, 0]]
BLUE = [[0, 0, 0, 0, 3], [0, 0, 0, 0, 3], [0, 0, 0, 0, 3], [0, 0, 0, 0, 3], [0, 0, 0, 0, 3]]
IMAGE = np.stack([RED, GREEN, BLUE], axis=-1).astype(float)              # (5, 5, 3)
COLOURS = ("red", "green", "blue")

EDGE = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
NOTHING, ALL = [[0] * 3] * 3, [[1] * 3] * 3
FILTERS = {                     # one 3×3 slice for each channel, and the bias
    "0: red, not green": ((ALL, (-np.array(ALL)).tolist(), NOTHING), -4.0),
    "1: edge of green": ((NOTHING, EDGE, NOTHING), 0.0),
    "2: blue on the right": ((NOTHING, NOTHING, EDGE), 1.0),
}
KERNELS = np.stack([np.stack(slices, axis=-1) for slices, _ in FILTERS.values()],
                   axis=-1).astype(float)                                # (3, 3, 3, 3)
BIAS = np.array([bias for _, bias in FILTERS.values()])                  # (3,)


def maps():
    """The three maps, (3, 3, 3), by the library's layer."""
    layer = nn.Conv2D(3, 3, 3, rng=np.random.default_rng(0), dtype="float64")
    layer.load_state_dict({"weight": KERNELS, "bias": BIAS})
    return layer(IMAGE[None])[0]


def channels_frame(kernel, row, column):
    """Draw what one kernel makes of the three channels at one position."""
    chosen = list(FILTERS).index(kernel)
    output = maps()[:, :, chosen]
    figure, ax = widgets.plots.canvas(340, 336)
    parts = []
    for d, colour in enumerate(COLOURS):
        top = 34 + 102 * d
        squares(ax, IMAGE[:, :, d], 6, top, 15, low=0, high=3, form=brief, size=7.5, title=colour)
        outline(ax, 6 + 15 * column, top + 15 * row, 45, 45)
        word(ax, 93, top + 38, "×", 12)
        squares(ax, KERNELS[:, :, d, chosen], 104, top + 4, 23, low=-1, high=1, form=brief, size=9,
                title="kernel " + kernel[0] if d == 0 else "")
        patch = IMAGE[row : row + 3, column : column + 3, d]
        parts.append(float((patch * KERNELS[:, :, d, chosen]).sum()))
        word(ax, 182, top + 38, f"= {brief(parts[-1])}", 11, ha="left")
    total = output[row, column]
    squares(ax, output, 250, 120, 28, low=-22, high=16, form=brief, size=9.5,
            title=f"map {kernel[0]}")
    outline(ax, 250 + 28 * column, 120 + 28 * row, 28, 28)
    terms = " ".join(f"{part:+g}" for part in (*parts, BIAS[chosen])).replace("-", "−")
    word(ax, 334, 224, "sum and bias:", 9.5, ha="right")
    word(ax, 334, 240, f"{terms} = {brief(total)}".replace("-", "−"), 9.5, ha="right",
         weight="bold", color=INK)
    spelt = ", ".join(f"{colour} {part:g}" for colour, part in zip(COLOURS, parts, strict=True))
    return widgets.frame(
        figure, colours=12,
        alt=f"Kernel {kernel.partition(': ')[0]} ({kernel.partition(': ')[2]}), row {row}, "
            f"column {column}. The channels give {spelt}; with the bias {BIAS[chosen]:g} the "
            f"output is {total:g}.",
    )


def channels_explorer():
    """Return the explorer of three kernels and six positions (rows 0 and 1 look alike)."""
    return widgets.Explorer(
        channels_frame,
        {"kernel": widgets.Choice("Kernel", tuple(FILTERS)),
         "row": widgets.Choice("Row (1 gives what 0 gives)", (0, 2), kind="toggle"),
         "column": widgets.Choice("Column", range(3), kind="toggle")},
        default={"kernel": "0: red, not green", "row": 0, "column": 0},
        name="Three channels in, one of three maps out",
    )
