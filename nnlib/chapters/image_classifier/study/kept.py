"""The kept results, as they were written by `making`."""

from __future__ import annotations

import functools
import json
import pathlib

RESULTS = pathlib.Path(__file__).with_name("results.json")


@functools.cache
def results():
    """Read the kept results: a dictionary, whose parts `making.write_results` names."""
    return json.loads(RESULTS.read_text())


def accuracies(augmentation, variant):
    """Share of the test squares named rightly, one number a seed."""
    return [right for right, _ in results()["augmentations"][augmentation][variant]]


def confidences(augmentation, variant):
    """Mean of the highest probability over the test squares, one number a seed."""
    return [sure for _, sure in results()["augmentations"][augmentation][variant]]
