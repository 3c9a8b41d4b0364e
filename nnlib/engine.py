"""A whole autograd engine: values that remember how they were made, and find their gradients.

Each operation stores with its result the values that it was made from, and its *local rule*, which
turns the gradient g of the result into one gradient for each of those; `backward` applies them.

    >>> from nnlib.engine import Value
    >>> w, x = Value(3.0), Value(2.0)
    >>> loss = (w * x - 1.0) ** 2
    >>> loss.backward()
    >>> float(w.grad)                   # 2 · (w x - 1) · x
    20.0
"""

import numpy as np


class Value:
    """A number or an array, with the values that it was computed from.

    Attributes
    ----------
    data : numpy.ndarray, float64
        The array itself; a number is an array without axes.
    parents : tuple of Value
        What it was computed from; empty for a *leaf*: an input or a parameter.
    rule : callable or None
        The local rule, from g = dL/d(this) to a tuple with dL/d(parent) for each parent.
    grad : numpy.ndarray or None
        dL/d(this), in the shape of `data`. In leaves the gradients of several `backward` add up.
    """

    __array_ufunc__ = None              # so that array + value is made here and not by NumPy
    __iter__ = None                     # a loop over a value would lose its way back

    def __init__(self, data, parents=(), rule=None):
        self.data = np.asarray(data, dtype="float64")
        self.parents, self.rule, self.grad = parents, rule, None

    def __repr__(self):
        return f"Value({np.array2string(self.data, precision=4)})"

    # --- operations: the result, its parents, and the local rule ---

    def __add__(self, other):
        other = as_value(other)
        return Value(self.data + other.data, (self, other), lambda g: (g, g))

    def __mul__(self, other):
        other = as_value(other)
        a, b = self.data, other.data
        return Value(a * b, (self, other), lambda g: (g * b, g * a))

    def __pow__(self, power):
        if isinstance(power, Value):
            raise TypeError("the exponent of ** is a plain number here, not a Value")
        a = self.data
        return Value(a**power, (self,),
                     lambda g: (g * power * a ** (power - 1) if power else 0 * g,))

    def __matmul__(self, other):
        other = as_value(other)
        a, b = self.data, other.data
        if a.ndim != 2 or b.ndim != 2:
            raise ValueError(f"@ takes two matrices here, not shapes {a.shape} and {b.shape}")
        return Value(a @ b, (self, other), lambda g: (g @ b.T, a.T @ g))

    def exp(self):
        result = np.exp(self.data)
        return Value(result, (self,), lambda g: (g * result,))

    def log(self):
        a = self.data
        return Value(np.log(a), (self,), lambda g: (g / a,))

    def tanh(self):
        result = np.tanh(self.data)
        return Value(result, (self,), lambda g: (g * (1 - result**2),))

    def relu(self):
        a = self.data
        return Value(np.maximum(a, 0), (self,), lambda g: (g * (a > 0),))

    def sum(self, axis=None, keepdims=False):
        def rule(g):
            g = g if axis is None or keepdims else np.expand_dims(g, axis)
            return (np.broadcast_to(g, self.data.shape),)      # each summand moves the sum by 1

        return Value(self.data.sum(axis=axis, keepdims=keepdims), (self,), rule)

    def __getitem__(self, index):
        def rule(g):
            whole = np.zeros_like(self.data)
            np.add.at(whole, index, g)                         # an entry may be taken twice
            return (whole,)

        return Value(self.data[index], (self,), rule)

    # --- made of these ---

    def mean(self, axis=None, keepdims=False):
        total = self.sum(axis, keepdims)
        return total * (total.data.size / self.data.size)

    def sigmoid(self):
        return ((self * 0.5).tanh() + 1.0) * 0.5               # no exp that could overflow

    def __neg__(self): return self * -1.0
    def __sub__(self, other): return self + -as_value(other)
    def __truediv__(self, other): return self * as_value(other) ** -1.0
    def __radd__(self, other): return self + other
    def __rmul__(self, other): return self * other
    def __rsub__(self, other): return as_value(other) - self
    def __rtruediv__(self, other): return as_value(other) / self
    def __rmatmul__(self, other): return as_value(other) @ self

    def backward(self):
        """Add dL/d(leaf) to every leaf that this value, a single number L, was made from."""
        if self.data.size != 1:
            raise ValueError(f"backward starts from one number, not from shape {self.data.shape}")
        arrived = {value: np.zeros_like(value.data) for value in backward_order(self)}
        arrived[self] += 1.0                                   # dL/dL
        for value, g in arrived.items():                       # g is complete: users came first
            if not value.parents:
                value.grad = g if value.grad is None else np.asarray(value.grad + g)
                continue
            value.grad = g
            for parent, share in zip(value.parents, value.rule(g), strict=True):
                arrived[parent] += unbroadcast(share, parent.data.shape)


def as_value(data) -> Value:
    return data if isinstance(data, Value) else Value(data)


def backward_order(last) -> list[Value]:
    """All that `last` was made from, each value before the values it was made from."""
    order, seen, to_do = [], set(), [(last, False)]            # a list, no recursion: no limit
    while to_do:
        value, parents_are_done = to_do.pop()
        if parents_are_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            to_do += [(value, True), *((parent, False) for parent in value.parents)]
    return order[::-1]


def unbroadcast(g, shape) -> np.ndarray:
    """Sum a gradient over the axes along which a value of this shape was repeated."""
    padded = (1,) * (np.ndim(g) - len(shape)) + shape          # (16,) among 200 rows: (1, 16)
    repeated = tuple(axis for axis, length in enumerate(padded) if length == 1)
    return np.sum(g, axis=repeated).reshape(shape)
