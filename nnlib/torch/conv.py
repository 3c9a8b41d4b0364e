"""The convolution layer."""

import numpy as np
import torch
from torch.nn import functional as F
from torch.nn.grad import conv2d_input

from nnlib import initializers, validation
from nnlib.torch.module import Module, Parameter, dtype_name
from nnlib.windows import check_images, conv_windows


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
    ``torch.nn.Conv2d`` has images (batch, channels, height, width) and kernels (out, in, kh, kw).
    An image in this layer's layout, with its axes permuted to that order, is what torch calls
    ``channels_last``: nothing is copied on the way in or out.

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
        super().__init__()
        self.in_channels = validation.check_positive_int("Conv2D", "in_channels", in_channels)
        self.out_channels = validation.check_positive_int("Conv2D", "out_channels", out_channels)
        self.windows = conv_windows("Conv2D", kernel_size, stride, padding)
        dtype = validation.check_float_dtype_name("Conv2D", dtype)
        child = validation.check_generator("Conv2D", rng).spawn(1)[0]
        shape = (*self.windows.kernel, self.in_channels, self.out_channels)
        values = initializers.initialize("Conv2D", init, shape, rng=child, dtype=dtype)
        self.weight = Parameter(torch.from_numpy(values))
        zeros = torch.from_numpy(np.zeros(out_channels, dtype))
        self.register_parameter("bias", Parameter(zeros) if bias else None)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        weight, windows = self.weight, self.windows
        check_images("Conv2D", x.shape, self.in_channels)
        if x.dtype != weight.dtype and not torch.is_autocast_enabled(x.device.type):
            validation.check_dtype("Conv2D", dtype_name(x), dtype_name(weight))
        windows.counts(x.shape)
        x, padding = x.permute(0, 3, 1, 2), windows.before
        if not windows.symmetric:
            (top, bottom), (left, right) = windows.padding
            x, padding = F.pad(x, (left, right, top, bottom)), 0
        kernel = weight.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
        y = F.conv2d(x, kernel, self.bias, windows.stride, padding)
        return y.permute(0, 2, 3, 1)

    def unrecorded(self) -> tuple[Module, ...]:
        return (self,) if self.weight.requires_grad else ()

    def input_gradient(self, x: torch.Tensor, grad_output: torch.Tensor) -> torch.Tensor:
        windows = self.windows
        batch, height, width, channels = x.shape
        (top, bottom), (left, right) = windows.padding
        if windows.symmetric:
            padding, top, bottom, left, right = windows.before, 0, 0, 0, 0
        else:
            padding = 0
        padded = (batch, channels, height + top + bottom, width + left + right)
        with torch.no_grad():
            kernel = self.weight.permute(3, 2, 0, 1).contiguous(memory_format=torch.channels_last)
            grad_output = grad_output.permute(0, 3, 1, 2)
            grad = conv2d_input(padded, kernel, grad_output, windows.stride, padding)
        grad = grad[:, :, top : top + height, left : left + width].permute(0, 2, 3, 1)
        return grad.contiguous()  # with one output channel torch cannot tell the layouts apart

    def extra_repr(self) -> str:
        sizes = f"{self.in_channels}, {self.out_channels}, {self.windows.describe()}"
        return f"{sizes}, bias={self.bias is not None}"
