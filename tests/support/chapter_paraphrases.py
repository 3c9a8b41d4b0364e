"""Answers to the exercises by other hands: the `paraphrases.py` of the chapters' tests."""

import importlib.util
import pathlib

from nnlib.exercises import catalogue

ROOMS = pathlib.Path(__file__).parents[1] / "chapters"


def paraphrases(kind):
    """(exercise, ...) for every entry of `kind`, "WRONG" or "RIGHT"."""
    return [
        (catalogue.find(f"{path.parent.name}.{short}"), *rest)
        for path in sorted(ROOMS.glob("*/paraphrases.py"))
        for short, *rest in getattr(_module_of(path), kind)
    ]


def _module_of(path):
    spec = importlib.util.spec_from_file_location(f"paraphrases_{path.parent.name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
