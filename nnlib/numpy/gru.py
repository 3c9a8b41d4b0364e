"""The gated recurrent unit."""

import numpy as np

from nnlib.numpy.recurrent import Recurrent


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
    Going back from the last step, with D_t = dL/dh_t::

        D_t = (gradient of output t) + D_{t+1} ⊙ z_{t+1} + dL/dp_{t+1} W_hᵀ
        dL/da_n = D_t ⊙ (1-z)(1-n²)                dL/dp_n = dL/da_n ⊙ r
        dL/da_z = D_t ⊙ (h_{t-1} - n) z(1-z)       dL/dp_z = dL/da_z
        dL/da_r = dL/da_n ⊙ p_n r(1-r)             dL/dp_r = dL/da_r

    W_x and b_x get their gradients from dL/da, W_h and b_h from dL/dp.

    Cho et al. (2014), "Learning phrase representations using RNN encoder-decoder", eq. 5 to 8,
    which resets before the product; this is the form of PyTorch (and of Keras by default).

    Raises
    ------
    ValueError
        If the input is not (batch, time, input_size), or has no time step.
    TypeError
        If the input's dtype is not the weights'.
    """

    gates = 3
    biases = ("bias_x", "bias_h")

    def _walk(self, inputs: np.ndarray, states: np.ndarray) -> tuple:
        # σ(a) = ½ + ½ tanh(a/2): halve what goes into r and z here, once for all steps.
        half = np.array([0.5, 0.5, 1], inputs.dtype).reshape(3, 1, 1)
        weight = self._by_gate(self.weight_h.data) * half
        bias = self._by_gate(self.bias_h.data) * half
        inputs *= half[:, None]
        product = np.empty_like(inputs[:, 0])
        products_n = np.empty_like(states[1:])
        for t in range(len(products_n)):
            gates = inputs[:, t]
            np.matmul(states[t], weight, out=product)
            product += bias
            r_and_z = gates[:2]
            r_and_z += product[:2]
            np.tanh(r_and_z, out=r_and_z)
            r_and_z *= 0.5
            r_and_z += 0.5
            r, z, n = gates
            products_n[t] = product[2]
            n += r * products_n[t]
            np.tanh(n, out=n)
            # (1 - z) n + z h with one product
            np.subtract(states[t], n, out=states[t + 1])
            states[t + 1] *= z
            states[t + 1] += n
        return inputs, products_n  # the inputs have become the gates

    def _walk_back(self, grads, states, gates, products_n) -> tuple:
        r, z, n = gates
        # All factors of D_t, for all steps at once.
        by_n = (1 - z) * (1 - n * n)
        factors = np.empty_like(gates)
        by_r, by_z, by_product = factors
        np.multiply(by_n, r, out=by_product)
        np.multiply(by_product, products_n * (1 - r), out=by_r)
        np.multiply(states[:-1] - n, z * (1 - z), out=by_z)

        carried = 0  # what the later steps send back to this one's state
        weight = np.ascontiguousarray(self._by_gate(self.weight_h.data).swapaxes(1, 2))
        for t in reversed(range(len(grads))):
            grad_state = grads[t]
            grad_state += carried
            factors[:, t] *= grad_state
            carried = (factors[:, t] @ weight).sum(axis=0)
            carried += grad_state * z[t]
        grad_inputs = factors.copy()
        np.multiply(by_n, grads, out=grad_inputs[2])
        return grad_inputs, factors
