"""Repair, case F: a sum of gradients that is never emptied."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def fit_rows(x, y, lr, size, epochs):
    """Weights of a linear model after batches of `size` rows, in their order."""
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            grad = np.zeros_like(w)
            for row, target in zip(x_batch, y_batch, strict=True):
                error = row @ w - target
                grad += 2 * error * row / len(x_batch)
            w = w - lr * grad
    return w


def broken(x, y, lr, size, epochs):
    """Weights of a linear model after batches of `size` rows, in their order."""
    w = np.zeros(x.shape[1])
    grad = np.zeros_like(w)
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                error = row @ w - target
                grad += 2 * error * row / len(x_batch)
            w = w - lr * grad
    return w


# --- answers with one misconception each ---


def emptied_once_an_epoch(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        grad = np.zeros_like(w)
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad += 2 * (row @ w - target) * row / len(x_batch)
            w = w - lr * grad
    return w


def emptied_behind_the_epoch(x, y, lr, size, epochs):
    w, grad = np.zeros(x.shape[1]), 0.0
    for _ in range(epochs):
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            grad = grad + 2 * a.T @ (a @ w - b) / len(a)
            w = w - lr * grad
        grad = 0.0
    return w


def summed_up_over_the_epoch(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        found = []
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            found.append(2 * (a @ w - b) @ a / len(a))
            w = w - lr * np.sum(found, axis=0)
    return w


def emptied_for_each_row(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad = np.zeros_like(w)
                grad += 2 * (row @ w - target) * row / len(x_batch)
            w = w - lr * grad
    return w


def written_over_for_each_row(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad = 2 * (row @ w - target) * row / len(x_batch)
            w = w - lr * grad
    return w


def last_row_alone(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            w = w - lr * 2 * (a[-1] @ w - b[-1]) * a[-1] / len(a)
    return w


def mean_of_all_so_far(x, y, lr, size, epochs):
    w, grad, count = np.zeros(x.shape[1]), np.zeros(x.shape[1]), 0
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad += 2 * (row @ w - target) * row / len(x_batch)
            count += 1
            w = w - lr * grad / count
    return w


def mean_of_a_list(x, y, lr, size, epochs):
    w, found = np.zeros(x.shape[1]), []
    for _ in range(epochs):
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            found.append(2 * (a @ w - b) @ a / len(a))
            w = w - lr * np.mean(found, axis=0)
    return w


def mean_that_moves(x, y, lr, size, epochs):
    w, mean, step = np.zeros(x.shape[1]), 0.0, 0
    for _ in range(epochs):
        for start in range(0, len(x), size):
            a, b = x[start : start + size], y[start : start + size]
            step += 1
            mean = mean + (2 * a.T @ (a @ w - b) / len(a) - mean) / step
            w = w - lr * mean
    return w


def step_for_each_row(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad = 2 * (row @ w - target) * row / len(x_batch)
                w = w - lr * grad
    return w


def step_for_each_row_emptied(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            count = min(size, len(x) - start)
            for place in range(start, start + count):
                grad = np.zeros_like(w)
                grad += 2 * (x[place] @ w - y[place]) * x[place] / count
                w = w - lr * grad
    return w


def step_for_each_row_in_place(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for place in range(len(x)):
            first = place // size * size
            count = len(x[first : first + size])
            w -= 2 * lr / count * (np.dot(x[place], w) - y[place]) * x[place]
    return w


def tenth_of_the_rate(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    grad = np.zeros_like(w)
    for _ in range(epochs):
        for start in range(0, len(x), size):
            x_batch, y_batch = x[start : start + size], y[start : start + size]
            for row, target in zip(x_batch, y_batch, strict=True):
                grad += 2 * (row @ w - target) * row / len(x_batch)
            w = w - lr / 10 * grad
    return w


def last_batch_by_size(x, y, lr, size, epochs):
    w = np.zeros(x.shape[1])
    for _ in range(epochs):
        for start in range(0, len(x), size):
            grad = np.zeros_like(w)
            for row, target in zip(x[start : start + size], y[start : start + size], strict=True):
                grad += 2 * (row @ w - target) * row / size
            w = w - lr * grad
    return w


def lowers_the_rate(seen, shares=(1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 10, 1 / 20, 1 / 100, 1 / 1000)):
    """Whether the results are those of the broken function at a share of the rate."""
    def at(share, x, y, lr, size, epochs):
        return comparing.plain(broken(x, y, share * lr, size, epochs))

    return any(all(comparing.same(at(share, *item.case.arguments), item.result) for item in seen)
               for share in shares)


# --- unusual and right ---


def without_a_sum(x, y, lr, size, epochs):
    """The gradient of a batch as one product; nothing is kept from the last one."""
    w = np.zeros(x.shape[1])
    for start in list(range(0, len(x), size)) * epochs:
        a, b = x[start : start + size], y[start : start + size]
        w = w - lr * 2 * a.T @ (a @ w - b) / len(a)
    return w


def cases():
    return [_case(0, 7, 2, 0.05, 3, 2), _case(1, 6, 3, 0.1, 2, 3), _case(2, 9, 2, 0.02, 4, 2)]


def _case(seed, rows, features, lr, size, epochs):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(rows, features)), rng.normal(size=rows)
    return Case((x, y, lr, size, epochs), _weights(x, y, lr, size, epochs))


def _weights(x, y, lr, size, epochs, width=1e-6):
    """By slopes: central differences of each batch's loss, which is a parabola."""
    w = np.zeros(x.shape[1])
    for start in list(range(0, len(x), size)) * epochs:
        def loss(at, rows=slice(start, start + size)):
            return np.mean((x[rows] @ at - y[rows]) ** 2)

        w = w - lr * np.array([
            (loss(w + width * side) - loss(w - width * side)) / (2 * width)
            for side in np.eye(len(w))])
    return w


EXERCISE = Exercise(
    identifier="debugging.fit_rows",
    title="case F, each batch by hand",
    level="repair",
    prompt=(
        "The code behind case F, for a linear model and with the gradient added up row by row. "
        "After a good start the weights are thrown to and fro, ever further. Mend it, so that each "
        "batch makes one step, by the gradient of its own mean squared error at the weights as "
        "they are. The last batch may be smaller."
    ),
    solution=fit_rows,
    broken=broken,
    cases=cases,
    hints=(
        "Print `grad` at the first step of the second batch, before any row was added. What is in "
        "it?",
        "A sum has to begin at 0. How often does this one begin?",
    ),
    passed="A sum belongs to what it sums: it is emptied where its batch begins.",
    mistakes=(
        Mistake(
            "empties it once an epoch",
            "The first batch of each epoch is right. The others repeat the batches before them: "
            "each batch needs a sum of its own.",
            answers=(emptied_once_an_epoch, emptied_behind_the_epoch, summed_up_over_the_epoch),
        ),
        Mistake(
            "lowers the rate",
            "A smaller step, and the sum still holds all batches before: the symptom may go, the "
            "fault stays.",
            answers=(tenth_of_the_rate,),
            recognise=lowers_the_rate,
        ),
        Mistake(
            "divides the last batch by size",
            "Emptied in the right place. But the last batch may be smaller: its mean is over its "
            "own rows.",
            answers=(last_batch_by_size,),
        ),
        Mistake(
            "keeps the last row only",
            "Emptied, or written over, for each row: of a batch only its last row is left when the "
            "step is made.",
            answers=(emptied_for_each_row, written_over_for_each_row, last_row_alone),
        ),
        Mistake(
            "averages all batches so far",
            "The steps no longer grow. But each is the mean of all gradients since the beginning, "
            "most of them from weights that are gone.",
            answers=(mean_of_all_so_far, mean_of_a_list, mean_that_moves),
        ),
        Mistake(
            "makes a step for each row",
            "The step stands among the rows: the second row of a batch already meets other weights "
            "than the first. Asked is one step a batch.",
            answers=(step_for_each_row, step_for_each_row_emptied, step_for_each_row_in_place),
        ),
    ),
    also_right=(without_a_sum,),
)
