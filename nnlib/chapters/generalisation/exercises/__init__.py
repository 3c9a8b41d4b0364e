"""Exercises of the chapter "Generalisation", in the order of its text."""

from nnlib.chapters.generalisation.exercises import (
    after_decay,
    early_stop,
    folds,
    keeps_label,
    leak_or_fine,
    order_of_work,
    precision_recall,
    scaled_parts,
    standard_error,
    which_cut,
)

EXERCISES = [
    module.EXERCISE
    for module in (
        order_of_work,
        leak_or_fine,
        which_cut,
        scaled_parts,
        folds,
        standard_error,
        early_stop,
        after_decay,
        keeps_label,
        precision_recall,
    )
]
