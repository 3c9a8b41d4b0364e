"""What the tests of documented formulas share: a quotation is in a docstring, and its symbols."""

import inspect
import math

import numpy as np
import parity_cases as cases

import nnlib.numpy

erf = np.vectorize(math.erf)


def rng(seed=0):
    return np.random.default_rng(seed)


def σ(x):
    return 1 / (1 + np.exp(-x))


def Φ(x):
    return 0.5 * (1 + erf(x / np.sqrt(2)))


def φ(x):
    return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def assert_quoted(name, *quotations):
    """The docstring has these lines, however they are spaced."""
    text = " ".join(inspect.getdoc(getattr(nnlib.numpy, name)).split())
    for quotation in quotations:
        assert " ".join(quotation.split()) in text, f"{name} no longer says {quotation}"


def assert_equal(got, expected):
    np.testing.assert_allclose(cases.as_array(got), expected, rtol=1e-12, atol=1e-14)
