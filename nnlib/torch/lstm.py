"""The long short-term memory layer."""

import torch

from nnlib.torch.recurrent import Recurrent


class LSTM(Recurrent):
    """Long short-term memory: a state with a cell beside it that gates open and close.

    With σ the sigmoid, ⊙ the product entry by entry, and from ``h_0 = c_0 = 0``::

        [i f g o] = x_t W_x + h_{t-1} W_h + b       four blocks of hidden_size columns
        c_t = σ(f) ⊙ c_{t-1} + σ(i) ⊙ tanh(g)
        h_t = σ(o) ⊙ tanh(c_t)

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
    weight_x : Parameter, shape (input_size, 4·hidden_size)
    weight_h : Parameter, shape (hidden_size, 4·hidden_size)
        Gates in the order i, f, g, o.
    bias : Parameter, shape (4·hidden_size,)

    Shapes
    ------
    input
        (batch, time, input_size)
    output
        (batch, hidden_size), or (batch, time, hidden_size) with ``return_sequences``

    Notes
    -----
    ``torch.nn.LSTM`` keeps the weights transposed and adds two biases where one does. Hochreiter
    and Schmidhuber (1997), "Long short-term memory", with the forget gate of Gers, Schmidhuber and
    Cummins (2000).

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 4

    def _run(self, x: torch.Tensor, start: torch.Tensor, weights: list) -> torch.Tensor:
        state_and_cell = (start, start)
        return torch.lstm(x, state_and_cell, weights, True, 1, 0.0, self.training, False, True)[0]
