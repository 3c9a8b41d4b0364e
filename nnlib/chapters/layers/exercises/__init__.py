"""Exercises of the chapter "Layers", in the order of its text."""

from nnlib.chapters.layers.exercises import (
    attend,
    collapse,
    convolve,
    count_parameters,
    dense_layer,
    kernel_from_torch,
    last_state,
    output_layer,
    output_size,
    which_layer,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        output_layer,
        dense_layer,
        collapse,
        convolve,
        output_size,
        attend,
        count_parameters,
        which_layer,
        kernel_from_torch,
        last_state,
    )
]
