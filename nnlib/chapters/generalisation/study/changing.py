"""Changes of 8×8 pictures: some keep what a digit shows, some do not."""

from __future__ import annotations

import numpy as np

SIDE = 8
# The largest turn in degrees, and the largest shift in pixels, down and right.
MOVES = {
    "shift by up to ½ pixel": (0, 0.5),
    "shift by up to 1 pixel": (0, 1.0),
    "turn by up to 15°": (15, 0),
    "turn by up to 180°": (180, 0),
}
CHANGES = ("none", *MOVES, "mirror left-right", "mirror up-down")


def changed(x, change, rng):
    """Return each row of x (N, 64) after a random change of its own.

    A shift or an angle is drawn for every picture; a picture is mirrored with probability ½.
    """
    if change not in CHANGES:
        raise ValueError(f"changed expected one of {', '.join(CHANGES)}, got {change!r}")
    pictures = x.reshape(-1, SIDE, SIDE)
    count = len(pictures)
    if change == "none":
        return x
    if change in MOVES:
        turn, shift = MOVES[change]
        pictures = moved(pictures, *(rng.uniform(-most, most, count)
                                     for most in (turn, shift, shift)))
    else:
        axis = 2 if "left" in change else 1
        mirrored = np.flip(pictures, axis)
        pictures = np.where((rng.random(count) < 0.5)[:, None, None], mirrored, pictures)
    return pictures.reshape(x.shape).astype(x.dtype)


def moved(pictures, degrees, down, right):
    """Return pictures (N, 8, 8), each turned about its middle and moved, interpolated.

    `degrees`, `down` and `right` are numbers of pixels or degrees, one for each picture. What comes
    in from outside is black.
    """
    angle, down, right = (np.asarray(v)[:, None, None] for v in
                          (np.deg2rad(degrees), down, right))
    middle = (SIDE - 1) / 2
    rows, columns = np.meshgrid(np.arange(SIDE) - middle, np.arange(SIDE) - middle, indexing="ij")
    rows, columns = rows - down, columns - right
    row = np.cos(angle) * rows - np.sin(angle) * columns + middle + 1       # where it comes from
    column = np.sin(angle) * rows + np.cos(angle) * columns + middle + 1
    padded = np.pad(pictures, ((0, 0), (1, 2), (1, 2)))
    row, column = np.clip(row, 0, SIDE + 1), np.clip(column, 0, SIDE + 1)
    r, c = row.astype(int), column.astype(int)
    a, b = row - r, column - c
    n = np.arange(len(pictures))[:, None, None]
    return ((1 - a) * (1 - b) * padded[n, r, c] + (1 - a) * b * padded[n, r, c + 1]
            + a * (1 - b) * padded[n, r + 1, c] + a * b * padded[n, r + 1, c + 1])
