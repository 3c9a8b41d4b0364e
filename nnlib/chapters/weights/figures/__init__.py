"""Pictures and explorers of the chapter "Weights", one idea a file.

`scores` weighted sums as bars, `boundary` lines and planes, `bias` what the bias moves,
`perceptron` a line that learns, `hulls` what no line divides, `xor` what several units do,
`layer` the wiring of a dense layer, `way_back` the factors of a hidden weight's gradient, `twins`
units that begin alike, `starts` and `compromise` what first weights do to a signal, `scaling` the
loss for raw and for scaled inputs, `pictures` and `templates` weights that can be looked at.
A function ``…_frame`` returns a `nnlib.widgets.Frame`, and ``…explorer`` puts frames behind
controls.
"""

from nnlib.chapters.weights.figures.bias import bias_boundary_frame, curve_explorer, curve_frame
from nnlib.chapters.weights.figures.boundary import (
    dividing_frame,
    doubling_frame,
    neuron_explorer,
    neuron_frame,
)
from nnlib.chapters.weights.figures.compromise import compromise_frame
from nnlib.chapters.weights.figures.hulls import inside_the_other_band, iris_frame
from nnlib.chapters.weights.figures.layer import wiring_frame
from nnlib.chapters.weights.figures.perceptron import perceptron_explorer, perceptron_frame
from nnlib.chapters.weights.figures.pictures import weight_pictures_frame
from nnlib.chapters.weights.figures.scaling import valley_explorer, valley_frame
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
from nnlib.chapters.weights.figures.templates import template_explorer, template_frame
from nnlib.chapters.weights.figures.twins import twins_explorer, twins_frame
from nnlib.chapters.weights.figures.way_back import way_back_frame
from nnlib.chapters.weights.figures.xor import xor_explorer, xor_frame, xor_training_frame
