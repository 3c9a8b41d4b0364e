"""A whole autograd engine: values that remember how they were made, and find their gradients.

Each operation stores two things with its result: the values that it was made from, and its *local
rule*, which turns the gradient of the result into one gradient for each of those. `backward` walks
from the result to its origins and applies the rules in turn: the chain rule, once for each step.

    >>> from nnlib.engine import Value
    >>> w, x = Value(3.0), Value(2.0)
    >>> loss = (w * x - 1.0) ** 2
    >>> loss.backward()
    >>> float(w.grad)                   # 2 · (w x - 1) · x
    20.0

Everything is a NumPy array in float64; a plain number is an array without axes. The two paths of
the library do not use this file: it is here to be read.
"""

from __future__ import annotations

import numpy as np


class Value:
    """A number or an array, with the values that it was computed from.

    Attributes
    ----------
    data : numpy.ndarray, float64
        The number or the array itself.
    parents : tuple of Value
        What it was computed from; empty for a *leaf*: an input or a parameter.
    rule : callable or None
        The local rule, from dL/d(this) to a tuple with dL/d(parent) for each parent.
    grad : numpy.ndarray or None
        dL/d(this), in the shape of `data`; None for what no `backward` has reached. In leaves
        the gradients of several `backward` calls add up: set it to None to begin anew.
    """

    __array_ufunc__ = None              # so that array + value is made here and not by NumPy

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
        return Value(self.data * other.data, (self, other),
                     lambda g: (g * other.data, g * self.data))

    def __pow__(self, power):
        if isinstance(power, Value):
            raise TypeError("the exponent of ** is a plain number here, not a Value")
        return Value(self.data**power, (self,),
                     lambda g: (g * power * self.data ** (power - 1),))

    def __matmul__(self, other):
        other = as_value(other)
        if self.data.ndim != 2 or other.data.ndim != 2:
            raise ValueError(f"@ takes two matrices here, not shapes {self.data.shape} and "
                             f"{other.data.shape}")
        return Value(self.data @ other.data, (self, other),
                     lambda g: (g @ other.data.T, self.data.T @ g))

    def exp(self):
        result = np.exp(self.data)
        return Value(result, (self,), lambda g: (g * result,))

    def log(self):
        return Value(np.log(self.data), (self,), lambda g: (g / self.data,))

    def tanh(self):
        result = np.tanh(self.data)
        return Value(result, (self,), lambda g: (g * (1 - result**2),))

    def relu(self):
        return Value(np.maximum(self.data, 0), (self,), lambda g: (g * (self.data > 0),))

    def sum(self, axis=None, keepdims=False):
        def rule(g):
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
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

    # --- the way back ---

    def backward(self):
        """Add dL/d(leaf) to every leaf that this value, a single number L, was made from."""
        if self.data.size != 1:
            raise ValueError(f"backward starts from one number, not from shape {self.data.shape}")
        arrived = {id(self): np.ones_like(self.data)}          # the gradients of this call alone
        for value in backward_order(self):
            gradient = arrived[id(value)]                      # complete: all its users came first
            if not value.parents:
                value.grad = gradient if value.grad is None else value.grad + gradient
                continue
            value.grad = gradient
            for parent, share in zip(value.parents, value.rule(gradient), strict=True):
                share = unbroadcast(share, parent.data.shape)
                arrived[id(parent)] = arrived.get(id(parent), 0.0) + share


def as_value(data) -> Value:
    return data if isinstance(data, Value) else Value(data)


def backward_order(last) -> list[Value]:
    """All that `last` was made from, each value before the values it was made from.

    Depth first, with a list in place of recursion: a chain of 50,000 steps is no problem.
    """
    order, seen, to_do = [], set(), [(last, False)]
    while to_do:
        value, parents_are_done = to_do.pop()
        if parents_are_done:
            order.append(value)
        elif id(value) not in seen:
            seen.add(id(value))
            to_do += [(value, True), *((parent, False) for parent in value.parents)]
    return order[::-1]


def unbroadcast(gradient, shape) -> np.ndarray:
    """Sum a gradient over the axes along which a value of this shape was repeated."""
    gradient = np.asarray(gradient)
    added = gradient.ndim - len(shape)
    repeated = [axis + added for axis, length in enumerate(shape)
                if length == 1 and gradient.shape[axis + added] != 1]
    return gradient.sum(axis=(*range(added), *repeated)).reshape(shape)
