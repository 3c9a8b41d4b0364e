"""Build: a softmax for a batch that no logits can break."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def stable_softmax(z):
    """Probabilities for a batch of logits z of shape (rows, classes)."""
    shifted = z - z.max(axis=-1, keepdims=True)
    exponentials = np.exp(shifted)
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


# --- answers with one misconception each ---


def without_the_shift(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


def without_the_shift_in_a_loop(z):
    return np.stack([np.exp(row) / np.exp(row).sum() for row in z])


def one_maximum_for_all(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=-1, keepdims=True)


def as_for_one_row(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def one_sum_for_all(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum()


def down_the_columns(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def row_sums_laid_along_the_columns(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


def row_sums_along_columns_by_tile(z):
    e = np.exp(z - z.max(axis=1)[:, None])
    return e / np.tile(e.sum(axis=1), (len(z), 1))


def shifts_the_top_only(z):
    return np.exp(z - z.max(axis=-1, keepdims=True)) / np.exp(z).sum(axis=-1, keepdims=True)


def without_exponentials(z):
    shifted = z - z.min(axis=-1, keepdims=True)
    return shifted / shifted.sum(axis=-1, keepdims=True)


def divides_by_the_maximum(z):
    e = np.exp(z / np.abs(z).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def sigmoid_of_each(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small))


def subtracts_the_mean(z):
    e = np.exp(z - z.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def subtracts_the_mean_by_sum(z):
    e = np.exp(z - (z.sum(axis=1) / z.shape[1])[:, None])
    return e / e.sum(axis=1)[:, None]


def gives_the_logarithms(z):
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def subtracts_the_minimum(z):
    e = np.exp(z - z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def divides_by_the_signed_maximum(z):
    e = np.exp(z / z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# --- unusual and right ---


def by_logaddexp(z):
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


def shifted_by_anything_near(z):
    e = np.exp(z - z.max(axis=1, keepdims=True) - 3.0)
    return (e.T / e.sum(axis=1)).T


def by_torch(z):
    import torch

    return torch.softmax(torch.as_tensor(z), dim=-1)


def row_by_row(z):
    rows = []
    for row in z:
        e = np.exp(row - row.max())
        rows.append(e / e.sum())
    return np.array(rows)


def cases():
    batches = [
        [[2.0, 1.0, 0.1], [0.0, 0.0, 0.0], [-1.0, 3.0, 0.5]],
        [[1000.0, 1000.0, 999.0], [2.0, 1.0, 0.1], [-3.0, -1.0, -2.0]],
        [[-1000.0, -1001.0, -1002.0], [0.5, 0.25, 4.0], [1.0, 2.0, 3.0]],
        [[5.0, 1.0, -2.0, 0.0], [0.3, 0.2, 0.1, 900.0]],
        [[0.0, 1.0, 2.0, 3000.0], [1.0, 2.0, 3.0, 0.5]],
        [[2000.0, 1999.0], [0.5, 3.0]],
        [[-900.0, -901.0, -898.0]],
    ]
    return [Case((np.array(batch),), oracle(batch)) for batch in batches]


def oracle(batch):
    """p_i = 1 / Σ_j e^(z_j - z_i), from the differences of the logits alone."""
    z = np.array(batch)
    with np.errstate(over="ignore"):                       # 1 / infinity is the right 0
        return 1 / np.exp(z[:, None, :] - z[:, :, None]).sum(axis=-1)


EXERCISE = Exercise(
    identifier="activations.stable_softmax",
    title="a softmax that never overflows",
    level="build",
    prompt=(
        "Write `stable_softmax(z)` for a NumPy array of logits of shape (rows, classes): each row "
        "of the result holds the probabilities of that row. It must stand rows of any size side "
        "by side, such as (1000, 1000, 999) next to (2, 1, 0.1). "
        "Example: those two rows give (0.422, 0.422, 0.155) and (0.659, 0.242, 0.099)."
    ),
    stub='''\
def stable_softmax(z):
    """Probabilities for a batch of logits z of shape (rows, classes)."""
    return ...
''',
    solution=stable_softmax,
    cases=cases,
    hints=(
        "Adding the same number to all logits of a row changes nothing. Which number makes every "
        "exponential at most 1?",
        "Subtract the largest logit of each row. Which shape must it have, so that each row loses "
        "its own?",
        "Shape (rows, 1): max and sum over the last axis keep it with keepdims=True. Sum the "
        "shifted exponentials.",
    ),
    passed=(
        "Largest of each row, last axis, keepdims: the three things that go wrong in practice."
    ),
    mistakes=(
        Mistake(
            "leaves out the shift",
            "e^1000 overflows to infinity, and infinity over infinity is NaN. Which change of the "
            "logits leaves the result as it is?",
            answers=(without_the_shift, without_the_shift_in_a_loop),
        ),
        Mistake(
            "one maximum for the whole batch",
            "The maximum of the batch is right for one row only. In a row far below it every "
            "exponential underflows to 0, and 0/0 is NaN.",
            answers=(one_maximum_for_all,),
        ),
        Mistake(
            "one softmax for the whole batch",
            "This is softmax for a single vector: both the maximum and the sum run over the whole "
            "batch. Over which axis should they?",
            answers=(as_for_one_row,),
        ),
        Mistake(
            "one sum for the whole batch",
            "Now the whole batch sums to 1. Each row should.",
            answers=(one_sum_for_all,),
        ),
        Mistake(
            "subtracts the mean",
            "Any shift leaves the result as it is on paper, but only the largest logit makes every "
            "exponential at most 1. In the row with 3000 the mean is 750.75, and e^2249 overflows.",
            answers=(subtracts_the_mean, subtracts_the_mean_by_sum),
        ),
        Mistake(
            "normalises down the columns",
            "Here the columns sum to 1. On which axis are the classes?",
            answers=(down_the_columns,),
        ),
        Mistake(
            "loses the axis of the sum",
            "With as many rows as classes the shapes fit by accident, and the sum of row 1 divides "
            "column 1. Which shape must the sums have, so that each row is divided by its own?",
            answers=(row_sums_laid_along_the_columns, row_sums_along_columns_by_tile),
            recognise=lambda seen: _divided_along_columns(seen),
        ),
        Mistake(
            "shifts the top only",
            "The shift cancels only if it stands above and below: sum the same shifted "
            "exponentials that you divide.",
            answers=(shifts_the_top_only,),
        ),
        Mistake(
            "normalises without exponentials",
            "This shares out the logits themselves. Exponentials come first; the division is what "
            "makes the sum 1.",
            answers=(without_exponentials,),
        ),
        Mistake(
            "divides by the maximum",
            "Dividing changes the differences between the logits, and with them the result. Which "
            "operation keeps them?",
            answers=(divides_by_the_maximum,),
        ),
        Mistake(
            "divides by the largest logit",
            "Dividing by the largest logit gives each row a temperature of its own.",
            answers=(divides_by_the_signed_maximum,),
        ),
        Mistake(
            "a sigmoid for each class",
            "These are separate yes-or-no answers: the row does not sum to 1. Softmax divides by "
            "the sum over the row.",
            answers=(sigmoid_of_each,),
        ),
        Mistake(
            "gives the logarithms",
            "These are the logarithms of the probabilities, not the probabilities.",
            answers=(gives_the_logarithms,),
        ),
        Mistake(
            "subtracts the minimum",
            "On paper any shift will do, but the smallest logit makes all exponentials at least "
            "1: in the row with 3000 they overflow.",
            answers=(subtracts_the_minimum,),
        ),
    ),
    also_right=(by_logaddexp, shifted_by_anything_near, by_torch, row_by_row),
    by_hand=(
        Asked("rows (2000, 1999) and (0.5, 3)", (np.array([[2000.0, 1999.0], [0.5, 3.0]]),),
              ("first of row 1", "second of row 1", "first of row 2", "second of row 2")),
        Asked("one row, (−900, −901, −898)", (np.array([[-900.0, -901.0, -898.0]]),),
              ("first", "second", "third")),
    ),
)


def _divided_along_columns(seen) -> bool:
    """On every square batch, entry (i, j) was divided by the sum of row j instead of row i."""
    squares = [item for item in seen if len(item.case.arguments[0]) == 3]
    for item in squares:
        z = item.case.arguments[0]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        got = item.result
        if not (isinstance(got, np.ndarray) and got.shape == z.shape and got.dtype.kind == "f"):
            return False
        if not np.allclose(got, e / e.sum(axis=1)[None, :]):
            return False
    return bool(squares)
