"""Pictures and explorers of the chapter "Activations"."""

from nnlib.chapters.activations.figures.chain import chain_explorer, through_chain
from nnlib.chapters.activations.figures.deep import (
    deep_network,
    gradient_frame,
    scaled,
    weight_gradients,
)
from nnlib.chapters.activations.figures.digits import digit_explorer
from nnlib.chapters.activations.figures.functions import FUNCTIONS, value_and_slope
from nnlib.chapters.activations.figures.grid import input_explorer, overview_frame
from nnlib.chapters.activations.figures.guide import guide_frame
from nnlib.chapters.activations.figures.hinges import hinges_explorer
from nnlib.chapters.activations.figures.learned_slope import learned_slope_frame
from nnlib.chapters.activations.figures.moons import moons_explorer, train_on_moons
from nnlib.chapters.activations.figures.needs import needs_frame
from nnlib.chapters.activations.figures.outputs import outputs_frame
from nnlib.chapters.activations.figures.probabilities import logits_explorer, softmax_explorer
from nnlib.chapters.activations.figures.revival import revival_explorer
from nnlib.chapters.activations.figures.shapes import shapes_frame
from nnlib.chapters.activations.figures.table import comparison_table
from nnlib.chapters.activations.figures.zigzag import walk, zigzag_explorer

__all__ = [
    "FUNCTIONS",
    "chain_explorer",
    "comparison_table",
    "deep_network",
    "digit_explorer",
    "gradient_frame",
    "guide_frame",
    "hinges_explorer",
    "input_explorer",
    "learned_slope_frame",
    "logits_explorer",
    "moons_explorer",
    "needs_frame",
    "outputs_frame",
    "overview_frame",
    "revival_explorer",
    "scaled",
    "shapes_frame",
    "softmax_explorer",
    "through_chain",
    "train_on_moons",
    "value_and_slope",
    "walk",
    "weight_gradients",
    "zigzag_explorer",
]
