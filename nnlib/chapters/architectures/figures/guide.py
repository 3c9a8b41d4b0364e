"""Which recipe first: by what the data are and how many rows there are."""

from __future__ import annotations

from nnlib import widgets
from nnlib.chapters.architectures.figures import drawing
from nnlib.widgets import plots

ROWS = ("below 1,000", "1,000 to 100,000", "above 100,000")
HIDDEN = {"below 1,000": "1 or 2 layers of 32 to 64",
          "1,000 to 100,000": "2 to 4 layers of 64 to 256",
          "above 100,000": "3 or more of 128 to 512"}
FEATURES, IMAGES, NUMBERS, TEXT, SETS = (
    "a row of features", "images", "a series of numbers", "text", "a set without order")


def recipe(kind, rows):
    """The boxes of the recipe to try first, and a word on what to compare it with."""
    small, large = rows == ROWS[0], rows == ROWS[2]
    if kind == FEATURES:
        return (["features, scaled", f"dense + ReLU: {HIDDEN[rows]}", "dense"],
                "first a linear model, and boosted trees")
    if kind == IMAGES:
        if small:
            return (["image, augmented", "a CNN trained on others' images", "new last layer"],
                    "a small CNN of your own")
        blocks = "convolution + norm + ReLU, pool; " + ("4 or more, shortcuts" if large
                                                        else "2 to 4 times")
        return (["image, augmented", blocks, "global average", "dense"],
                "a network trained on others' images")
    if kind == NUMBERS:
        core = {ROWS[0]: "1-D convolution, small", ROWS[1]: "1-D convolutions or LSTM",
                ROWS[2]: "1-D convolutions, LSTM or Transformer"}[rows]
        return (["series, scaled", core, "dense"], "the last value, and last week's")
    if kind == TEXT:
        if small:
            return (["tokens", "a Transformer trained on others' text", "new last layer"],
                    "counts of words, and a linear model")
        core = ("Transformer blocks with positions" if large
                else "LSTM, or a small Transformer")
        return (["tokens", "embedding", core, "dense"], "a Transformer trained on others' text")
    core = "attention without positions" if large else f"dense for each: {HIDDEN[rows]}"
    return (["each member, scaled", core, "mean over the members", "dense"],
            "the mean of all members first")


def guide_frame(kind, rows):
    """Draw a recipe as boxes from the top down."""
    boxes, rival = recipe(kind, rows)
    figure, ax = plots.canvas(430, 236)
    for i, text in enumerate(boxes):
        top = 10 + 46 * i
        face = "#E3F0F8" if 0 < i < len(boxes) - 1 else "#F0F1F3"
        drawing.box(ax, 10, top, 410, 30, text, face, 10)
        if i:
            drawing.arrow(ax, (215, top - 16), (215, top))
    drawing.word(ax, 12, 210, f"compare with: {rival}", 10)
    return widgets.frame(
        figure, colours=12,
        alt=f"{kind.capitalize()}, {rows} rows: {' → '.join(boxes)}. Compare with: {rival}.")


def guide_explorer():
    """Return the explorer of five kinds of data and three amounts."""
    return widgets.Explorer(
        guide_frame,
        {"kind": widgets.Choice("The data are", (FEATURES, IMAGES, NUMBERS, TEXT, SETS)),
         "rows": widgets.Choice("Labelled rows", ROWS, kind="toggle")},
        default={"rows": ROWS[1]}, name="Where to begin (a rule of thumb)")


def assumptions_table():
    """Return the table of the recipes, sortable by what they assume and cost."""
    return widgets.SortableTable(
        ["recipe", "what it assumes", "weights shared over", "steps from first to last input",
         "work with twice the length"],
        [["MLP", "nothing about the order of its inputs", "nothing", 1, "fixed length"],
         ["CNN", "neighbours belong together, anywhere alike", "places", "grows with length",
          "twice (pixels)"],
         ["1-D convolution", "the near past matters, always alike", "moments",
          "grows with length", "twice"],
         ["RNN, LSTM", "all that matters fits into one state", "moments", "all of them",
          "twice"],
         ["Transformer", "any place may matter for any other", "places", 1, "up to four times"]],
        sort_by=["recipe", "work with twice the length"], name="What each recipe assumes")
