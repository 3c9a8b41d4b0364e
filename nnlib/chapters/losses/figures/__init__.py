"""Pictures and explorers of the chapter "Losses"."""

from nnlib.chapters.losses.figures.classes import classes_explorer
from nnlib.chapters.losses.figures.confidence import confidence_frame, train_tumours
from nnlib.chapters.losses.figures.constant import constant_frame
from nnlib.chapters.losses.figures.digits import TRIALS, Curves, plateau_frame, train_digits
from nnlib.chapters.losses.figures.errors import error_explorer, shapes_frame
from nnlib.chapters.losses.figures.imbalance import imbalance_explorer, payments, train_weighted
from nnlib.chapters.losses.figures.margin import margin_frame
from nnlib.chapters.losses.figures.outlier import fit_line, outlier_explorer, points
from nnlib.chapters.losses.figures.parts import parts_explorer
from nnlib.chapters.losses.figures.probability import probability_explorer
from nnlib.chapters.losses.figures.recipe import recipe_explorer
from nnlib.chapters.losses.figures.seam import seam_frame
from nnlib.chapters.losses.figures.slipped import slipped_frame, slipped_study

__all__ = [
    "TRIALS",
    "Curves",
    "classes_explorer",
    "confidence_frame",
    "constant_frame",
    "error_explorer",
    "fit_line",
    "imbalance_explorer",
    "margin_frame",
    "outlier_explorer",
    "parts_explorer",
    "payments",
    "plateau_frame",
    "points",
    "probability_explorer",
    "recipe_explorer",
    "seam_frame",
    "shapes_frame",
    "slipped_frame",
    "slipped_study",
    "train_digits",
    "train_tumours",
    "train_weighted",
]
