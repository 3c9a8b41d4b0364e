"""Pooling: each window of an image becomes one pixel, channel by channel."""

from math import prod

import numpy as np

from nnlib.numpy.checks import check_float_array, check_grad
from nnlib.numpy.module import Module
from nnlib.windows import check_images, pool_windows


class _Pool2D(Module):
    def __init__(self, pool_size, stride=None, padding=0):
        self.windows = pool_windows(type(self).__name__, pool_size, stride, padding)

    def extra_repr(self) -> str:
        return self.windows.describe()


class MaxPool2D(_Pool2D):
    """The largest number of each window, channel by channel.

    With stride s and padding of t rows and l columns::

        y[n, p, q, c] = max_ij x[n, p·s + i - t, q·s + j - l, c]

    over those pixels (i, j) of the window that lie inside the image.

    Parameters
    ----------
    pool_size : int or (int, int)
        Height and width of the window.
    stride : int or (int, int), optional
        Steps of the window down and to the right; the window's size if not given.
    padding : int or (int, int)
        Rows above *and* below, columns left *and* right, at most half the window. They count as
        -∞ and never win.

    Shapes
    ------
    input
        (batch, height, width, channels), height and width in pixels
    output
        (batch, ⌊(height + 2·padding - window) / stride⌋ + 1, likewise for the width, channels)

    Notes
    -----
    The gradient of an output goes to the pixel that won its window, all others get 0. Where several
    are equally large the first wins, row by row, as in PyTorch; NaN wins over every number. Pixels
    that windows share add up what they get. Rows and columns that no whole window reaches count
    for nothing. Ranzato et al. (2007), "Unsupervised learning of invariant feature hierarchies with
    applications to object recognition", section 2.

    Raises
    ------
    ValueError
        If the input is not of that shape, or smaller (with its padding) than the window.
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("MaxPool2D", x)
        check_images("MaxPool2D", x.shape)
        windows = self.windows
        shape = (len(x), *windows.counts(x.shape), x.shape[3])
        pixels = windows.pixels(x.shape)
        if windows.padded:
            y, winner = np.full(shape, -np.inf, x.dtype), self._first_pixels(shape)
        else:
            # The first pixel of a window is the best so far.
            _, _, _, places = next(pixels)
            y, winner = x[places].copy(), np.zeros(shape, self._number_dtype())
        for i, j, positions, places in pixels:
            pixel, best = np.ascontiguousarray(x[places]), y[positions]
            better = (pixel > best) | (pixel != pixel)  # only NaN differs from itself
            number = winner.dtype.type(i * windows.kernel[1] + j)
            # Numbers rise from pixel to pixel: the largest that was better is the last that was.
            np.maximum(winner[positions], better * number, out=winner[positions])
            np.maximum(best, pixel, out=best)
        self.keep(winner, x.shape, x.dtype)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        winner, shape, dtype = self.kept()
        check_grad("MaxPool2D", grad_output, winner.shape, dtype)
        if not input_grad:
            return None
        windows = self.windows
        grad_input = np.zeros(shape, dtype)
        for i, j, positions, places in windows.pixels(shape):
            won = winner[positions] == i * windows.kernel[1] + j
            if windows.overlap:
                grad_input[places] += grad_output[positions] * won
            else:
                np.multiply(grad_output[positions], won, out=grad_input[places])
        return grad_input

    def _number_dtype(self) -> np.dtype:
        """Of the numbers of a window's pixels: one byte, unless windows are very large."""
        return np.min_scalar_type(prod(self.windows.kernel) - 1)

    def _first_pixels(self, shape) -> np.ndarray:
        """Number of the first pixel of each window that lies inside the image: i · width + j."""
        (_, kw), (down, right), (top, left) = (
            self.windows.kernel, self.windows.stride, self.windows.before,
        )  # fmt: skip
        i = np.maximum(0, top - down * np.arange(shape[1]))[:, None, None]
        j = np.maximum(0, left - right * np.arange(shape[2]))[:, None]
        return np.broadcast_to(i * kw + j, shape).astype(self._number_dtype())


class AvgPool2D(_Pool2D):
    """The mean of each window, channel by channel.

    With windows of h by w pixels, stride s and padding of t rows and l columns::

        y[n, p, q, c] = 1/(h·w) Σ_ij x[n, p·s + i - t, q·s + j - l, c]

    where x is 0 outside the image. The sum is divided by h·w also where a window reaches into the
    padding: its zeros count as pixels, as in PyTorch (``count_include_pad=True``). Keras divides by
    the number of pixels inside the image.

    Parameters
    ----------
    pool_size : int or (int, int)
        Height h and width w of the window.
    stride : int or (int, int), optional
        Steps of the window down and to the right; the window's size if not given.
    padding : int or (int, int)
        Rows of zeros above *and* below, columns of zeros left *and* right, at most half the window.

    Shapes
    ------
    input
        (batch, height, width, channels), height and width in pixels
    output
        (batch, ⌊(height + 2·padding - window) / stride⌋ + 1, likewise for the width, channels)

    Notes
    -----
    Each pixel of a window gets ``dL/dy / (h·w)``, and adds up what it gets from several windows.
    LeCun et al. (1998), "Gradient-based learning applied to document recognition", section II.B.

    Raises
    ------
    ValueError
        If the input is not of that shape, or smaller (with its padding) than the window.
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("AvgPool2D", x)
        check_images("AvgPool2D", x.shape)
        kh, kw = self.windows.kernel
        y = np.zeros((len(x), *self.windows.counts(x.shape), x.shape[3]), x.dtype)
        for _, _, positions, places in self.windows.pixels(x.shape):
            y[positions] += x[places]
        y /= kh * kw
        self.keep(x.shape, y.shape, x.dtype)
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        shape, output_shape, dtype = self.kept()
        check_grad("AvgPool2D", grad_output, output_shape, dtype)
        if not input_grad:
            return None
        kh, kw = self.windows.kernel
        share = grad_output / (kh * kw)
        grad_input = np.zeros(shape, dtype)
        for _, _, positions, places in self.windows.pixels(shape):
            if self.windows.overlap:
                grad_input[places] += share[positions]
            else:
                grad_input[places] = share[positions]
        return grad_input


class GlobalAvgPool2D(Module):
    """The mean of each channel over the whole image: ``y[n, c] = 1/(h·w) Σ_pq x[n, p, q, c]``.

    It stands between the last convolution and the classifier, and takes images of any size. Lin,
    Chen and Yan (2014), "Network in network", section 3.2.

    Shapes
    ------
    input
        (batch, height h, width w, channels), in pixels
    output
        (batch, channels)

    Notes
    -----
    Every pixel gets ``dL/dy / (h·w)``.

    Raises
    ------
    ValueError
        If the input is not of that shape or has no pixels.
    TypeError
        If the input is not of floats.
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("GlobalAvgPool2D", x)
        check_images("GlobalAvgPool2D", x.shape)
        self.keep(x.shape, x.dtype)
        return x.mean(axis=(1, 2))

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        shape, dtype = self.kept()
        batch, height, width, channels = shape
        check_grad("GlobalAvgPool2D", grad_output, (batch, channels), dtype)
        if not input_grad:
            return None
        grad_input = np.empty(shape, dtype)
        grad_input[...] = (grad_output / (height * width))[:, None, None, :]
        return grad_input
