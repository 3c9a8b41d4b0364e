"""Exercises of the chapter "Losses"."""

from nnlib.chapters.losses.exercises import (
    best_constant,
    binary_cross_entropy,
    cost_parts,
    huber,
    loss_for_task,
    malignant_found,
    reductions,
    stable_bce,
    stable_cross_entropy,
    training_loss,
    two_heads,
    two_losses,
)

# In the order of the text.
EXERCISES = [
    best_constant.EXERCISE,
    huber.EXERCISE,
    binary_cross_entropy.EXERCISE,
    two_losses.EXERCISE,
    stable_bce.EXERCISE,
    cost_parts.EXERCISE,
    stable_cross_entropy.EXERCISE,
    loss_for_task.EXERCISE,
    reductions.EXERCISE,
    two_heads.EXERCISE,
    malignant_found.EXERCISE,
    training_loss.EXERCISE,
]
