"""Pictures and explorers of the chapter "Optimizers", one idea a file.

`surfaces` bowl, ravine and saddle with a walk on them, `momentum` the map of rate and momentum,
`streams` what a method makes of a stream of gradients, `correction` Adam's first steps, `epsilon`,
`decay` L2 against decoupled decay, `clipping`, `race` all methods at once, `stuck` small networks
on XOR, `comparison` the kept study, `costs` the table. A function ``…_frame`` returns a
`nnlib.widgets.Frame`, and ``…explorer`` puts frames behind controls.
"""

from nnlib.chapters.optimizers.figures.clipping import arrows_explorer, bad_row_frame
from nnlib.chapters.optimizers.figures.comparison import comparison_explorer
from nnlib.chapters.optimizers.figures.correction import correction_explorer
from nnlib.chapters.optimizers.figures.costs import costs_table
from nnlib.chapters.optimizers.figures.decay import decay_explorer
from nnlib.chapters.optimizers.figures.epsilon import epsilon_explorer
from nnlib.chapters.optimizers.figures.momentum import momentum_explorer, slowest
from nnlib.chapters.optimizers.figures.race import race_explorer
from nnlib.chapters.optimizers.figures.streams import stream_explorer
from nnlib.chapters.optimizers.figures.stuck import xor_losses
from nnlib.chapters.optimizers.figures.surfaces import SURFACES, walk
