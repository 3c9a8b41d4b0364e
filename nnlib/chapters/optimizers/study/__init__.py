"""A fair comparison of five optimizers on six small tasks.

Every method gets the same 28 learning rates, three a decade from 1e-7 to 100. Five seeds choose
the rate by the median loss on the validation rows; ten other seeds train with it and are reported,
on the test rows. All of it three times, with the rows split anew into the three parts. All else
stays at its default. About five minutes on one core, so the results are kept:

    python -m nnlib.chapters.optimizers.study          # train all again, write results.json

`tasks` has the rows and models, `trial` one run and the protocol, `kept` reads the results,
`making` makes them.
"""

from nnlib.chapters.optimizers.study.kept import Comparison, comparison, lower, medians, results
from nnlib.chapters.optimizers.study.tasks import TASKS, task
from nnlib.chapters.optimizers.study.trial import METHODS, RATES, SPLITS, gradient_spread, train
