"""Module and Parameter: what every layer has in common, and `no_grad` and `tensor`.

A layer here is a ``torch.nn.Module`` whose parameters are ``torch.nn.Parameter``. It writes only
``forward``, because autograd records the operations and knows their derivatives. Two ways lead
back: torch's own ``loss.backward()``, and this library's ``model.backward(grad_output)``, which is
the same text as on the NumPy path and asks autograd for the vector-Jacobian product of one module.
"""

from collections.abc import Mapping, Sequence
from typing import Self

import numpy as np
import torch

from nnlib import arrays, validation

Parameter = torch.nn.Parameter
no_grad = torch.no_grad


def tensor(data, dtype=None) -> torch.Tensor:
    """Copy ``data`` into a tensor: Python floats become float32, an array keeps its dtype.

    Parameters
    ----------
    data : array_like
        Nested lists of numbers, a NumPy array or a tensor.
    dtype : str or dtype, optional
        Overrides both rules.

    Returns
    -------
    torch.Tensor
        A copy, so that changing it leaves ``data`` as it was.

    Raises
    ------
    TypeError
        If there is something else than numbers in ``data``.
    ValueError
        If its rows differ in shape.
    """
    if dtype is not None:
        dtype = torch_dtype(dtype)
    if isinstance(data, torch.Tensor):
        return data.detach().to(dtype=dtype, copy=True)
    array = np.array(arrays.numbers("tensor", "data", data))
    if dtype is None and not arrays.is_array(data) and array.dtype == np.float64:
        dtype = torch.float32
    return torch.tensor(array, dtype=dtype)


def dtype_name(array: torch.Tensor) -> str:
    """``"float32"`` for a tensor of ``torch.float32``: the name that NumPy uses too."""
    return str(array.dtype).removeprefix("torch.")


def as_tensor(array) -> torch.Tensor:
    """A tensor over the memory of ``array``, or over a copy where torch cannot use that memory.

    It knows no negative strides and warns about memory that must not be written to.
    """
    if isinstance(array, torch.Tensor):
        return array
    array = np.asarray(array)
    usable = array.flags.writeable and min(array.strides, default=0) >= 0
    return torch.from_numpy(array if usable else array.copy())


def torch_dtype(dtype) -> torch.dtype:
    """The torch dtype for a name, a NumPy dtype or a torch dtype."""
    if isinstance(dtype, torch.dtype):
        return dtype
    return getattr(torch, np.dtype(dtype).name)


def not_a_tensor(owner: str, what: str, value) -> TypeError:
    """The error for an array of the other path, or a list."""
    return validation.not_an_array(owner, what, "torch tensor", type(value).__name__)


class Module(torch.nn.Module):
    """Base of layers and models: a ``torch.nn.Module`` with this library's ``backward``.

    A subclass sets parameters and inner modules as attributes in ``__init__`` and writes
    ``forward``. Calling it remembers the input and the output of this one forward (not under
    ``no_grad``), outside everything that torch copies or saves. To compile a model that `fit` is to
    train, write ``model.compile()``; what ``torch.compile(model)`` returns remembers nothing, so go
    back with ``loss.backward()`` there.

    Attributes
    ----------
    training : bool
        True while training, False for inference. A few layers (dropout, batch norm) look at it.
    """

    _kept: tuple | None = None

    no_grad = staticmethod(no_grad)  # path-free code finds what it needs of a path on the model

    def __init__(self):
        super().__init__()  # torch's takes any arguments, in order to refuse them

    def __call__(self, x, *inputs, **options):
        if torch.compiler.is_compiling():
            return super().__call__(x, *inputs, **options)
        if not isinstance(x, torch.Tensor):
            raise not_a_tensor(type(self).__name__, "input", x)
        # Straight into __dict__: torch's __setattr__ is slow, and would look for parameters.
        if not torch.is_grad_enabled():
            self.__dict__["_kept"] = None
            return super().__call__(x, *inputs, **options)
        unrecorded = ()
        if not x.requires_grad and x.is_floating_point():  # data
            unrecorded = self.unrecorded()
            if not unrecorded:
                x = x.detach().requires_grad_()
        y = super().__call__(x, *inputs, **options)
        self.__dict__["_kept"] = (x, y, ())
        if unrecorded:
            steps = [(layer, *layer._kept[:2]) for layer in unrecorded]
            self.__dict__["_kept"] = (x, y, steps)
        return y

    def unrecorded(self) -> Sequence["Module"]:
        """The layers, from the first on, through which data pass without being recorded.

        What autograd records it also differentiates in every ``loss.backward()``, wanted or not.
        Nobody wants the gradient of the data in training, and it is up to a third of a step. So
        data are not recorded where the first layer that learns has an `input_gradient`: that is
        then called if `backward` is asked for the gradient. Anywhere else this is empty.
        """
        return ()

    def input_gradient(self, x: torch.Tensor, grad_output: torch.Tensor) -> torch.Tensor:
        """Gradient with respect to an input that was not recorded: forward again, recorded."""
        x = x.detach().requires_grad_()
        with torch.enable_grad():
            y = self.forward(x)
        return torch.autograd.grad(y, x, grad_output)[0]

    def backward(
        self, grad_output: torch.Tensor, *, input_grad: bool = True
    ) -> torch.Tensor | None:
        """Add the parameters' gradients and return the input's.

        Parameters
        ----------
        grad_output : torch.Tensor
            Gradient of the loss with respect to the output of the last forward; its shape.
        input_grad : bool
            False where nobody needs the gradient with respect to the input (the first layer of a
            model, in training): it is then not computed.

        Returns
        -------
        torch.Tensor or None
            Gradient of the loss with respect to the input, its shape; None if not wanted or if the
            input is integer.

        Raises
        ------
        RuntimeError
            If there was no forward since the last backward, or only one under ``no_grad``.

        Notes
        -----
        Hooks on parameters may not run (data-parallel training relies on them): use
        ``loss.backward()`` where they matter.
        """
        if self._kept is None:
            raise validation.no_forward(self._speaker())
        x, y, steps = self._kept
        if not isinstance(grad_output, torch.Tensor):
            raise not_a_tensor(self._speaker(), "grad_output", grad_output)
        if grad_output.shape != y.shape:
            validation.check_grad_output(self._speaker(), grad_output.shape, y.shape)
        if grad_output.dtype != y.dtype:
            names = dtype_name(grad_output), dtype_name(y)
            validation.check_dtype(self._speaker(), *names, "grad_output")
        found: dict[int, Parameter] = {}
        _use_up(self, found)
        parameters = list(found.values())
        try:
            if not input_grad or not x.is_floating_point():
                if parameters and y.requires_grad:
                    torch.autograd.backward(y, grad_output, inputs=parameters)
                return None
            gradient = _gradients(y, parameters, steps[-1][2] if steps else x, grad_output)
        except RuntimeError as error:
            if "second time" in str(error):  # a layer inside, or loss.backward(), was here before
                raise validation.no_forward(self._speaker()) from None
            raise
        for layer, layer_x, _ in reversed(steps):
            # Under autocast an output is narrower than its input was.
            gradient = layer.input_gradient(layer_x, gradient.to(layer_x.dtype))
        return gradient

    def _speaker(self) -> str:
        return type(self.first_in_backward()).__name__

    def first_in_backward(self) -> torch.nn.Module:
        """The innermost module that a backward reaches first: the one that errors speak of."""
        return self

    def astype(self, dtype) -> Self:
        """Convert parameters and buffers to "float32" or "float64", and forget gradients.

        Convert before making an optimizer: what that keeps has the dtype of the parameters.
        """
        owner = f"{type(self).__name__}.astype"
        name = str(dtype).removeprefix("torch.") if isinstance(dtype, torch.dtype) else dtype
        self.to(torch_dtype(validation.check_float_dtype_name(owner, name)))
        for module in self.modules():
            module.__dict__.pop("_kept", None)
        self.zero_grad()
        return self

    # ---------------------------------------------------------------------------- saving, loading

    def state_dict(self, *args, **kwargs):
        """Copies of all parameters and buffers, by dotted name such as ``0.weight``.

        In PyTorch the entries are the living tensors: what is kept there as "the best so far"
        changes with the next step. Here it stays as it was, and changing it changes no model.
        Takes what ``torch.nn.Module.state_dict`` takes; with ``keep_vars=True`` the entries are the
        parameters themselves.
        """
        state = super().state_dict(*args, **kwargs)
        is_part_of_another = args or kwargs.get("destination") is not None
        if not is_part_of_another and not kwargs.get("keep_vars", False):
            for name, value in state.items():
                state[name] = value.clone() if isinstance(value, torch.Tensor) else value
        return state

    def load_state_dict(self, state: Mapping, strict: bool = True, assign: bool = False):
        """Write the values of ``state`` (NumPy arrays or torch tensors) into this module.

        Values are cast to the dtype that the module has. ``strict`` and ``assign`` as in
        ``torch.nn.Module.load_state_dict``.

        Raises
        ------
        ValueError
            If names or shapes differ; the sentence names them all and nothing is changed.
        """
        tensors = {
            name: value if isinstance(value, torch.Tensor) else torch.tensor(np.asarray(value))
            for name, value in state.items()
        }
        if strict:
            own = super().state_dict()
            validation.check_state(
                type(self).__name__,
                {name: value.shape for name, value in own.items()},
                {name: value.shape for name, value in tensors.items()},
            )
        super().load_state_dict(tensors, strict=strict, assign=assign)

    def __getstate__(self) -> dict:
        # What backward keeps belongs to one forward, not to the module: a copy or a file of the
        # module does without it (and torch cannot copy tensors that are part of a graph).
        return {name: value for name, value in self.__dict__.items() if name != "_kept"}

    # ---------------------------------------------------------------------------- path-free access

    def as_input(self, array) -> torch.Tensor:
        """A NumPy array as this path takes it: a tensor on the model's device.

        On the CPU it shares the array's memory wherever torch can read that.
        """
        parameter = next(self.parameters(), None)
        device = None if parameter is None else parameter.device
        return as_tensor(array).to(device)

    @staticmethod
    def as_numpy(array) -> np.ndarray:
        """An output of this path as a NumPy array, detached, on the CPU."""
        return np.asarray(array.detach().cpu() if isinstance(array, torch.Tensor) else array)


def _use_up(module: torch.nn.Module, parameters: dict) -> None:
    """Collect what learns in a module, by id, and forget the forwards of all that is inside it.

    The layers share one graph, so a backward through the whole uses it up for them too.
    """
    module.__dict__.pop("_kept", None)
    for parameter in module._parameters.values():
        if parameter is not None and parameter.requires_grad:
            parameters[id(parameter)] = parameter
    for child in module._modules.values():
        if child is not None:
            _use_up(child, parameters)


def _gradients(y, parameters, start, grad_output):
    """Add the gradients of the parameters to theirs, and return that of ``start``."""
    if not y.requires_grad:  # nothing was recorded: y is what came in, in another shape
        return grad_output
    gradients = torch.autograd.grad(y, [*parameters, start], grad_output, allow_unused=True)
    _accumulate(parameters, gradients, grad_output)
    return gradients[-1]


def _accumulate(parameters, gradients, grad_output) -> None:
    """Add gradients to ``.grad``; no two of them may share memory, as they are changed in place.

    Each gets the strides of its parameter, as torch's own backward sees to: where autograd did not
    compute but expand or transpose, a gradient has others.
    """
    taken = {grad_output.untyped_storage().data_ptr()}
    for parameter, gradient in zip(parameters, gradients, strict=False):
        if gradient is None:  # took no part in this forward
            continue
        if parameter.grad is not None:
            parameter.grad = parameter.grad + gradient
            continue
        place = gradient.untyped_storage().data_ptr()
        if place in taken or gradient.stride() != parameter.stride():
            gradient = torch.empty_like(parameter).copy_(gradient)
        parameter.grad = gradient
        taken.add(place)
