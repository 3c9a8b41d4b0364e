"""Pictures and explorers of the chapter "Losses"."""

from nnlib.figures.losses.digits import (
    TRIALS,
    Curves,
    confidence_frame,
    plateau_frame,
    train_digits,
)
from nnlib.figures.losses.errors import error_explorer, shapes_frame
from nnlib.figures.losses.outlier import fit_line, outlier_explorer, points
from nnlib.figures.losses.probability import probability_explorer, soft_label_frame

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
