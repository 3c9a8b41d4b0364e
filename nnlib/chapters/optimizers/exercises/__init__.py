"""Exercises of the chapter "Optimizers", in the order of its text."""

from nnlib.chapters.optimizers.exercises import (
    adagrad_moves,
    adam_moves,
    adam_step,
    clip_together,
    clipped_training,
    coasting,
    contraction,
    fair,
    first_moves,
    momentum_step,
    resting_weight,
    rmsprop_step,
    state_bytes,
    uncorrected,
    whose_state,
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
        whose_state,
        resting_weight,
        clip_together,
        clipped_training,
        fair,
        state_bytes,
    )
]
