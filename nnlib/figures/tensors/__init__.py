"""Pictures and explorers of the chapter "Tensors", one idea a file."""

from nnlib.figures.tensors import operations
from nnlib.figures.tensors.broadcasting import broadcasting_explorer
from nnlib.figures.tensors.cards import dimension_cards, notation_cards
from nnlib.figures.tensors.operations import OPERATIONS, compare_operations, operation_explorer
from nnlib.figures.tensors.photographs import channel_planes, crops_frame, scrambled_frame
from nnlib.figures.tensors.products import product_frame
from nnlib.figures.tensors.scales import scales_frame

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
    "scales_frame",
    "scrambled_frame",
]
