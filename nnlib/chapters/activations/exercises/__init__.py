"""Exercises of the chapter "Activations", in the order of its text."""

from nnlib.chapters.activations.exercises import (
    dead_units,
    hidden_slope,
    log_probability,
    output_layer,
    slope_product,
    softsign,
    stable_sigmoid,
    stable_softmax,
    temperature_for,
    zero_centred,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        stable_sigmoid,
        zero_centred,
        softsign,
        slope_product,
        dead_units,
        stable_softmax,
        temperature_for,
        output_layer,
        hidden_slope,
        log_probability,
    )
]
