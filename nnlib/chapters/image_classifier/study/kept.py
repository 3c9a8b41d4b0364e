"""The kept results, as they were written by `making`."""

from __future__ import annotations

import functools
import json
import pathlib

import numpy as np

RESULTS = pathlib.Path(__file__).with_name("results.json")


@functools.cache
def results():
    """Read the kept results: a dictionary, whose parts `making.write_results` names."""
    return json.loads(RESULTS.read_text())


def accuracies(augmentation, variant):
    """Share of the test squares named rightly, one number a seed."""
    return [right for right, _ in results()["augmentations"][augmentation][variant]]


def sureness(augmentation, variant):
    """(answers, mean probability, share right) between each two `making.EDGES`, all seeds."""
    seeds = np.array(results()["sure"][augmentation][variant])          # (seeds, intervals, 3)
    return [(int(count), float(p / count), float(right / count))
            for count, right, p in seeds.sum(axis=0)]


def confidences(augmentation, variant):
    """Mean of the highest probability over the test squares, one number a seed."""
    return [sure for _, sure in results()["augmentations"][augmentation][variant]]
