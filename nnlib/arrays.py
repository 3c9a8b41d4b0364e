"""Data that callers hand in, as arrays: for `fit`, `evaluate`, `predict` and `batches`.

A reader's data come as NumPy arrays, tensors, lists, or the data frame of another library. What
NumPy reads as numbers without guessing is taken; everything else gets one sentence.
"""

import reprlib
from numbers import Number

import numpy as np

from nnlib import validation


def is_array(value) -> bool:
    """Whether ``value`` is a NumPy array or number, or a torch tensor: it has a dtype to keep."""
    is_tensor = hasattr(value, "detach")  # recognised without importing torch
    return is_tensor or isinstance(value, (np.ndarray, np.generic))


def numbers(owner: str, what: str, value):
    """``value`` as an array of numbers; arrays and tensors of numbers come back as they are.

    Parameters
    ----------
    owner, what : str
        Who asks and for what, as in "fit (data) expected numbers in x".
    value : array_like
        A NumPy array, a tensor, nested lists or tuples of numbers, a list of arrays, or an object
        with ``__array__`` such as a data frame.

    Raises
    ------
    TypeError
        If there is something else than numbers in it.
    ValueError
        If its rows differ in shape.
    """
    if hasattr(value, "detach"):
        return value
    try:
        array = np.asarray(value)
    except ValueError:
        if not isinstance(value, (list, tuple)):
            raise
        raise validation.rows_differ(owner, what) from None
    if array.dtype.kind not in "biufc":
        raise validation.not_numbers(owner, what, _what_is_no_number(array))
    return array


def rows(owner: str, what: str, value):
    """`numbers` with a first axis, that of the rows.

    As in ``nn.tensor``, floats become float32 where they come in something else than an array.
    """
    array = numbers(owner, what, value)
    if array.dtype == np.float64 and not is_array(value):
        array = array.astype(np.float32)
    if array.ndim < 1:
        raise validation.no_rows(owner, what)
    return array


def check_finite(owner: str, what: str, array: np.ndarray) -> None:
    """Raise for NaN or infinity: one step with it would turn every weight into NaN."""
    if array.dtype.kind not in "fc":
        return
    finite = np.isfinite(array)
    if finite.all():
        return
    places = np.argwhere(~finite)
    count = len(np.unique(places[:, 0]))
    raise validation.not_finite(owner, what, array[tuple(places[0])], int(places[0, 0]), count)


def _what_is_no_number(array: np.ndarray) -> str:
    """What to call an array that does not hold numbers."""
    if array.dtype.kind not in "OUS":
        return array.dtype.name
    for entry in array.ravel().tolist():
        if isinstance(entry, (str, bytes)):
            return f"text such as {reprlib.repr(entry)}"
        if not isinstance(entry, Number):
            return type(entry).__name__
    return "an array of Python objects"
