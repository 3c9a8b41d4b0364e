"""What is done to training pictures anew in every epoch, and what new pictures may look like."""

from __future__ import annotations

import numpy as np

AUGMENTATIONS = ("none", "mirrored", "brighter, darker", "colours mixed", "all three")
VARIANTS = ("as taken", "mirrored", "upside down", "half as bright", "red and blue exchanged",
            "grey")


def mirrored(x, rng):
    """Half of the pictures mirrored left-right."""
    flip = rng.random(len(x)) < 0.5
    return np.where(flip[:, None, None, None], x[:, :, ::-1], x)


def brightened(x, rng):
    """Each picture times a number of its own, from 0.4 to 1.2, cut off at 1."""
    factor = rng.uniform(0.4, 1.2, (len(x), 1, 1, 1)).astype(x.dtype)
    return np.minimum(x * factor, 1)


def mixed(x, rng):
    """Each picture with its channels in an order of its own, and half of them in grey."""
    orders = rng.permuted(np.tile(np.arange(x.shape[-1]), (len(x), 1)), axis=1)
    x = np.take_along_axis(x, orders[:, None, None, :], axis=-1)
    grey = rng.random(len(x)) < 0.5
    return np.where(grey[:, None, None, None], x.mean(axis=-1, keepdims=True), x)


STEPS = {
    "none": (),
    "mirrored": (mirrored,),
    "brighter, darker": (brightened,),
    "colours mixed": (mixed,),
    "all three": (mirrored, brightened, mixed),
}


def augmented(x, augmentation, rng):
    """Return the training pictures of one epoch."""
    for step in STEPS[augmentation]:
        x = step(x, rng)
    return np.ascontiguousarray(x, np.float32)


def varied(x, variant):
    """Return new pictures of this kind."""
    made = {
        "as taken": lambda: x,
        "mirrored": lambda: x[:, :, ::-1],
        "upside down": lambda: x[:, ::-1],
        "half as bright": lambda: x / 2,
        "red and blue exchanged": lambda: x[..., ::-1],
        "grey": lambda: np.repeat(x.mean(axis=-1, keepdims=True), x.shape[-1], axis=-1),
    }
    return np.ascontiguousarray(made[variant](), np.float32)
