"""Repair, case B: predictions in a column, targets in a row."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def fit_column(x, y, lr, steps):
    """Mean squared errors of a linear model, one before each of the steps."""
    y = np.reshape(y, (len(x), 1))
    w, b = np.zeros((x.shape[1], 1)), 0.0
    losses = []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error**2).mean())
        error = error.mean(axis=1, keepdims=True)     # over the outputs: (rows, 1)
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def broken(x, y, lr, steps):
    """Mean squared errors of a linear model, one before each of the steps."""
    w, b = np.zeros((x.shape[1], 1)), 0.0
    losses = []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error**2).mean())
        error = error.mean(axis=1, keepdims=True)     # over the outputs: (rows, 1)
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


# --- answers with one misconception each ---


def flat_prediction(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error**2).mean())
        error = error if error.ndim == 1 else error.mean(axis=1)
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def flat_prediction_by_ravel(x, y, lr, steps):
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = (x @ w + b).ravel() - y
        losses.append(np.mean(error * error))
        if error.ndim == 2:
            error = error.mean(axis=1)
        w = w - 2 * lr / len(x) * (x.T @ error)[:, None]
        b = b - 2 * lr * np.mean(error)
    return losses


def flat_prediction_by_row(x, y, lr, steps):
    w, b, losses = [0.0] * x.shape[1], 0.0, []
    for _ in range(steps):
        said = np.array([sum(a * c for a, c in zip(row, w, strict=True)) + b for row in x])
        error = np.subtract(said, y)
        losses.append(float(np.square(error).mean()))
        error = error.reshape(len(x), -1).mean(axis=1)
        w = [c - lr * 2 * np.dot(x[:, i], error) / len(x) for i, c in enumerate(w)]
        b -= 2 * lr * error.mean()
    return losses


def row_of_targets(x, y, lr, steps):
    y = np.reshape(y, (1, len(x)))
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error**2).mean())
        error = error.mean(axis=1, keepdims=True)
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def row_of_targets_by_ravel(x, y, lr, steps):
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = (x @ w + b) - np.ravel(y)
        losses.append(np.mean(error * error))
        error = np.mean(error, axis=1)[:, None]
        w = w - 2 * lr / len(x) * (x.T @ error)
        b = b - 2 * lr * np.mean(error)
    return losses


def every_pair(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    targets = [float(t) for t in np.ravel(y)]
    for _ in range(steps):
        pairs = np.array([[p - t for t in targets] for p in x @ w + b])
        losses.append(float((pairs**2).mean()))
        w = w - 2 * lr * pairs.mean(axis=1) @ x / len(x)
        b -= 2 * lr * pairs.mean()
    return losses


def squares_the_mean(x, y, lr, steps):
    y = np.reshape(y, (len(x), 1))
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append(error.mean() ** 2)
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def squares_the_mean_flat(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        error = x @ w + b - np.ravel(y)
        losses.append(float(np.mean(error)) * float(np.mean(error)))
        w, b = w - 2 * lr * error @ x / len(x), b - 2 * lr * np.mean(error)
    return losses


def squares_the_mean_of_both(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        said = x @ w + b
        losses.append((np.mean(said) - np.mean(y)) ** 2)
        error = said - np.ravel(y)
        w = w - 2 * lr * np.mean(error[:, None] * x, axis=0)
        b = b - 2 * lr * (said.mean() - np.mean(y))
    return losses


def sums_the_squares(x, y, lr, steps):
    y = np.reshape(y, (len(x), 1))
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = x @ w + b - y
        losses.append((error**2).sum())
        w = w - lr * 2 * x.T @ error / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def sums_the_squares_flat(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        error = x @ w + b - np.ravel(y)
        losses.append(float(error @ error))
        w, b = w - 2 * lr * error @ x / len(x), b - 2 * lr * np.mean(error)
    return losses


def sums_the_squares_by_row(x, y, lr, steps):
    w, b, losses = np.zeros(x.shape[1]), 0.0, []
    for _ in range(steps):
        error = [row @ w + b - t for row, t in zip(x, np.ravel(y), strict=True)]
        losses.append(sum(e * e for e in error))
        w = w - 2 * lr * sum(e * row for e, row in zip(error, x, strict=True)) / len(x)
        b -= 2 * lr * sum(error) / len(x)
    return losses


# --- unusual and right ---


def takes_the_diagonal(x, y, lr, steps):
    """Of all pairs of a prediction and a target, those that belong together."""
    w, b, losses = np.zeros((x.shape[1], 1)), 0.0, []
    for _ in range(steps):
        error = np.diag(x @ w + b - np.ravel(y))
        losses.append((error**2).mean())
        w = w - lr * 2 * (error @ x)[:, None] / len(x)
        b = b - lr * 2 * error.mean()
    return losses


def cases():
    return [_case(0, 5, 2, 0.1, 4, column=False), _case(1, 6, 3, 0.05, 5, column=True),
            _case(2, 4, 1, 0.2, 3, column=False)]


def _case(seed, rows, features, lr, steps, *, column):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(rows, features)), rng.normal(1, 2, size=rows)
    return Case((x, y[:, None] if column else y, lr, steps), _losses(x, y, lr, steps))


def _losses(x, y, lr, steps):
    """In closed form: what is left of the way to the best weights shrinks by a matrix a step."""
    a = np.column_stack([x, np.ones(len(x))])
    best = np.linalg.pinv(a) @ y
    shrink = np.eye(a.shape[1]) - lr * 2 * a.T @ a / len(a)
    weights = [best - np.linalg.matrix_power(shrink, step) @ best for step in range(steps)]
    return [float(np.mean((a @ weight - y) ** 2)) for weight in weights]


EXERCISE = Exercise(
    identifier="debugging.fit_column",
    title="case B, one number for everybody",
    level="repair",
    prompt=(
        "The code behind case B, for a linear model. On some files it learns; on others the "
        "predictions end near the mean of the targets and the loss near their variance. "
        "`y` comes as (rows,) from some files and as (rows, 1) from others. Mend it for both, so "
        "that the losses of the steps are the same for either."
    ),
    solution=fit_column,
    broken=broken,
    cases=cases,
    hints=(
        "Write the shapes down: of `x @ w + b`, of `y`, of their difference.",
        "(rows, 1) minus (rows,) is (rows, rows). What should `y` look like, whatever it came as?",
    ),
    passed="One prediction, one target: bring both to one shape before they meet.",
    mistakes=(
        Mistake(
            "flattens the prediction only",
            "Targets of shape (rows,) are met now. Those of shape (rows, 1) broadcast in their "
            "turn: it is `y` that comes in two shapes.",
            answers=(flat_prediction, flat_prediction_by_ravel, flat_prediction_by_row),
        ),
        Mistake(
            "makes a row of the targets",
            "Now every file fails: a column minus a row is a table, in which each prediction meets "
            "each target.",
            answers=(row_of_targets, row_of_targets_by_ravel, every_pair),
        ),
        Mistake(
            "squares the mean error",
            "The steps are right. The loss that is kept is the square of the mean error, in which "
            "errors of both signs cancel: asked is the mean of their squares.",
            answers=(squares_the_mean, squares_the_mean_flat, squares_the_mean_of_both),
        ),
        Mistake(
            "sums the squares",
            "The steps are right. The loss that is kept is a sum over the rows; asked is the mean.",
            answers=(sums_the_squares, sums_the_squares_flat, sums_the_squares_by_row),
        ),
    ),
    also_right=(takes_the_diagonal,),
)
