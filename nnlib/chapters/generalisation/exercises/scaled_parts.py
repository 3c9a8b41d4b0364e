"""Repair: a scaling that knows too much."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Case, Exercise, Mistake


def scaled_parts(x_train, x_new):
    """Both parts, columns with mean 0 and deviation 1 over the training rows."""
    mean, std = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / std, (x_new - mean) / std


def broken(x_train, x_new):
    """Both parts, columns with mean 0 and deviation 1 over the training rows."""
    both = np.concatenate([x_train, x_new])
    mean, std = both.mean(axis=0), both.std(axis=0)
    return (x_train - mean) / std, (x_new - mean) / std


# --- repairs with one misconception each ---


def each_by_itself(x_train, x_new):
    return ((x_train - x_train.mean(axis=0)) / x_train.std(axis=0),
            (x_new - x_new.mean(axis=0)) / x_new.std(axis=0))


def deviation_of_both(x_train, x_new):
    both = np.concatenate([x_train, x_new])
    mean, std = x_train.mean(axis=0), both.std(axis=0)
    return (x_train - mean) / std, (x_new - mean) / std


def mean_of_both(x_train, x_new):
    both = np.concatenate([x_train, x_new])
    mean, std = both.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / std, (x_new - mean) / std


def one_number_for_all_columns(x_train, x_new):
    mean, std = x_train.mean(), x_train.std()
    return (x_train - mean) / std, (x_new - mean) / std


def row_by_row(x_train, x_new):
    return tuple((part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True)
                 for part in (x_train, x_new))


def divided_by_one_less(x_train, x_new):
    mean, std = x_train.mean(axis=0), x_train.std(axis=0, ddof=1)
    return (x_train - mean) / std, (x_new - mean) / std


def new_rows_as_they_are(x_train, x_new):
    mean, std = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / std, x_new


def scaled_once_more(x_train, x_new):
    x_train = (x_train - x_train.mean(axis=0)) / x_train.std(axis=0)
    return x_train, (x_new - x_train.mean(axis=0)) / x_train.std(axis=0)


def by_the_new_rows(x_train, x_new):
    mean, std = x_new.mean(axis=0), x_new.std(axis=0)
    return (x_train - mean) / std, (x_new - mean) / std


def only_shifted(x_train, x_new):
    mean = x_train.mean(axis=0)
    return x_train - mean, x_new - mean


def divided_by_the_variance(x_train, x_new):
    mean, variance = x_train.mean(axis=0), x_train.var(axis=0)
    return (x_train - mean) / variance, (x_new - mean) / variance


# --- unusual and right ---


def with_the_library(x_train, x_new):
    from nnlib import data

    scale = data.Standardizer().fit(x_train)
    return scale.transform(x_train), scale.transform(x_new)


def column_by_column(x_train, x_new):
    parts = [np.empty(part.shape) for part in (x_train, x_new)]
    for j in range(x_train.shape[1]):
        column = x_train[:, j]
        for part, scaled in zip((x_train, x_new), parts, strict=True):
            scaled[:, j] = (part[:, j] - column.mean()) / column.std()
    return parts


def cases():
    from sklearn.preprocessing import StandardScaler

    found = []
    for seed, (rows, new, columns) in enumerate([(5, 1, 2), (5, 4, 3), (12, 7, 1)]):
        rng = np.random.default_rng(seed)
        x_train = rng.normal(5, 3, (rows, columns)) * np.arange(1, columns + 1)
        x_new = rng.normal(9, 2, (new, columns))
        x_train, x_new = x_train.round(1), x_new.round(1)
        scaler = StandardScaler().fit(x_train)
        found.append(Case((x_train, x_new), (scaler.transform(x_train), scaler.transform(x_new))))
    return found


def does_as(answer, *, tells):
    """Recognise what does as this answer, wherever its arguments tell (else it divides by 0)."""

    def recognise(seen):
        calls = [(item, item.case.make_arguments()) for item in seen]
        return all(
            len(item.result) == 2 and all(map(comparing.same, item.result, answer(*given)))
            for item, given in calls if tells(*given)
        )

    return recognise


def several_new_rows(x_train, x_new):
    return len(x_new) > 1


def several_columns(x_train, x_new):
    return x_train.shape[1] > 1


EXERCISE = Exercise(
    identifier="generalisation.scaled_parts",
    title="the same row, other numbers",
    level="repair",
    prompt=(
        "This function scales training rows and new rows. A colleague complains: the same training "
        "rows come out with other numbers whenever other new rows are handed in, and so a patient "
        "gets another score depending on who else is asked about that day. Find the cause in "
        "`scaled_parts` and mend it."
    ),
    solution=scaled_parts,
    broken=broken,
    cases=cases,
    hints=(
        "Which rows do the mean and the deviation come from?",
        "What the docstring promises holds over the training rows alone.",
        "New rows are transformed with the two numbers per column that the training rows gave.",
    ),
    passed="The scaling is learned, like a weight, and belongs to the model that learned with it.",
    mistakes=(
        Mistake(
            "scales each part by itself",
            "The training rows are right now. But the new ones are scaled by themselves: a "
            "patient's score still depends on who else is there, and one row alone is 0 / 0.",
            answers=(each_by_itself,),
            recognise=does_as(each_by_itself, tells=several_new_rows),
        ),
        Mistake(
            "the deviation still knows the new rows",
            "The mean is mended, the deviation is not: it is still that of both parts.",
            answers=(deviation_of_both,),
        ),
        Mistake(
            "the mean still knows the new rows",
            "The deviation is mended, the mean is not: it is still that of both parts.",
            answers=(mean_of_both,),
        ),
        Mistake(
            "one number for all columns",
            "All columns share one mean and one deviation now. Each column has its own.",
            answers=(one_number_for_all_columns,),
        ),
        Mistake(
            "scales each row by itself",
            "Each row is scaled by itself here. The numbers belong to the columns: one mean and "
            "one deviation for each.",
            answers=(row_by_row,),
            recognise=does_as(row_by_row, tells=several_columns),
        ),
        Mistake(
            "divides by n - 1",
            "This deviation divides by one less than the number of rows. Over the training rows "
            "the plain one then is not 1, as the docstring has it.",
            answers=(divided_by_one_less,),
        ),
        Mistake(
            "leaves the new rows as they are",
            "The new rows come out as they went in: not scaled, or by the mean and deviation of "
            "rows that had been scaled before.",
            answers=(new_rows_as_they_are, scaled_once_more),
        ),
        Mistake(
            "scales by the new rows",
            "Mean and deviation come from the new rows alone now, which is the wrong part.",
            answers=(by_the_new_rows,),
            recognise=does_as(by_the_new_rows, tells=several_new_rows),
        ),
        Mistake(
            "only shifts",
            "The mean is right, and nothing is divided by the deviation.",
            answers=(only_shifted,),
        ),
        Mistake(
            "divides by the variance",
            "This divides by the variance. The standard deviation is its root.",
            answers=(divided_by_the_variance,),
        ),
    ),
    also_right=(with_the_library, column_by_column),
)
