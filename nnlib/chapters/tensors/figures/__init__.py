"""Pictures and explorers of the chapter "Tensors", one idea a file."""

from nnlib.chapters.tensors.figures import operations
from nnlib.chapters.tensors.figures.broadcasting import broadcasting_explorer
from nnlib.chapters.tensors.figures.cards import dimension_cards, notation_cards
from nnlib.chapters.tensors.figures.memory import sharing_explorer
from nnlib.chapters.tensors.figures.operations import (
    OPERATIONS,
    compare_operations,
    operation_explorer,
)
from nnlib.chapters.tensors.figures.photographs import channel_planes, crops_frame, scrambled_frame
from nnlib.chapters.tensors.figures.products import product_frame
from nnlib.chapters.tensors.figures.rounding import rounding_frame
from nnlib.chapters.tensors.figures.scales import scales_frame
from nnlib.chapters.tensors.figures.squares import squares_frame

__all__ = [
    "OPERATIONS",
    "broadcasting_explorer",
    "channel_planes",
    "compare_operations",
    "crops_frame",
    "dimension_cards",
    "notation_cards",
    "operation_explorer",
    "operations",
    "product_frame",
    "rounding_frame",
    "scales_frame",
    "scrambled_frame",
    "sharing_explorer",
    "squares_frame",
]
