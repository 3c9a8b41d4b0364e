"""Cases of the exercises that train a model of the library, on either path.

The model is one dense layer with a squared error, so what each step does is known in closed form.
Some models are handed over with gradients of an earlier step in them, as a long training would.
"""

import numpy as np

from nnlib.exercises import comparing, paths

FEATURES, OUTPUTS = 3, 2


def data(seed, rows):
    """Inputs (rows, 3) and targets (rows, 2)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(rows, FEATURES)), rng.normal(size=(rows, OUTPUTS))


def build(path, lr, stale):
    """A model, a loss and an optimizer; with `stale`, gradients of an earlier step are in it."""
    nn = paths.load(path)
    layer = nn.Dense(FEATURES, OUTPUTS, rng=np.random.default_rng(1), dtype="float64")
    model, loss_fn = nn.Sequential(layer), nn.MSELoss()
    if stale:
        x, y = data(99, 5)
        loss_fn(model(paths.array(path, x)), paths.array(path, y))
        model.backward(loss_fn.backward())
    return model, loss_fn, nn.SGD(model.parameters(), lr=lr)


def losses(path, lr, batches):
    """The loss before each update, by plain arithmetic on the layer's first weights."""
    model, _, _ = build(path, lr, stale=False)
    state = comparing.plain(model.state_dict())
    weight, bias = state["0.weight"], state["0.bias"]
    seen = []
    for x, y in batches:
        error = x @ weight + bias - y
        seen.append(float(np.mean(error**2)))
        weight = weight - lr * 2 * x.T @ error / error.size
        bias = bias - lr * 2 * error.sum(axis=0) / error.size
    return seen


def batches(path, rows):
    """The library's own batches of 4 over some data, in order."""
    return paths.load(path).batches(*data(rows, rows), batch_size=4)


def parts(rows):
    """The same batches, cut by hand."""
    x, y = data(rows, rows)
    return [(x[start : start + 4], y[start : start + 4]) for start in range(0, rows, 4)]
