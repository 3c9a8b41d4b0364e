"""The text that the recipes read: the help of Python's own topics, in 29 characters."""

from __future__ import annotations

import functools
import re

import numpy as np

from nnlib import data

CHARACTERS = " .,abcdefghijklmnopqrstuvwxyz"
BLOCK = 5000                               # characters; whole blocks go into one part


def plain(text):
    """Small letters, full stops, commas and single spaces; whatever else there is becomes one."""
    return re.sub(r" +", " ", re.sub(r"[^a-z.,]", " ", text.lower()))


def encode(text):
    """Ids of the characters, as an array."""
    return np.array([CHARACTERS.index(c) for c in text])


def decode(ids):
    """The text of some ids."""
    return "".join(CHARACTERS[int(i)] for i in ids)


@functools.cache
def parts():
    """Training, validation and test blocks of ids, each (blocks, BLOCK).

    Every tenth block is for validation and every tenth for the test. The help repeats whole
    sections; of each paragraph only the first copy stays, or the test would be in the training.
    """
    paragraphs = dict.fromkeys(plain(part).strip()
                               for part in data.load_text("topics").split("\n\n"))
    ids = encode(plain(" ".join(paragraphs)))
    blocks = ids[: len(ids) // BLOCK * BLOCK].reshape(-1, BLOCK)
    place = np.arange(len(blocks)) % 10
    return blocks[(place != 3) & (place != 7)], blocks[place == 3], blocks[place == 7]


def windows(blocks, length, count, rng):
    """Random windows and what follows each character in them: two arrays (count, length)."""
    block = rng.integers(0, len(blocks), count)[:, None]
    start = rng.integers(0, BLOCK - length, count)[:, None] + np.arange(length)
    return blocks[block, start], blocks[block, start + 1]
