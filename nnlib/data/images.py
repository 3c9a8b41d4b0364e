"""One picture from a file, from bytes or from an open file, as numbers from 0 to 1.

What cannot be read is an error that says why, and what is done to a picture beyond scaling comes
back in words, so that a folder can list it. Pillow is imported where it is needed.
"""

import os
from collections.abc import Sequence
from contextlib import contextmanager
from io import BytesIO
from warnings import catch_warnings, simplefilter

import numpy as np

from nnlib import validation

MAX_PIXELS = 50_000_000
COLOURS = {"RGB": 3, "L": 1}
FITS = ("crop", "pad")
# Pillow knows more. Some of those start another program (EPS), and some are no pictures (MPEG).
FORMATS = ("PNG", "JPEG", "MPO", "GIF", "WEBP", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF")
ORIENTATION, BITS, PHOTOMETRIC, WHITE_IS_ZERO = 0x0112, 258, 262, 0          # tags, and a value


def read_image(
    source,
    *,
    size: Sequence[int],
    colour: str = "RGB",
    fit: str = "crop",
    max_pixels: int = MAX_PIXELS,
) -> np.ndarray:
    """Read one picture, as `load_image_folder` reads each of its own.

    Read are PNG, JPEG, GIF, WebP, BMP, TIFF, PPM, JPEG 2000, and AVIF where Pillow has it. Others
    have to be converted first: HEIC (as iPhones write it), SVG, PDF.

    A picture that a camera marked as turned is turned upright; grey, palettes and CMYK become the
    colours asked for, by Pillow's formulas and without the colour profile that a file may carry;
    what is transparent gets a white background; of several frames the first is taken; 16 bits are
    divided by 65,535, also where a camera used only 12 of them. What would need a guess is refused:
    numbers without a known scale, 16 bits with a transparent colour. Damage is noticed where the
    decoder notices it: a file that ends too early always, a changed byte within it not always.

    Parameters
    ----------
    source : str, path, bytes or binary file
    size : pair of int
        Height and width of the result.
    colour : {"RGB", "L"}
        Three channels, or one of grey.
    fit : {"crop", "pad"}
        A picture of another shape is scaled and cropped around its middle, or scaled to fit and
        padded with black.
    max_pixels : int
        A picture with more is refused before any of it is decoded. At most what Pillow opens,
        twice its ``Image.MAX_IMAGE_PIXELS``: 178,956,970.

    Returns
    -------
    numpy.ndarray of float32, shape (height, width, channels)
        From 0 to 1.

    Raises
    ------
    ValueError
        If the source is no picture, is broken, or has more than ``max_pixels``.
    TypeError
        If the source is something else than a path, bytes or a binary file.
    """
    check_options("read_image", size, colour, fit, max_pixels)
    named = isinstance(source, (str, os.PathLike))
    if not (named or isinstance(source, (bytes, bytearray, memoryview)) or hasattr(source, "read")):
        raise TypeError(
            f"read_image expected a path, bytes or a binary file, got {type(source).__name__}"
        )
    try:
        return read(source, size, colour, fit, max_pixels)[0]
    except Unreadable as problem:
        name = repr(os.fspath(source)) if named else type(source).__name__
        raise ValueError(f"read_image expected a picture, got {name}: {problem}") from None


class Unreadable(Exception):
    """Why a file is no picture for us."""


def read(source, size, colour, fit, max_pixels):
    """Return the array of a picture, and what was done to it; raise Unreadable."""
    notes = []
    image, deep = _decoded(source, max_pixels, notes)
    picture = _in_shape(_in_colour(image, deep, colour, notes), size, fit, notes)
    array = np.asarray(picture, np.float32) / np.float32(255)
    return array.reshape(*size, COLOURS[colour]), ", ".join(notes)


def check_options(owner, size, colour, fit, max_pixels):
    """Raise unless these options of ``owner`` make sense."""
    from PIL import Image

    if isinstance(size, (str, bytes)) or not isinstance(size, Sequence) or len(size) != 2:
        raise ValueError(f"{owner} expected size to be a pair (height, width), got {size!r}")
    for side in size:
        validation.check_positive_int(owner, "each side of size", side)
    validation.check_choice(owner, "colour", colour, COLOURS)
    validation.check_choice(owner, "fit", fit, FITS)
    validation.check_positive_int(owner, "max_pixels", max_pixels)
    if Image.MAX_IMAGE_PIXELS is not None and max_pixels > 2 * Image.MAX_IMAGE_PIXELS:
        raise ValueError(
            f"{owner} expected max_pixels <= {2 * Image.MAX_IMAGE_PIXELS}, twice Pillow's "
            f"Image.MAX_IMAGE_PIXELS, got {max_pixels}"
        )


def _decoded(source, max_pixels, notes):
    """Return a picture, upright, and whether its file has 16 bits a number."""
    from PIL import Image, ImageOps

    if isinstance(source, (str, os.PathLike)) and not os.path.isfile(source):
        there = os.path.isdir(source)
        raise Unreadable("a folder where a picture should be" if there else "not a file")
    if isinstance(source, (bytes, bytearray, memoryview)):
        source = BytesIO(source)
    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        with catch_warnings(), _whole_files_only():
            # Pillow warns of large pictures; here they are refused, by a limit of our own.
            simplefilter("ignore")
            with Image.open(source, formats=formats) as image:
                if image.width * image.height > max_pixels:
                    raise Unreadable(
                        f"{image.width} × {image.height} pixels, more than max_pixels={max_pixels}"
                    )
                deep = _has_16_bits(image)
                if getattr(image, "is_animated", False):
                    notes.append("the first of several frames")
                turned = image.getexif().get(ORIENTATION) in range(2, 9)
                upright = ImageOps.exif_transpose(image)
                if turned:
                    notes.append("turned upright")
    except (Unreadable, MemoryError):
        raise
    except Image.DecompressionBombError:
        # Pillow does not say how large the picture is, but that it has more than this:
        raise Unreadable(f"more than {2 * Image.MAX_IMAGE_PIXELS} pixels") from None
    except Image.UnidentifiedImageError:
        raise Unreadable("no picture in a format that is read here") from None
    except Exception as error:          # decoders raise what they like at broken bytes
        if isinstance(error, OSError) and error.errno:
            raise Unreadable(f"cannot be opened ({error.strerror})") from None
        raise Unreadable(f"cannot be decoded ({_first_line(error)})") from None
    return upright, deep


@contextmanager
def _whole_files_only():
    """A common line in training scripts tells Pillow to fill broken files with grey. Not here."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _has_16_bits(image):
    """Whether each number of the file has 16 bits; to be asked before it is decoded."""
    if image.format == "TIFF" and image.mode.startswith("I;16"):
        if image.tag_v2.get(PHOTOMETRIC) == WHITE_IS_ZERO:
            raise Unreadable("16 bits of grey in which 0 is white")
        bits = image.tag_v2.get(BITS, (16,))
        if tuple(bits) != (16,):
            raise Unreadable(f"numbers without a known scale ({bits[0]} bits)")
    if image.mode == "I" and image.format not in ("PNG", "PPM"):
        raise Unreadable("numbers without a known scale (mode I)")
    # Pillow cuts 16 bits of colour to 8 while it decodes; only the plan of decoding tells.
    return image.mode.startswith("I") or any(";16" in str(tile) for tile in image.tile)


def _in_colour(image, deep, colour, notes):
    """Return a picture in 8 bits of the colour asked for, on white where it is transparent."""
    from PIL import Image

    if deep and "transparency" in image.info:
        raise Unreadable("16 bits with a transparent colour")     # Pillow would lose that colour
    if deep:
        grey = image.mode.startswith("I") or image.mode == "LA"
        notes.append("16 bits of grey" if grey else "16 bits of colour")
    if image.mode.startswith("I"):
        values = np.asarray(image).astype(np.float64) / 257            # 65535 becomes 255
        image = Image.fromarray(values.round().astype(np.uint8))
    elif image.mode == "F":
        raise Unreadable("numbers without a known scale (mode F)")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        if image.getextrema()[3][0] < 255:
            notes.append("on white")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode == "CMYK":
        notes.append("printer's colours")
    elif image.mode not in ("1", "L", "P", "RGB", "RGBA", "RGBX", "YCbCr"):
        raise Unreadable(f"colours of a kind that is not read here (mode {image.mode})")
    return image.convert("RGB").convert(colour)


def _in_shape(image, size, fit, notes):
    """Return a picture of this height and width; say so where little of it is left or was there."""
    from PIL import Image, ImageOps

    height, width = size
    across, down = image.width * height, image.height * width        # compared: the two shapes
    kept = min(across, down) / max(across, down)
    if fit == "pad" and kept * (height if across > down else width) < 0.5:
        raise Unreadable(f"{image.width} × {image.height} pixels, too narrow to be padded")
    if fit == "crop" and kept < 0.5:
        notes.append(f"cropped to {100 * kept:.2g} % of it")
    growth = (max if fit == "crop" else min)(height / image.height, width / image.width)
    if growth > 2:
        notes.append(f"enlarged from {image.width} × {image.height} pixels")
    change = ImageOps.pad if fit == "pad" else ImageOps.fit
    return change(image, (width, height), Image.Resampling.BILINEAR)


def _first_line(error):
    return (str(error).split("\n")[0] or type(error).__name__)[:80]
