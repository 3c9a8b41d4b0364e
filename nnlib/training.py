"""The learning loop, written once for both paths.

Everything that belongs to a path comes from the model: ``as_input`` turns a NumPy array into what
the model takes and ``as_numpy`` turns its output back.
"""

import copy

import numpy as np

from nnlib import arrays
from nnlib.batching import batch_indices
from nnlib.history import History
from nnlib.prediction import classes, inference, raw_outputs
from nnlib.validation import check_positive_int, check_same_length


def fit(
    model,
    loss_fn,
    optimizer,
    data,
    *,
    epochs,
    batch_size,
    validation=None,
    schedule=None,
    callbacks=(),
    rng,
    history=None,
):
    """Train a model: forward, loss, backward, update, and again.

    Parameters
    ----------
    model, loss_fn, optimizer
        Of one path. The loss must reduce to one number.
    data : pair (x, y)
        With the same number of rows each: arrays, tensors, lists of numbers, or data frames. What
        is neither array nor tensor becomes float32 where it holds floats.
    epochs : int
        Passes over the data, those of ``history`` included.
    batch_size : int
        Rows of a step. The last batch of an epoch is smaller where the division leaves a rest.
    validation : pair (x, y), optional
        Never trained on; measured after each epoch.
    schedule : callable or ReduceLROnPlateau, optional
        ``schedule(t)`` gives the rate before every step, with t in epochs, fractional. A
        ``ReduceLROnPlateau`` sees the validation loss (without validation the training loss)
        after every epoch instead.
    callbacks : sequence
        Objects with ``on_epoch_end(epoch, model, optimizer, history)``, epochs counted from 0;
        True ends the training. ``on_fit_start(epochs, model, optimizer, history)`` and
        ``on_fit_end(model, optimizer, history)`` are called too where a callback has them.
    rng : numpy.random.Generator or None
        Shuffles the rows before every epoch; None keeps their order.
    history : History, optional
        Of an interrupted run: training goes on after its last epoch (see ``nnlib.checkpoint``).

    Returns
    -------
    History
        One entry an epoch. A loss that has become NaN or infinite is recorded as it is and does
        not end the training: a callback can, and a diverged run is worth looking at.

    Raises
    ------
    ValueError
        If ``epochs`` or ``batch_size`` is below 1, the data are empty, x and y differ in rows, a
        number in them is NaN or infinite, or the loss does not reduce to one number.
    TypeError
        If ``epochs`` or ``batch_size`` is no integer, ``rng`` no generator, or the data are not
        numbers.
    """
    check_positive_int("fit", "epochs", epochs)
    check_positive_int("fit", "batch_size", batch_size)
    x, y = _pair("fit", "data", data, model)
    if validation is not None:
        validation = _pair("fit", "validation", validation, model)
    _check_reduction("fit", loss_fn)
    history = History() if history is None else history
    follows_metric = hasattr(schedule, "update")
    if follows_metric:
        # Its state follows from the metrics it has seen: a resumed run shows it the earlier ones,
        # and a copy, so that the caller's can serve for another run.
        schedule = copy.deepcopy(schedule)
        for metric in history.validation_loss or history.train_loss:
            schedule.update(metric)
        optimizer.lr = schedule.lr

    _call(callbacks, "on_fit_start", epochs, model, optimizer, history)
    for epoch in range(len(history), epochs):
        model.train()
        batches = batch_indices(len(x), batch_size, rng)
        loss_sum = 0.0
        for step, rows in enumerate(batches):
            if schedule is not None and not follows_metric:
                optimizer.lr = schedule(epoch + step / len(batches))
            prediction = model(model.as_input(x[rows]))
            loss = loss_fn(prediction, model.as_input(y[rows]))
            optimizer.zero_grad()
            # Nobody asks for the gradient of the data: the first layer saves a matrix product.
            model.backward(loss_fn.backward(), input_grad=False)
            optimizer.step()
            loss_sum += loss.item() * len(prediction)

        history.train_loss.append(loss_sum / len(x))
        history.lr.append(float(optimizer.lr))
        history.steps.append((history.steps[-1] if history.steps else 0) + len(batches))
        metric = history.train_loss[-1]
        if validation is not None:
            scores = _scores(model, loss_fn, *validation, batch_size=1024)
            metric = scores["loss"]
            history.validation_loss.append(metric)
            if "accuracy" in scores:
                history.validation_accuracy.append(scores["accuracy"])
        if follows_metric:
            optimizer.lr = schedule.update(metric)
        if any(_call(callbacks, "on_epoch_end", epoch, model, optimizer, history)):
            break
    _call(callbacks, "on_fit_end", model, optimizer, history)
    return history


def evaluate(model, loss_fn, data, *, batch_size=1024):
    """Loss and accuracy of a model in evaluation mode.

    Parameters
    ----------
    model, loss_fn
        Of one path.
    data : pair (x, y)
        As for `fit`.
    batch_size : int
        Rows that go through the model at a time; the loss is one call over all outputs, so it does
        not depend on it.

    Returns
    -------
    dict
        ``"loss"`` and, where the labels are integers, ``"accuracy"``, the fraction of right
        classes.

    Raises
    ------
    ValueError
        If the data are empty, x and y differ in rows, or a number in them is NaN or infinite.
    TypeError
        If the data are not numbers.

    Notes
    -----
    Afterwards every layer is in the mode that it was in before, also if something raised.
    """
    check_positive_int("evaluate", "batch_size", batch_size)
    _check_reduction("evaluate", loss_fn)
    return _scores(model, loss_fn, *_pair("evaluate", "data", data, model), batch_size)


def _scores(model, loss_fn, x, y, batch_size):
    """What `evaluate` returns, of data that are checked."""
    outputs = raw_outputs(model, x, batch_size)
    target = model.as_input(y)
    with inference(model):
        scores = {"loss": loss_fn(model.as_input(outputs), target).item()}
    labels = model.as_numpy(target)
    if np.issubdtype(labels.dtype, np.integer):
        scores["accuracy"] = float(np.mean(classes(outputs) == labels))
    return scores


def _pair(caller, name, data, model):
    """x and y of a pair as arrays, checked once for all epochs."""
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        kind = type(data).__name__
        raise ValueError(f"{caller} expected {name} to be a pair (x, y), got {kind}")
    owner = f"{caller} ({name})"
    x, y = (arrays.rows(owner, what, part) for what, part in zip("xy", data, strict=True))
    check_same_length(owner, len(x), len(y))
    if len(x) == 0:
        raise ValueError(f"{caller} expected {name} with at least one row, got 0 rows")
    for what, part in (("x", x), ("y", y)):
        arrays.check_finite(owner, what, model.as_numpy(part))
    return x, y


def _check_reduction(caller, loss_fn):
    if getattr(loss_fn, "reduction", "mean") == "none":
        raise ValueError(
            f"{caller} expected a loss that reduces to one number, "
            f"got {type(loss_fn).__name__} with reduction='none'"
        )


def _call(callbacks, name, *arguments):
    """Answers of all callbacks that have this hook: each is called, whatever the others say."""
    return [
        getattr(callback, name)(*arguments) for callback in callbacks if hasattr(callback, name)
    ]
