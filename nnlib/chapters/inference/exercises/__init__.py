"""The exercises of the chapter, in the order of the text."""

from nnlib.chapters.inference.exercises import (
    bytes_needed,
    dropout_numbers,
    fold_batch_norm,
    many_answers,
    read_digits,
    running_statistics,
    status_codes,
    train_and_validate,
    what_to_save,
    which_switch,
)

EXERCISES = [
    dropout_numbers.EXERCISE,
    running_statistics.EXERCISE,
    which_switch.EXERCISE,
    train_and_validate.EXERCISE,
    many_answers.EXERCISE,
    bytes_needed.EXERCISE,
    what_to_save.EXERCISE,
    read_digits.EXERCISE,
    fold_batch_norm.EXERCISE,
    status_codes.EXERCISE,
]
