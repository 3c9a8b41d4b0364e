"""Using a trained model: raw outputs, classes and probabilities, on either path.

These functions meet a path only through the model: ``as_input`` turns a NumPy array into what the
model takes, ``as_numpy`` turns its output back, and under ``no_grad`` a forward stores nothing.
"""

from contextlib import contextmanager

import numpy as np

from nnlib import arrays
from nnlib.validation import check_positive_int


@contextmanager
def inference(model):
    """Within it: evaluation mode, and forwards that store nothing. After it, the modes of before.

    A layer can have a mode of its own: of a BatchNorm that is not to move, for example.
    """
    modes = [(module, module.training) for _, module in model.named_modules()]
    model.eval()
    try:
        with model.no_grad():
            yield
    finally:
        for module, mode in modes:
            module.training = mode


def predict(model, x, *, batch_size=1024):
    """Raw outputs (for a classifier: logits) of the model in evaluation mode.

    Parameters
    ----------
    model : Module
        Of either path.
    x : array_like, shape (rows, …)
        The inputs: an array, a tensor, lists of numbers, or a data frame. What is neither array nor
        tensor becomes float32 where it holds floats. They go through the model ``batch_size`` rows
        at a time, which bounds memory and changes nothing else.

    Returns
    -------
    numpy.ndarray, shape (rows, …)
        On both paths.

    Raises
    ------
    ValueError
        If ``batch_size`` is below 1, a number in ``x`` is NaN or infinite, or the model refuses the
        shape of ``x``.
    TypeError
        If ``x`` does not hold numbers.

    Notes
    -----
    Afterwards every layer is in the mode that it was in before, also if something raised.
    """
    check_positive_int("predict", "batch_size", batch_size)
    x = arrays.rows("predict", "x", x)
    arrays.check_finite("predict", "x", model.as_numpy(x))
    return raw_outputs(model, x, batch_size)


def raw_outputs(model, x, batch_size):
    """What `predict` returns, of an array that is checked."""
    with inference(model):
        outputs = [
            model.as_numpy(model(model.as_input(x[start : start + batch_size])))
            for start in range(0, max(len(x), 1), batch_size)
        ]
    return outputs[0] if len(outputs) == 1 else np.concatenate(outputs)


def predict_class(model, x, *, batch_size=1024):
    """The most likely class of each row.

    Parameters
    ----------
    model : Module
        Its last axis holds one logit for each class, or a single logit for the classes 0 and 1.
    x : array_like, shape (rows, …)
        As for `predict`.

    Returns
    -------
    numpy.ndarray of int64, shape (rows,)
        ``argmax`` over the last axis; with one logit z, class 1 where z > 0, that is where
        sigmoid(z) > 1/2.
    """
    return classes(predict(model, x, batch_size=batch_size))


def predict_proba(model, x, *, batch_size=1024):
    """Probabilities of the classes, from a model that outputs logits.

    Parameters
    ----------
    model : Module
        It must end in logits: a model that ends in ``Softmax`` or ``Sigmoid`` would be squashed
        a second time.
    x : array_like, shape (rows, …)
        As for `predict`.

    Returns
    -------
    numpy.ndarray, shape (rows, classes) or (rows, 1)
        ``softmax(z)`` over the last axis, or with one logit ``sigmoid(z)``, the probability of
        class 1.
    """
    logits = predict(model, x, batch_size=batch_size)
    # Exponentials of values <= 0 only: nothing overflows, however large the logits.
    if logits.shape[-1] == 1:
        small = np.exp(-np.abs(logits))
        return np.where(logits >= 0, 1 / (1 + small), small / (1 + small))
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def classes(logits):
    """Class of each row of logits: shape (…, classes) -> (…,), int64."""
    if logits.shape[-1] == 1:
        return (logits[..., 0] > 0).astype(np.int64)
    return logits.argmax(axis=-1).astype(np.int64)
