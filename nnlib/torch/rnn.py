"""The plain recurrent layer."""

import torch

from nnlib.torch.recurrent import Recurrent


class RNN(Recurrent):
    """A recurrent layer: ``h_t = tanh(x_t W_x + h_{t-1} W_h + b)``, from ``h_0 = 0``.

    Parameters
    ----------
    input_size, hidden_size : int
        Features of one time step, and of the state.
    return_sequences : bool
        Return the state after every time step instead of the last one only.
    rng : numpy.random.Generator
        A child of it draws the first weights (uniform, Glorot and Bengio); biases start at zeros.
    dtype : {"float32", "float64"}

    Attributes
    ----------
    weight_x : Parameter, shape (input_size, hidden_size)
    weight_h : Parameter, shape (hidden_size, hidden_size)
    bias : Parameter, shape (hidden_size,)

    Shapes
    ------
    input
        (batch, time, input_size)
    output
        (batch, hidden_size), or (batch, time, hidden_size) with ``return_sequences``

    Notes
    -----
    ``torch.nn.RNN`` keeps the weights transposed and adds two biases where one does. Elman (1990),
    "Finding structure in time".

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 1

    def _run(self, x: torch.Tensor, start: torch.Tensor, weights: list) -> torch.Tensor:
        return torch.rnn_tanh(x, start, weights, True, 1, 0.0, self.training, False, True)[0]
