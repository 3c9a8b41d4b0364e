"""Pictures of the chapter "The learning loop"; what they show is computed by the page's cells."""

from nnlib.chapters.learning_loop.figures.curves import (
    count_frame,
    line_explorer,
    line_frame,
    width_frame,
)
from nnlib.chapters.learning_loop.figures.diagrams import lanes_frame, pipeline_frame
from nnlib.chapters.learning_loop.figures.networks import analogy_frame, graph_frame, weights_frame
from nnlib.chapters.learning_loop.figures.rounds import rounds_explorer, rounds_frame
from nnlib.chapters.learning_loop.figures.sine import sine_explorer, sine_frame
