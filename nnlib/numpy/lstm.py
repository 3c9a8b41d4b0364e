"""The long short-term memory layer."""

import numpy as np

from nnlib.numpy.recurrent import Recurrent


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
    Going back from the last step, with the gates after their σ and tanh::

        dL/dh_t = (gradient of output t) + δ_{t+1} W_hᵀ
        dL/dc_t = dL/dc_{t+1} ⊙ f_{t+1} + dL/dh_t ⊙ o_t ⊙ (1 - tanh²(c_t))
        δ_t = [dL/dc_t ⊙ g i(1-i)   dL/dc_t ⊙ c_{t-1} f(1-f)
               dL/dc_t ⊙ i (1-g²)   dL/dh_t ⊙ tanh(c_t) o(1-o)]

    and the weight gradients from δ as in `RNN`. Along the cells the gradient is only multiplied by
    f: where the gate stays open it does not fade.

    Hochreiter and Schmidhuber (1997), "Long short-term memory", with the forget gate of Gers,
    Schmidhuber and Cummins (2000). PyTorch adds two biases where one does.

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 4

    def _walk(self, inputs: np.ndarray, states: np.ndarray) -> tuple:
        # σ(a) = ½ + ½ tanh(a/2), so one tanh serves all four gates: halve what goes into the three
        # sigmoids, and halve and shift what comes out.
        half = np.array([0.5, 0.5, 1, 0.5], inputs.dtype).reshape(4, 1, 1)
        shift = 1 - half
        weight = self._by_gate(self.weight_h.data) * half
        inputs *= half[:, None]
        product, update = np.empty_like(inputs[:, 0]), np.empty_like(states[0])
        cells, tanh_cells = np.empty_like(states), np.empty_like(states[1:])
        cells[0] = 0
        for t in range(len(tanh_cells)):
            gates = inputs[:, t]
            gates += np.matmul(states[t], weight, out=product)
            np.tanh(gates, out=gates)
            gates *= half
            gates += shift
            i, f, g, o = gates
            np.multiply(f, cells[t], out=cells[t + 1])
            cells[t + 1] += np.multiply(i, g, out=update)
            np.tanh(cells[t + 1], out=tanh_cells[t])
            np.multiply(o, tanh_cells[t], out=states[t + 1])
        return inputs, cells, tanh_cells  # the inputs have become the gates

    def _walk_back(self, grads, states, gates, cells, tanh_cells) -> tuple:
        i, f, g, o = gates
        # All factors that do not wait for a later step, for all steps at once.
        deltas = 1 - gates
        deltas *= gates  # σ' of i, f, o
        by_i, by_f, by_g, by_o = deltas
        by_i *= g
        by_f *= cells[:-1]
        np.multiply(i, 1 - g * g, out=by_g)
        by_o *= tanh_cells
        into_cell = (1 - tanh_cells * tanh_cells) * o

        grad_cell = np.zeros_like(grads[0])
        carried = np.zeros_like(grads[0])  # what the later steps send back to this one's state
        product = np.empty_like(gates[:, 0])
        weight = np.ascontiguousarray(self._by_gate(self.weight_h.data).swapaxes(1, 2))
        for t in reversed(range(len(grads))):
            grad_state = grads[t]
            grad_state += carried
            into_cell[t] *= grad_state
            grad_cell += into_cell[t]
            deltas[:3, t] *= grad_cell
            by_o[t] *= grad_state
            grad_cell *= f[t]
            np.matmul(deltas[:, t], weight, out=product).sum(axis=0, out=carried)
        return deltas, deltas
