"""Pictures of the chapter "The learning loop"; what they show is computed by the page's cells."""

from nnlib.figures.learning_loop.curves import count_frame, line_explorer, line_frame, width_frame
from nnlib.figures.learning_loop.diagrams import lanes_frame, pipeline_frame
from nnlib.figures.learning_loop.networks import analogy_frame, graph_frame, weights_frame
from nnlib.figures.learning_loop.rounds import rounds_explorer, rounds_frame
from nnlib.figures.learning_loop.sine import sine_explorer, sine_frame
