"""Pictures and explorers of the chapter "Activations"."""

from nnlib.chapters.activations.figures.chain import chain_explorer, through_chain
from nnlib.chapters.activations.figures.deep import deep_network, gradient_frame, weight_gradients
from nnlib.chapters.activations.figures.functions import FUNCTIONS, value_and_slope
from nnlib.chapters.activations.figures.grid import input_explorer, overview_frame
from nnlib.chapters.activations.figures.guide import guide_frame
from nnlib.chapters.activations.figures.moons import moons_explorer, train_on_moons
from nnlib.chapters.activations.figures.needs import needs_frame
from nnlib.chapters.activations.figures.probabilities import bars_frame, softmax_explorer
from nnlib.chapters.activations.figures.zigzag import walk, zigzag_frame

__all__ = [
    "FUNCTIONS",
    "bars_frame",
    "chain_explorer",
    "deep_network",
    "gradient_frame",
    "guide_frame",
    "input_explorer",
    "moons_explorer",
    "needs_frame",
    "overview_frame",
    "softmax_explorer",
    "through_chain",
    "train_on_moons",
    "value_and_slope",
    "walk",
    "weight_gradients",
    "zigzag_frame",
]
