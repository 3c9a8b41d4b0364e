"""Windows that slide over an image: their checks and their geometry, for both paths.

A window of ``kernel`` pixels moves over the image in steps of ``stride``. Along one axis of n
pixels, with ``before`` and ``after`` pixels of padding, its positions are::

    count = ⌊(n + before + after - kernel) / stride⌋ + 1

and position o looks with its pixel i at image pixel ``o · stride + i - before``, which lies in the
padding when it is below 0 or not below n. Pixels that no whole window reaches are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Integral

from nnlib import validation


def check_pair(owner: str, argument: str, value, lowest: int = 1) -> tuple[int, int]:
    """Raise unless ``value`` is an integer, or two (height, width), of at least ``lowest``."""
    pair = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    numbers = all(isinstance(v, Integral) and not isinstance(v, bool) for v in pair)
    if len(pair) != 2 or not numbers:
        raise TypeError(
            f"{owner} expected {argument} to be an integer or a pair (height, width), got {value!r}"
        )
    if min(pair) < lowest:
        raise ValueError(f"{owner} expected {argument} >= {lowest}, got {value}")
    return int(pair[0]), int(pair[1])


def conv_windows(owner: str, kernel_size, stride, padding) -> "Windows":
    """The windows of a convolution, where ``padding`` is a number, a pair or "same"."""
    kernel = check_pair(owner, "kernel_size", kernel_size)
    stride = check_pair(owner, "stride", stride)
    if not isinstance(padding, str):
        rows, columns = check_pair(owner, "padding", padding, lowest=0)
        return Windows(owner, "kernel_size", kernel, stride, ((rows, rows), (columns, columns)))
    if padding != "same":
        raise ValueError(
            f"{owner} expected padding to be 'same', an integer or a pair, got {padding!r}"
        )
    if stride != (1, 1):
        raise ValueError(
            f"{owner} expected stride=1 with padding='same', got stride={stride}: a larger stride "
            "makes the output smaller than the input, so give the padding in pixels"
        )
    # An even kernel needs an odd number of pixels: the odd one goes after (below, to the right).
    sides = tuple(((k - 1) // 2, k // 2) for k in kernel)
    return Windows(owner, "kernel_size", kernel, stride, sides)


def pool_windows(owner: str, pool_size, stride, padding) -> "Windows":
    """The windows of a pooling layer, which lie side by side when ``stride`` is None."""
    kernel = check_pair(owner, "pool_size", pool_size)
    stride = kernel if stride is None else check_pair(owner, "stride", stride)
    rows, columns = check_pair(owner, "padding", padding, lowest=0)
    if 2 * rows > kernel[0] or 2 * columns > kernel[1]:
        raise ValueError(
            f"{owner} expected padding of at most half the window, got padding={(rows, columns)} "
            f"with pool_size={kernel}: no window may lie in the padding alone"
        )
    return Windows(owner, "pool_size", kernel, stride, ((rows, rows), (columns, columns)))


def check_images(owner: str, shape, channels: int | None = None) -> None:
    """Raise unless ``shape`` is ``(batch, height, width, channels)`` with at least one pixel."""
    wanted = f"(batch, height, width, {'channels' if channels is None else channels})"
    if len(shape) != 4:
        raise ValueError(
            f"{owner} expected input of shape {wanted}, got {validation.show(shape)}: "
            "grey images have a channel axis too, x[..., None], and one image alone is x[None]"
        )
    if channels is not None and shape[3] != channels:
        raise ValueError(
            f"{owner} expected input of shape {wanted}, got {validation.show(shape)}: "
            f"the last axis must equal in_channels={channels}"
        )
    if 0 in shape[1:]:
        raise ValueError(
            f"{owner} expected images of at least one pixel and channel, "
            f"got {validation.show(shape)}"
        )


@dataclass(frozen=True)
class Windows:
    """Sizes of the sliding windows of one layer, as pairs (height, width).

    Attributes
    ----------
    owner, argument : str
        The layer and what it calls the window's size, for error messages.
    kernel, stride : tuple of int
    padding : pair of pairs
        ((top, bottom), (left, right)).
    """

    owner: str
    argument: str
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[tuple[int, int], tuple[int, int]]

    @property
    def padded(self) -> bool:
        """Whether there is any padding."""
        return self.padding != ((0, 0), (0, 0))

    @property
    def before(self) -> tuple[int, int]:
        """Padding above and to the left."""
        return self.padding[0][0], self.padding[1][0]

    @property
    def symmetric(self) -> bool:
        """Whether opposite sides have equal padding."""
        return all(first == last for first, last in self.padding)

    @property
    def overlap(self) -> bool:
        """Whether an image pixel can lie in more than one window."""
        return self.stride[0] < self.kernel[0] or self.stride[1] < self.kernel[1]

    def counts(self, shape) -> tuple[int, int]:
        """Window positions along height and width of images of shape (batch, h, w, channels).

        Raises
        ------
        ValueError
            If the window is larger than the padded image.
        """
        # Written out for both axes, because this runs in every forward.
        (top, bottom), (left, right) = self.padding
        padded = height, width = shape[1] + top + bottom, shape[2] + left + right
        kernel_height, kernel_width = self.kernel
        if height < kernel_height or width < kernel_width:
            with_padding = " with their padding" if self.padded else ""
            raise ValueError(
                f"{self.owner} expected images{with_padding} no smaller than "
                f"{self.argument}={self.kernel}, got height and width {validation.show(padded)}"
            )
        down, across = self.stride
        return (height - kernel_height) // down + 1, (width - kernel_width) // across + 1

    def pixels(self, shape) -> Iterator[tuple]:
        """For each pixel (i, j) of the window, row by row: where it lies within the image.

        Yields ``i, j, positions, places``: two indices for (batch, height, width, ...) arrays, the
        first of the outputs whose window has its pixel (i, j) inside the image, the second of those
        image pixels. ``image[places] += output[positions]`` so adds up overlapping windows without
        a scatter: for one (i, j) no two windows meet in a pixel.
        """
        counts = self.counts(shape)
        rows = [self._overlap(0, i, shape[1], counts[0]) for i in range(self.kernel[0])]
        columns = [self._overlap(1, j, shape[2], counts[1]) for j in range(self.kernel[1])]
        everything = slice(None)
        for i, (rows_out, rows_in) in enumerate(rows):
            for j, (columns_out, columns_in) in enumerate(columns):
                positions = (everything, rows_out, columns_out)
                yield i, j, positions, (everything, rows_in, columns_in)

    def _overlap(self, axis: int, i: int, size: int, count: int) -> tuple[slice, slice]:
        """Positions o with ``0 <= o · stride + i - before < size``, and those image pixels."""
        stride, shift = self.stride[axis], i - self.before[axis]
        first = max(0, -(shift // stride))  # ⌈-shift / stride⌉
        stop = max(first, min(count, (size - 1 - shift) // stride + 1))
        start = first * stride + shift
        return slice(first, stop), slice(start, start + (stop - first) * stride, stride)

    def describe(self) -> str:
        """``kernel_size=(3, 3), stride=(1, 1)``, and the padding where there is some."""
        text = f"{self.argument}={self.kernel}, stride={self.stride}"
        if not self.padded:
            return text
        return f"{text}, padding={self.before if self.symmetric else self.padding}"
