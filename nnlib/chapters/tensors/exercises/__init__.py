"""Exercises of the chapter "Tensors", in the order of its text."""

from nnlib.chapters.tensors.exercises import (
    broadcast_shape,
    count_bytes,
    input_width,
    mean_squared_error,
    mini_batches,
    number_of_axes,
    one_hot,
    pixel_rows,
    standardise,
    to_channels_first,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        number_of_axes,
        count_bytes,
        to_channels_first,
        input_width,
        mini_batches,
        one_hot,
        broadcast_shape,
        standardise,
        pixel_rows,
        mean_squared_error,
    )
]
