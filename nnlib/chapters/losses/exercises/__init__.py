"""Exercises of the chapter "Losses"."""

from nnlib.chapters.losses.exercises import (
    best_constant,
    binary_cross_entropy,
    huber,
    kl_divergence,
    loss_for_task,
    malignant_found,
    stable_bce,
    stable_cross_entropy,
    training_loss,
)

# In the order of the text.
EXERCISES = [
    best_constant.EXERCISE,
    huber.EXERCISE,
    binary_cross_entropy.EXERCISE,
    stable_bce.EXERCISE,
    stable_cross_entropy.EXERCISE,
    kl_divergence.EXERCISE,
    loss_for_task.EXERCISE,
    malignant_found.EXERCISE,
    training_loss.EXERCISE,
]
