"""Pooling: each window of an image becomes one pixel, channel by channel."""

import torch
from torch.nn import functional as F

from nnlib import validation
from nnlib.torch.module import Module, dtype_name
from nnlib.windows import check_images, pool_windows


def _check(owner: str, x: torch.Tensor) -> None:
    if not x.is_floating_point():  # half precision is torch's own business
        validation.check_float(owner, dtype_name(x))
    check_images(owner, x.shape)


class _Pool2D(Module):
    def __init__(self, pool_size, stride=None, padding=0):
        super().__init__()
        self.windows = pool_windows(type(self).__name__, pool_size, stride, padding)

    def _pool(self, x: torch.Tensor, function) -> torch.Tensor:
        windows = self.windows
        _check(windows.owner, x)
        windows.counts(x.shape)
        # Permuted, our layout is what torch calls channels_last: no copy on the way in or out.
        y = function(x.permute(0, 3, 1, 2), windows.kernel, windows.stride, windows.before)
        return y.permute(0, 2, 3, 1)

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

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self._pool(x, F.max_pool2d)


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

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self._pool(x, F.avg_pool2d)


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

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        _check("GlobalAvgPool2D", x)
        return x.mean(dim=(1, 2))
