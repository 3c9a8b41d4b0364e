"""The gated recurrent unit."""

import torch

from nnlib.torch.recurrent import Recurrent


class GRU(Recurrent):
    """Gated recurrent unit: a state that two gates reset and update.

    With σ the sigmoid, ⊙ the product entry by entry, and from ``h_0 = 0``::

        [a_r a_z a_n] = x_t W_x + b_x               three blocks of hidden_size columns
        [p_r p_z p_n] = h_{t-1} W_h + b_h
        r = σ(a_r + p_r)      z = σ(a_z + p_z)      n = tanh(a_n + r ⊙ p_n)
        h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}

    The reset gate r acts after the product with W_h, which is why there are two biases.

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
    weight_x : Parameter, shape (input_size, 3·hidden_size)
    weight_h : Parameter, shape (hidden_size, 3·hidden_size)
        Gates in the order r, z, n.
    bias_x, bias_h : Parameter, shape (3·hidden_size,)

    Shapes
    ------
    input
        (batch, time, input_size)
    output
        (batch, hidden_size), or (batch, time, hidden_size) with ``return_sequences``

    Notes
    -----
    ``torch.nn.GRU`` keeps the weights transposed. Cho et al. (2014), "Learning phrase
    representations using RNN encoder-decoder", eq. 5 to 8, which resets before the product.

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 3
    biases = ("bias_x", "bias_h")

    def _run(self, x: torch.Tensor, start: torch.Tensor, weights: list) -> torch.Tensor:
        return torch.gru(x, start, weights, True, 1, 0.0, self.training, False, True)[0]
