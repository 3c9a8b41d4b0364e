"""Exercises of the chapter "Learning rate and batch size", in the order of its text."""

from nnlib.chapters.learning_rate.exercises import (
    accumulate_gradients,
    chosen_or_learned,
    cosine_rate,
    diagnosis,
    gradient_descent,
    pick_rate,
    predicted_noise,
    scaled_rate,
    sgd_step,
    steps_per_epoch,
)
from nnlib.chapters.learning_rate.exercises.diagnosis import curves

EXERCISES = [
    module.EXERCISE
    for module in (
        chosen_or_learned,
        sgd_step,
        gradient_descent,
        steps_per_epoch,
        predicted_noise,
        scaled_rate,
        pick_rate,
        cosine_rate,
        diagnosis,
        accumulate_gradients,
    )
]
