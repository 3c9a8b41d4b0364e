"""Frames for widget tests: tiny pictures whose alternative text names their setting."""

import io

from PIL import Image

from nnlib.widgets import Choice, Explorer, Frame


def little_frame(alt, shade=0, text=""):
    buffer = io.BytesIO()
    Image.new("P", (4, 2), shade % 256).save(buffer, "PNG")
    return Frame(buffer.getvalue(), 4, 2, alt, text)


def draw(rate, batch):
    return little_frame(f"rate {rate:g} batch {batch:g}", text=f"Steps: {rate * batch:g}")


def little_explorer(**options):
    choices = {
        "rate": Choice("Learning rate", [0.01, 0.1, 1.0]),
        "batch": Choice("Batch size", [1, 16], kind="toggle"),
    }
    return Explorer(draw, choices, default={"rate": 0.1, "batch": 16}, **options)
