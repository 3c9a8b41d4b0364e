"""Making the kept results again: every training, ten seeds each, on the path of the page."""

from __future__ import annotations

import json
import pathlib
import platform

import numpy as np
from sklearn.linear_model import LogisticRegression

import nnlib.numpy as nn
from nnlib.chapters.image_classifier.study import kept, pictures, recipe
from nnlib.chapters.image_classifier.study.changing import AUGMENTATIONS, VARIANTS, varied

SEEDS = range(10)
EDGES = (0.5, 0.8, 0.9, 0.95, 0.99, 1)         # of the probability of an answer


def write_results(path=kept.RESULTS):
    """Train everything and write it to `path`: some minutes on one core."""
    made = {
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "augmentations": {}, "flower": {}, "sure": {},
        "no relu": [accuracy(seed, relu=False) for seed in SEEDS],
        "average": [accuracy(seed, pool_all=True) for seed in SEEDS],
        "shuffled": [accuracy(seed, parts=pictures.shuffled_parts(seed)) for seed in SEEDS],
        "strips": [accuracy(seed, parts=pictures.strips_parts(seed)) for seed in SEEDS],
        "digits": [accuracy(seed, parts=pictures.threes_and_eights()) for seed in SEEDS],
        "mean colour": mean_colour(pictures.parts()),
    }
    for name in AUGMENTATIONS:
        models = [recipe.train(seed, nn=nn, augmentation=name).model for seed in SEEDS]
        made["augmentations"][name] = {variant: [judged(model, variant) for model in models]
                                       for variant in VARIANTS}
        made["flower"][name] = [flower(model) for model in models]
        made["sure"][name] = {variant: [sure(model, variant) for model in models]
                              for variant in ("as taken", "grey")}
    made["sides"] = {str(side): [flowers_of(model, side) for model in models]
                     for side in pictures.SIDES}                       # of "all three"
    text = json.dumps(made, separators=(",", ":"))
    pathlib.Path(path).write_text(text.replace('},"', '},\n"').replace('],"', '],\n"') + "\n")


def flower(model):
    """Shares named rightly of the flower squares by their light: background, edges, petals."""
    x, y = pictures.parts()["test"]
    right = nn.predict_class(model, x) == y
    return [round(float(right[rows].mean()), 4) for rows in pictures.by_light(x, y)]


def sure(model, variant):
    """[answers, those that are right, sum of their probabilities] between each two `EDGES`."""
    x, y = pictures.parts()["test"]
    p = nn.predict_proba(model, varied(x, variant))
    right, p = p.argmax(axis=1) == y, p.max(axis=1)
    place = np.digitize(p, EDGES[1:-1])
    return [[int(np.sum(place == k)), int(np.sum(right[place == k])),
             round(float(p[place == k].sum()), 2)] for k in range(len(EDGES) - 1)]


def flowers_of(model, side):
    """Share named rightly of flower pieces of this side."""
    x, y = pictures.pieces(side)
    return round(float(np.mean(nn.predict_class(model, x)[y == 1] == 1)), 4)


def judged(model, variant, part="test"):
    """Share named rightly and mean of the highest probability, on squares of this kind."""
    x, y = pictures.parts()[part]
    p = nn.predict_proba(model, varied(x, variant))
    return round(float(np.mean(p.argmax(axis=1) == y)), 4), round(float(p.max(axis=1).mean()), 4)


def accuracy(seed, *, parts=None, **options):
    """Share of the test pictures named rightly after one training."""
    parts = pictures.parts() if parts is None else parts
    model = recipe.train(seed, nn=nn, parts=parts, **options).model
    x, y = parts["test"]
    return round(float(np.mean(nn.predict_class(model, x) == y)), 4)


def mean_colour(parts):
    """Share named rightly by one neuron that sees the three mean colours of a square only."""
    (x, y), (x_new, y_new) = parts["training"], parts["test"]
    neuron = LogisticRegression(C=100, max_iter=1000).fit(x.mean(axis=(1, 2)), y)
    return round(float(neuron.score(x_new.mean(axis=(1, 2)), y_new)), 4)
