"""Pictures and explorers of the chapter "Losses"."""

from nnlib.chapters.losses.figures.digits import (
    TRIALS,
    Curves,
    confidence_frame,
    plateau_frame,
    train_digits,
)
from nnlib.chapters.losses.figures.errors import error_explorer, shapes_frame
from nnlib.chapters.losses.figures.outlier import fit_line, outlier_explorer, points
from nnlib.chapters.losses.figures.probability import probability_explorer, soft_label_frame

__all__ = [
    "TRIALS",
    "Curves",
    "confidence_frame",
    "error_explorer",
    "fit_line",
    "outlier_explorer",
    "plateau_frame",
    "points",
    "probability_explorer",
    "shapes_frame",
    "soft_label_frame",
    "train_digits",
]
