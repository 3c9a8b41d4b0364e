"""The convolution layer."""

from collections.abc import Iterator
from math import prod

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnlib import initializers, validation
from nnlib.numpy.checks import check_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter
from nnlib.windows import check_images, conv_windows

_BLOCK = 2**19  # numbers in one block of windows: two megabytes, for a core's cache


class Conv2D(Module):
    """A convolution over images: the same small Dense layer at every position of a window.

    For an image n, an output pixel (p, q) and an output channel c::

        y[n, p, q, c] = b[c] + Σ_i Σ_j Σ_d x[n, p·s + i - t, q·s + j - l, d] W[i, j, d, c]

    with stride s and padding of t rows above and l columns to the left, where x is 0 outside the
    image. The kernel is not flipped: mathematics calls this a cross-correlation.

    Parameters
    ----------
    in_channels, out_channels : int
        Sizes of the last axis before and after.
    kernel_size : int or (int, int)
        Height kh and width kw of the window.
    stride : int or (int, int)
        Steps of the window down and to the right.
    padding : int, (int, int) or "same"
        Rows of zeros above *and* below, columns of zeros left *and* right. "same" adds kh - 1 rows
        and kw - 1 columns in all, so that the output is as large as the input; with an even
        kernel the odd one goes below and to the right. It needs stride 1, as in PyTorch.
    bias : bool
        Whether to add b, which starts at zeros.
    init : str or callable
        First values of W, see `nnlib.initializers`.
    rng : numpy.random.Generator
        A child of it draws the first weights.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight : Parameter, shape (kh, kw, in_channels, out_channels)
    bias : Parameter, shape (out_channels,), or None

    Shapes
    ------
    input
        (batch, height, width, in_channels), height and width in pixels
    output
        (batch, ⌊(height + padding above and below - kh) / stride⌋ + 1, likewise for the width,
        out_channels)

    Notes
    -----
    With the numbers of each window as one row of a matrix X, (positions, kh·kw·in), and W as a
    matrix (kh·kw·in, out), the convolution is the product X W, and backward is that of `Dense`
    (Chellapilla, Puri and Simard, 2006, "High performance convolutional neural networks for
    document processing", section 3). With G = dL/dy::

        dL/dW[i, j, d, c] = Σ_npq x[n, p·s + i - t, q·s + j - l, d] G[n, p, q, c]
        dL/db[c]          = Σ_npq G[n, p, q, c]
        dL/dx[n, p·s + i - t, q·s + j - l, d]  gets  Σ_c G[n, p, q, c] W[i, j, d, c]
                                               from every p, q, i, j that leads there

    X holds each pixel up to kh·kw times. It is made for a few images at a time, so that it stays in
    the cache and is never stored. LeCun et al. (1989), "Backpropagation applied to handwritten zip
    code recognition", section 3. PyTorch's `Conv2d` has images (batch, channels, height, width) and
    kernels (out, in, kh, kw).

    Raises
    ------
    ValueError
        If the input is not of that shape, or smaller (with its padding) than the window.
    TypeError
        If the input's dtype is not the weight's.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size,
        *,
        stride=1,
        padding=0,
        bias: bool = True,
        init="he_normal",
        rng: np.random.Generator,
        dtype="float32",
    ):
        self.in_channels = validation.check_positive_int("Conv2D", "in_channels", in_channels)
        self.out_channels = validation.check_positive_int("Conv2D", "out_channels", out_channels)
        self.windows = conv_windows("Conv2D", kernel_size, stride, padding)
        dtype = validation.check_float_dtype_name("Conv2D", dtype)
        child = validation.check_generator("Conv2D", rng).spawn(1)[0]
        shape = (*self.windows.kernel, self.in_channels, self.out_channels)
        self.weight = Parameter(
            initializers.initialize("Conv2D", init, shape, rng=child, dtype=dtype)
        )
        self.bias = Parameter(np.zeros(out_channels, dtype)) if bias else None

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_array("Conv2D", x)
        check_images("Conv2D", x.shape, self.in_channels)
        check_same_dtype("Conv2D", x, self.weight.dtype)
        counts = self.windows.counts(x.shape)
        padded = self._pad(x)
        self.keep(padded, x.shape)
        y = np.empty((len(x), *counts, self.out_channels), x.dtype)
        kernel = self.weight.data.reshape(-1, self.out_channels)
        bias = None if self.bias is None else np.tile(self.bias.data, counts[1])
        for images, rows in self._blocks(padded, counts):
            part = y[images].reshape(-1, self.out_channels)  # a view
            np.matmul(rows, kernel, out=part)
            if bias is not None:
                pixel_rows = part.reshape(-1, bias.size)  # NumPy is faster at adding long rows
                pixel_rows += bias
        return y

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        padded, shape = self.kept()
        counts = self.windows.counts(shape)
        out_shape = (shape[0], *counts, self.out_channels)
        check_grad("Conv2D", grad_output, out_shape, padded.dtype)
        grad_output = np.ascontiguousarray(grad_output)
        grad_kernel = np.zeros((self.weight.data[..., 0].size, self.out_channels), padded.dtype)
        for images, rows in self._blocks(padded, counts):
            grad_kernel += rows.T @ grad_output[images].reshape(-1, self.out_channels)
        self.weight.add_grad(grad_kernel.reshape(self.weight.shape))
        if self.bias is not None:
            # In two steps, because NumPy is faster at adding up long rows.
            self.bias.add_grad(grad_output.sum(axis=(0, 1)).sum(axis=0))
        return self._input_grad(grad_output, shape) if input_grad else None

    def _pad(self, x: np.ndarray) -> np.ndarray:
        """Images with zeros around them; x itself where no padding is wanted."""
        if not self.windows.padded:
            return x
        (top, bottom), (left, right) = self.windows.padding
        batch, height, width, channels = x.shape
        padded = np.zeros((batch, top + height + bottom, left + width + right, channels), x.dtype)
        padded[:, top : top + height, left : left + width] = x
        return padded

    def _blocks(self, padded: np.ndarray, counts) -> Iterator[tuple[slice, np.ndarray]]:
        """The matrix X, some images at a time: pairs (which images, their rows of X).

        All blocks lie in the same memory, one after another.
        """
        (kh, kw), (down, right) = self.windows.kernel, self.windows.stride
        view = sliding_window_view(padded, (kh, kw), axis=(1, 2))[:, ::down, ::right]
        view = view.transpose(0, 1, 2, 4, 5, 3)  # (batch, p, q, kh, kw, in): no copy so far
        step = self._images_in_block(prod(view.shape[1:]))
        shape = (min(step, len(view)), *view.shape[1:])
        if self.in_channels * kw > view.shape[2] // 2:
            block = np.empty(shape, padded.dtype)
        else:
            # Few channels: one window holds only short rows of numbers that lie side by side in
            # the image, and copying those is slow. So X lies in memory column by column.
            block = np.empty((*shape[3:], *shape[:3]), padded.dtype).transpose(3, 4, 5, 0, 1, 2)
        for first in range(0, len(view), step):
            images = slice(first, first + step)
            part = block[: len(view[images])]
            part[...] = view[images]
            yield images, part.reshape(-1, kh * kw * self.in_channels)

    def _input_grad(self, grad_output: np.ndarray, shape) -> np.ndarray:
        """One product for each pixel of the window, added to the pixels that it looked at."""
        grad_input = np.zeros(shape, grad_output.dtype)
        pixels = list(self.windows.pixels(shape))
        product_shape = (*grad_output.shape[1:3], self.in_channels)
        step = self._images_in_block(prod(product_shape))
        block = np.empty((min(step, shape[0]), *product_shape), grad_output.dtype)
        for first in range(0, shape[0], step):
            images = slice(first, first + step)
            rows = grad_output[images].reshape(-1, self.out_channels)
            target, product = grad_input[images], block[: len(grad_output[images])]
            for i, j, positions, places in pixels:
                np.matmul(rows, self.weight.data[i, j].T, out=product.reshape(-1, self.in_channels))
                target[places] += product[positions]
        return grad_input

    @staticmethod
    def _images_in_block(numbers: int) -> int:
        """How many images of so many numbers each make one block."""
        return max(1, _BLOCK // numbers)

    def extra_repr(self) -> str:
        sizes = f"{self.in_channels}, {self.out_channels}, {self.windows.describe()}"
        return f"{sizes}, bias={self.bias is not None}"
