"""Pictures of the chapter "The learning loop"; what they show is computed by the page's cells."""

from nnlib.chapters.learning_loop.figures.curves import count_frame, width_frame
from nnlib.chapters.learning_loop.figures.diagrams import lanes_frame, pipeline_frame
from nnlib.chapters.learning_loop.figures.digits import answer_frame, digits_frame
from nnlib.chapters.learning_loop.figures.line import (
    descent_explorer,
    descent_frame,
    fit_explorer,
    fit_frame,
)
from nnlib.chapters.learning_loop.figures.loss_curves import curves_frame
from nnlib.chapters.learning_loop.figures.networks import analogy_frame, graph_frame, weights_frame
from nnlib.chapters.learning_loop.figures.rounds import rounds_explorer, rounds_frame
from nnlib.chapters.learning_loop.figures.sine import sine_explorer, sine_frame
from nnlib.chapters.learning_loop.figures.tumours import tumours_frame
