"""Pictures and explorers of the chapter "A complete image classifier"."""

from nnlib.chapters.image_classifier.figures.answers import answers_explorer
from nnlib.chapters.image_classifier.figures.changes import change_explorer
from nnlib.chapters.image_classifier.figures.drawing import spread
from nnlib.chapters.image_classifier.figures.epochs import epochs_stepper
from nnlib.chapters.image_classifier.figures.places import places_explorer
from nnlib.chapters.image_classifier.figures.reading import reading_explorer
from nnlib.chapters.image_classifier.figures.regions import leak_frame, regions_frame
from nnlib.chapters.image_classifier.figures.scales import scale_explorer
from nnlib.chapters.image_classifier.figures.sizes import sizes_explorer
from nnlib.chapters.image_classifier.figures.sureness import sureness_frame

__all__ = [
    "answers_explorer",
    "change_explorer",
    "epochs_stepper",
    "leak_frame",
    "places_explorer",
    "reading_explorer",
    "regions_frame",
    "scale_explorer",
    "sizes_explorer",
    "spread",
    "sureness_frame",
]
