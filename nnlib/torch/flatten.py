"""From pictures to rows."""

import torch

from nnlib import validation
from nnlib.torch.module import Module


class Flatten(Module):
    """All axes but the batch become one, in C order (the last axis runs fastest).

    Shapes
    ------
    input
        (batch, ...)
    output
        (batch, product of the other axes): a view of the input where it is contiguous.

    Raises
    ------
    ValueError
        If the batch axis is missing.
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        validation.check_batch_axis("Flatten", x.shape)
        # Not -1: its size could not be told for an empty batch, and (batch,) becomes (batch, 1).
        return x.reshape(x.shape[0], x[:1].numel() if x.shape[0] else x.shape[1:].numel())

    def unrecorded(self) -> tuple[Module]:
        return (self,)

    def input_gradient(self, x: torch.Tensor, grad_output: torch.Tensor) -> torch.Tensor:
        return grad_output.reshape(x.shape)
