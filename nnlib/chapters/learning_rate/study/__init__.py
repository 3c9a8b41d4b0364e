"""Learning rate × batch size on handwritten digits: the runs behind this chapter.

One network (64-32-10, ReLU, He initialisation) and plain SGD, three times over: the *map* (nine
rates, six batch sizes, three seeds, 30 epochs, with whole curves), the *clocks* (19 rates, eleven
batch sizes, six seeds: how many updates to 90 %, and how it ended) and the *sharpness* (four
full-batch trainings, with the largest curvature on the way). They take several minutes, so their
results are kept beside this file:

    python -m nnlib.chapters.learning_rate.study          # train all again, write results.json

Whatever the chapter draws from that file can be trained again with `train`, and a test does so for
a sample. Losses are natural-log cross-entropies; accuracies are fractions. `trial` is one run,
`curvature` measures λmax, `kept` reads the results, `making` makes them.
"""

from nnlib.chapters.learning_rate.study.curvature import largest_curvature
from nnlib.chapters.learning_rate.study.kept import (
    best_clocks,
    clocks,
    fitted_curve,
    most_accurate,
    results,
)
from nnlib.chapters.learning_rate.study.trial import digits, network, outcome, train
