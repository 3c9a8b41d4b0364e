"""One kernel at one position: the patch under it, the products, their sum, the output map."""

from __future__ import annotations

import functools

import numpy as np

import nnlib.numpy as nn
from nnlib import data, widgets
from nnlib.chapters.layers.figures.canvas import INK, brief, outline, squares

KERNELS = {
    "edge": np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]),
    "blur": np.full((3, 3), 1 / 9),
}


@functools.cache
def seven_by_seven():
    """Brightness 0 to 16 of the first handwritten digit, without its last row and column."""
    image = np.round(data.load_digits().x[0].reshape(8, 8)[:7, :7] * 16).astype(float)
    image.flags.writeable = False                # it is made once, and shared
    return image


def output_of(image, kernel):
    """The whole map, by the library's own layer; (5, 5) for a 7×7 image."""
    layer = nn.Conv2D(1, 1, kernel.shape, bias=False, rng=np.random.default_rng(0),
                      dtype="float64")
    layer.load_state_dict({"weight": kernel[:, :, None, None]})
    return layer(image[None, :, :, None])[0, :, :, 0]


def convolution_frame(row, column, kernel):
    """Draw position (row, column) of one kernel on the 7×7 image."""
    image, weights = seven_by_seven(), KERNELS[kernel]
    output = output_of(image, weights)
    patch = image[row : row + 3, column : column + 3]
    products = patch * weights
    figure, ax = widgets.plots.canvas(340, 282)  # no wider than a phone: the numbers stay large
    squares(ax, image, 6, 24, 17, low=0, high=16, title="image 7×7")
    outline(ax, 6 + 17 * column, 24 + 17 * row, 51, 51)
    squares(ax, output, 210, 24, 24, title="output 5×5", form=brief, size=7.5)
    outline(ax, 210 + 24 * column, 24 + 24 * row, 24, 24)
    short = {"blur": lambda w: "1/9"}.get(kernel, brief)
    for left, values, title, form in ((6, patch, "patch", brief), (126, weights, "kernel", short),
                                      (246, products, "products", brief)):
        squares(ax, values, left, 172, 29, title=title, form=form, size=9)
    for x, sign in ((109, "×"), (229, "=")):
        ax.text(x, 215, sign, ha="center", va="center", fontsize=12, color=INK)
    total = output[row, column]
    ax.text(333, 271, f"sum {total:.2f}".replace(".00", ""), fontsize=10.5, va="center",
            ha="right", color=INK, weight="bold")
    spelt = "; ".join(" ".join(brief(v) for v in line) for line in patch)
    return widgets.frame(
        figure, colours=16,
        alt=f"Kernel {kernel}, row {row}, column {column}: the patch is {spelt}; its products with "
            f"the kernel sum to {total:.2f}. The output runs from {output.min():.2f} to "
            f"{output.max():.2f}.",
    )


def convolution_explorer():
    """Return the explorer of 25 positions and two kernels."""
    return widgets.Explorer(
        convolution_frame,
        {"kernel": widgets.Choice("Kernel", tuple(KERNELS), kind="toggle"),
         "row": widgets.Choice("Row", range(5), kind="toggle"),
         "column": widgets.Choice("Column", range(5), kind="toggle")},
        default={"kernel": "edge", "row": 2, "column": 0}, name="A kernel slides over a digit",
    )
