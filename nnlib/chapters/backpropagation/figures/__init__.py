"""Pictures and explorers of the chapter "Backpropagation"."""

from nnlib.chapters.backpropagation.figures.cost import chain, checkpoint_explorer, cost_frame
from nnlib.chapters.backpropagation.figures.depth import depth_explorer, lengths, ratios
from nnlib.chapters.backpropagation.figures.difference import difference_explorer
from nnlib.chapters.backpropagation.figures.moons import (
    first_weights,
    moons_stepper,
    points,
)
from nnlib.chapters.backpropagation.figures.network import STATE, credit_frame, pass_stepper
from nnlib.chapters.backpropagation.figures.neuron import graph_explorer
from nnlib.chapters.backpropagation.figures.shapes import shapes_explorer
from nnlib.chapters.backpropagation.figures.through_time import memory, time_explorer
from nnlib.chapters.backpropagation.figures.ways import order_explorer, ways_explorer

__all__ = [
    "STATE",
    "chain",
    "checkpoint_explorer",
    "cost_frame",
    "credit_frame",
    "depth_explorer",
    "difference_explorer",
    "first_weights",
    "graph_explorer",
    "lengths",
    "memory",
    "moons_stepper",
    "order_explorer",
    "pass_stepper",
    "points",
    "ratios",
    "shapes_explorer",
    "time_explorer",
    "ways_explorer",
]
