"""Limits on the gradients, applied between ``backward`` and ``step``."""

from collections.abc import Iterable

import torch

from nnlib import validation
from nnlib.torch.module import Parameter


def clip_grad_norm(parameters: Iterable[Parameter], max_norm: float) -> float:
    """Shorten the gradient of all parameters together to at most ``max_norm``, in place.

    With ``‖g‖ = √Σ g²`` over all numbers of all gradients, each becomes ``g · c`` with
    ``c = min(1, max_norm / (‖g‖ + 1e-6))``: the direction stays, only the length changes. That is
    ``torch.nn.utils.clip_grad_norm_``, but with the norm in float64: squares of exploding float32
    gradients would overflow in float32.

    Parameters
    ----------
    parameters : iterable of Parameter
        Those without a gradient do not count.
    max_norm : float
        Greater than 0; 1.0 is common.

    Returns
    -------
    float
        ‖g‖ before clipping; watching it shows when gradients explode. With an infinite gradient the
        finite ones become 0 and the infinite ones NaN; with NaN all become NaN.

    Notes
    -----
    Pascanu, Mikolov and Bengio (2013), "On the difficulty of training recurrent neural networks",
    algorithm 1.

    Raises
    ------
    ValueError
        If ``max_norm`` is not above 0 or not finite.
    """
    max_norm = validation.check_above("clip_grad_norm", "max_norm", max_norm)
    grads = [parameter.grad for parameter in parameters if parameter.grad is not None]
    norms = [torch.linalg.vector_norm(grad, dtype=torch.float64) for grad in grads]
    norm = torch.linalg.vector_norm(torch.stack(norms)).item() if norms else 0.0
    coefficient = max_norm / (norm + 1e-6)
    if not coefficient >= 1.0:  # written so that nan goes through
        for grad in grads:
            grad *= coefficient
    return norm


def clip_grad_value(parameters: Iterable[Parameter], clip_value: float) -> None:
    """Cut every single number of every gradient to ``[-clip_value, clip_value]``, in place.

    Unlike `clip_grad_norm` this changes the direction: (3, 4) at 1 becomes (1, 1).

    Parameters
    ----------
    parameters : iterable of Parameter
        Those without a gradient do not count.
    clip_value : float
        Greater than 0. NaN stays NaN.

    Raises
    ------
    ValueError
        If ``clip_value`` is not above 0 or not finite.
    """
    clip_value = validation.check_above("clip_grad_value", "clip_value", clip_value)
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad.clamp_(-clip_value, clip_value)
