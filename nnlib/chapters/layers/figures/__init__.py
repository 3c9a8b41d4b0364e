"""Pictures and explorers of the chapter "Layers"."""

from nnlib.chapters.layers.figures.anatomy import SIZES, STATE, anatomy_frame, forward_stepper
from nnlib.chapters.layers.figures.attention import (
    attention_explorer,
    letter_vectors,
    scaling_explorer,
)
from nnlib.chapters.layers.figures.convolution import KERNELS, convolution_explorer, seven_by_seven
from nnlib.chapters.layers.figures.geometry import geometry_explorer, receptive_explorer
from nnlib.chapters.layers.figures.guide import guide_frame, hierarchy_frame
from nnlib.chapters.layers.figures.learned import first_layer, kernels_frame
from nnlib.chapters.layers.figures.memory import memory_explorer
from nnlib.chapters.layers.figures.results import (
    embedding_frame,
    gradients_frame,
    heat_frame,
    photo_frame,
    sizes_frame,
)

__all__ = [
    "KERNELS",
    "SIZES",
    "STATE",
    "anatomy_frame",
    "attention_explorer",
    "convolution_explorer",
    "embedding_frame",
    "first_layer",
    "forward_stepper",
    "geometry_explorer",
    "gradients_frame",
    "guide_frame",
    "heat_frame",
    "hierarchy_frame",
    "kernels_frame",
    "letter_vectors",
    "memory_explorer",
    "photo_frame",
    "receptive_explorer",
    "scaling_explorer",
    "seven_by_seven",
    "sizes_frame",
]
