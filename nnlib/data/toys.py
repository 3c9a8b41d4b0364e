"""Generated data: small enough to see, with a known truth. Synthetic, not measured."""

import numpy as np

from nnlib import validation

Arrays = tuple[np.ndarray, np.ndarray]


def make_line(rows: int = 50, *, noise: float = 0.1, rng: np.random.Generator) -> Arrays:
    """Points on the line ``y = 2x + 1`` plus normal noise.

    Parameters
    ----------
    rows : int
    noise : float
        Standard deviation of what is added to y.
    rng : numpy.random.Generator

    Returns
    -------
    x, y : numpy.ndarray of float32, shape (rows, 1)
        x uniform on [-1, 1].
    """
    _check("make_line", rows, noise, rng)
    x = rng.uniform(-1.0, 1.0, (rows, 1))
    y = 2.0 * x + 1.0 + noise * rng.standard_normal((rows, 1))
    return x.astype(np.float32), y.astype(np.float32)


def make_sine(rows: int = 50, *, noise: float = 0.1, rng: np.random.Generator) -> Arrays:
    """Points on ``y = sin(πx)`` plus normal noise.

    Parameters and results as for `make_line`; x uniform on [-1, 1], one full period.
    """
    _check("make_sine", rows, noise, rng)
    x = rng.uniform(-1.0, 1.0, (rows, 1))
    y = np.sin(np.pi * x) + noise * rng.standard_normal((rows, 1))
    return x.astype(np.float32), y.astype(np.float32)


def make_xor() -> Arrays:
    """The four points of exclusive or: x (4, 2) float32, y (4,) int64 = x₁ ≠ x₂.

    No straight line separates the classes. Minsky and Papert (1969), "Perceptrons".
    """
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    return x, np.array([0, 1, 1, 0], np.int64)


def make_moons(rows: int = 200, *, noise: float = 0.1, rng: np.random.Generator) -> Arrays:
    """Two half circles that reach into each other, one class each.

    Class 0 is ``(cos t, sin t)``, class 1 ``(1 - cos t, ½ - sin t)``, t uniform on [0, π].

    Parameters
    ----------
    rows : int
        Shared out equally; an odd row goes to class 1.
    noise : float
        Standard deviation of the normal noise on both coordinates.
    rng : numpy.random.Generator

    Returns
    -------
    x : numpy.ndarray of float32, shape (rows, 2)
    y : numpy.ndarray of int64, shape (rows,)
        In random order.
    """
    _check("make_moons", rows, noise, rng)
    y = rng.permutation(np.arange(rows) >= rows // 2)
    t = rng.uniform(0.0, np.pi, rows)
    x = np.stack(
        [np.where(y, 1.0 - np.cos(t), np.cos(t)), np.where(y, 0.5 - np.sin(t), np.sin(t))], axis=1
    )
    x += noise * rng.standard_normal((rows, 2))
    return x.astype(np.float32), y.astype(np.int64)


def make_circles(rows: int = 200, *, noise: float = 0.1, rng: np.random.Generator) -> Arrays:
    """A circle of radius 1 (class 0) around one of radius ½ (class 1).

    Parameters and results as for `make_moons`.
    """
    _check("make_circles", rows, noise, rng)
    y = rng.permutation(np.arange(rows) >= rows // 2)
    t = rng.uniform(0.0, 2.0 * np.pi, rows)
    radius = np.where(y, 0.5, 1.0)
    x = np.stack([radius * np.cos(t), radius * np.sin(t)], axis=1)
    x += noise * rng.standard_normal((rows, 2))
    return x.astype(np.float32), y.astype(np.int64)


def _check(owner: str, rows: int, noise: float, rng: np.random.Generator) -> None:
    validation.check_positive_int(owner, "rows", rows)
    validation.check_at_least(owner, "noise", noise)
    validation.check_generator(owner, rng)
