"""The exercises of the chapter, in the order of the text."""

from nnlib.chapters.image_classifier.exercises import (
    confusion_map,
    conv_work,
    cut_by_region,
    labels_of,
    loader_says,
    mirrored,
    part_sizes,
    picture_loss,
)

EXERCISES = [
    part_sizes.EXERCISE,
    conv_work.EXERCISE,
    loader_says.EXERCISE,
    picture_loss.EXERCISE,
    labels_of.EXERCISE,
    cut_by_region.EXERCISE,
    mirrored.EXERCISE,
    confusion_map.EXERCISE,
]
