"""Dropout: random zeros during training."""

import numpy as np
import torch

from nnlib import validation
from nnlib.torch.module import Module, dtype_name


class Dropout(Module):
    """Set each value to 0 with probability p in training; do nothing in evaluation mode.

    ``y = x · m / (1 - p)``, where each entry of the mask m is 0 with probability p and 1 otherwise,
    drawn anew in every forward. Because of the division (*inverted* dropout) the expected value of
    y is x, so that evaluation mode needs no scaling.

    Parameters
    ----------
    p : float
        Probability to drop, 0 ≤ p ≤ 1. (Some texts give the probability to keep.) At 1 nothing is
        kept: the output is zeros, and so is the gradient.
    rng : numpy.random.Generator
        A child of it draws the masks, so that they do not disturb the order of shuffles.

    Attributes
    ----------
    generator : numpy.random.Generator
        That child. Checkpoints save its position.

    Shapes
    ------
    input, output
        (...), the same.

    Notes
    -----
    ``torch.nn.Dropout`` draws from torch's global generator. Here, equal seeds give equal masks on
    both paths. On another device than the CPU that device draws the mask, from a seed out of
    ``generator``: reproducible too, but other masks.

    Srivastava et al. (2014), "Dropout: a simple way to prevent neural networks from overfitting",
    section 4, which multiplies by 1 - p at test time instead (section 10 has this form).

    Raises
    ------
    ValueError
        If p is below 0 or above 1.
    TypeError
        If the input is not float32 or float64.
    """

    def __init__(self, p: float, *, rng: np.random.Generator):
        super().__init__()
        self.p = validation.check_fraction("Dropout", "p", p, one=True)
        self.generator = validation.check_generator("Dropout", rng).spawn(1)[0]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not x.is_floating_point():
            validation.check_float("Dropout", dtype_name(x))
        if not self.training or self.p == 0.0:
            return x
        return x * self._scaled_mask(x)

    @torch.compiler.disable  # the compiler cannot trace a NumPy generator
    def _scaled_mask(self, x: torch.Tensor) -> torch.Tensor:
        if x.device.type == "cpu":
            uniform = self.generator.random(tuple(x.shape), dtype=np.float32)
            keep = torch.from_numpy(np.asarray(uniform >= self.p))
        else:
            seed = int(self.generator.integers(2**63))
            source = torch.Generator(x.device).manual_seed(seed)
            keep = torch.rand(x.shape, device=x.device, generator=source) >= self.p
        scaled_mask = keep.to(x.dtype)
        if self.p < 1.0:  # at 1 nothing is kept, so there is nothing to scale
            scaled_mask *= 1.0 / (1.0 - self.p)
        return scaled_mask

    def extra_repr(self) -> str:
        return f"{self.p:g}"
