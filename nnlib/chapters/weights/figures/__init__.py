"""Pictures and explorers of the chapter "Weights", one idea a file.

`scores` weighted sums as bars, `boundary` lines and planes, `bias` what the bias moves, `layer` the
wiring of a dense layer, `starts` first weights and what they do to a signal, `pictures` weights
that can be looked at. A function ``…_frame`` returns a `nnlib.widgets.Frame`, and ``…explorer``
puts frames behind controls.
"""

from nnlib.chapters.weights.figures.bias import bias_boundary_frame, curve_explorer, curve_frame
from nnlib.chapters.weights.figures.boundary import (
    dividing_frame,
    doubling_frame,
    iris_frame,
    neuron_explorer,
    neuron_frame,
    xor_frame,
)
from nnlib.chapters.weights.figures.layer import wiring_frame
from nnlib.chapters.weights.figures.pictures import weight_pictures_frame
from nnlib.chapters.weights.figures.scores import (
    customer_explorer,
    customer_frame,
    reputation_explorer,
    reputation_frame,
    steps_frame,
)
from nnlib.chapters.weights.figures.starts import (
    distributions_frame,
    signal,
    start_explorer,
    start_frame,
    strengths_frame,
)
