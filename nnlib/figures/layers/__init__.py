"""Pictures and explorers of the chapter "Layers"."""

from nnlib.figures.layers.anatomy import SIZES, STATE, anatomy_frame, forward_stepper
from nnlib.figures.layers.attention import (
    attention_explorer,
    letter_vectors,
    scaling_explorer,
)
from nnlib.figures.layers.convolution import KERNELS, convolution_explorer, seven_by_seven
from nnlib.figures.layers.geometry import geometry_explorer, receptive_explorer
from nnlib.figures.layers.guide import guide_frame, hierarchy_frame
from nnlib.figures.layers.learned import first_layer, kernels_frame
from nnlib.figures.layers.memory import memory_explorer
from nnlib.figures.layers.results import (
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
