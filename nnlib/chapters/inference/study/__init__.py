"""The runs behind this chapter: five seeds each, on the 1,797 digits.

What happens when nobody switches back to training mode, what removing units does, what a model left
in training mode answers, what forgotten preprocessing costs, and how long a forward takes. They
take about a minute, so their results are kept beside this file:

    python -m nnlib.chapters.inference.study              # run all again, write results.json

`reader` is the network of the chapter, `trial` one run of each kind, `making` makes the results,
`kept` reads them; a test runs a sample again.
"""

from nnlib.chapters.inference.study.kept import results, rows_per_second
from nnlib.chapters.inference.study.reader import (
    BATCH,
    EPOCHS,
    RATE,
    digits,
    network,
    pixel_scale,
    scaled,
    trained,
)
from nnlib.chapters.inference.study.trial import (
    BATCHES,
    COMPANY,
    DAMAGES,
    KNOCKED,
    RUNS,
    SEEDS,
    as_sent,
    beside,
    damaged,
    logits_beside,
)

__all__ = [
    "BATCH",
    "BATCHES",
    "COMPANY",
    "DAMAGES",
    "EPOCHS",
    "KNOCKED",
    "RATE",
    "RUNS",
    "SEEDS",
    "as_sent",
    "beside",
    "damaged",
    "digits",
    "logits_beside",
    "network",
    "pixel_scale",
    "results",
    "rows_per_second",
    "scaled",
    "trained",
]
