"""Exercises of the chapter "Optimizers", in the order of its text."""

from nnlib.chapters.optimizers.exercises import (
    adagrad_moves,
    adam_moves,
    adam_step,
    clip_together,
    coasting,
    contraction,
    fair,
    first_moves,
    momentum_step,
    rmsprop_step,
    shrunk,
    state_bytes,
    uncorrected,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        contraction,
        momentum_step,
        coasting,
        adagrad_moves,
        rmsprop_step,
        first_moves,
        adam_step,
        uncorrected,
        adam_moves,
        shrunk,
        clip_together,
        fair,
        state_bytes,
    )
]
