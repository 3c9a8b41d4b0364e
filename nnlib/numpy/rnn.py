"""The plain recurrent layer."""

import numpy as np

from nnlib.numpy.recurrent import Recurrent


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
    With δ_t = dL/d(x_t W_x + h_{t-1} W_h + b), going back from the last step::

        dL/dh_t = (gradient of output t) + δ_{t+1} W_hᵀ      δ_t = dL/dh_t ⊙ (1 - h_t²)
        dL/dW_x = Σ_t x_tᵀ δ_t      dL/dW_h = Σ_t h_{t-1}ᵀ δ_t      dL/db = Σ_t δ_t
        dL/dx_t = δ_t W_xᵀ

    Elman (1990), "Finding structure in time"; the way back is backpropagation through time, Werbos
    (1990).

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 1

    def _walk(self, inputs: np.ndarray, states: np.ndarray) -> tuple:
        for t, z in enumerate(inputs[0]):
            z += states[t] @ self.weight_h.data
            np.tanh(z, out=states[t + 1])
        return ()

    def _walk_back(self, grads: np.ndarray, states: np.ndarray) -> tuple:
        deltas = 1 - states[1:] ** 2  # tanh' for now; times dL/dh_t when that is known
        carried = 0  # what the later steps send back
        for t in reversed(range(len(deltas))):
            deltas[t] *= grads[t] + carried
            carried = deltas[t] @ self.weight_h.data.T
        return deltas[None], deltas[None]
