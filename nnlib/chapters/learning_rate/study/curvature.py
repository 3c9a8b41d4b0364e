"""How steeply the loss curves at a network's weights: the largest eigenvalue of its Hessian.

The Hessian of 2,410 weights has nearly six million entries; none of them is computed here. All
that power iteration needs is the Hessian times a vector, and that is the change of the gradient
along the vector: two gradients of all rows.
"""

from __future__ import annotations

import copy

import numpy as np

# So small that hardly ever a ReLU switches on the way from one gradient to the other: where one
# does, the gradient jumps, and a jump divided by a tiny distance is no curvature. In float64 the
# rounding of the difference stays near 1e-9.
DISTANCE = 1e-7


def largest_curvature(model, loss_fn, x, y, *, iterations=100, tolerance=1e-4):
    """Return λmax, the largest eigenvalue of the Hessian of the mean loss over the rows x, y.

    `model` (NumPy path) stays as it is. Power iteration: v ← Hv / ‖Hv‖ turns v into the direction
    of the eigenvalue that is largest in size; v·Hv is its value. It ends when that value changes
    by less than `tolerance` of itself.
    """
    model = copy.deepcopy(model).astype("float64")
    x = np.asarray(x, dtype="float64")
    parameters = list(model.parameters())
    start = [p.data.copy() for p in parameters]
    cuts = np.cumsum([p.size for p in start])[:-1]

    def gradient_at(shift):
        """Gradient of the loss, one long vector, with the weights moved by `shift`."""
        for p, values, part in zip(parameters, start, np.split(shift, cuts), strict=True):
            p.data = values + part.reshape(values.shape)
        model.zero_grad()
        loss_fn(model(x), y)
        model.backward(loss_fn.backward(), input_grad=False)
        return np.concatenate([p.grad.ravel() for p in parameters])

    v = np.random.default_rng(0).standard_normal(sum(p.size for p in start))
    value = 0.0
    for _ in range(iterations):
        v = v / np.linalg.norm(v)
        product = (gradient_at(DISTANCE * v) - gradient_at(-DISTANCE * v)) / (2 * DISTANCE)
        before, value, v = value, float(v @ product), product
        if abs(value - before) <= tolerance * abs(value):
            break
    return value
