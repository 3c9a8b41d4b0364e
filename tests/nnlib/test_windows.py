"""The geometry of sliding windows, against loops over every position and pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.windows import check_pair, conv_windows, pool_windows

SIZES = st.integers(1, 5)


@given(
    kernel=st.tuples(SIZES, SIZES),
    stride=st.tuples(SIZES, SIZES),
    padding=st.tuples(st.integers(0, 4), st.integers(0, 4)),
    extra=st.tuples(st.integers(0, 6), st.integers(0, 6)),
)
def test_pixels_are_those_that_a_loop_finds(kernel, stride, padding, extra):
    size = tuple(max(1, k - 2 * p + e) for k, p, e in zip(kernel, padding, extra, strict=True))
    windows = conv_windows("Conv2D", kernel, stride, padding)
    shape = (1, *size, 1)
    found = {}
    counts = windows.counts(shape)
    for o, p in np.ndindex(*counts):
        for i, j in np.ndindex(*kernel):
            row, column = o * stride[0] + i - padding[0], p * stride[1] + j - padding[1]
            if 0 <= row < size[0] and 0 <= column < size[1]:
                found[o, p, i, j] = (row, column)
    # One position more would reach beyond the padded image.
    for n, k, s, p, count in zip(size, kernel, stride, padding, counts, strict=True):
        assert (count - 1) * s + k <= n + 2 * p < count * s + k
    image = np.arange(size[0] * size[1]).reshape(shape)
    positions = np.arange(counts[0] * counts[1]).reshape(1, *counts, 1)
    given_back, order = {}, []
    for i, j, where, places in windows.pixels(shape):
        order.append((i, j))
        assert positions[where].shape == image[places].shape
        for position, pixel in zip(positions[where].flat, image[places].flat, strict=True):
            o, p = divmod(int(position), counts[1])
            given_back[o, p, i, j] = divmod(int(pixel), size[1])
    assert given_back == found
    assert order == list(np.ndindex(*kernel))


def test_same_pads_kernel_less_one_and_the_odd_pixel_after():
    sides = conv_windows("Conv2D", (4, 3), 1, "same").padding
    assert sides == ((1, 2), (1, 1))
    assert conv_windows("Conv2D", 1, 1, "same").padding == ((0, 0), (0, 0))


def test_pools_step_by_their_size_unless_told_otherwise():
    assert pool_windows("MaxPool2D", (2, 3), None, 0).stride == (2, 3)
    assert pool_windows("MaxPool2D", (2, 3), 1, 0).stride == (1, 1)
    assert pool_windows("MaxPool2D", (2, 3), (1, 2), (1, 0)).padding == ((1, 1), (0, 0))


@pytest.mark.parametrize("value", [2, np.int64(2), (2, 2), [2, 2], (np.int32(2), 2)])
def test_a_pair_may_be_written_in_several_ways(value):
    pair = check_pair("Conv2D", "stride", value)
    assert pair == (2, 2)
    assert all(type(size) is int for size in pair)
