"""Pictures and explorers of the chapter "Training versus inference"."""

from nnlib.chapters.inference.figures.costs import costs_explorer
from nnlib.chapters.inference.figures.damage import damage_explorer
from nnlib.chapters.inference.figures.drawing import spread
from nnlib.chapters.inference.figures.forgotten import forgotten_explorer
from nnlib.chapters.inference.figures.knocked import knocked_frame
from nnlib.chapters.inference.figures.masks import masks_explorer
from nnlib.chapters.inference.figures.neighbours import neighbours_explorer
from nnlib.chapters.inference.figures.opinions import opinions_explorer
from nnlib.chapters.inference.figures.passes import passes_explorer
from nnlib.chapters.inference.figures.requests import requests_explorer
from nnlib.chapters.inference.figures.resumed import resumed_explorer
from nnlib.chapters.inference.figures.running import running_explorer
from nnlib.chapters.inference.figures.throughput import throughput_explorer

__all__ = [
    "costs_explorer",
    "damage_explorer",
    "forgotten_explorer",
    "knocked_frame",
    "masks_explorer",
    "neighbours_explorer",
    "opinions_explorer",
    "passes_explorer",
    "requests_explorer",
    "resumed_explorer",
    "running_explorer",
    "spread",
    "throughput_explorer",
]
