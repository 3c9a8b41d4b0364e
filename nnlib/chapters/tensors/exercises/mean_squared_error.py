"""Repair: a loss that compares every prediction with every target, without an error."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def broken_mean_squared_error(prediction, target):
    """Mean squared difference of prediction (N, 1) and target (N,)."""
    difference = prediction - target
    return (difference**2).mean()


def mean_squared_error(prediction, target):
    """Mean squared difference of prediction (N, 1) and target (N,)."""
    difference = prediction[:, 0] - target          # (N,) - (N,) -> (N,)
    return (difference**2).mean()


# --- answers with one misconception each ---


def divides_by_n(prediction, target):
    difference = prediction - target
    return (difference**2).sum() / len(target)


def with_the_first_target(prediction, target):
    difference = (prediction - target)[:, 0]
    return (difference**2).mean()


def with_the_first_prediction(prediction, target):
    difference = (prediction - target)[0]
    return (difference**2).mean()


def compares_means(prediction, target):
    difference = prediction.mean() - target.mean()
    return (difference**2).mean()


def one_number_for_each_row(prediction, target):
    difference = prediction - target
    return (difference**2).mean(axis=1)


def one_number_for_each_column(prediction, target):
    difference = prediction - target
    return (difference**2).mean(axis=0)


def absolute(prediction, target):
    difference = prediction[:, 0] - target
    return abs(difference).mean()


def by_numpy_mean(prediction, target):
    return np.mean((prediction - target) ** 2)          # runs on arrays alone


# --- unusual and right ---


def by_squeezing(prediction, target):
    difference = prediction.squeeze() - target.squeeze()
    return (difference**2).mean()


def by_a_column(prediction, target):
    difference = prediction - target.reshape(-1, 1)
    return (difference**2).mean()


def on_the_diagonal(prediction, target):
    return np.mean(np.diagonal(np.asarray(prediction) - np.asarray(target)) ** 2)


def with_a_loop(prediction, target):
    pairs = zip(prediction, target, strict=True)
    squares = [(float(row[0]) - float(one)) ** 2 for row, one in pairs]
    return sum(squares) / len(squares)


PAIRS = [
    ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]), ([0.0, 2.0, 5.0, 1.0], [1.0, 2.0, 3.0, -1.0]),
    ([2.5, -1.0], [-2.0, 4.0]), ([0.5, 0.25, -3.0, 8.0, 1.0], [0.0, 0.0, 1.0, 2.0, 7.5]),
]


def cases():
    return [_case(path, *pair) for path in paths.available() for pair in PAIRS]


def _case(path, predicted, wanted):
    squares = [(one - other) ** 2 for one, other in zip(predicted, wanted, strict=True)]
    column = paths.array(path, [[value] for value in predicted])
    return Case((column, paths.array(path, wanted)), sum(squares) / len(squares), path=path)


def each_with_each(seen) -> bool:
    """Whether all N · N squares are averaged, on one path at least and nothing else on another."""
    results = [item for item in seen if item.error is None]
    return bool(results) and all(
        comparing.same(item.result, comparing.plain(_of_the_table(*item.case.arguments)))
        for item in results
    )


def _of_the_table(prediction, target):
    return np.mean((np.asarray(prediction) - np.asarray(target)) ** 2)


def a_vector(seen) -> bool:
    """Whether it gives as many numbers as there are rows, instead of one."""
    return all(
        item.error is None and np.shape(item.result) == tuple(item.case.arguments[1].shape)
        for item in seen
    )


EXERCISE = Exercise(
    identifier="tensors.mean_squared_error",
    title="perfect predictions, and a loss",
    level="repair",
    prompt=(
        "`mean_squared_error(prediction, target)` gets predictions of shape (N, 1), as a dense "
        "layer with one unit gives them, and targets of shape (N,). It should be the mean of the "
        "N squared differences, one for each example. As the cell above shows, it is not 0 where "
        "every prediction is right, and nothing complains. Find the cause and mend it."
    ),
    broken=broken_mean_squared_error,
    solution=mean_squared_error,
    cases=cases,
    hints=(
        "Print the shape of every intermediate result. Which one is not what you expected?",
        "(N, 1) and (N,) broadcast to (N, N): every prediction is compared with every target.",
        "Bring both to the same shape before subtracting: prediction[:, 0], or "
        "target.reshape(-1, 1).",
    ),
    passed="Before two arrays meet in a loss, their shapes must be equal; nnlib's losses insist.",
    mistakes=(
        Mistake(
            "averages all pairs as before",
            "This is the loss that was to be mended, spelled differently: prediction - target is "
            "still an N × N table. Print its shape, and mend the subtraction.",
            answers=(by_numpy_mean,),
            recognise=each_with_each,
        ),
        Mistake(
            "divides by N only",
            "Still every prediction meets every target: the N · N squares are now divided by N. "
            "The subtraction has to be mended, not the mean.",
            answers=(divides_by_n,),
        ),
        Mistake(
            "picks a column of the differences",
            "A column of the N × N table compares all predictions with one and the same target. "
            "Bring the two to one shape before they are subtracted.",
            answers=(with_the_first_target,),
        ),
        Mistake(
            "picks a row of the differences",
            "A row of the N × N table compares one prediction with all targets. Bring the two to "
            "one shape before they are subtracted.",
            answers=(with_the_first_prediction,),
        ),
        Mistake(
            "compares the means",
            "The mean of the predictions is compared with the mean of the targets, so errors "
            "cancel. Square the difference of each pair first.",
            answers=(compares_means,),
        ),
        Mistake(
            "gives one number for each row",
            "A loss is one number. And the table that is averaged here is still N × N: each "
            "prediction against each target.",
            answers=(one_number_for_each_row, one_number_for_each_column),
            recognise=a_vector,
        ),
        Mistake(
            "changes the loss",
            "The shapes are mended, but now it is the mean absolute difference. Square it, as "
            "before.",
            answers=(absolute,),
        ),
    ),
    also_right=(by_squeezing, by_a_column, on_the_diagonal, with_a_loop),
)
