"""The pictures, the network and the runs behind this chapter: ten seeds each, on the NumPy path.

They take some minutes, so their results are kept beside this file:

    python -m nnlib.chapters.image_classifier.study       # train all again, write results.json

`pictures` cuts them out, `changing` changes them, `recipe` is the network and its training,
`making` makes the results, `kept` reads them; a test trains a sample again.
"""

from nnlib.chapters.image_classifier.study.changing import (
    AUGMENTATIONS,
    VARIANTS,
    augmented,
    varied,
)
from nnlib.chapters.image_classifier.study.kept import accuracies, confidences, results, sureness
from nnlib.chapters.image_classifier.study.pictures import (
    CLASSES,
    REGIONS,
    SIDE,
    by_light,
    cut,
    parts,
    photographs,
    threes_and_eights,
    write_folder,
)
from nnlib.chapters.image_classifier.study.recipe import (
    BATCH,
    EPOCHS,
    PATIENCE,
    RATE,
    network,
    train,
)

__all__ = [
    "AUGMENTATIONS",
    "BATCH",
    "CLASSES",
    "EPOCHS",
    "PATIENCE",
    "RATE",
    "REGIONS",
    "SIDE",
    "VARIANTS",
    "accuracies",
    "augmented",
    "by_light",
    "confidences",
    "cut",
    "network",
    "parts",
    "photographs",
    "results",
    "sureness",
    "threes_and_eights",
    "train",
    "varied",
    "write_folder",
]
