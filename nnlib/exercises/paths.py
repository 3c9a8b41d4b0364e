"""The paths an exercise can be checked on: NumPy always, torch where it is installed.

torch is imported only where an exercise that uses it is checked, never by importing this package.
"""

from __future__ import annotations

import importlib
import importlib.util

import numpy as np


def available() -> list[str]:
    """Names of the paths that can be used here."""
    return ["numpy", "torch"] if importlib.util.find_spec("torch") else ["numpy"]


def load(path: str):
    """The module of a path: `nnlib.numpy` or `nnlib.torch`."""
    return importlib.import_module(f"nnlib.{path}")


def array(path: str, values):
    """Numbers as a float64 array of that path."""
    if path == "torch":
        torch = importlib.import_module("torch")
        return torch.tensor(values, dtype=torch.float64)
    return np.array(values, dtype="float64")
