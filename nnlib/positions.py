"""The table of sines and cosines that marks places in a sequence, for both paths."""

import numpy as np


def sinusoids(max_len: int, embed_dim: int) -> np.ndarray:
    """``sin`` and ``cos`` of ``t / 10000^(2k / embed_dim)`` in columns 2k and 2k + 1.

    Vaswani et al. (2017), "Attention is all you need", section 3.5.

    Parameters
    ----------
    max_len, embed_dim : int
        Number of places t, and of columns; an odd number of columns ends with a sine.

    Returns
    -------
    numpy.ndarray of float64, shape (max_len, embed_dim)
    """
    angles = np.arange(max_len)[:, None] / 10000.0 ** (np.arange(0, embed_dim, 2) / embed_dim)
    table = np.empty((max_len, embed_dim))
    table[:, 0::2] = np.sin(angles)
    table[:, 1::2] = np.cos(angles[:, : embed_dim // 2])
    return table
