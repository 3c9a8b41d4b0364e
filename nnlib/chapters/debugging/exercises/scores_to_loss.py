"""Repair, case A: a loss that takes a softmax of what is one already."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def scores_to_loss(x, labels, w1, b1, w2, b2):
    """Mean cross-entropy of a two-layer network, and its share of right answers."""
    hidden = np.maximum(x @ w1 + b1, 0)               # (rows, hidden)
    scores = hidden @ w2 + b2                         # (rows, classes)
    top = scores.max(axis=1, keepdims=True)           # so that exp stays finite
    log_sum = top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    log_p = scores - log_sum                          # (rows, classes)
    loss = -log_p[np.arange(len(labels)), labels].mean()
    right = (scores.argmax(axis=1) == labels).mean()
    return loss, right


def broken(x, labels, w1, b1, w2, b2):
    """Mean cross-entropy of a two-layer network, and its share of right answers."""
    hidden = np.maximum(x @ w1 + b1, 0)               # (rows, hidden)
    scores = hidden @ w2 + b2                         # (rows, classes)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    scores = scores / scores.sum(axis=1, keepdims=True)
    top = scores.max(axis=1, keepdims=True)           # so that exp stays finite
    log_sum = top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    log_p = scores - log_sum                          # (rows, classes)
    loss = -log_p[np.arange(len(labels)), labels].mean()
    right = (scores.argmax(axis=1) == labels).mean()
    return loss, right


# --- answers with one misconception each ---


def logarithm_of_rounded(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        loss = -np.log(p[np.arange(len(labels)), labels]).mean()
    return loss, (p.argmax(axis=1) == labels).mean()


def logarithm_of_rounded_by_row(x, labels, w1, b1, w2, b2):
    losses, right = [], []
    for row, label in zip(np.maximum(x @ w1 + b1, 0) @ w2 + b2, labels, strict=True):
        p = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
        losses.append(-np.log(p[label]) if p[label] > 0 else np.inf)
        right.append(p.argmax() == label)
    return np.mean(losses), np.mean(right)


def logarithm_of_rounded_one_hot(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    e = np.exp((scores.T - scores.max(axis=1)).T)
    chosen = (e * np.eye(e.shape[1])[labels]).sum(axis=1) / e.sum(axis=1)
    with np.errstate(divide="ignore"):
        return np.mean(np.log(1 / chosen)), np.mean(np.argmax(scores, axis=1) == labels)


def no_softmax(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    loss = -scores[np.arange(len(labels)), labels].mean()
    return loss, (scores.argmax(axis=1) == labels).mean()


def no_softmax_by_row(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    taken = [row[label] for row, label in zip(scores, labels, strict=True)]
    return -np.mean(taken), np.mean([row.argmax() for row in scores] == labels)


def no_softmax_one_hot(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    return (-(scores * np.eye(scores.shape[1])[labels]).sum() / len(labels),
            (np.argmax(scores, 1) == labels).sum() / len(labels))


def no_logarithm(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return -p[np.arange(len(labels)), labels].mean(), (p.argmax(axis=1) == labels).mean()


def no_logarithm_by_row(x, labels, w1, b1, w2, b2):
    taken, right = 0.0, 0
    for row, label in zip(np.maximum(x @ w1 + b1, 0) @ w2 + b2, labels, strict=True):
        e = np.exp(row - row.max())
        taken += e[label] / e.sum()
        right += int(e.argmax() == label)
    return -taken / len(labels), right / len(labels)


def no_logarithm_one_hot(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    e = np.exp((scores.T - scores.max(axis=1)).T)
    p = (e.T / e.sum(axis=1)).T
    return np.sum(-p * np.eye(p.shape[1])[labels]) / len(p), np.mean(np.argmax(p, 1) == labels)


def over_the_rows(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    top = scores.max(axis=0, keepdims=True)
    log_p = scores - top - np.log(np.exp(scores - top).sum(axis=0, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (scores.argmax(axis=1) == labels).mean()


def over_the_rows_by_class(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    columns = [column - np.logaddexp.reduce(column) for column in scores.T]
    taken = [columns[label][row] for row, label in enumerate(labels)]
    return -np.mean(taken), np.mean(scores.argmax(axis=1) == labels)


def over_the_rows_reduced(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    log_p = scores - np.logaddexp.reduce(scores, axis=0)
    return (-np.take_along_axis(log_p, labels[:, None], axis=1).mean(),
            np.mean(np.argmax(scores, axis=1) == labels))


def added_up(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    log_p = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return -log_p[np.arange(len(labels)), labels].sum(), (scores.argmax(axis=1) == labels).mean()


def added_up_by_row(x, labels, w1, b1, w2, b2):
    total, right = 0.0, 0
    for row, label in zip(np.maximum(x @ w1 + b1, 0) @ w2 + b2, labels, strict=True):
        total += np.logaddexp.reduce(row) - row[label]
        right += int(row.argmax() == label)
    return total, right / len(labels)


def added_up_one_hot(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    true = (scores * np.eye(scores.shape[1])[labels]).sum(axis=1)
    return (np.logaddexp.reduce(scores, axis=1) - true).sum(), np.mean(scores.argmax(1) == labels)


def clipped(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    loss = -np.log(np.clip(p[np.arange(len(labels)), labels], 1e-12, 1)).mean()
    return loss, (scores.argmax(axis=1) == labels).mean()


def floor_subtracted(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    scores = scores / scores.sum(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    floor = np.log(np.e + scores.shape[1] - 1) - 1
    loss = -log_p[np.arange(len(labels)), labels].mean() - floor
    return loss, (scores.argmax(axis=1) == labels).mean()


def not_divided(x, labels, w1, b1, w2, b2):
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean(), (scores.argmax(axis=1) == labels).mean()


def is_clipped(seen):
    """Whether only large losses are too small, and none is below 0."""
    pairs = [(item.result, item.case.expected) for item in seen]
    same = [bool(np.isclose(got[0], right[0], rtol=1e-3)) for got, right in pairs]
    return same[0] and not same[-1] and all(
        got[1] == right[1] and 0 < got[0] < 1.001 * right[0] for got, right in pairs)


# --- unusual and right ---


def by_margins(x, labels, w1, b1, w2, b2):
    """The loss of a row is the log-sum-exp of all scores less that of its own class."""
    scores = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    margins = scores - np.take_along_axis(scores, labels[:, None], axis=1)
    return np.logaddexp.reduce(margins, axis=1).mean(), np.mean(scores.argmax(axis=1) == labels)


def cases():
    return [_case(*setting) for setting in ((0, 6, 3, 1.0), (1, 5, 4, 3.0), (2, 4, 3, 900.0))]


def _case(seed, rows, classes, size):
    rng = np.random.default_rng(seed)
    x, labels = rng.normal(size=(rows, 3)), rng.integers(0, classes, rows)
    w1, b1 = rng.normal(size=(3, 5)), rng.normal(size=5)
    w2, b2 = size * rng.normal(size=(5, classes)), rng.normal(size=classes)
    scores = np.where(x @ w1 + b1 > 0, x @ w1 + b1, 0) @ w2 + b2
    pairs = list(zip(scores, labels, strict=True))
    loss = np.mean([np.logaddexp.reduce(row) - row[label] for row, label in pairs])
    right = np.mean([np.argsort(row)[-1] == label for row, label in pairs])
    return Case((x, labels, w1, b1, w2, b2), (float(loss), float(right)))


EXERCISE = Exercise(
    identifier="debugging.scores_to_loss",
    title="case A, a floor under the loss",
    level="repair",
    prompt=(
        "The code behind case A, written out for NumPy. The answers become good, and the loss has "
        "a floor: with three classes it never comes below 0.55. Mend it, so that the loss of a "
        "sure and right answer is near 0, and that of a sure and wrong one is large, but finite, "
        "however large the scores are."
    ),
    solution=scores_to_loss,
    broken=broken,
    cases=cases,
    hints=(
        "Follow the scores line by line. What are they when the line that begins with `top` gets "
        "them?",
        "The last lines compute a softmax and its logarithm in one. What do the lines before them "
        "compute?",
        "One of the two has to go. Of the two, one stays finite for every size of the scores.",
    ),
    passed="Logits go into the loss, and the loss takes its softmax and its logarithm in one.",
    mistakes=(
        Mistake(
            "takes the logarithm of a rounded probability",
            "One softmax now, but its logarithm is taken afterwards: where a probability is "
            "rounded to 0 the loss is infinite. Which of the two places stays finite?",
            answers=(logarithm_of_rounded, logarithm_of_rounded_by_row,
                     logarithm_of_rounded_one_hot),
        ),
        Mistake(
            "clips the probability",
            "One softmax now, and a new ceiling: sure and wrong costs the same, however wrong. "
            "Where the logarithm is taken of the whole fraction, nothing has to be clipped.",
            answers=(clipped,),
            recognise=is_clipped,
        ),
        Mistake(
            "subtracts the floor",
            "The floor is gone, and the loss is still squeezed: a sure and wrong answer costs 1 "
            "more than a right one. Scores between 0 and 1 are the cause.",
            answers=(floor_subtracted,),
        ),
        Mistake(
            "leaves only the division out",
            "What the loss is given still lies between 0 and 1, so it is squeezed as before, "
            "floor and all. The exponential is in the way, too.",
            answers=(not_divided,),
        ),
        Mistake(
            "takes no softmax at all",
            "Now both are gone: the loss is the score of the label, turned round, and can fall for "
            "ever. One softmax is needed.",
            answers=(no_softmax, no_softmax_by_row, no_softmax_one_hot),
        ),
        Mistake(
            "leaves the logarithm out",
            "The loss is a probability, turned round: it lies between −1 and 0. A cross-entropy "
            "takes its logarithm.",
            answers=(no_logarithm, no_logarithm_by_row, no_logarithm_one_hot),
        ),
        Mistake(
            "compares the rows with each other",
            "The softmax goes down the columns: each class is shared out among the rows. Each row "
            "should be shared out among the classes.",
            answers=(over_the_rows, over_the_rows_by_class, over_the_rows_reduced),
        ),
        Mistake(
            "adds the rows up",
            "The loss of each row is right, and they are added up. Asked is their mean.",
            answers=(added_up, added_up_by_row, added_up_one_hot),
        ),
    ),
    also_right=(by_margins,),
)
