"""Exercises of the chapter "Weights", in the order of its text."""

from nnlib.chapters.weights.exercises import (
    bias_or_weight,
    break_even,
    count_parameters,
    first_weights,
    neuron,
    perceptron_step,
    raw_weights,
    start_of_training,
    to_dense,
    train_neuron,
    weight_image,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        neuron,
        break_even,
        bias_or_weight,
        perceptron_step,
        count_parameters,
        start_of_training,
        first_weights,
        raw_weights,
        weight_image,
        to_dense,
        train_neuron,
    )
]
