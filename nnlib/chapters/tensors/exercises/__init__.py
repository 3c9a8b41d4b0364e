"""Exercises of the chapter "Tensors", in the order of its text."""

from nnlib.chapters.tensors.exercises import (
    broadcast_shape,
    count_bytes,
    input_width,
    mean_of_words,
    mini_batches,
    number_of_axes,
    of_the_label,
    pixel_rows,
    product_width,
    side_by_side,
    standardise,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        number_of_axes,
        count_bytes,
        side_by_side,
        input_width,
        mini_batches,
        product_width,
        broadcast_shape,
        of_the_label,
        standardise,
        pixel_rows,
        mean_of_words,
    )
]
