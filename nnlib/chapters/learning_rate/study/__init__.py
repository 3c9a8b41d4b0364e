"""Learning rate × batch size on handwritten digits: the runs behind this chapter.

One network (64-32-10, ReLU, He initialisation), plain SGD, 30 epochs, nine rates, six batch sizes,
three seeds: 162 runs. They take a couple of minutes, so their results are kept beside this file:

    python -m nnlib.chapters.learning_rate.study          # train all again, write results.json

Whatever the chapter draws from that file can be trained again with `train`, and a test does so for
a sample. Losses are natural-log cross-entropies; accuracies are fractions. `trial` is one run,
`kept` reads and writes the results.
"""

from nnlib.chapters.learning_rate.study.kept import best_clocks, clocks, results
from nnlib.chapters.learning_rate.study.trial import digits, network, outcome, train
