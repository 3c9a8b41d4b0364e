"""The kept results and the kept readers, as they were written by `making`."""

from __future__ import annotations

import functools
import json
import pathlib

import numpy as np

import nnlib.numpy
from nnlib.chapters.architectures.study import reading

RESULTS = pathlib.Path(__file__).with_name("results.json")
MODELS = pathlib.Path(__file__).with_name("readers.npz")


@functools.cache
def results():
    """Read the kept results: a dictionary, whose parts `making.PARTS` names."""
    return json.loads(RESULTS.read_text())


@functools.cache
def reader(kind, nn=nnlib.numpy):
    """A trained reader of the study: the run with the first of the seeds that are told of."""
    with np.load(MODELS) as file:
        state = {name.partition("/")[2]: file[name].astype("float32") for name in file.files
                 if name.startswith(f"{kind}/")}
    model = (reading.READERS | reading.VARIANTS)[kind](nn, np.random.default_rng(0))
    model.load_state_dict(state)
    return model.eval()
