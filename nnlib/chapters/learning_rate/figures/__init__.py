"""Pictures and explorers of the chapter "Learning rate and batch size", one idea a file.

`headline` the grid of runs, `maps` all of it at once, `bowl` descent on two curvatures, `noise` the
gradient of a batch, `tradeoff` the clocks over the batch size, `plans` schedules, `epochs` one
training watched, `stories` curves to diagnose. A function ``…_frame`` returns a
`nnlib.widgets.Frame`, and ``…explorer`` puts frames behind controls.
"""

from nnlib.chapters.learning_rate.figures.bowl import bowl_explorer
from nnlib.chapters.learning_rate.figures.epochs import epoch_stepper, watch_epochs
from nnlib.chapters.learning_rate.figures.headline import compare, explorer, run_frame
from nnlib.chapters.learning_rate.figures.maps import map_explorer
from nnlib.chapters.learning_rate.figures.noise import noise_explorer
from nnlib.chapters.learning_rate.figures.plans import (
    range_test_frame,
    schedule_explorer,
    schedules_frame,
)
from nnlib.chapters.learning_rate.figures.stories import curve_stories, curves_frame, stories_frame
from nnlib.chapters.learning_rate.figures.tradeoff import tradeoff_frame
