"""Pictures from a folder with one subfolder for each class, or one picture from anywhere.

Nothing is lost in silence: what cannot be read is an error that names every such file, or, where
the caller says ``skip=True``, an entry in what is returned. Pillow is imported where it is needed.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from warnings import catch_warnings, simplefilter

import numpy as np

from nnlib import validation

MAX_PIXELS = 50_000_000
COLOURS = {"RGB": 3, "L": 1}
FITS = ("crop", "pad")
LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini")       # beside names that start with a dot
PROBLEMS_SHOWN = 20


@dataclass(frozen=True, eq=False)
class ImageFolder:
    """The pictures of a folder.

    Attributes
    ----------
    x : numpy.ndarray of float32, shape (N, height, width, channels)
        From 0 to 1, channels last.
    y : numpy.ndarray of int64, shape (N,)
        Places in ``classes``.
    classes : tuple of str
        Names of the classes, in the order of their labels.
    files : tuple of str
        The file of each row, relative to the folder, with forward slashes.
    skipped : dict of str to str
        File and reason, for all that was left out because of ``skip=True``.
    notes : dict of str to str
        What was done to a file beyond scaling: a turn, a background, a frame chosen.
    ignored : tuple of str
        Hidden files, and those that operating systems leave behind.
    """

    x: np.ndarray
    y: np.ndarray
    classes: tuple[str, ...]
    files: tuple[str, ...]
    skipped: dict[str, str]
    notes: dict[str, str]
    ignored: tuple[str, ...]

    def __repr__(self) -> str:
        counts = np.bincount(self.y, minlength=len(self.classes))
        each = ", ".join(f"{name}: {n}" for name, n in zip(self.classes, counts, strict=True))
        return (
            f"ImageFolder(x={self.x.shape} {self.x.dtype}, {each}; skipped: {len(self.skipped)}, "
            f"ignored: {len(self.ignored)})"
        )


def load_image_folder(
    folder,
    *,
    size: Sequence[int],
    colour: str = "RGB",
    fit: str = "crop",
    classes: Sequence[str] | None = None,
    skip: bool = False,
    max_pixels: int = MAX_PIXELS,
) -> ImageFolder:
    """Read all pictures of a folder that has one subfolder for each class.

    What a file holds is judged by its bytes, not by its suffix.

    Parameters
    ----------
    folder : str or path
    size, colour, fit, max_pixels
        As for `read_image`.
    classes : sequence of str, optional
        Names of the subfolders in the order of the labels. Without it they are sorted by name, so
        that every machine gives the same labels; give the order of a trained model here.
    skip : bool
        Leave out what is no readable picture, and say so in ``skipped``, instead of raising.

    Returns
    -------
    ImageFolder
        Rows sorted by class and file name.

    Raises
    ------
    FileNotFoundError, NotADirectoryError
        If there is no such folder.
    ValueError
        If a class has no readable picture, the subfolders are not those of ``classes``, or, without
        ``skip``, anything else than readable pictures lies in a class or beside the classes. The
        sentence names each file and its reason.
    """
    owner = "load_image_folder"
    _check_options(owner, size, colour, fit, max_pixels)
    folder = Path(folder)
    if not folder.exists():
        raise FileNotFoundError(f"{owner} expected a folder, got {str(folder)!r}: not there")
    if not folder.is_dir():
        raise NotADirectoryError(f"{owner} expected a folder, got {str(folder)!r}: a file")
    beside, ignored = _listed(folder)
    found = [path.name for path in beside if path.is_dir()]
    names = _class_names(owner, folder, found, classes)
    problems = {path.name: "lies beside the class folders, so it has no class"
                for path in beside if not path.is_dir()}
    ignored = [path.name for path in ignored]
    pictures, labels, files, notes = [], [], [], {}
    for label, name in enumerate(names):
        inside, hidden = _listed(folder / name)
        ignored += [f"{name}/{path.name}" for path in hidden]
        before = len(files)
        for path in inside:
            file = f"{name}/{path.name}"
            try:
                picture, said = _read(path, size, colour, fit, max_pixels)
            except _Unreadable as problem:
                problems[file] = str(problem)
                continue
            pictures.append(picture)
            labels.append(label)
            files.append(file)
            if said:
                notes[file] = said
        if len(files) == before:
            problems[f"{name}/"] = "a class without a readable picture"
    empty = any(file.endswith("/") for file in problems)
    if problems and (empty or not skip):
        raise ValueError(_sentence(owner, folder, problems))
    return ImageFolder(
        np.stack(pictures), np.array(labels, np.int64), tuple(names), tuple(files), problems, notes,
        tuple(ignored),
    )


def read_image(
    source,
    *,
    size: Sequence[int],
    colour: str = "RGB",
    fit: str = "crop",
    max_pixels: int = MAX_PIXELS,
) -> np.ndarray:
    """Read one picture, as `load_image_folder` reads each of its own.

    A picture that a camera marked as turned is turned upright; grey, CMYK and palettes become the
    colours asked for; what is transparent gets a white background; 16 bits of grey keep their
    scale; of several frames the first is taken.

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
        A picture with more is refused before any of it is decoded.

    Returns
    -------
    numpy.ndarray of float32, shape (height, width, channels)
        From 0 to 1.

    Raises
    ------
    ValueError
        If the source is no picture, is broken, or has more than ``max_pixels``.
    """
    _check_options("read_image", size, colour, fit, max_pixels)
    try:
        return _read(source, size, colour, fit, max_pixels)[0]
    except _Unreadable as problem:
        name = repr(str(source)) if isinstance(source, (str, Path)) else type(source).__name__
        raise ValueError(f"read_image expected a picture, got {name}: {problem}") from None


class _Unreadable(Exception):
    """Why a file is no picture for us."""


def _read(source, size, colour, fit, max_pixels):
    """Return the array of a picture, and what was done to it; raise _Unreadable."""
    from PIL import Image, ImageOps

    if isinstance(source, (str, Path)) and not os.path.isfile(source):
        there = os.path.isdir(source)
        raise _Unreadable("a folder where a picture should be" if there else "not a file")
    source = BytesIO(source) if isinstance(source, (bytes, bytearray)) else source
    try:
        with catch_warnings():
            # Pillow warns of large pictures; here they are refused, by a limit of our own.
            simplefilter("ignore")
            with Image.open(source) as image:
                if image.width * image.height > max_pixels:
                    raise _Unreadable(
                        f"{image.width} × {image.height} pixels, more than max_pixels={max_pixels}"
                    )
                notes = []
                if getattr(image, "is_animated", False):
                    notes.append("the first of several frames")
                turned = image.getexif().get(0x0112, 1) not in (0, 1)
                upright = ImageOps.exif_transpose(image)
                if turned:
                    notes.append("turned upright")
                picture = _in_colour(upright, colour, notes)
        picture = _in_shape(picture, size, fit, notes)
    except _Unreadable:
        raise
    except Image.DecompressionBombError:
        raise _Unreadable(f"far more pixels than max_pixels={max_pixels}") from None
    except Image.UnidentifiedImageError:
        raise _Unreadable("not a picture") from None
    except Exception as error:          # decoders raise what they like at broken bytes
        raise _Unreadable(f"cannot be decoded ({_first_line(error)})") from None
    array = np.asarray(picture, np.float32) / np.float32(255)
    return array.reshape(*size, COLOURS[colour]), ", ".join(notes)


def _in_shape(image, size, fit, notes):
    """Return a picture of this height and width; say so where little of it is left."""
    from PIL import Image, ImageOps

    height, width = size
    across, down = image.width * height, image.height * width        # compared: the two shapes
    kept = min(across, down) / max(across, down)
    if fit == "pad":
        if kept * (height if across > down else width) < 0.5:
            raise _Unreadable(f"{image.width} × {image.height} pixels, too narrow to be padded")
        return ImageOps.pad(image, (width, height), Image.Resampling.BILINEAR)
    if kept < 0.5:
        notes.append(f"cropped to {100 * kept:.2g} % of it")
    return ImageOps.fit(image, (width, height), Image.Resampling.BILINEAR)


def _in_colour(image, colour, notes):
    """Return a picture in 8 bits of the colour asked for, on white where it is transparent."""
    from PIL import Image

    if image.mode.startswith("I;16") or (image.mode == "I" and image.format == "PNG"):
        notes.append("16 bits of grey")
        values = np.asarray(image).astype(np.float64) / 257            # 65535 becomes 255
        image = Image.fromarray(values.round().astype(np.uint8))
    elif image.mode in ("I", "F"):
        raise _Unreadable(f"numbers without a known scale (mode {image.mode})")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        if image.getextrema()[3][0] < 255:
            notes.append("on white")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB").convert(colour)


def _listed(folder):
    """Return what lies in a folder, sorted by name: what counts, and what systems leave there."""
    seen = sorted(folder.iterdir(), key=lambda path: path.name)
    left = [path for path in seen
            if path.name.startswith(".") or path.name.lower() in LEFT_BY_SYSTEMS]
    return [path for path in seen if path not in left], left


def _class_names(owner, folder, found, classes):
    if not found:
        raise ValueError(
            f"{owner} expected one subfolder for each class in {str(folder)!r}, got none"
        )
    if classes is None:
        return found
    if len(set(classes)) != len(classes) or sorted(classes) != found:
        raise ValueError(
            f"{owner} expected the class folders {', '.join(classes)}, got {', '.join(found)}"
        )
    return list(classes)


def _check_options(owner, size, colour, fit, max_pixels):
    if isinstance(size, (str, bytes)) or not isinstance(size, Sequence) or len(size) != 2:
        raise ValueError(f"{owner} expected size to be a pair (height, width), got {size!r}")
    for side in size:
        validation.check_positive_int(owner, "each side of size", side)
    validation.check_choice(owner, "colour", colour, COLOURS)
    validation.check_choice(owner, "fit", fit, FITS)
    validation.check_positive_int(owner, "max_pixels", max_pixels)


def _sentence(owner, folder, problems):
    lines = [f"{file}: {why}" for file, why in problems.items()]
    more = len(lines) - PROBLEMS_SHOWN
    lines = lines[:PROBLEMS_SHOWN] + ([f"and {more} more"] if more > 0 else [])
    return (
        f"{owner} expected only readable pictures in {str(folder)!r}, got {len(problems)} "
        f"problem{'s'[:len(problems) > 1]}:\n  " + "\n  ".join(lines)
    )


def _first_line(error):
    return (str(error).split("\n")[0] or type(error).__name__)[:80]
