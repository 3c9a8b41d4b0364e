"""Mini-batches of NumPy arrays."""

from collections.abc import Iterator

import numpy as np

from nnlib import arrays, validation
from nnlib.batching import batch_indices
from nnlib.numpy.parameter import to_numpy


class batches:
    """Mini-batches ``(x, y)`` of one epoch; `len` is the number of optimizer steps it makes.

    Iterating again starts another epoch, and with ``rng`` shuffles anew.

    Parameters
    ----------
    x : array_like, shape (N, ...)
    y : array_like, shape (N, ...)
        Arrays, tensors, lists of numbers, or data frames. What is neither array nor tensor becomes
        float32 where it holds floats.
    batch_size : int
        Rows in a batch, B; the last one is smaller when B does not divide N.
    rng : numpy.random.Generator, optional
        Shuffles the rows. Without it the batches are views, in order.
    drop_last : bool
        Leave out a last batch of fewer than B rows.

    Yields
    ------
    tuple of numpy.ndarray
        Shapes (B, ...) and (B, ...).

    Raises
    ------
    ValueError
        If x and y differ in length, if batch_size < 1, or if ``drop_last`` leaves nothing.
    TypeError
        If x or y does not hold numbers.
    """

    def __init__(self, x, y, *, batch_size: int, rng=None, drop_last: bool = False):
        self.x, self.y = (
            to_numpy(arrays.rows("batches", what, part)) for what, part in (("x", x), ("y", y))
        )
        validation.check_same_length("batches", len(self.x), len(self.y))
        self.rows = batch_indices(len(self.x), batch_size, rng, drop_last)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for rows in self.rows:
            yield self.x[rows], self.y[rows]
