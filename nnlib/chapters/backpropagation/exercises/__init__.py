"""Exercises of the chapter "Backpropagation", in the order of its text."""

from nnlib.chapters.backpropagation.exercises import (
    backward_cost,
    binarise,
    from_columns,
    gain_rule,
    gradient_of,
    minus,
    neuron_gradients,
    on_the_way_back,
    quotient_rule,
    sweep,
    users_first,
    whole_derivative,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        neuron_gradients,
        from_columns,
        on_the_way_back,
        whole_derivative,
        minus,
        quotient_rule,
        users_first,
        sweep,
        backward_cost,
        binarise,
        gradient_of,
        gain_rule,
    )
]
