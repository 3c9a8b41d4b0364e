"""Thirteen operations on one tiny batch of images, each with its result, number by number.

The batch holds the numbers 0 to 95 in the order in which they lie in memory, so every number in a
result says where it came from: `x[b, h, w, c]` is number ((b·4 + h)·4 + w)·3 + c. It is drawn in
that order, pixel by pixel; the result is drawn plane by plane.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from nnlib import widgets
from nnlib.chapters.tensors.figures.cells import FAINT, INK, TINTS, cell, number, words
from nnlib.widgets import plots

SHAPE = (2, 4, 4, 3)
CHANNELS = ("red", "green", "blue")


@dataclass(frozen=True)
class Operation:
    """One operation: how torch spells it, the axes of its result, and what it does, in words.

    `axes` names each axis of the result: b batch, h height, w width, c channel; "-" for one of
    length 1, "*" for one that mixes several. What an operation computes is its key in `OPERATIONS`.
    """

    torch: str
    axes: str
    words: str
    aside: str = ""                      # where torch does something else with the memory


OPERATIONS = {
    "x[1]": Operation("x[1]", "hwc", "the second image, counted from 0"),
    "x[0, 1, 2]": Operation(
        "x[0, 1, 2]", "c", "one pixel of image 0, row 1, column 2: its red, green and blue"),
    "x[..., 0]": Operation("x[..., 0]", "bhw", "the red plane of every image; its axis is gone"),
    "x[:, :2, :2]": Operation(
        "x[:, :2, :2]", "bhwc", "the upper left corner of every image, all channels"),
    "x[..., ::-1]": Operation(
        "x.flip(-1)", "bhwc", "channels in reverse: blue, green, red",
        " (torch's flip copies)"),
    "x[..., [2, 1, 0]]": Operation(
        "x[..., [2, 1, 0]]", "bhwc", "the same numbers, picked one by one into a new array"),
    "x.reshape(2, -1)": Operation(
        "x.flatten(1)", "b*", "flattened: one row of 48 numbers an image, here in lines of 12"),
    "x.transpose(0, 3, 1, 2)": Operation(
        "x.permute(0, 3, 1, 2)", "bchw", "channels first: every plane is a picture of one colour"),
    "x.reshape(2, 3, 4, 4)": Operation(
        "x.reshape(2, 3, 4, 4)", "b*hw",
        "the same shape as channels first, and scrambled: every “plane” mixes all three colours"),
    "x.mean(axis=0)": Operation(
        "x.mean(dim=0)", "hwc", "the mean over the batch: one average image"),
    "x.mean(axis=(1, 2))": Operation(
        "x.mean(dim=(1, 2))", "bc", "the mean over all places: one number an image and channel"),
    "x.mean(axis=(1, 2), keepdims=True)": Operation(
        "x.mean(dim=(1, 2), keepdim=True)", "b--c",
        "the same six numbers, the two axes kept with length 1"),
    "x.mean(axis=-1)": Operation(
        "x.mean(dim=-1)", "bhw", "the mean over the channels: grey images"),
}
# An option as wide as its text must fit a phone.
LABELS = [text.replace("axis=(1, 2), keepdims=True", "(1, 2), keepdims=True")
          for text in OPERATIONS]
OPENING = "x[0, 1, 2]"
RIGHT = "x.transpose(0, 3, 1, 2)"
MISTAKE = "x.reshape(2, 3, 4, 4)"
REVERSED, PICKED = "x[..., ::-1]", "x[..., [2, 1, 0]]"


def batch():
    """Return the batch: two images of 4 × 4 pixels with three channels, shape (2, 4, 4, 3)."""
    return np.arange(96.0).reshape(SHAPE)


def apply(expression, x):
    """Return what one of the expressions above gives for `x`, an array of either path."""
    return eval(expression, {"x": x})


@functools.cache
def _sources(expression):
    """Return which numbers of the batch each number of the result is made of, (results, 96).

    All operations are linear, so the result for a batch of zeros with a single 1 says where that
    number goes.
    """
    columns = [apply(expression, one.reshape(SHAPE)).ravel() for one in np.eye(96)]
    return np.stack(columns, axis=1) != 0


def operation_frame(operation):
    """Draw the batch, with what is used tinted and what makes the first result outlined."""
    x, sources = batch(), _sources(operation)
    result, spec = apply(operation, x), OPERATIONS[operation]
    figure, ax = plots.canvas(480, 424)
    words(ax, 4, 2, f"x  {x.shape}  as it lies in memory, line after line", weight="bold", size=10)
    _draw_memory(ax, x, sources)
    words(ax, 4, 221, f"{operation}  {result.shape}", weight="bold", size=10)
    _draw_result(ax, result, spec.axes, _tints(sources, result))
    return widgets.frame(
        figure, colours=24, alt=_alt(operation, x, result, int(sources.any(axis=0).sum())),
        text={"NumPy": operation, "torch": spec.torch, "Shape": f"{x.shape} → {result.shape}",
              "In words": spec.words, "NumPy's memory": memory(x, result) + spec.aside},
    )


def memory(x, result):
    """Say whether NumPy made a view, and with which steps, counted in numbers, it goes through x.
    """
    if not np.shares_memory(x, result):
        return "new numbers, in memory of their own"
    steps = tuple(step // result.itemsize for step in result.strides)
    return f"a view of x, with steps {steps}"


def _draw_memory(ax, x, sources):
    """Draw each line of pixels as it lies in memory: red, green, blue, and the next pixel."""
    used, first = sources.any(axis=0).reshape(SHAPE), sources[0].reshape(SHAPE)
    for w in range(4):
        words(ax, 22 + 112 * w, 19, f"pixel {w}: r, g, b", size=8.5)
        for b in range(2):
            fills = np.where(used[b, :, w], np.array(TINTS), "white")
            _plane(ax, 22 + 112 * w, 34 + 92 * b, x[b, :, w], fills, ~used[b, :, w], first[b, :, w])
    for b in range(2):
        words(ax, 2, 34 + 92 * b + 40, f"[{b}]", size=8.5, va="center")


def _alt(operation, x, result, used):
    shown = ", ".join(number(value) for value in result.ravel()[:6])
    return (
        f"Operation {operation} on a batch of shape {SHAPE} that holds the numbers 0 to 95: "
        f"{OPERATIONS[operation].words}. It uses {used} of the 96 numbers and gives shape "
        f"{result.shape}, {result.size} numbers, beginning {shown}. In NumPy's memory: "
        f"{memory(x, result)}{OPERATIONS[operation].aside}."
    )


def _tints(sources, result):
    """Return the colour of each number of the result: its channel's, or none where they mix."""
    channel = np.arange(96) % 3
    tints = []
    for made_of in sources:
        found = np.unique(channel[made_of])
        tints.append(TINTS[found[0]] if len(found) == 1 else "#FFFFFF")
    return np.array(tints).reshape(result.shape)


def _draw_result(ax, result, axes, tints):
    """Draw the result as planes side by side, one row of them for each image."""
    top = 252
    if axes == "c":
        _plane(ax, 22, top, result[None], tints[None], ends=((0, 0),))
    elif axes == "bc":
        _plane(ax, 22, top, result, tints, ends=((0, 0),))
    elif axes == "b--c":
        for b in range(2):
            for c in range(3):
                _plane(ax, 22 + 154 * c, top + 92 * b, result[b, :, :, c], tints[b, :, :, c],
                       ends=((0, 0),) if (b, c) == (0, 0) else ())
    elif axes == "b*":
        for b in range(2):
            _plane(ax, 22, top + 84 * b, result[b].reshape(4, 12), tints[b].reshape(4, 12),
                   ends=((0, 0),) if b == 0 else ())
    else:
        planes = {"hwc": "chw", "bhw": "bhw", "bhwc": "bchw"}.get(axes, "bchw")
        order = [axes.index(name) for name in planes] if "*" not in axes else range(4)
        values, tints = result.transpose(order), tints.transpose(order)
        if values.ndim == 3:
            values, tints = values[None], tints[None]
        for b in range(values.shape[0]):
            for c in range(values.shape[1]):
                left, above = 22 + 154 * c, top + 88 * b
                _plane(ax, left, above, values[b, c], tints[b, c],
                       ends=((0, 0),) if (b, c) == (0, 0) else ())
                if b == 0:
                    what = "plane" if planes[-3] == "c" else "image"
                    words(ax, left, top - 14, f"{what} {c}", size=8.5)


def _plane(ax, left, top, values, fills, unused=None, outlined=None, ends=()):
    """Draw a table of numbers; what is not used in grey, some boxes with a thick edge."""
    for (row, column), value in np.ndenumerate(values):
        thick = (row, column) in ends or (outlined is not None and outlined[row, column])
        faint = unused is not None and unused[row, column]
        cell(ax, left + 36 * column, top + 20 * row, 36, 20, number(value),
             fill=fills[row, column], ink=FAINT if faint else INK)
        if thick:
            cell(ax, left + 36 * column + 1.5, top + 20 * row + 1.5, 33, 17, fill="none",
                 edge=plots.COLORS["data"], line=1.8)


@functools.cache
def operation_explorer():
    """Return the explorer of the thirteen operations."""
    return widgets.Explorer(
        operation_frame,
        {"operation": widgets.Choice("Operation", tuple(OPERATIONS), labels=LABELS)},
        default={"operation": OPENING}, name="One batch of two tiny images, thirteen operations",
    )


def compare_operations():
    """Return two ways to the same numbers side by side: a view, and a new array."""
    return widgets.Compare(
        operation_explorer(), a={"operation": REVERSED}, b={"operation": PICKED},
        name="Two operations side by side",
    )
