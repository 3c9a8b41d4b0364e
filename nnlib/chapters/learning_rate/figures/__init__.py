"""Pictures and explorers of the chapter "Learning rate and batch size", one idea a file.

`headline` the grid of runs, `maps` all of it at once, `bowl` descent on one curvature, `sharpness`
the largest curvature of a network, `noise` the gradient of a batch, `regimes` updates over the
batch size, `tradeoff` what a batch buys and costs, `warmup` runs with and without it, `range_test`,
`plans` schedules, `epochs` one training watched, `stories` curves to diagnose. A function
``…_frame`` returns a `nnlib.widgets.Frame`, and ``…explorer`` puts frames behind controls.
"""

from nnlib.chapters.learning_rate.figures.bowl import bowl_explorer
from nnlib.chapters.learning_rate.figures.epochs import epoch_stepper, watch_epochs
from nnlib.chapters.learning_rate.figures.headline import compare, explorer, run_frame
from nnlib.chapters.learning_rate.figures.maps import map_explorer
from nnlib.chapters.learning_rate.figures.noise import noise_explorer, noise_scale
from nnlib.chapters.learning_rate.figures.plans import schedule_explorer, schedules_frame
from nnlib.chapters.learning_rate.figures.range_test import range_test_frame
from nnlib.chapters.learning_rate.figures.regimes import regimes_frame
from nnlib.chapters.learning_rate.figures.sharpness import sharpness_explorer
from nnlib.chapters.learning_rate.figures.stories import (
    curve_stories,
    curves_frame,
    flat_frame,
    stories_frame,
)
from nnlib.chapters.learning_rate.figures.tradeoff import tradeoff_frame
from nnlib.chapters.learning_rate.figures.warmup import warmup_frame
