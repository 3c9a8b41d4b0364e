"""Which rows make up each mini-batch: the part of batching that both paths share."""

from collections.abc import Iterator

import numpy as np

from nnlib import validation


class batch_indices:
    """The rows of each mini-batch of one epoch.

    Parameters
    ----------
    rows : int
        Number of rows N in the data.
    batch_size : int
        Rows in a batch, B >= 1. The last batch is smaller when B does not divide N.
    rng : numpy.random.Generator, optional
        Shuffles the rows, anew each time the object is iterated (each epoch). Without it the rows
        come in order.
    drop_last : bool
        Leave out a last batch of fewer than B rows.

    Yields
    ------
    slice or numpy.ndarray of int64, shape (B,)
        What indexes the rows of the next batch. In order it is a slice, so that ``x[rows]`` is a
        view and copies nothing.

    Notes
    -----
    ``len()`` is the number of batches, which is the number of optimizer steps in an epoch:
    ⌈N/B⌉, or ⌊N/B⌋ with ``drop_last``.

    Raises
    ------
    ValueError
        If ``batch_size`` is below 1, or if ``drop_last`` leaves no batch at all.
    """

    def __init__(self, rows: int, batch_size: int, rng=None, drop_last: bool = False):
        self.rows = int(rows)
        self.batch_size = validation.check_positive_int("batches", "batch_size", batch_size)
        self.rng = None if rng is None else validation.check_generator("batches", rng)
        self.drop_last = drop_last
        if drop_last and self.rows < self.batch_size:
            raise ValueError(
                f"batches expected at least {self.batch_size} rows with drop_last=True, "
                f"got {self.rows}: every batch would be dropped"
            )

    def __len__(self) -> int:
        full, rest = divmod(self.rows, self.batch_size)
        return full if self.drop_last or rest == 0 else full + 1

    def __iter__(self) -> Iterator[slice | np.ndarray]:
        order = None if self.rng is None else self.rng.permutation(self.rows)
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            rows = slice(start, min(start + self.batch_size, self.rows))
            yield rows if order is None else order[rows]
