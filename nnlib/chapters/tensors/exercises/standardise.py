"""Build: bring every feature to mean 0 and spread 1, with what the training rows say."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def standardise(x_train, x_new):
    """Both arrays, shifted and scaled with mean and spread of the training rows."""
    mean = x_train.mean(axis=0)                             # (features,)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5    # (features,)
    return (x_train - mean) / spread, (x_new - mean) / spread


# --- answers with one misconception each ---


def with_all_rows(x_train, x_new):
    x_train, x_new = np.asarray(x_train), np.asarray(x_new)
    rows = np.concatenate([x_train, x_new])
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    return (x_train - mean) / spread, (x_new - mean) / spread


def each_with_its_own(x_train, x_new):
    scaled = []
    for rows in (x_train, x_new):
        mean = rows.mean(axis=0)
        scaled.append((rows - mean) / ((rows - mean) ** 2).mean(axis=0) ** 0.5)
    return scaled


def each_with_its_own_std(x_train, x_new):
    return [(rows - rows.mean(axis=0)) / rows.std(axis=0) for rows in (x_train, x_new)]


def one_mean_for_all(x_train, x_new):
    mean = x_train.mean()
    spread = ((x_train - mean) ** 2).mean() ** 0.5
    return (x_train - mean) / spread, (x_new - mean) / spread


def row_by_row(x_train, x_new):
    scaled = []
    for rows in (x_train, x_new):
        mean = rows.mean(axis=1)[:, None]
        scaled.append((rows - mean) / ((rows - mean) ** 2).mean(axis=1)[:, None] ** 0.5)
    return scaled


def divides_by_the_variance(x_train, x_new):
    mean = x_train.mean(axis=0)
    variance = ((x_train - mean) ** 2).mean(axis=0)
    return (x_train - mean) / variance, (x_new - mean) / variance


def as_torch_counts(x_train, x_new):
    mean, spread = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / spread, (x_new - mean) / spread


def by_n_minus_one(x_train, x_new):
    mean = x_train.mean(axis=0)
    spread = (((x_train - mean) ** 2).sum(axis=0) / (len(x_train) - 1)) ** 0.5
    return (x_train - mean) / spread, (x_new - mean) / spread


def shifts_only(x_train, x_new):
    mean = x_train.mean(axis=0)
    return x_train - mean, x_new - mean


def leaves_the_new_rows(x_train, x_new):
    mean = x_train.mean(axis=0)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5
    return (x_train - mean) / spread, x_new


def overwrites_the_training_rows(x_train, x_new):
    x_train = (x_train - x_train.mean(axis=0)) / ((x_train - x_train.mean(axis=0)) ** 2).mean(
        axis=0) ** 0.5
    x_new = (x_new - x_train.mean(axis=0)) / ((x_train - x_train.mean(axis=0)) ** 2).mean(
        axis=0) ** 0.5
    return x_train, x_new


# --- unusual and right ---


def with_numpy_functions(x_train, x_new):
    mean, spread = np.mean(np.asarray(x_train), 0), np.std(np.asarray(x_train), 0)
    return [np.divide(np.subtract(np.asarray(rows), mean), spread) for rows in (x_train, x_new)]


def by_sums(x_train, x_new):
    count = len(x_train)
    mean = sum(x_train) / count
    spread = (sum((row - mean) ** 2 for row in x_train) / count) ** 0.5
    return [(rows - mean) / spread for rows in (x_train, x_new)]


def column_by_column(x_train, x_new):
    x_train, x_new = np.array(x_train), np.array(x_new)
    for column in range(x_train.shape[1]):
        mean, spread = np.mean(x_train[:, column]), np.std(x_train[:, column])
        x_train[:, column] = (x_train[:, column] - mean) / spread
        x_new[:, column] = (x_new[:, column] - mean) / spread
    return x_train, x_new


def cases():
    return [_case(path, seed) for path in paths.available() for seed in (0, 1, 2)]


def _case(path, seed):
    """Rows made from known standardised ones, by a scale and a shift of each column."""
    rng = np.random.default_rng(seed)
    columns = 3 + seed
    # Columns of a matrix with orthogonal columns, after a column of ones: mean 0, equal lengths.
    wide = np.column_stack([np.ones(8), rng.normal(size=(8, columns))])
    train = np.sqrt(8) * np.linalg.qr(wide)[0][:, 1:]
    new = rng.normal(size=(5, columns))
    scale, shift = 10.0 ** rng.uniform(-1, 2, columns), rng.normal(scale=5.0, size=columns)
    arguments = paths.array(path, train * scale + shift), paths.array(path, new * scale + shift)
    return Case(arguments, [train, new], path=path)


def divides_by_one_less(seen) -> bool:
    """Whether the result is that of N − 1 wherever it is not the right one, and it is somewhere."""
    wrong = [item for item in seen if not _same(item.result, item.case.expected)]
    return bool(wrong) and all(
        _same(item.result, by_n_minus_one(*map(np.asarray, item.case.arguments))) for item in wrong
    )


def new_rows_have_their_own_mean(seen) -> bool:
    """Whether every table, the new ones too, is centred and scaled by itself, with N or N − 1."""
    return all(_same_by_either(item) for item in seen)


def _same_by_either(item) -> bool:
    arguments = [np.asarray(rows) for rows in item.case.arguments]
    with_n_minus_one = [(rows - rows.mean(0)) / rows.std(0, ddof=1) for rows in arguments]
    return _same(item.result, each_with_its_own(*arguments)) or _same(item.result, with_n_minus_one)


def _same(first, second) -> bool:
    return comparing.same(first, comparing.plain(second))


EXERCISE = Exercise(
    identifier="tensors.standardise",
    title="the same scale for every feature",
    level="build",
    prompt=(
        "Write `standardise(x_train, x_new)` for two tables with the same features in their "
        "columns: subtract from every feature its mean and divide it by its standard deviation, "
        "both taken over the **training rows only**, and return both tables, scaled alike. Divide "
        "by $N$ in the standard deviation, on both paths. The tables are NumPy arrays or torch "
        "tensors. Example: a feature with the training values 1 and 3 has mean 2 and standard "
        "deviation 1, so a new value of 5 becomes 3."
    ),
    stub='''\
def standardise(x_train, x_new):
    """Both arrays, shifted and scaled with mean and spread of the training rows."""
    return ...                          # (x_train scaled, x_new scaled)
''',
    solution=standardise,
    cases=cases,
    hints=(
        "A mean for every feature: which axis has to disappear, that of the rows or that of the "
        "columns?",
        "x_train.mean(axis=0) has shape (features,) and broadcasts against every row, of x_train "
        "and of x_new alike.",
        "spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5 is the same on both paths; then "
        "return (x_train - mean) / spread and (x_new - mean) / spread.",
    ),
    passed=(
        "The new rows need not have mean 0 and spread 1 afterwards, and that is right: they are "
        "measured with the same ruler."
    ),
    mistakes=(
        Mistake(
            "takes statistics over all rows",
            "Mean and spread were taken over training rows and new rows together. Then something "
            "of the new rows has leaked into training: use x_train alone.",
            answers=(with_all_rows,),
        ),
        Mistake(
            "gives each table its own ruler",
            "The new rows were scaled with their own mean and spread. The same value would mean "
            "something else in each table: use those of x_train for both.",
            answers=(each_with_its_own, each_with_its_own_std),
            recognise=new_rows_have_their_own_mean,
        ),
        Mistake(
            "takes one mean for the whole table",
            "Without an axis the mean runs over all features at once, whatever their units. Take "
            "it over the rows: axis=0.",
            answers=(one_mean_for_all,),
        ),
        Mistake(
            "standardises rows",
            "Each row was standardised in itself, which mixes the units of its features. Every "
            "column has to come to mean 0: axis=0.",
            answers=(row_by_row,),
        ),
        Mistake(
            "divides by the variance",
            "The variance is the square of the spread. Take its root before dividing.",
            answers=(divides_by_the_variance,),
        ),
        Mistake(
            "divides by N − 1",
            "The spread is that of N − 1. np.std divides by N, but torch's std by N − 1 unless "
            "told otherwise, with correction=0.",
            answers=(as_torch_counts, by_n_minus_one),
            recognise=divides_by_one_less,
        ),
        Mistake(
            "only shifts",
            "The means are 0 now, but the features still spread as widely as before. Divide by "
            "the standard deviation too.",
            answers=(shifts_only,),
        ),
        Mistake(
            "leaves the new rows as they are",
            "The new rows came out as they went in. Scale them too; and if you do, take mean and "
            "spread before x_train is overwritten: afterwards they are 0 and 1.",
            answers=(leaves_the_new_rows, overwrites_the_training_rows),
        ),
    ),
    also_right=(with_numpy_functions, by_sums, column_by_column),
)
