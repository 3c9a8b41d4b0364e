"""Build: cross-entropy of logits with its gradient, stable for any logits."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def stable_cross_entropy(z, labels):
    """Mean cross-entropy of logits z (rows, classes), and its gradient for z."""
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)                 # (rows, classes)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[rows, labels] -= 1
    return -log_p[rows, labels].mean(), gradient / len(labels)


# --- answers with one misconception each ---


def without_the_shift(z, labels):
    rows = np.arange(len(labels))
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(p[rows, labels]).mean(), (p - np.eye(z.shape[1])[labels]) / len(labels)


def without_the_shift_by_one_hot(z, labels):
    one_hot = np.eye(z.shape[1])[labels]
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -(one_hot * np.log(p)).sum(axis=1).mean(), (p - one_hot) / len(labels)


def softmax_over_the_rows(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=0)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0))
    gradient = np.exp(log_p) - np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].mean(), gradient / len(labels)


def log_of_the_softmax(z, labels):
    rows = np.arange(len(labels))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.log(p[rows, labels]).mean(), (p - np.eye(z.shape[1])[labels]) / len(labels)


def log_of_a_little_more(z, labels):
    rows = np.arange(len(labels))
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[rows, labels] + 1e-12).mean()
    return loss, (p - np.eye(z.shape[1])[labels]) / len(labels)


def subtracts_the_mean(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.mean(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p) - np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].mean(), gradient / len(labels)


def one_maximum_for_all(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max()
    sums = np.exp(shifted).sum(axis=1, keepdims=True)
    log_p = shifted - np.log(sums)
    gradient = np.exp(shifted) / sums - np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].mean(), gradient / len(labels)


def one_maximum_for_all_in_the_logarithm(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max()
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p) - np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].mean(), gradient / len(labels)


def every_label_for_every_row(z, labels):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p)
    gradient[:, labels] -= 1
    return -log_p[:, labels].mean(), gradient / len(labels)


def loss_of_the_sum(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.exp(log_p) - np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].sum(), gradient / len(labels)


def gradient_of_the_sum(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[rows, labels].mean(), np.exp(log_p) - np.eye(z.shape[1])[labels]


def both_of_the_sum(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[rows, labels].sum(), np.exp(log_p) - np.eye(z.shape[1])[labels]


def gradient_uphill(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    gradient = np.eye(z.shape[1])[labels] - np.exp(log_p)
    return -log_p[rows, labels].mean(), gradient / len(labels)


def gradient_of_the_label_only(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    one_hot = np.eye(z.shape[1])[labels]
    return -log_p[rows, labels].mean(), one_hot * (np.exp(log_p) - 1) / len(labels)


def gradient_is_p(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[rows, labels].mean(), np.exp(log_p) / len(labels)


def softmax_twice(z, labels):
    rows, one_hot = np.arange(len(labels)), np.eye(z.shape[1])[labels]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    log_q = p - np.log(np.exp(p).sum(axis=1, keepdims=True))
    return -log_q[rows, labels].mean(), (np.exp(log_q) - one_hot) / len(labels)


def divides_by_all_entries(z, labels):
    rows = np.arange(len(labels))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].sum() / z.size
    return loss, (np.exp(log_p) - np.eye(z.shape[1])[labels]) / z.size


def loss_alone(z, labels):
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(labels)), labels].mean()


# --- unusual and right ---


def by_logaddexp(z, labels):
    log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
    one_hot = np.eye(z.shape[1])[labels]
    return -(one_hot * log_p).sum() / len(z), (np.exp(log_p) - one_hot) / len(z)


def by_autograd(z, labels):
    import torch

    t = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(t, torch.as_tensor(labels))
    loss.backward()
    return loss.item(), t.grad


def row_by_row(z, labels):
    total, gradient = 0.0, np.zeros_like(z)
    for i, label in enumerate(labels):
        e = np.exp(z[i] - z[i].max())
        gradient[i] = e / e.sum()
        gradient[i, label] -= 1
        total += np.log(e.sum()) - (z[i, label] - z[i].max())
    return total / len(z), gradient / len(z)


def cases():
    settings = [
        ([[2.0, 1.0, 0.1]], [0]),
        ([[2.0, 1.0, 0.1], [0.0, 0.0, 0.0], [-1.0, 3.0, 0.5]], [2, 1, 1]),
        ([[1000.0, 1000.0, 999.0], [2.0, 1.0, 0.1]], [2, 1]),
        ([[0.0, 800.0, 3.0, 1.0], [1.0, 2.0, 3.0, 4.0]], [0, 3]),
        ([[-900.0, -901.0], [5.0, 1.0], [0.5, 0.25]], [1, 0, 1]),
        ([[1500.0, 0.0, 3.0], [2.0, 1.0, 0.1]], [0, 1]),         # the largest far above the mean
        ([[-900.0, -901.0]], [1]),
        ([[0.0, 2.0], [3.0, 3.0]], [1, 0]),
    ]
    return [Case((np.array(z), np.array(labels)), oracle(z, labels)) for z, labels in settings]


def oracle(z, labels):
    """By decimal arithmetic with 500 digits, where nothing overflows or underflows."""
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 500
        total, gradient = Decimal(0), []
        for row, label in zip(z, labels, strict=True):
            e = [Decimal(value).exp() for value in row]
            p = [value / sum(e) for value in e]
            total -= p[label].ln()
            gradient.append([float((q - (i == label)) / len(z)) for i, q in enumerate(p)])
        return float(total / len(z)), np.array(gradient)


EXERCISE = Exercise(
    identifier="losses.stable_cross_entropy",
    title="your own cross-entropy",
    level="build",
    prompt=(
        "Write `stable_cross_entropy(z, labels)` for NumPy logits of shape (rows, classes) and "
        "integer labels of shape (rows,). Return two things: the cross-entropy averaged over the "
        "rows, and the gradient of that average with respect to `z`, of the shape of `z`. No "
        "finite logits may break it. Example: the single row (2, 1, 0.1) with the label 0 gives "
        "0.417030 and (-0.340999, 0.242433, 0.098566)."
    ),
    stub='''\
def stable_cross_entropy(z, labels):
    """Mean cross-entropy of logits z (rows, classes), and its gradient for z."""
    return ...
''',
    solution=stable_cross_entropy,
    cases=cases,
    hints=(
        "Write the logarithm of the softmax on paper first: no probability needs to be formed for "
        "the loss.",
        "log_p = shifted - ln Σ e^shifted, with each row's largest logit subtracted. The loss "
        "picks one entry of each row.",
        "The gradient of one row is p - y, with y the one-hot label. The loss is a mean over the "
        "rows, so divide by their number.",
    ),
    passed="This is what nnlib's CrossEntropyLoss does, and torch.nn's: p - y, over the rows.",
    mistakes=(
        Mistake(
            "leaves out the shift",
            "e^1000 overflows, and infinity over infinity is NaN: the rows need the shift of the "
            "stable softmax.",
            answers=(without_the_shift, without_the_shift_by_one_hot),
            recognise=lambda seen: _overflows(seen),
        ),
        Mistake(
            "sums over the rows",
            "axis=0 runs over the rows of the batch. The classes of one row, axis=1, share the "
            "probability.",
            answers=(softmax_over_the_rows,),
        ),
        Mistake(
            "takes the logarithm of a softmax",
            "The softmax is fine, but an unlikely class rounds to 0 there, and log(0) is minus "
            "infinity. The loss needs no probability.",
            answers=(log_of_the_softmax,),
        ),
        Mistake(
            "adds a little to the probability",
            "A label that is 800 below the largest logit costs 800. With a little added there is a "
            "limit, whatever the logits are.",
            answers=(log_of_a_little_more,),
            recognise=lambda seen: _levels_off(seen),
        ),
        Mistake(
            "shifts by something else",
            "Far above the mean of its row a logit still overflows. After which shift does no "
            "exponential exceed 1?",
            answers=(subtracts_the_mean,),
        ),
        Mistake(
            "one maximum for the whole batch",
            "In a row far below the maximum of the batch every exponential underflows to 0. Each "
            "row needs a shift of its own.",
            answers=(one_maximum_for_all,),
        ),
        Mistake(
            "one maximum for the whole batch, in the logarithm",
            "In a row far below the maximum of the batch every exponential underflows, and the "
            "logarithm of their sum is minus infinity. Each row needs a shift of its own.",
            answers=(one_maximum_for_all_in_the_logarithm,),
        ),
        Mistake(
            "takes every label for every row",
            "[:, labels] takes the column of each label in all rows. Each row has one label: give "
            "the rows an index too.",
            answers=(every_label_for_every_row,),
        ),
        Mistake(
            "sums the loss alone",
            "The gradient is that of the mean, and the loss is the sum over the rows.",
            answers=(loss_of_the_sum,),
        ),
        Mistake(
            "forgets the mean in the gradient",
            "The loss is right, and its gradient is too large by the number of rows: it is that of "
            "the sum.",
            answers=(gradient_of_the_sum,),
        ),
        Mistake(
            "sums over the rows",
            "This is the summed loss. The mean over the rows was asked for, in both parts.",
            answers=(both_of_the_sum,),
        ),
        Mistake(
            "turns the gradient round",
            "The loss is right, and this points downhill. A gradient points uphill.",
            answers=(gradient_uphill,),
        ),
        Mistake(
            "gives the other classes no gradient",
            "Raising a wrong class's logit raises the loss too: its gradient is not 0.",
            answers=(gradient_of_the_label_only,),
        ),
        Mistake(
            "forgets the label in the gradient",
            "Each row of the gradient sums to 0: what all classes get, the label gives. Yours sum "
            "to more.",
            answers=(gradient_is_p,),
        ),
        Mistake(
            "applies softmax twice",
            "The probabilities are treated as logits here. Even a perfect answer would then cost "
            "0.55 for three classes.",
            answers=(softmax_twice,),
        ),
        Mistake(
            "divides by all entries",
            "The mean is over the rows, not over rows times classes: each row has one loss.",
            answers=(divides_by_all_entries,),
        ),
        Mistake(
            "returns the loss alone",
            "The loss is right. Its gradient was asked for too.",
            answers=(loss_alone,),
        ),
    ),
    also_right=(by_logaddexp, by_autograd, row_by_row),
    by_hand=(
        Asked("z = (−900, −901), label 1", (np.array([[-900.0, -901.0]]), np.array([1])),
              ("loss", "slope by the first logit", "slope by the second")),
        Asked("two rows, z = (0, 2) and (3, 3), labels 1 and 0",
              (np.array([[0.0, 2.0], [3.0, 3.0]]), np.array([1, 0])),
              ("loss", "slope by the first logit of row 1", "by the second of row 1",
               "by the first of row 2", "by the second of row 2")),
    ),
)


def _overflows(seen) -> bool:
    """Right for small logits; no numbers in the gradient of a row whose exponentials overflow."""
    for item in seen:
        z, got, expected = item.case.arguments[0], item.result, item.case.expected
        if not isinstance(got, list) or len(got) != 2 or np.shape(got[1]) != z.shape:
            return False
        high = z.max(axis=1) >= 1000
        if not np.isnan(got[1][high]).any(axis=1).all():
            return False
        if np.abs(z).max() < 100 and not (
            np.isclose(got[0], expected[0]) and np.allclose(got[1], expected[1])
        ):
            return False
    return True


def _levels_off(seen) -> bool:
    """Everything right but the loss of the row that should cost 800: finite and too small."""
    low = []
    for item in seen:
        got, expected = item.result, item.case.expected
        if not isinstance(got, list) or len(got) != 2 or not isinstance(got[0], float):
            return False
        if expected[0] > 100:
            low.append(np.isfinite(got[0]) and got[0] < 380)
        elif abs(got[0] - expected[0]) > 1e-3:
            return False
    return bool(low) and all(low)
