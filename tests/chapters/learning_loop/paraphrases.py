"""The misconceptions of the first chapter's banks, written by other hands; see test_banks.py."""

import numpy as np

# --- majority_accuracy ---


def majority_of_new(y_train, y_new):
    labels = list(map(int, y_new))
    return max(labels.count(label) for label in labels) / len(labels)


def majority_within_training(y_train, y_new):
    labels = list(map(int, y_train))
    return max(map(labels.count, labels)) / len(labels)


def majority_number_right(y_train, y_new):
    labels = list(map(int, y_train))
    best = max(set(labels), key=labels.count)
    return sum(int(y) == best for y in y_new)


def majority_by_the_mean(y_train, y_new):
    middle = int(sum(map(int, y_train)) / len(y_train) + 0.5)
    return [int(y) == middle for y in y_new].count(True) / len(y_new)


# --- line_gradients ---


def gradients_half(w, b, x, y):
    n = len(x)
    return [float(((w * x + b - y) * x).sum()) / n, float((w * x + b - y).sum()) / n]


def gradients_summed(w, b, x, y):
    pairs = list(zip(x, y, strict=True))
    errors = [2 * (w * u + b - v) for u, v in pairs]
    return sum(e * u for e, (u, _) in zip(errors, pairs, strict=True)), sum(errors)


def gradients_b_first(w, b, x, y):
    twice = 2 * (b + x * w - y)
    return {0: twice.mean(), 1: (twice * x).mean()}.values()


def gradients_without_a_mean(w, b, x, y):
    return [(w * x + b - y) * x * 2, (b - y + w * x) * 2]


# --- train_line ---


def train_uphill(x, y, lr, steps):
    both = np.zeros(2)
    columns = np.column_stack([np.asarray(x), np.ones(len(x))])
    for _ in range(steps):
        both += lr * 2 * columns.T @ (columns @ both - np.asarray(y)) / len(x)
    return both


def train_in_turn(x, y, lr, steps):
    w, b = 0.0, 0.0
    while steps:
        w -= lr * 2 * ((w * x + b - y) * x).mean()
        b -= lr * 2 * (w * x + b - y).mean()
        steps -= 1
    return [w, b]


def train_without_b(x, y, lr, steps):
    w = 0.0
    for _ in range(steps):
        w = w - lr * 2 * ((w * x - y) * x).sum() / len(x)
    return (w, 0.0)


def train_first_gradient(x, y, lr, steps):
    return steps * lr * 2 * (y * x).mean(), steps * lr * 2 * y.mean()


def train_half_as_fast(x, y, lr, steps):
    w, b = 0.0, 0.0
    for _ in range(steps):
        error = (w * x + b - y) / len(x)
        w, b = w - lr * (error * x).sum(), b - lr * error.sum()
    return w, b


# --- updates ---


def updates_floor(rows, batch_size, epochs):
    return sum(rows // batch_size for _ in range(epochs))


def updates_over_all(rows, batch_size, epochs):
    return -(-rows * epochs // batch_size)


def updates_plus_one(rows, batch_size, epochs):
    return epochs * int(1 + rows / batch_size)


def updates_to_the_nearest(rows, batch_size, epochs):
    return sum(int(np.rint(rows / batch_size)) for _ in range(epochs))


# --- one_epoch ---


def epoch_without_clearing(model, loss_fn, optimizer, batches):
    def one(x, y):
        value = loss_fn(model(x), y).item()
        model.backward(loss_fn.backward())
        optimizer.step()
        return value

    return [one(*batch) for batch in batches]


def epoch_without_update(model, loss_fn, optimizer, batches):
    return [loss_fn(model(x), y).item() for x, y in batches]


def epoch_late_step(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses += [loss_fn(model(x), y).item()]
        optimizer.step()
        model.zero_grad()
        model.backward(loss_fn.backward())
    return losses


def epoch_cleared_too_late(model, loss_fn, optimizer, batches):
    losses = []
    for x, y in batches:
        losses += [loss_fn(model(x), y).item()]
        model.backward(loss_fn.backward())
        for parameter in model.parameters():
            parameter.grad = None
        optimizer.step()
    return losses


def epoch_cleared_late(model, loss_fn, optimizer, batches):
    for x, y in batches:
        yield loss_fn(model(x), y).item()
        model.backward(loss_fn.backward())
        optimizer.step()
        model.zero_grad()


# --- frozen_loss ---


def frozen_uncleared(model, loss_fn, optimizer, batches, epochs):
    for _ in range(epochs):
        for x, y in batches:
            yield loss_fn(model(x), y).item()
            model.backward(loss_fn.backward())
            optimizer.step()


def frozen_late_step(model, loss_fn, optimizer, batches, epochs):
    losses = []
    for _ in range(epochs):
        for x, y in batches:
            losses += [loss_fn(model(x), y).item()]
            optimizer.step()
            for parameter in model.parameters():
                parameter.grad = None
            model.backward(loss_fn.backward())
    return tuple(losses)


# --- read_curves ---

CURVES_EXCHANGED = {"A": "clearing", "B": "sign", "C": "step", "D": "rate"}
CURVES_SWING_BY_RATE = {"A": "rate", "B": "clearing", "C": "step", "D": "sign"}
CURVES_STILL_BY_RATE = {"A": "clearing", "B": "rate", "C": "rate", "D": "sign"}


def majority_place(y_train, y_new):
    labels = [int(label) for label in y_train]
    counts = [labels.count(label) for label in sorted(set(labels))]
    return sum(int(y) == counts.index(max(counts)) for y in y_new) / len(y_new)


def majority_pairs(y_train, y_new):
    pairs = list(zip(y_train, y_new, strict=False))
    return sum(int(one) == int(other) for one, other in pairs) / len(pairs)


def train_by_equations(x, y, lr, steps):
    x, y = np.asarray(x), np.asarray(y)
    columns = np.column_stack([x, np.ones(len(x))])
    return list(np.linalg.solve(columns.T @ columns, columns.T @ y))


def epoch_exchanged(model, loss_fn, optimizer, batches):
    for inputs, targets in batches:
        optimizer.zero_grad()
        yield float(loss_fn(targets, model(inputs)).item())
        model.backward(loss_fn.backward())
        optimizer.step()


def frozen_last_of_each_epoch(model, loss_fn, optimizer, batches, epochs):
    kept = []
    for _ in range(epochs):
        for x, y in batches:
            loss = loss_fn(model(x), y).item()
            model.zero_grad()
            model.backward(loss_fn.backward())
            optimizer.step()
        kept += [loss]
    return kept


def frozen_step_outside(model, loss_fn, optimizer, batches, epochs):
    for _ in range(epochs):
        for x, y in batches:
            model.zero_grad()
            yield loss_fn(model(x), y).item()
            model.backward(loss_fn.backward())
        optimizer.step()


def frozen_double_rate(model, loss_fn, optimizer, batches, epochs):
    optimizer.lr = 2 * optimizer.lr
    for _ in range(epochs):
        for x, y in batches:
            model.zero_grad()
            yield loss_fn(model(x), y).item()
            model.backward(loss_fn.backward())
            optimizer.step()


def frozen_negative_rate(model, loss_fn, optimizer, batches, epochs):
    for _ in range(epochs):
        for x, y in batches:
            model.zero_grad()
            yield loss_fn(model(x), y).item()
            model.backward(loss_fn.backward())
            for parameter in model.parameters():
                parameter.grad = -1 * parameter.grad
            optimizer.step()


WRONG = [
    ("majority_accuracy", majority_place, "takes a place among the classes for the class"),
    ("majority_accuracy", majority_pairs, "compares row by row"),
    ("train_line", train_by_equations, "gives the best line at once"),
    ("one_epoch", epoch_exchanged, "goes uphill"),
    ("frozen_loss", frozen_last_of_each_epoch, "keeps one loss for each epoch"),
    ("frozen_loss", frozen_step_outside, "makes one update for each epoch"),
    ("frozen_loss", frozen_double_rate, "makes two updates for each batch"),
    ("frozen_loss", frozen_negative_rate, "goes uphill"),
    ("majority_accuracy", majority_of_new, "looks at the new labels"),
    ("majority_accuracy", majority_within_training, "measures on the training rows"),
    ("majority_accuracy", majority_number_right, "counts without dividing"),
    ("majority_accuracy", majority_by_the_mean, "takes the average of the labels"),
    ("line_gradients", gradients_half, "leaves out the factor 2"),
    ("line_gradients", gradients_summed, "adds up instead of averaging"),
    ("line_gradients", gradients_b_first, "the two are swapped"),
    ("line_gradients", gradients_without_a_mean, "no mean at all"),
    ("train_line", train_uphill, "goes uphill"),
    ("train_line", train_in_turn, "the gradient of b sees the new w"),
    ("train_line", train_without_b, "never updates b"),
    ("train_line", train_first_gradient, "computes the gradient only once"),
    ("train_line", train_half_as_fast, "leaves out the factor 2"),
    ("updates", updates_floor, "forgets the last batch"),
    ("updates", updates_over_all, "rounds at the end"),
    ("updates", updates_plus_one, "always adds a batch"),
    ("updates", updates_to_the_nearest, "rounds to the nearest"),
    ("one_epoch", epoch_without_clearing, "never clears the gradients"),
    ("one_epoch", epoch_without_update, "no step between the batches"),
    ("one_epoch", epoch_cleared_too_late, "no step between the batches"),
    ("one_epoch", epoch_late_step, "steps before the backward pass"),
    ("one_epoch", epoch_cleared_late, "starts with the gradients of an earlier step"),
    ("read_curves", CURVES_EXCHANGED, "takes a wrong sign for a large rate"),
    ("read_curves", CURVES_SWING_BY_RATE, "takes swings for a large rate"),
    ("read_curves", CURVES_STILL_BY_RATE, "takes a loss that stands still for a bad rate"),
    ("frozen_loss", frozen_uncleared, "removes the clearing altogether"),
    ("frozen_loss", frozen_late_step, "steps with the gradients of the batch before"),
]


def right_majority_by_sorting(y_train, y_new):
    from statistics import mode

    label = mode(int(y) for y in y_train)
    return np.float32(sum(int(y) == label for y in y_new) / len(y_new))


def right_gradients_by_vectors(w, b, x, y):
    error = np.asarray(w * x + b - y)
    return np.array([error @ np.asarray(x), error.sum()]) * 2 / len(error)


def right_updates_by_divmod(rows, batch_size, epochs):
    full, rest = divmod(rows, batch_size)
    return (full + bool(rest)) * epochs


RIGHT = [
    ("majority_accuracy", right_majority_by_sorting),
    ("line_gradients", right_gradients_by_vectors),
    ("updates", right_updates_by_divmod),
]
