"""Build: bring every feature to mean 0 and spread 1, with what the training rows say.

One feature of some cases never varies in the training rows. What an answer does wrong is looked for
in the other features, so that a mistake is known whether or not that one feature is looked after.
"""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def standardise(x_train, x_new):
    """Both arrays, shifted and scaled with mean and spread of the training rows."""
    mean = x_train.mean(axis=0)                             # (features,)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5    # (features,)
    same = (x_train == x_train[0]).all(axis=0)              # where nothing varies
    spread = spread + same                                  # 1 there
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


def forgets_the_constant_feature(x_train, x_new):
    mean = x_train.mean(axis=0)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5
    return (x_train - mean) / spread, (x_new - mean) / spread


def adds_a_tiny_number(x_train, x_new):
    mean = x_train.mean(axis=0)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5
    return (x_train - mean) / (spread + 1e-9), (x_new - mean) / (spread + 1e-9)


def trusts_the_computed_deviation(x_train, x_new):
    mean = x_train.mean(axis=0)
    spread = ((x_train - mean) ** 2).mean(axis=0) ** 0.5
    spread = spread + (spread == 0)
    return (x_train - mean) / spread, (x_new - mean) / spread


def from_zero_to_one(x_train, x_new):
    x_train, x_new = np.asarray(x_train), np.asarray(x_new)
    low, width = x_train.min(axis=0), np.ptp(x_train, axis=0)
    return [(part - low) / np.where(width == 0, 1, width) for part in (x_train, x_new)]


# --- unusual and right ---


def with_numpy_functions(x_train, x_new):
    mean, spread = np.mean(np.asarray(x_train), 0), np.std(np.asarray(x_train), 0)
    spread = np.where(spread < 1e-9, 1, spread)
    return [np.divide(np.subtract(np.asarray(rows), mean), spread) for rows in (x_train, x_new)]


def by_sums(x_train, x_new):
    count = len(x_train)
    mean = sum(x_train) / count
    spread = (sum((row - mean) ** 2 for row in x_train) / count) ** 0.5
    spread[spread < 1e-9] = 1
    return [(rows - mean) / spread for rows in (x_train, x_new)]


def column_by_column(x_train, x_new):
    x_train, x_new = np.array(x_train), np.array(x_new)
    for column in range(x_train.shape[1]):
        mean, spread = np.mean(x_train[:, column]), np.std(x_train[:, column])
        spread = spread if np.ptp(x_train[:, column]) else 1.0
        x_train[:, column] = (x_train[:, column] - mean) / spread
        x_new[:, column] = (x_new[:, column] - mean) / spread
    return x_train, x_new


def by_the_library(x_train, x_new):
    from nnlib import data

    scaler = data.Standardizer().fit(np.asarray(x_train))
    return scaler.transform(np.asarray(x_train)), scaler.transform(np.asarray(x_new))


EXACT, ROUNDED = 7.0, 0.1      # the mean of eight times 0.1, added up in NumPy, is not 0.1
CONSTANTS = (EXACT, EXACT, EXACT, ROUNDED)


# One feature, small enough to be done by hand: the tables, and what becomes of them.
VARIES = ([[2.0], [10.0]], [[22.0], [4.0], [6.0]]), ([[-1.0], [1.0]], [[4.0], [-0.5], [0.0]])
CONSTANT = ([[5.0], [5.0]], [[8.0]]), ([[0.0], [0.0]], [[3.0]])


def cases():
    made = [_case(path, seed) for path in paths.available() for seed in range(len(CONSTANTS))]
    small = [_small(path, *setting) for path in paths.available() for setting in (VARIES, CONSTANT)]
    return made + small


def _small(path, tables, expected):
    return Case(tuple(paths.array(path, np.array(table)) for table in tables),
                [np.array(table) for table in expected], path=path)


def judge(got, expected):
    """To four decimals, since the results are of the size of 1 and may come from float32."""
    if isinstance(got, list) and len(got) == len(expected) and all(map(_near, got, expected)):
        return None
    return comparing.difference(got, expected)


def _near(one, other) -> bool:
    return np.shape(one) == np.shape(other) and np.allclose(one, other, rtol=1e-5, atol=1e-5)


def _case(path, seed):
    """Rows made from known standardised ones, by a scale and a shift of each column.

    From seed 1 on, one more column is the same in all training rows, and another in the new ones.
    """
    rng = np.random.default_rng(seed)
    columns = 3 + seed
    # Columns of a matrix with orthogonal columns, after a column of ones: mean 0, equal lengths.
    wide = np.column_stack([np.ones(8), rng.normal(size=(8, columns))])
    train = np.sqrt(8) * np.linalg.qr(wide)[0][:, 1:]
    new = rng.normal(size=(5, columns))
    scale, shift = 10.0 ** rng.uniform(-1, 2, columns), rng.normal(scale=5.0, size=columns)
    tables = [train * scale + shift, new * scale + shift]
    expected = [train, new]
    if seed:
        further = np.array([0.0, 2.0, -1.0, 0.5, 0.0])
        tables = [np.insert(tables[0], seed, CONSTANTS[seed], axis=1),
                  np.insert(tables[1], seed, CONSTANTS[seed] + further, axis=1)]
        expected = [np.insert(train, seed, 0.0, axis=1), np.insert(new, seed, further, axis=1)]
    return Case(tuple(paths.array(path, table) for table in tables), expected, path=path)


# --- what a mistake gives, with N − ddof in the deviation ---


def of_all_rows(x_train, x_new, ddof):
    rows = np.concatenate([x_train, x_new])
    return [(part - rows.mean(0)) / rows.std(0, ddof=ddof) for part in (x_train, x_new)]


def of_each_table(x_train, x_new, ddof):
    return [(part - part.mean(0)) / part.std(0, ddof=ddof) for part in (x_train, x_new)]


def of_the_whole_table(x_train, x_new, ddof):
    return [(part - x_train.mean()) / x_train.std(ddof=ddof) for part in (x_train, x_new)]


def of_each_row(x_train, x_new, ddof):
    return [
        (part - part.mean(1, keepdims=True)) / part.std(1, ddof=ddof, keepdims=True)
        for part in (x_train, x_new)
    ]


def with_the_variance(x_train, x_new, ddof):
    return [(part - x_train.mean(0)) / x_train.var(0, ddof=ddof) for part in (x_train, x_new)]


def without_dividing(x_train, x_new, ddof):
    return [part - x_train.mean(0) for part in (x_train, x_new)]


def of_the_training_rows_alone(x_train, x_new, ddof):
    return [(x_train - x_train.mean(0)) / x_train.std(0, ddof=ddof), x_new]


def by_the_width(x_train, x_new, ddof):
    return [(part - x_train.min(0)) / np.ptp(x_train, axis=0) for part in (x_train, x_new)]


def right_rule(x_train, x_new, ddof):
    return [(part - x_train.mean(0)) / x_train.std(0, ddof=ddof) for part in (x_train, x_new)]


def follows(rule):
    """Recognise an answer that gives in every case what `rule` gives, with N or with N − 1."""
    return lambda seen: all(_gives(item, rule, 0) or _gives(item, rule, 1) for item in seen)


def divides_by_one_less(seen) -> bool:
    """Whether every case is right or that of N − 1, and one is not right."""
    return follows(right_rule)(seen) and not all(_gives(item, right_rule, 0) for item in seen)


def only_the_constant_is_wrong(seen) -> bool:
    """Whether all features that vary are right."""
    return all(_gives(item, right_rule, 0) for item in seen) and not all(map(_is_right, seen))


def only_the_rounded_constant_is_wrong(seen) -> bool:
    """Whether a feature that never varies is wrong just where its mean is rounded."""
    exact = [item for item in seen if not np.any(np.asarray(item.case.arguments[0]) == ROUNDED)]
    return only_the_constant_is_wrong(seen) and all(map(_is_right, exact))


def only_constants_are_wrong(seen) -> bool:
    return only_the_constant_is_wrong(seen) and not only_the_rounded_constant_is_wrong(seen)


def _is_right(item) -> bool:
    return judge(item.result, item.case.expected) is None


def _gives(item, rule, ddof) -> bool:
    """Whether a result is that of the rule, in the features that vary in the training rows."""
    x_train, x_new = (np.asarray(table) for table in item.case.arguments)
    varies = x_train.min(axis=0) < x_train.max(axis=0)
    with np.errstate(all="ignore"):
        wanted = rule(x_train, x_new, ddof)
    got = item.result
    return (
        isinstance(got, list) and len(got) == 2
        and all(np.shape(one) == np.shape(other) for one, other in zip(got, wanted, strict=True))
        and all(comparing.same(one[:, varies], other[:, varies])
                for one, other in zip(got, wanted, strict=True))
    )


EXERCISE = Exercise(
    identifier="tensors.standardise",
    title="the same scale for every feature",
    level="build",
    prompt=(
        "Write `standardise(x_train, x_new)` for two tables with the same features in their "
        "columns: subtract from every feature its mean and divide it by its standard deviation, "
        "both taken over the **training rows only**, and return both tables, scaled alike. Divide "
        "by $N$ in the standard deviation, on both paths. A feature that is the same in all "
        "training rows is only shifted. The tables are NumPy arrays or torch tensors. Example: a "
        "feature with the training values 1 and 3 has mean 2 and standard deviation 1, so a new "
        "value of 5 becomes 3."
    ),
    stub='''\
def standardise(x_train, x_new):
    """Both arrays, shifted and scaled with mean and spread of the training rows."""
    return ...                          # (x_train scaled, x_new scaled)
''',
    solution=standardise,
    cases=cases,
    judge=judge,
    hints=(
        "A mean for every feature: which axis has to disappear, that of the rows or that of the "
        "columns?",
        "Means of shape (features,) broadcast against every row, of x_train and of x_new alike. "
        "Where all training rows are equal, divide by 1 instead: the computed deviation need not "
        "be exactly 0.",
        "Squared distances from the mean, their mean, its root: that is the deviation on both "
        "paths. Compare all training rows with one of them to find what never varies; added to a "
        "number, True counts as 1.",
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
            recognise=follows(of_all_rows),
        ),
        Mistake(
            "gives each table its own ruler",
            "The new rows were scaled with their own mean and spread. The same value would mean "
            "something else in each table: use those of x_train for both.",
            answers=(each_with_its_own, each_with_its_own_std),
            recognise=follows(of_each_table),
        ),
        Mistake(
            "takes one mean for the whole table",
            "Without an axis the mean runs over all features at once, whatever their units. Each "
            "feature needs one of its own.",
            answers=(one_mean_for_all,),
            recognise=follows(of_the_whole_table),
        ),
        Mistake(
            "standardises rows",
            "Each row was standardised in itself, which mixes the units of its features. Every "
            "column has to come to mean 0.",
            answers=(row_by_row,),
            recognise=follows(of_each_row),
        ),
        Mistake(
            "divides by the variance",
            "That was divided by the variance, which is the square of the standard deviation.",
            answers=(divides_by_the_variance,),
            recognise=follows(with_the_variance),
        ),
        Mistake(
            "divides by N − 1",
            "The spread is that of N − 1. np.std divides by N, but torch's std by N − 1 unless "
            "told otherwise.",
            answers=(as_torch_counts, by_n_minus_one),
            recognise=divides_by_one_less,
        ),
        Mistake(
            "only shifts",
            "The means are 0 now, but the features still spread as widely as before. Divide by "
            "the standard deviation too.",
            answers=(shifts_only,),
            recognise=follows(without_dividing),
        ),
        Mistake(
            "leaves the new rows as they are",
            "The new rows came out as they went in. Scale them too; and if you do, take mean and "
            "spread before x_train is overwritten: afterwards they are 0 and 1.",
            answers=(leaves_the_new_rows, overwrites_the_training_rows),
            recognise=follows(of_the_training_rows_alone),
        ),
        Mistake(
            "divides by zero",
            "Every feature that varies is right. One is the same in all training rows, so its "
            "deviation is 0, and dividing by that, or by next to nothing, gives nan or huge "
            "numbers.",
            answers=(forgets_the_constant_feature, adds_a_tiny_number),
            recognise=only_constants_are_wrong,
        ),
        Mistake(
            "trusts the computed deviation",
            "All is right but a feature of 0.1 in every training row. Its mean is rounded, so its "
            "computed deviation is tiny and not 0.",
            answers=(trusts_the_computed_deviation,),
            recognise=only_the_rounded_constant_is_wrong,
        ),
        Mistake(
            "scales from 0 to 1",
            "Every feature runs from 0 to 1 now: smallest value and width were taken. Asked are "
            "mean and standard deviation.",
            answers=(from_zero_to_one,),
            recognise=follows(by_the_width),
        ),
    ),
    also_right=(with_numpy_functions, by_sums, column_by_column, by_the_library),
    by_hand=(
        Asked("training values 2, 10, new values 22, 4, 6", tuple(map(np.array, VARIES[0])),
              ("2 becomes", "10 becomes", "22 becomes", "4 becomes", "6 becomes")),
        Asked("training values 5, 5, new value 8", tuple(map(np.array, CONSTANT[0])),
              ("the first 5 becomes", "the second 5 becomes", "8 becomes")),
    ),
)
