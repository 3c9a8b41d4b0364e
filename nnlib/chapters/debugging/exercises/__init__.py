"""The exercises of the debugging laboratory: the eleven diagnoses, then the repairs."""

from nnlib.chapters.debugging.exercises import (
    copied_parts,
    epoch_batches,
    fit_column,
    fit_rows,
    names_said,
    prepared,
    restarted,
    safe_rate,
    scores_to_loss,
    share_right,
)
from nnlib.chapters.debugging.exercises._diagnoses import DIAGNOSES

REPAIRS = [
    module.EXERCISE for module in (
        scores_to_loss, fit_column, copied_parts, epoch_batches, prepared, fit_rows, share_right,
        safe_rate, names_said, restarted,
    )
]
EXERCISES = [*DIAGNOSES, *REPAIRS]
