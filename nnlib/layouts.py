"""A dense layer's weights from PyTorch's layout to this library's, and back.

`torch.nn.Linear` stores its weight as (out, in) and computes ``x Wᵀ + b``; `Dense` stores
(in, out) and computes ``x W + b``. Both ways are a transpose, never a reshape.
"""

from collections.abc import Mapping

from nnlib import validation


def dense_from_linear(state: Mapping) -> dict:
    """Return the state of a `torch.nn.Linear` as one for `Dense`.

    Parameters
    ----------
    state : mapping of str to array
        ``weight`` (out, in) and, where the layer has one, ``bias`` (out,): what `state_dict` of
        the layer returns, or arrays.

    Returns
    -------
    dict
        ``weight`` (in, out) and the same ``bias``, of the kind that was given. The weight is a
        view; `load_state_dict` copies it.

    Raises
    ------
    ValueError
        If an entry is missing or unknown, the weight has not two axes, or the bias does not fit.
    """
    return _transposed(state, "dense_from_linear", units_axis=0)


def linear_from_dense(state: Mapping) -> dict:
    """Return the state of a `Dense` as one for `torch.nn.Linear`, which takes tensors only.

    ``weight`` (in, out) becomes (out, in); else as `dense_from_linear`.
    """
    return _transposed(state, "linear_from_dense", units_axis=1)


def _transposed(state, name, units_axis):
    if "weight" not in state or set(state) - {"weight", "bias"}:
        raise ValueError(f"{name} expected the entries weight and bias, got {', '.join(state)}")
    weight, bias = state["weight"], state.get("bias")
    if len(weight.shape) != 2:
        raise ValueError(
            f"{name} expected a weight with two axes, got {validation.show(weight.shape)}")
    if bias is not None and tuple(bias.shape) != (weight.shape[units_axis],):
        raise ValueError(
            f"{name} expected a bias of shape ({weight.shape[units_axis]},) beside a weight of "
            f"shape {validation.show(weight.shape)}, got {validation.show(bias.shape)}")
    converted = {"weight": weight.T}
    return converted if bias is None else {**converted, "bias": bias}
