"""Squares of 32 × 32 pixels cut out of two photographs, and the digits 3 and 8."""

from __future__ import annotations

import functools
import io
from pathlib import Path

import numpy as np

from nnlib import data

CLASSES = ("china", "flower")
SIDE = 32
REGIONS = {                                                    # strips of columns, from and to
    "training": ((0, 128), (192, 320)), "validation": ((128, 192),), "test": ((320, 640),),
}
ROWS = {"training": 200, "validation": 80, "test": 200}                          # of each class


@functools.cache
def photographs():
    """Both photographs, (2, 427, 640, 3), from 0 to 1."""
    return data.load_photographs().x


def cut(rows, strips, rng, *, side=SIDE):
    """Cut `rows` squares out of each photograph, within strips of columns; return x and y."""
    pictures = photographs()
    places = np.concatenate([np.arange(low, high - side + 1) for low, high in strips])
    x = []
    for label in range(len(CLASSES)):
        tops = rng.integers(0, pictures.shape[1] - side + 1, rows)
        lefts = rng.choice(places, rows)
        x += [pictures[label, top:top + side, left:left + side]
              for top, left in zip(tops, lefts, strict=True)]
    return np.stack(x), np.repeat(np.arange(len(CLASSES)), rows)


@functools.cache
def parts():
    """{part: (x, y)}: each part from columns of its own, so that no pixel is in two of them."""
    rng = np.random.default_rng(0)
    return {part: cut(ROWS[part], REGIONS[part], rng) for part in REGIONS}


def shuffled_parts(seed):
    """The same numbers of squares from the whole width, dealt out at random: they overlap."""
    rng = np.random.default_rng(seed)
    x, y = cut(sum(ROWS.values()), ((0, 640),), rng)
    sizes = [2 * ROWS[part] for part in REGIONS]
    return dict(zip(REGIONS, data.split(x, y, sizes=sizes, rng=rng), strict=True))


def strips_parts(seed):
    """The same numbers from ten strips in turn: no pixel is in two parts, but all lie near."""
    strips = [(left, left + 64) for left in range(0, 640, 64)]
    validation = strips[5]
    test = [strip for strip in strips[1::2] if strip != validation]
    rng = np.random.default_rng(seed)
    return {part: cut(ROWS[part], chosen, rng) for part, chosen in
            (("training", strips[0::2]), ("validation", [validation]), ("test", test))}


LIGHT = (0.2, 0.35)                      # mean brightness: background below, petals above


def by_light(x, y):
    """Rows of the flower's squares in three groups: background, edges of the flower, petals."""
    group = np.digitize(x.mean(axis=(1, 2, 3)), LIGHT)
    return [np.flatnonzero((y == 1) & (group == k)) for k in range(3)]


SIDES = (16, 32, 64, 128, 256)


@functools.cache
def pieces(side, rows=100):
    """Pieces of this side from the right halves, read by the loader at 32 × 32; x and y."""
    x, y = cut(rows, REGIONS["test"], np.random.default_rng(7), side=side)
    return np.stack([data.read_image(_png(picture), size=(SIDE, SIDE)) for picture in x]), y


def _png(picture):
    """The bytes of a PNG file of this picture."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray((picture * 255).round().astype(np.uint8)).save(file, "PNG", compress_level=1)
    return file.getvalue()


def write_folder(folder, only=REGIONS):
    """Write the squares of these parts as PNG files: one subfolder a class, names by the part."""
    from PIL import Image

    for part in only:
        for number, (picture, label) in enumerate(zip(*parts()[part], strict=True)):
            path = Path(folder, CLASSES[label], f"{part}-{number:03}.png")
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray((picture * 255).round().astype(np.uint8)).save(path)


@functools.cache
def threes_and_eights():
    """{part: (x, y)} of the digits 3 (label 0) and 8 (label 1), x (rows, 8, 8, 1)."""
    digits = data.load_digits()
    chosen = np.isin(digits.y, (3, 8))
    x, y = digits.x[chosen].reshape(-1, 8, 8, 1), (digits.y[chosen] == 8).astype(np.int64)
    sizes = (200, 57, 100)
    return dict(zip(REGIONS, data.split(x, y, sizes=sizes, rng=np.random.default_rng(0)),
                    strict=True))
