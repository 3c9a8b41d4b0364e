"""What the recurrent layers share: torch's fused kernels, fed with weights in our layouts."""

import numpy as np
import torch

from nnlib import initializers, validation
from nnlib.torch.module import Module, Parameter, dtype_name, torch_dtype


class Recurrent(Module):
    """Base of RNN, LSTM and GRU, which write ``_run``: one call of torch's kernel for all steps."""

    gates: int  # blocks of hidden_size columns in the weights
    biases: tuple[str, ...] = ("bias",)

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        return_sequences: bool = False,
        rng: np.random.Generator,
        dtype="float32",
    ):
        super().__init__()
        owner = type(self).__name__
        self.input_size = validation.check_positive_int(owner, "input_size", input_size)
        self.hidden_size = validation.check_positive_int(owner, "hidden_size", hidden_size)
        self.return_sequences = bool(return_sequences)
        dtype = validation.check_float_dtype_name(owner, dtype)
        child = validation.check_generator(owner, rng).spawn(1)[0]
        width = self.gates * self.hidden_size
        for name, rows in (("weight_x", self.input_size), ("weight_h", self.hidden_size)):
            values = initializers.glorot_uniform((rows, width), rng=child, dtype=dtype)
            setattr(self, name, Parameter(torch.from_numpy(values)))
        for name in self.biases:
            setattr(self, name, Parameter(torch.zeros(width, dtype=torch_dtype(dtype))))

    def _run(self, x: torch.Tensor, start: torch.Tensor, weights: list) -> torch.Tensor:
        """The states after every step, (batch, time, hidden), from the state ``start``."""
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        owner = type(self).__name__
        validation.check_sequences(owner, x.shape, self.input_size, "input_size")
        validation.check_not_without_steps(owner, x.shape)
        weight = self.weight_x
        if x.dtype != weight.dtype and not torch.is_autocast_enabled(x.device.type):
            validation.check_dtype(owner, dtype_name(x), dtype_name(weight))
        start = x.new_zeros((1, len(x), self.hidden_size))
        states = self._run(x, start, self._weights())
        return states if self.return_sequences else states[:, -1]

    def _weights(self) -> list[torch.Tensor]:
        """What torch calls weight_ih, weight_hh, bias_ih, bias_hh: transposed views of ours."""
        biases = [getattr(self, name) for name in self.biases]
        if len(biases) == 1:  # torch adds two biases where one does
            biases.append(torch.zeros_like(biases[0]))
        weights = [self.weight_x.t(), self.weight_h.t(), *biases]
        if not self.weight_x.is_cuda:
            return weights
        # cuDNN wants all of them one after another in one piece of memory.
        flat = torch.cat([weight.reshape(-1) for weight in weights])
        pieces = flat.split([weight.numel() for weight in weights])
        return [piece.view(weight.shape) for piece, weight in zip(pieces, weights, strict=True)]

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.hidden_size}, return_sequences={self.return_sequences}"
