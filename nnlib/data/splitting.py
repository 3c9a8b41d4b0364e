"""Training, validation and test rows, and scaling that learns from the training rows only."""

from collections.abc import Sequence

import numpy as np

from nnlib import validation


def split(
    x: np.ndarray,
    y: np.ndarray,
    *,
    sizes: Sequence[int] = (1280, 257, 260),
    rng: np.random.Generator,
    stratify: bool = True,
) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Deal rows out at random into parts, each row into at most one of them.

    Parameters
    ----------
    x, y : numpy.ndarray, shapes (N, ...) and (N, ...)
    sizes : sequence of int
        Rows of each part, summing to at most N. The default splits the 1,797 digits into training,
        validation and test.
    rng : numpy.random.Generator
    stratify : bool
        Give each part the classes in the proportions of the whole, to within two rows of each. For
        labels that are integers; other targets are split without it.

    Returns
    -------
    tuple of pairs (x, y)
        One pair for each size, rows in random order, as copies.

    Raises
    ------
    ValueError
        If lengths differ, a size is below 1 or the sizes sum to more than N.
    """
    x, y = np.asarray(x), np.asarray(y)
    validation.check_same_length("split", len(x), len(y))
    validation.check_generator("split", rng)
    for size in sizes:
        validation.check_positive_int("split", "each size", size)
    if sum(sizes) > len(x):
        raise ValueError(
            f"split expected sizes that sum to at most {len(x)} rows, "
            f"got {tuple(sizes)} with the sum {sum(sizes)}"
        )
    order = rng.permutation(len(x))
    if stratify and y.ndim == 1 and y.dtype.kind in "iub":
        order = order[_spread(y[order])]
    parts, start = [], 0
    for size in sizes:
        rows = rng.permutation(order[start : start + size])
        parts.append((x[rows], y[rows]))
        start += size
    return tuple(parts)


def _spread(labels: np.ndarray) -> np.ndarray:
    """An order of the rows in which every class is spread evenly from the first to the last.

    Row k of the n rows of a class goes to the place (k + ½)/n between 0 and 1. Any run of places
    then holds each class in its proportion, so cutting the order anywhere gives stratified parts.
    """
    place = np.empty(len(labels))
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        place[rows] = (np.arange(len(rows)) + 0.5) / len(rows)
    return np.argsort(place, kind="stable")


class Standardizer:
    """Shift and scale each column to mean 0 and standard deviation 1 over the *training* rows.

    ``z = (x - mean) / std``, with the mean and std of what `fit` saw. Validation and test rows go
    through `transform` with the same numbers: they must not take part in `fit`, or what is measured
    on them has leaked into training.

    A column that is constant in training has no scale: it is only shifted, to 0.

    Attributes
    ----------
    mean, std : numpy.ndarray of float32, shape (features,)
        Set by `fit`. ``std`` divides by N, and is 1 for a constant column.
    """

    mean: np.ndarray | None = None
    std: np.ndarray | None = None

    def fit(self, x_train: np.ndarray) -> "Standardizer":
        """Learn mean and std from ``x_train``, shape (N, features); return self.

        Raises
        ------
        ValueError
            If ``x_train`` has no rows.
        """
        x_train = np.asarray(x_train, dtype=np.float32)
        if len(x_train) == 0:
            raise ValueError("Standardizer.fit expected at least one row, got none")
        # In float64: sums of many float32 numbers lose digits that the differences need. It also
        # makes the std of a constant column exactly 0.
        std = x_train.std(axis=0, dtype=np.float64)
        self.mean = x_train.mean(axis=0, dtype=np.float64).astype(np.float32)
        self.std = np.where(std == 0.0, 1.0, std).astype(np.float32)
        return self

    def transform(self, x: np.ndarray) -> np.ndarray:
        """Return the scaled copy of ``x``, shape (N, features), as float32.

        Raises
        ------
        RuntimeError
            If `fit` was not called before.
        ValueError
            If ``x`` has other columns than `fit` saw.
        """
        x = np.asarray(x, dtype=np.float32)
        self._check(x)
        return (x - self.mean) / self.std

    def inverse_transform(self, z: np.ndarray) -> np.ndarray:
        """Undo `transform`: back to the units of the data, as float32."""
        z = np.asarray(z, dtype=np.float32)
        self._check(z)
        return z * self.std + self.mean

    def _check(self, x: np.ndarray) -> None:
        if self.mean is None:
            raise RuntimeError("Standardizer expected fit(x_train) before it transforms")
        if x.shape[1:] != self.mean.shape:
            expected = ", ".join(["batch", *map(str, self.mean.shape)])
            raise ValueError(
                f"Standardizer expected input of shape ({expected}), got {validation.show(x.shape)}"
            )
