"""Pictures and explorers of the chapter "Layers"."""

from nnlib.chapters.layers.figures.anatomy import SIZES, STATE, anatomy_frame, forward_stepper
from nnlib.chapters.layers.figures.attention import (
    attention_explorer,
    letter_vectors,
    scaling_explorer,
)
from nnlib.chapters.layers.figures.bands import band_explorer
from nnlib.chapters.layers.figures.channels import channels_explorer
from nnlib.chapters.layers.figures.convolution import KERNELS, convolution_explorer, seven_by_seven
from nnlib.chapters.layers.figures.geometry import geometry_explorer, receptive_explorer
from nnlib.chapters.layers.figures.guide import guide_frame, hierarchy_frame
from nnlib.chapters.layers.figures.learned import first_layer, kernels_frame
from nnlib.chapters.layers.figures.memory import memory_explorer
from nnlib.chapters.layers.figures.network import follow_explorer
from nnlib.chapters.layers.figures.norms import axes_frame, placement_frame
from nnlib.chapters.layers.figures.recurrent import lstm_frame, unrolled_frame
from nnlib.chapters.layers.figures.results import (
    embedding_frame,
    gradients_frame,
    photo_frame,
    sizes_frame,
)
from nnlib.chapters.layers.figures.shift import placed, shift_frame
from nnlib.chapters.layers.figures.transformer import block_frame, heads_frame, positions_frame

__all__ = [
    "KERNELS",
    "SIZES",
    "STATE",
    "anatomy_frame",
    "attention_explorer",
    "axes_frame",
    "band_explorer",
    "block_frame",
    "channels_explorer",
    "convolution_explorer",
    "embedding_frame",
    "first_layer",
    "follow_explorer",
    "forward_stepper",
    "geometry_explorer",
    "gradients_frame",
    "guide_frame",
    "heads_frame",
    "hierarchy_frame",
    "kernels_frame",
    "letter_vectors",
    "lstm_frame",
    "memory_explorer",
    "photo_frame",
    "placed",
    "placement_frame",
    "positions_frame",
    "receptive_explorer",
    "scaling_explorer",
    "seven_by_seven",
    "shift_frame",
    "sizes_frame",
    "unrolled_frame",
]
