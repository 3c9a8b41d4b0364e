"""Compute: the two gradients of a line's mean squared error."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def line_gradients(w, b, x, y):
    """Gradients of mean((w x + b - y)²) with respect to w and to b."""
    error = w * x + b - y
    return (2 * error * x).mean(), (2 * error).mean()


# --- answers with one misconception each ---


def without_the_two(w, b, x, y):
    error = w * x + b - y
    return (error * x).mean(), error.mean()


def sums(w, b, x, y):
    error = w * x + b - y
    return (2 * error * x).sum(), (2 * error).sum()


def target_minus_prediction(w, b, x, y):
    error = y - (w * x + b)
    return (2 * error * x).mean(), (2 * error).mean()


def forgets_x(w, b, x, y):
    error = w * x + b - y
    return (2 * error).mean(), (2 * error).mean()


def forgets_the_bias(w, b, x, y):
    error = w * x - y
    return (2 * error * x).mean(), (2 * error).mean()


def swapped(w, b, x, y):
    error = w * x + b - y
    return (2 * error).mean(), (2 * error * x).mean()


def product_of_means(w, b, x, y):
    error = w * x + b - y
    return 2 * error.mean() * x.mean(), 2 * error.mean()


def point_by_point(w, b, x, y):
    error = w * x + b - y
    return 2 * error * x, 2 * error


# --- unusual and right ---


def by_loops(w, b, x, y):
    dw = db = 0.0
    for one, target in zip(x, y, strict=True):
        error = w * one + b - target
        dw += 2 * error * one / len(x)
        db += 2 * error / len(x)
    return [dw, db]


def by_a_matrix(w, b, x, y):
    columns = np.column_stack([np.asarray(x), np.ones(len(x))])
    return 2 * columns.T @ (columns @ [w, b] - np.asarray(y)) / len(x)


def by_autograd(w, b, x, y):
    import torch

    x, y = torch.as_tensor(x), torch.as_tensor(y)
    w, b = (torch.tensor(value, dtype=x.dtype, requires_grad=True) for value in (w, b))
    ((w * x + b - y) ** 2).mean().backward()
    return torch.stack([w.grad, b.grad])


SETTINGS = [
    (0.0, 0.0, [1.0, 2.0, 3.0], [3.0, 5.0, 7.0]),
    (1.5, -0.5, [0.5, -1.0, 2.0, 4.0], [1.0, 0.0, -2.0, 3.0]),
    (-2.0, 3.0, [2.0, -3.0], [0.0, 1.0]),
]


def cases():
    return [
        Case(
            (w, b, paths.array(path, x), paths.array(path, y)), _oracle(w, b, x, y), path=path
        )
        for path in paths.available()
        for w, b, x, y in SETTINGS
    ]


def _oracle(w, b, x, y, h=1.0):
    """By central differences, which are exact for a loss that is quadratic."""

    def loss(w, b):
        return sum((w * one + b - target) ** 2 for one, target in zip(x, y, strict=True)) / len(x)

    return [
        (loss(w + h, b) - loss(w - h, b)) / (2 * h), (loss(w, b + h) - loss(w, b - h)) / (2 * h)
    ]


EXERCISE = Exercise(
    identifier="learning_loop.line_gradients",
    title="the gradients of a line",
    level="compute",
    prompt=(
        "Write `line_gradients(w, b, x, y)`: the gradients of the loss mean((w·x + b − y)²) with "
        "respect to `w` and with respect to `b`, in this order. `w` and `b` are numbers; `x` and "
        "`y` are NumPy arrays, or torch tensors, of one shape (N,). Example: with `w = b = 0`, "
        "`x` = (1, 2, 3) and `y` = (3, 5, 7) they are −22.6667 and −10 (do not round yours)."
    ),
    stub='''\
def line_gradients(w, b, x, y):
    """Gradients of mean((w x + b - y)²) with respect to w and to b."""
    return ...
''',
    solution=line_gradients,
    cases=cases,
    hints=(
        "Begin with the error of each point: prediction minus target, shape (N,).",
        "The derivative of error² is 2 · error times the derivative of the error: that is x for w "
        "and 1 for b. Then take the mean over the points.",
        "Put in x for one point at a time: twice its error times x for w, twice its error for b. "
        "Each of the two becomes one number when you average over the points.",
    ),
    passed="The gradient of w weighs each error by its x, that of b does not.",
    mistakes=(
        Mistake(
            "leaves out the factor 2",
            "Half of what it should be: the derivative of a square brings down a 2.",
            answers=(without_the_two,),
        ),
        Mistake(
            "adds up instead of averaging",
            "As many times too large as there are points: the loss is a mean, so its gradient is "
            "one too.",
            answers=(sums,),
        ),
        Mistake(
            "takes target minus prediction",
            "Both signs are turned round: the error is prediction minus target. Squared it does "
            "not matter, for the slope it does.",
            answers=(target_minus_prediction,),
        ),
        Mistake(
            "forgets x in the gradient of w",
            "The gradient of w lacks a factor: if w grows by a little, the prediction of a point "
            "grows by x times as much.",
            answers=(forgets_x,),
        ),
        Mistake(
            "leaves the bias out of the prediction",
            "Right as long as b is 0: a prediction needs both numbers.",
            answers=(forgets_the_bias,),
        ),
        Mistake(
            "the two are swapped",
            "The two numbers are right and in the wrong order: first w, then b.",
            answers=(swapped,),
        ),
        Mistake(
            "multiplies means",
            "The mean of a product is not the product of the means: multiply error and x point by "
            "point, then average.",
            answers=(product_of_means,),
        ),
        Mistake(
            "no mean at all",
            "This is one number for each point. The loss is the mean over the points, so its "
            "gradient is too: one number for w, one for b.",
            answers=(point_by_point,),
        ),
    ),
    also_right=(by_loops, by_a_matrix, by_autograd),
    by_hand=(
        Asked(
            "w = −2, b = 3, x = (2, −3), y = (0, 1)",
            (-2.0, 3.0, np.array([2.0, -3.0]), np.array([0.0, 1.0])),
            ("slope for w", "slope for b"),
        ),
    ),
)
