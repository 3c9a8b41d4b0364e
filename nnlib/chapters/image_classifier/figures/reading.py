"""Files that people really have: what plain opening makes of them, and what the loader does."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from nnlib import data, widgets
from nnlib.chapters.image_classifier.figures.drawing import blank, show
from nnlib.chapters.image_classifier.study import pictures
from nnlib.widgets import plots

FILES = ("an ordinary PNG", "a phone held upright", "a scan in grey", "colours of a printer",
         "partly transparent", "16 bits of grey", "an animation", "a download that broke off",
         "a text file", "20,000 × 20,000 pixels")
SIZE = (64, 64)


def original():
    """A piece of the second photograph, 120 pixels wide and 90 high, as 8-bit numbers."""
    return (pictures.photographs()[1, 130:220, 180:300] * 255).round().astype(np.uint8)


def as_bytes(name):
    """The bytes of the file of this name."""
    image, file = Image.fromarray(original()), io.BytesIO()
    if name == "a phone held upright":
        exif = Image.Exif()
        exif[0x0112] = 6                                   # stored lying on its side
        image.transpose(Image.Transpose.ROTATE_90).save(file, "JPEG", exif=exif, quality=95)
    elif name == "a scan in grey":
        image.convert("L").save(file, "PNG")
    elif name == "colours of a printer":
        image.convert("CMYK").save(file, "JPEG", quality=95)
    elif name == "partly transparent":
        fade = Image.fromarray(np.tile(np.linspace(0, 255, 120).astype(np.uint8), (90, 1)))
        image.putalpha(fade)
        image.save(file, "PNG")
    elif name == "16 bits of grey":
        Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257).save(file, "PNG")
    elif name == "an animation":
        others = [Image.new("RGB", image.size, colour) for colour in ("red", "blue")]
        image.save(file, "GIF", save_all=True, append_images=others)
    elif name == "a download that broke off":
        image.save(file, "JPEG", quality=95)
        return file.getvalue()[: len(file.getvalue()) // 2]
    elif name == "a text file":
        return b"feed them at six"
    elif name == "20,000 × 20,000 pixels":
        Image.new("1", (20_000, 20_000)).save(file, "PNG")
    else:
        image.save(file, "PNG")
    return file.getvalue()


def opened(content):
    """What `np.asarray(Image.open(file))` gives: an array or None, and a line."""
    try:
        image = Image.open(io.BytesIO(content))
        array = np.asarray(image)
    except Exception as error:                       # whatever Pillow raises
        return None, type(error).__name__
    return array, f"{array.shape}, {array.dtype}, mode {image.mode}"


def loaded(content):
    """What the loader gives: an array or None, and a line."""
    try:
        picture = data.read_image(content, size=SIZE)
    except ValueError as error:
        return None, str(error).split(": ", 1)[1]
    return picture, f"{picture.shape}, {picture.dtype}"


def looks(array):
    """Return any opened array as something to draw, as a careless program would show it."""
    if array.ndim == 3 and array.shape[-1] == 4:
        array = array[..., :3]
    top = 65535 if array.max() > 255 else 255
    return np.clip(array / top, 0, 1)


def file_frame(name):
    """Draw a file as it is opened carelessly, and as the loader reads it."""
    content = as_bytes(name)
    figure = blank(480, 210)
    said = {}
    for left, title, (array, line) in ((0.03, "plainly opened", opened(content)),
                                       (0.53, "by the loader", loaded(content))):
        said[title] = line
        if array is None:
            ax = figure.add_axes([left, 0.05, 0.44, 0.77])
            ax.set(xticks=[], yticks=[], facecolor="#F1F2F4")
            ax.text(0.5, 0.5, "no picture", ha="center", va="center", fontsize=11,
                    color=plots.TEXT_COLORS["muted"], transform=ax.transAxes)
        else:
            show(figure, [left, 0.05, 0.44, 0.77], looks(array) if left < 0.5 else array)
        figure.text(left + 0.22, 0.88, title, fontsize=10, weight="bold", ha="center")
    return widgets.frame(
        figure, colours=28,
        alt=f"{name[0].upper()}{name[1:]}. Plainly opened: {said['plainly opened']}. By the "
            f"loader: {said['by the loader']}.",
        text={"Plainly opened": said["plainly opened"], "By the loader": said["by the loader"]},
    )


def reading_explorer():
    """Return the explorer of the file."""
    return widgets.Explorer(
        file_frame, {"name": widgets.Choice("File", FILES)}, name="Ten files that people have")
