"""Repair: a neuron whose boundary never leaves the origin."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def train_neuron(x, y, lr, steps):
    """Weights and bias after `steps` updates on all rows; all start at 0."""
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))      # (rows,)
        error = p - y                           # (rows,)
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.mean()
    return w, b


def broken(x, y, lr, steps):
    """Weights and bias after `steps` updates on all rows; all start at 0."""
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))      # (rows,)
        error = p - y                           # (rows,)
        w = w - lr * x.T @ error / len(x)
    return w, b


# --- wrong repairs ---


def climbs(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b + lr * error.mean()
    return w, b


def sums(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.sum()
    return w, b


def without_the_rate(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - error.mean()
    return w, b


def a_bias_for_each_row(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error
    return w, b


def once_at_the_end(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    error = np.zeros(len(x))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
    b = b - lr * error.mean()
    return w, b


def fixed_offset(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 1.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
    return w, b


def a_share_of_the_bias_for_each_row(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error / len(x)
    return w, b


def turns_the_sigmoid(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(x @ w + b))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.mean()
    return w, b


def mean_of_the_other_gradient(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        gradient = x.T @ error / len(x)
        w, b = w - lr * gradient, b - lr * gradient.mean()
    return w, b


def by_a_new_error(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        w = w - lr * x.T @ (1 / (1 + np.exp(-(x @ w + b))) - y) / len(x)
        b = b - lr * (1 / (1 + np.exp(-(x @ w + b))) - y).mean()
    return w, b


def averages_over_inputs(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = p - y
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.sum() / len(w)
    return w, b


def squared_error(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = 2 * (p - y) * p * (1 - p)
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.mean()
    return w, b


def half_the_squared_error(x, y, lr, steps):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(x @ w + b)))
        error = (p - y) * p * (1 - p)
        w = w - lr * x.T @ error / len(x)
        b = b - lr * error.mean()
    return w, b


# --- unusual and right ---


def with_a_column_of_ones(x, y, lr, steps):
    rows = np.column_stack([x, np.ones(len(x))])
    w = np.zeros(rows.shape[1])
    for _ in range(steps):
        w = w - lr * rows.T @ (1 / (1 + np.exp(-rows @ w)) - y) / len(x)
    return w[:-1], w[-1]


def with_torch(x, y, lr, steps):
    import torch

    x, y = torch.tensor(x), torch.tensor(y)
    w = torch.zeros(x.shape[1], dtype=x.dtype, requires_grad=True)
    b = torch.zeros((), dtype=x.dtype, requires_grad=True)
    optimizer = torch.optim.SGD([w, b], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(x @ w + b, y).backward()
        optimizer.step()
    return w, b.item()


THREE_ROWS = np.array([[1.0, 0.0], [2.0, 1.0], [3.0, 2.0]]), np.array([0.0, 1.0, 1.0])


def cases():
    made = []
    for seed, (rows, features, lr, steps) in enumerate(((8, 2, 0.5, 20), (12, 1, 0.2, 5),
                                                        (6, 3, 1.0, 1))):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(rows, features)) + 2.0
        y = (x[:, 0] > 2.2).astype(float)
        made.append(Case((x, y, lr, steps), _oracle(x, y, lr, steps)))
    by_hand = (*THREE_ROWS, 0.6, 1)                 # its results have one digit
    return [*made, Case(by_hand, _oracle(*by_hand))]


def _oracle(x, y, lr, steps):
    """By the library's layer, loss and optimizer."""
    nn = paths.load("numpy")
    layer = nn.Dense(x.shape[1], 1, init="zeros", rng=np.random.default_rng(0), dtype="float64")
    model, loss_fn = nn.Sequential(layer), nn.BCEWithLogitsLoss()
    optimizer = nn.SGD(model.parameters(), lr=lr)
    for _ in range(steps):
        loss_fn(model(x), y[:, None])
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return layer.weight.data[:, 0], float(layer.bias.data[0])


EXERCISE = Exercise(
    identifier="weights.train_neuron",
    title="a boundary that is tied down",
    level="repair",
    prompt=(
        "This neuron learns from two clouds of points that a line divides easily, and yet it stays "
        "at what is printed above, however long it trains. Find the cause in `train_neuron` and "
        "mend it. Everything starts at 0, the loss is the mean binary cross-entropy, and each of "
        "the `steps` updates uses all rows."
    ),
    solution=train_neuron,
    broken=broken,
    cases=cases,
    hints=(
        "Which of the two things that are returned is still what it was at the start?",
        "Through the origin no line divides these clouds. What would move the line away from it?",
        "The bias has a gradient too: it stands beside that of the weights where the loss is "
        "explained.",
    ),
    passed="A parameter that no update touches is a constant, and nothing complains about it.",
    mistakes=(
        Mistake(
            "the bias goes uphill",
            "The bias moves, but the wrong way: it goes against its gradient, as the weights do.",
            answers=(climbs,),
        ),
        Mistake(
            "sums instead of averaging",
            "The weights take the mean over the rows, the bias the sum.",
            answers=(sums,),
        ),
        Mistake(
            "leaves out the rate",
            "The bias moves by its whole gradient, the weights by lr times theirs.",
            answers=(without_the_rate,),
        ),
        Mistake(
            "a bias for each row",
            "error has one number for each row, and so has your bias now. A neuron has one bias.",
            answers=(a_bias_for_each_row, a_share_of_the_bias_for_each_row),
            recognise=lambda seen: all(
                np.shape(item.result[1]) == np.shape(item.case.make_arguments()[1])
                for item in seen
            ),
        ),
        Mistake(
            "moves the bias once",
            "The bias is updated after the loop, a single time. Every step updates both.",
            answers=(once_at_the_end,),
        ),
        Mistake(
            "starts the bias elsewhere and leaves it",
            "Another constant is still a constant: the bias has to be learned, not set.",
            answers=(fixed_offset,),
        ),
        Mistake(
            "turns the sigmoid round",
            "p falls where z grows now. The exponent was right before.",
            answers=(turns_the_sigmoid,),
        ),
        Mistake(
            "the mean of the weights' gradient",
            "This averages the gradient of the weights, which contains x. The input of the bias "
            "is 1.",
            answers=(mean_of_the_other_gradient,),
        ),
        Mistake(
            "takes a new error for the bias",
            "w was changed before the gradient of b was computed. Both gradients belong to the "
            "same error.",
            answers=(by_a_new_error,),
        ),
        Mistake(
            "averages over the inputs",
            "The sum is divided by the number of inputs, not of rows.",
            answers=(averages_over_inputs,),
        ),
        Mistake(
            "takes the squared error",
            "The factor p (1 − p) belongs to the squared error. With cross-entropy the error is "
            "p − y, as it stood.",
            answers=(squared_error, half_the_squared_error),
            recognise=lambda seen: any(
                all(comparing.same(item.result, comparing.plain(
                    answer(*item.case.make_arguments()))) for item in seen)
                for answer in (squared_error, half_the_squared_error)
            ),
        ),
    ),
    also_right=(with_a_column_of_ones, with_torch),
    by_hand=(
        Asked(
            "one step with lr = 0.6 on the rows (1, 0), (2, 1), (3, 2) with labels 0, 1, 1",
            (*THREE_ROWS, 0.6, 1),
            ("first weight", "second weight", "bias"),
        ),
    ),
)
