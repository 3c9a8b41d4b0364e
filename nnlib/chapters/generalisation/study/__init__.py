"""Overfitting, and what helps: the runs behind this chapter.

    python -m nnlib.chapters.generalisation.study         # train all again, write results.json

`trial` is one training run on digits or diabetes patients, `changing` turns, shifts and mirrors
pictures, `features` fits a layer on random features, `confidence` collects logits, `kept` reads the
results, `making` makes them.
"""

from nnlib.chapters.generalisation.study.changing import changed
from nnlib.chapters.generalisation.study.kept import curves, entries, results
from nnlib.chapters.generalisation.study.trial import (
    digits,
    network,
    patients,
    spoiled,
    train_digits,
    train_patients,
)
