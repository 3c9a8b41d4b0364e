"""Exercises of the chapter "The learning loop", in the order of its text."""

from nnlib.chapters.learning_loop.exercises import (
    frozen_loss,
    line_gradients,
    majority_accuracy,
    one_epoch,
    pipeline_order,
    read_curves,
    train_line,
    updates,
    where_it_runs,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        majority_accuracy,
        pipeline_order,
        line_gradients,
        train_line,
        one_epoch,
        updates,
        where_it_runs,
        read_curves,
        frozen_loss,
    )
]
