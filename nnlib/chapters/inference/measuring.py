"""What a forward keeps for a backward, in bytes, on either path."""

from __future__ import annotations

import numpy as np


def kept_bytes(model, x, *, record):
    """Bytes that the model's layers hold after one forward of `x`, beside their parameters.

    Parameters
    ----------
    model : Module
        Of either path, in the mode that it is to be measured in.
    x : numpy.ndarray
    record : bool
        False runs the forward under ``no_grad``.
    """
    if hasattr(model, "state_dict") and hasattr(model, "register_buffer"):
        return _kept_by_torch(model, x, record)
    if record:
        model(x)
    else:
        with model.no_grad():
            model(x)
    held = {}
    for _, module in model.named_modules():
        for array in module._kept or ():
            _note(array, held)
    own = {id(parameter.data) for parameter in model.parameters()}
    return sum(size for key, size in held.items() if key not in own)


def _note(value, held):
    if isinstance(value, np.ndarray):
        owner = value
        while isinstance(owner.base, np.ndarray):
            owner = owner.base
        held[id(owner)] = max(value.nbytes, held.get(id(owner), 0))   # of a view: its part
    elif isinstance(value, tuple | list):
        for part in value:
            _note(part, held)


def _kept_by_torch(model, x, record):
    import torch

    held = {}

    def pack(tensor):
        held[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    rows = torch.from_numpy(x)
    hooks = torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor)
    with hooks, torch.set_grad_enabled(record):
        output = model(rows)
    own = {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}
    own |= {buffer.untyped_storage().data_ptr() for buffer in model.buffers()}
    assert output.requires_grad == record
    return sum(size for key, size in held.items() if key not in own)
