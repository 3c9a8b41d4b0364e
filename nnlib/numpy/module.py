"""Module: what every layer has in common, and `no_grad`.

A layer is a pair of methods. ``forward`` computes the output and keeps what the way back needs;
``backward`` takes the gradient of the loss with respect to that output, adds the gradients of its
parameters to their ``.grad`` and returns the gradient with respect to its input. Chaining the
second from the last layer to the first is backpropagation (Rumelhart, Hinton and Williams, 1986).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

from nnlib import validation
from nnlib.numpy.parameter import Parameter, to_numpy

_keep_for_backward = ContextVar("keep_for_backward", default=True)


@contextmanager
def no_grad():
    """Within ``with no_grad():`` a forward keeps nothing, so it saves memory and has no backward.

    It holds for the current thread or task only, and also works as a decorator.
    """
    token = _keep_for_backward.set(False)
    try:
        yield
    finally:
        _keep_for_backward.reset(token)


class Module:
    """Base of layers and models.

    A subclass sets parameters and inner modules as attributes in ``__init__`` and writes
    ``forward`` and ``backward``. Between them, ``keep`` stores what the way back needs and ``kept``
    takes it out again, once: a backward follows exactly one forward.

    Attributes
    ----------
    training : bool
        True while training, False for inference. A few layers (dropout, batch norm) look at it.
    buffers : tuple of str
        Names of arrays that belong to the state but are not learned.
    """

    training: bool = True
    buffers: tuple[str, ...] = ()
    _kept: tuple | None = None

    no_grad = staticmethod(no_grad)  # path-free code finds what it needs of a path on the model

    def __call__(self, *inputs, **options):
        return self.forward(*inputs, **options)

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output for ``x``, shape (batch, ...)."""
        raise NotImplementedError(f"{type(self).__name__} has no forward")

    def backward(self, grad_output: np.ndarray, *, input_grad: bool = True) -> np.ndarray | None:
        """Add the parameters' gradients and return the input's.

        Parameters
        ----------
        grad_output : numpy.ndarray
            Gradient of the loss with respect to the output of the last forward; its shape.
        input_grad : bool
            False where nobody needs the gradient with respect to the input (the first layer of a
            model, in training): it is then not computed.

        Returns
        -------
        numpy.ndarray or None
            Gradient of the loss with respect to the input, its shape; None if not wanted.

        Raises
        ------
        RuntimeError
            If there was no forward since the last backward, or only one under ``no_grad``.
        """
        raise NotImplementedError(f"{type(self).__name__} has no backward")

    def keep(self, *values) -> None:
        """Store what ``backward`` needs of this forward (nothing under ``no_grad``)."""
        self._kept = values if _keep_for_backward.get() else None

    def kept(self) -> tuple:
        """Take out what the last forward stored; a second call raises RuntimeError."""
        if self._kept is None:
            raise validation.no_forward(type(self).__name__)
        values, self._kept = self._kept, None
        return values

    # ------------------------------------------------------------ what is inside: walk attributes

    def named_children(self) -> Iterator[tuple[str, "Module"]]:
        """Pairs (attribute name, module) of the modules directly inside this one."""
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value

    def children(self) -> Iterator["Module"]:
        """The modules directly inside this one."""
        for _, child in self.named_children():
            yield child

    def named_modules(self, *, prefix: str = "") -> Iterator[tuple[str, "Module"]]:
        """Pairs (dotted name, module): this one under the name ``prefix``, then all inside it."""
        yield prefix, self
        for name, child in self.named_children():
            yield from child.named_modules(prefix=f"{prefix}.{name}" if prefix else name)

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """Pairs (dotted name such as ``0.weight``, parameter), in the order of the layers."""
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter):
                    yield (f"{prefix}.{name}" if prefix else name), value

    def parameters(self) -> Iterator[Parameter]:
        """All parameters, in the order of the layers."""
        for _, parameter in self.named_parameters():
            yield parameter

    # ------------------------------------------------------------------------- changing the state

    def zero_grad(self) -> None:
        """Forget all gradients (set them to None)."""
        for parameter in self.parameters():
            parameter.grad = None

    def train(self, mode: bool = True) -> "Module":
        """Switch this module and all inside it to training, or with False to inference."""
        for _, module in self.named_modules():
            module.training = mode
        return self

    def eval(self) -> "Module":
        """Switch to inference."""
        return self.train(False)

    def astype(self, dtype) -> "Module":
        """Convert parameters and buffers to "float32" or "float64", and forget gradients.

        Convert before making an optimizer: what that keeps has the dtype of the parameters.
        """
        dtype = validation.check_float_dtype_name(f"{type(self).__name__}.astype", dtype)
        for _, module in self.named_modules():
            module._kept = None
            for name in module.buffers:
                setattr(module, name, getattr(module, name).astype(dtype))
        for parameter in self.parameters():
            parameter.data, parameter.grad = parameter.data.astype(dtype), None
        return self

    # ---------------------------------------------------------------------------- saving, loading

    def _state(self) -> dict[str, np.ndarray]:
        """The living arrays of the state, by dotted name."""
        state = {}
        for prefix, module in self.named_modules():
            for name, value in vars(module).items():
                if isinstance(value, Parameter) or name in module.buffers:
                    array = value.data if isinstance(value, Parameter) else value
                    state[f"{prefix}.{name}" if prefix else name] = array
        return state

    def state_dict(self) -> dict[str, np.ndarray]:
        """Copies of all parameters and buffers, by dotted name such as ``0.weight``.

        In PyTorch the entries are the living tensors: what is kept there as "the best so far"
        changes with the next step. Here it stays as it was, and changing it changes no model.
        """
        return {name: array.copy() for name, array in self._state().items()}

    def load_state_dict(self, state: Mapping) -> None:
        """Write the values of ``state`` (NumPy arrays or torch tensors) into this module.

        Values are cast to the dtype that the module has.

        Raises
        ------
        ValueError
            If names or shapes differ; the sentence names them all and nothing is changed.
        """
        arrays = {name: to_numpy(value) for name, value in state.items()}
        own = self._state()
        validation.check_state(
            type(self).__name__,
            {name: array.shape for name, array in own.items()},
            {name: array.shape for name, array in arrays.items()},
        )
        for name, array in own.items():
            array[...] = arrays[name]  # in place: optimizers hold the same arrays

    # ---------------------------------------------------------------------------- path-free access

    @staticmethod
    def as_input(array) -> np.ndarray:
        """A NumPy array as this path takes it: itself."""
        return np.asarray(array)

    @staticmethod
    def as_numpy(array) -> np.ndarray:
        """An output of this path as a NumPy array: itself."""
        return np.asarray(array)

    # --------------------------------------------------------------------------------------- repr

    def extra_repr(self) -> str:
        """What stands between the parentheses of a module without children."""
        return ""

    def __repr__(self) -> str:
        name, children = type(self).__name__, list(self.named_children())
        if not children:
            return f"{name}({self.extra_repr()})"
        lines = [f"({child}): {module!r}".replace("\n", "\n  ") for child, module in children]
        return "\n".join([f"{name}(", *(f"  {line}" for line in lines), ")"])
