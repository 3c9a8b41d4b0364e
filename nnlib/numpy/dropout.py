"""Dropout: random zeros during training."""

import numpy as np

from nnlib import validation
from nnlib.numpy.checks import check_float_array, check_grad
from nnlib.numpy.module import Module


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
    With G = dL/dy, ``dL/dx = G · m / (1 - p)`` with the mask of the forward. Equal seeds give equal
    masks on both paths, and in float32 and float64.

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
        self.p = validation.check_fraction("Dropout", "p", p, one=True)
        self.generator = validation.check_generator("Dropout", rng).spawn(1)[0]

    def forward(self, x: np.ndarray) -> np.ndarray:
        check_float_array("Dropout", x)
        scaled_mask = None
        if self.training and self.p > 0.0:
            uniform = np.asarray(self.generator.random(x.shape, dtype=np.float32))
            scaled_mask = (uniform >= self.p).astype(x.dtype)
            if self.p < 1.0:  # at 1 nothing is kept, so there is nothing to scale
                scaled_mask *= 1.0 / (1.0 - self.p)
        self.keep(scaled_mask, x.shape, x.dtype)
        return x if scaled_mask is None else x * scaled_mask

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        scaled_mask, shape, dtype = self.kept()
        check_grad("Dropout", grad_output, shape, dtype)
        if not input_grad:
            return None
        return grad_output if scaled_mask is None else grad_output * scaled_mask

    def extra_repr(self) -> str:
        return f"{self.p:g}"
