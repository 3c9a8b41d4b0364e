"""Sizes: where the windows of a convolution stop, and how far back one output can see."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.layers.figures.canvas import INK
from nnlib.widgets import plots
from nnlib.windows import conv_windows

PIXELS = 8
SIDE, LEFT = 34, 40          # of the drawn pixels; room for two pixels of padding on either side


def windows_of(kernel, stride, padding):
    """First pixel of each window, and the pixels that none reaches.

    Pixels count from 0, so that those of the padding are negative, or `PIXELS` and more.
    """
    shape = (1, PIXELS, PIXELS, 1)
    count = conv_windows("Conv2D", kernel, stride, padding).counts(shape)[1]
    starts = [o * stride - padding for o in range(count)]
    seen = {start + i for start in starts for i in range(kernel)}
    return starts, [p for p in range(-padding, PIXELS + padding) if p not in seen]


def geometry_frame(kernel, stride, padding):
    """Draw one row of pixels, and the windows beneath it."""
    starts, unseen = windows_of(kernel, stride, padding)
    lost = sum(0 <= pixel < PIXELS for pixel in unseen)
    figure, ax = plots.canvas(490, 178)
    origin = LEFT + 2 * SIDE
    for pixel in range(-padding, PIXELS + padding):
        x, inside = origin + pixel * SIDE, 0 <= pixel < PIXELS
        ax.fill([x, x + SIDE, x + SIDE, x], [26, 26, 56, 56], edgecolor="white", linewidth=1.5,
                facecolor="#CFE3F1" if inside else "#EEEFF2",
                hatch="////" if pixel in unseen else None)
        ax.text(x + SIDE / 2, 41, str(pixel) if inside else "0", ha="center", va="center",
                fontsize=9, color=INK if inside else "#5A5F68")
    ax.text(LEFT, 14, f"pixels 0 to {PIXELS - 1} of a row" + (
        ", with zeros on both sides" if padding else ""), fontsize=9.5, va="center", color=INK)
    for o, start in enumerate(starts):
        x, y = origin + start * SIDE + 3, 66 + 10 * o
        ax.plot([x, x + kernel * SIDE - 6], [y, y], linewidth=5, solid_capstyle="butt",
                color=plots.COLORS["prediction" if o % 2 == 0 else "loss"])
        ax.text(x + kernel * SIDE, y, str(o), fontsize=7.5, va="center", color=INK)
    ax.text(LEFT, 166, f"{len(starts)} windows, so {len(starts)} outputs"
            + ("; what no window sees is hatched" if unseen else ""),
            fontsize=9.5, va="center", color=INK)
    inner = PIXELS + 2 * padding - kernel
    return widgets.frame(
        figure, colours=16,
        alt=f"Kernel {kernel}, stride {stride}, padding {padding} on {PIXELS} pixels: "
            f"{len(starts)} outputs; {lost} of the pixels are seen by no window.",
        text={"Outputs": f"⌊({PIXELS} + 2·{padding} − {kernel}) / {stride}⌋ + 1 = "
                         f"⌊{inner / stride:.2f}⌋ + 1 = {len(starts)}",
              "Pixels unseen": str(lost)},
    )


def geometry_explorer():
    """Return the explorer of kernel, stride and padding."""
    return widgets.Explorer(
        geometry_frame,
        {"kernel": widgets.Choice("Kernel", (2, 3, 5), kind="toggle"),
         "stride": widgets.Choice("Stride", (1, 2, 3), kind="toggle"),
         "padding": widgets.Choice("Padding", (0, 1, 2), kind="toggle")},
        default={"kernel": 3, "stride": 1, "padding": 0}, name="Where the windows stop",
    )


EDGE = 32                  # how far to each side the picture of it goes


def receptive_field(depth, kernel, stride):
    """Input pixels that one output of `depth` equal layers can see, along one axis."""
    field, jump = 1, 1
    for _ in range(depth):
        field += (kernel - 1) * jump
        jump *= stride
    return field


def receptive_frame(depth, kernel, stride):
    """Draw what one output sees of every layer below it, down to the image."""
    field = receptive_field(depth, kernel, stride)
    figure, ax = plots.figure(490, 210, layout="none")
    figure.subplots_adjust(left=0.14, right=0.97, bottom=0.2, top=0.9)
    for level in range(depth + 1):
        # One output sees this many outputs of the layer at `level`, each `jump` pixels apart.
        seen = receptive_field(depth - level, kernel, stride)
        jump = stride**level
        ax.barh(level, (seen - 1) * jump + 1, height=0.5, color=plots.COLORS["prediction"],
                alpha=1 if level else 0.55)
    ax.barh([0], [field], height=0.62, fill=False, edgecolor=INK, linewidth=1)
    for bar in ax.patches:
        bar.set_x(-bar.get_width() / 2)
    for side in (-14, 14):
        ax.axvline(side, **plots.role("muted"))
    ax.text(14.4, 5.15, "28 pixels", fontsize=9, color=plots.TEXT_COLORS["muted"])
    if field > 2 * EDGE:
        for x, sign in ((-EDGE + 1, "◂"), (EDGE - 1, "▸")):
            ax.text(x, 0, sign, ha="center", va="center", fontsize=10, color="white")
    ax.set(xlim=(-EDGE, EDGE), ylim=(-0.6, 5.6),
           xlabel="pixels of the image, counted from its middle",
           title=f"one output sees {field} × {field} pixels")
    ax.set_yticks(range(6), ["image", *(f"layer {i}" for i in range(1, 6))])
    ax.grid(axis="y", visible=False)
    return widgets.frame(
        figure, colours=8,
        alt=f"Depth {depth}, kernel {kernel}, stride {stride}: one output of the last layer sees "
            f"{field} by {field} pixels of the image.",
        text={"Receptive field": f"{field} × {field} pixels",
              "One step of the last layer": f"{stride**depth} pixels of the image"},
    )


def receptive_explorer():
    """Return the explorer of depth, kernel and stride."""
    return widgets.Explorer(
        receptive_frame,
        {"depth": widgets.Choice("Depth", (1, 2, 3, 4, 5), kind="toggle"),
         "kernel": widgets.Choice("Kernel", (3, 5), kind="toggle"),
         "stride": widgets.Choice("Stride", (1, 2), kind="toggle")},
        default={"depth": 1, "kernel": 3, "stride": 1}, name="How far one output sees",
    )
