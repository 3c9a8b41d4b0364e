"""What the recurrent layers share: everything but the recurrence itself.

Only the product with the previous state has to wait for the step before. The products with the
inputs do not: they are one matrix product for all time steps, and so are all weight gradients.
Inside, arrays are (time, batch, ...) and those of the gates (gate, time, batch, hidden), so that
what belongs to one step of one gate lies together in memory.
"""

import numpy as np

from nnlib import initializers, validation
from nnlib.numpy.checks import check_array, check_grad, check_same_dtype
from nnlib.numpy.module import Module
from nnlib.numpy.parameter import Parameter


def swap_time_and_batch(x: np.ndarray) -> np.ndarray:
    """(batch, time, …) as (time, batch, …) or back, in the order of memory."""
    return np.ascontiguousarray(x.swapaxes(0, 1))


class Recurrent(Module):
    """Base of RNN, LSTM and GRU, which write ``_walk`` and ``_walk_back`` over the time steps."""

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
        owner = type(self).__name__
        self.input_size = validation.check_positive_int(owner, "input_size", input_size)
        self.hidden_size = validation.check_positive_int(owner, "hidden_size", hidden_size)
        self.return_sequences = bool(return_sequences)
        dtype = validation.check_float_dtype_name(owner, dtype)
        child = validation.check_generator(owner, rng).spawn(1)[0]
        width = self.gates * self.hidden_size
        for name, rows in (("weight_x", self.input_size), ("weight_h", self.hidden_size)):
            values = initializers.glorot_uniform((rows, width), rng=child, dtype=dtype)
            setattr(self, name, Parameter(values))
        for name in self.biases:
            setattr(self, name, Parameter(np.zeros(width, dtype)))

    def _walk(self, inputs: np.ndarray, states: np.ndarray) -> tuple:
        """Go through the time steps; return what ``_walk_back`` needs.

        ``inputs``, shape (gates, time, batch, hidden), is x W_x + b of all steps, and may be
        overwritten. ``states``, (time + 1, batch, hidden), starts with zeros; the rest is to be
        written.
        """
        raise NotImplementedError

    def _walk_back(self, grads: np.ndarray, states: np.ndarray, *kept) -> tuple:
        """Go back through the time steps.

        ``grads``, shape (time, batch, hidden), holds dL/dy of each step, and may be overwritten.
        Returns dL/d(x W_x) and dL/d(h W_h), both (gates, time, batch, hidden).
        """
        raise NotImplementedError

    def forward(self, x: np.ndarray) -> np.ndarray:
        owner = type(self).__name__
        check_array(owner, x)
        validation.check_sequences(owner, x.shape, self.input_size, "input_size")
        validation.check_not_without_steps(owner, x.shape)
        check_same_dtype(owner, x, self.weight_x.dtype)
        steps = swap_time_and_batch(x)
        inputs = _rows(steps) @ self._by_gate(self.weight_x.data)
        inputs += self._by_gate(getattr(self, self.biases[0]).data)
        time, batch, _ = steps.shape
        states = np.empty((time + 1, batch, self.hidden_size), x.dtype)
        states[0] = 0
        kept = self._walk(inputs.reshape(self.gates, time, batch, self.hidden_size), states)
        self.keep(steps, states, kept)
        return swap_time_and_batch(states[1:]) if self.return_sequences else states[-1].copy()

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        steps, states, kept = self.kept()
        time, batch, _ = steps.shape
        shape = (batch, time, self.hidden_size) if self.return_sequences else states[0].shape
        check_grad(type(self).__name__, grad_output, shape, steps.dtype)
        grads = np.zeros_like(states[1:])
        if self.return_sequences:
            grads[:] = grad_output.swapaxes(0, 1)
        else:
            grads[-1] = grad_output
        grad_inputs, grad_products = self._walk_back(grads, states, *kept)
        grad_inputs, grad_products = (
            grad.reshape(self.gates, time * batch, self.hidden_size)
            for grad in (grad_inputs, grad_products)
        )
        self.weight_x.add_grad(_side_by_side(_rows(steps).T @ grad_inputs))
        self.weight_h.add_grad(_side_by_side(_rows(states[:-1]).T @ grad_products))
        ones = np.ones((1, time * batch), steps.dtype)
        for name, grad in zip(self.biases, (grad_inputs, grad_products), strict=False):
            getattr(self, name).add_grad(_side_by_side(ones @ grad).reshape(-1))
        if not input_grad:
            return None
        grad_steps = (grad_inputs @ self._by_gate(self.weight_x.data).swapaxes(1, 2)).sum(axis=0)
        return swap_time_and_batch(grad_steps.reshape(steps.shape))

    def _by_gate(self, weight: np.ndarray) -> np.ndarray:
        """A view of a weight or bias with an axis for the gates: (gates, rows, hidden)."""
        return weight.reshape(-1, self.gates, self.hidden_size).swapaxes(0, 1)

    def extra_repr(self) -> str:
        return f"{self.input_size}, {self.hidden_size}, return_sequences={self.return_sequences}"


def _side_by_side(grad: np.ndarray) -> np.ndarray:
    """The way back of `_by_gate`: (gates, rows, hidden) as (rows, gates·hidden)."""
    return grad.swapaxes(0, 1).reshape(grad.shape[1], -1)


def _rows(x: np.ndarray) -> np.ndarray:
    """(time, batch, features) as (time·batch, features): the same memory."""
    return x.reshape(-1, x.shape[-1])
