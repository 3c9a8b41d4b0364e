"""Learning rate × batch size on handwritten digits: the study behind the chapter of that name.

One network (64-32-10, ReLU, He initialisation), plain SGD, 30 epochs, nine rates, six batch sizes,
three seeds: 162 runs. They take a couple of minutes, so their results are kept beside this file:

    python -m nnlib.experiments.rate_and_batch          # train all again, write results.json

Whatever the chapter draws from that file can be trained again with `train`, and a test does so for
a sample. Losses are natural-log cross-entropies; accuracies are fractions.

One file a concern: `trial` one run, `kept` the results, and the pictures: `headline`, `maps`,
`bowl`, `noise`, `tradeoff`, `plans`, `epochs`, `stories`. A function ``…_frame`` returns a
`nnlib.widgets.Frame`, and ``…explorer`` puts frames behind controls.
"""

from nnlib.experiments.rate_and_batch.bowl import bowl_explorer
from nnlib.experiments.rate_and_batch.epochs import epoch_stepper, watch_epochs
from nnlib.experiments.rate_and_batch.headline import compare, explorer, run_frame
from nnlib.experiments.rate_and_batch.kept import best_clocks, clocks, results
from nnlib.experiments.rate_and_batch.maps import map_explorer
from nnlib.experiments.rate_and_batch.noise import noise_explorer
from nnlib.experiments.rate_and_batch.plans import (
    range_test_frame,
    schedule_explorer,
    schedules_frame,
)
from nnlib.experiments.rate_and_batch.stories import curve_stories, curves_frame, stories_frame
from nnlib.experiments.rate_and_batch.tradeoff import tradeoff_frame
from nnlib.experiments.rate_and_batch.trial import digits, network, outcome, train
