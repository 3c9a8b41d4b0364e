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


def rows_per_second(path):
    """{batch size: rows per second} of a path, from the kept milliseconds of a forward."""
    return {int(size): 1000 * int(size) / took
            for size, took in results()["milliseconds"][path].items()}
