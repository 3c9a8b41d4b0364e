"""Repair: folds that forget rows."""

import numpy as np

from nnlib.exercises.exercise import Case, Exercise, Mistake


def folds(n, k):
    """The numbers of the rows held out in each of the k folds: k lists."""
    return [list(range(fold * n // k, (fold + 1) * n // k)) for fold in range(k)]


def broken(n, k):
    """The numbers of the rows held out in each of the k folds: k lists."""
    size = n // k
    return [list(range(fold * size, (fold + 1) * size)) for fold in range(k)]


# --- repairs with one misconception each ---


def the_last_takes_the_rest(n, k):
    size = n // k
    found = [list(range(fold * size, (fold + 1) * size)) for fold in range(k)]
    return [*found[:-1], list(range((k - 1) * size, n))]


def rounds_up(n, k):
    size = -(-n // k)
    return [list(range(fold * size, min((fold + 1) * size, n))) for fold in range(k)]


def beyond_the_last_row(n, k):
    size = -(-n // k)
    return [list(range(fold * size, (fold + 1) * size)) for fold in range(k)]


def one_fold_more(n, k):
    size = n // k
    found = [list(range(fold * size, (fold + 1) * size)) for fold in range(k)]
    rest = list(range(k * size, n))
    return [*found, rest] if rest else found


def counts_one_fold_more(n, k):
    size = n // k
    return [list(range(fold * size, (fold + 1) * size)) for fold in range(k + 1)]


def without_its_last_row(n, k):
    return [list(range(fold * n // k, (fold + 1) * n // k - 1)) for fold in range(k)]


def longer_and_not_moved(n, k):
    size = n // k
    return [list(range(fold * size, (fold + 1) * size + (fold < n % k))) for fold in range(k)]


def sizes_alone(n, k):
    return [(fold + 1) * n // k - fold * n // k for fold in range(k)]


def bounds_alone(n, k):
    return [(fold * n // k, (fold + 1) * n // k) for fold in range(k)]


def shares_a_row(n, k):
    return [list(range(fold * n // k, min((fold + 1) * n // k + 1, n))) for fold in range(k)]


def shares_a_row_and_goes_beyond(n, k):
    return [list(range(fold * n // k, (fold + 1) * n // k + 1)) for fold in range(k)]


def trained_on_instead(n, k):
    return [[row for row in range(n) if not fold * n // k <= row < (fold + 1) * n // k]
            for fold in range(k)]


def counts_from_one(n, k):
    return [list(range(fold * n // k + 1, (fold + 1) * n // k + 1)) for fold in range(k)]


def draws_with_replacement(n, k):
    rng = np.random.default_rng(0)
    return [rng.integers(0, n, (fold + 1) * n // k - fold * n // k).tolist() for fold in range(k)]


# --- unusual and right ---


def by_array_split(n, k):
    return np.array_split(np.arange(n), k)


def every_kth_row(n, k):
    return [list(range(fold, n, k)) for fold in range(k)]


def shuffled(n, k):
    return np.array_split(np.random.default_rng(1).permutation(n), k)


def cases():
    return [Case((n, k), (n, k)) for n, k in [(442, 5), (10, 3), (9, 3), (14, 4), (7, 7)]]


def judge(got, asked):
    """Each row once, k folds, sizes that differ by one at most."""
    n, k = asked
    held = as_folds(got)
    if held is None:
        return f"should be a list of {k} lists of row numbers"
    if len(held) != k:
        return f"should have {k} folds, got {len(held)}"
    if numbers_alone(got):
        return f"should be a list of {k} lists of row numbers, got the number {held[0][0]} first"
    rows = sorted(row for fold in held for row in fold)
    if rows and (rows[0] < 0 or rows[-1] >= n):
        return f"should hold out rows 0 to {n - 1}, got rows {rows[0]} to {rows[-1]}"
    never, twice = sorted(set(range(n)) - set(rows)), len(rows) - len(set(rows))
    again = f"{twice} times a row comes again"
    if never:
        also = f", and {again}" if twice else ""
        return f"should hold out every row, {len(never)} of {n} rows never are{also}"
    if twice:
        return f"should hold out every row once, {again}"
    sizes = [len(fold) for fold in held]
    if max(sizes) - min(sizes) > 1:
        return f"should have sizes that differ by one at most, got {min(sizes)} to {max(sizes)}"
    return None


def as_folds(got):
    """A list of lists of whole numbers, or None."""
    try:
        return [[int(row) for row in np.asarray(fold).ravel()] for fold in got]
    except (TypeError, ValueError):
        return None


def numbers_alone(got):
    """Whether there is a number where each fold should be."""
    return all(np.ndim(fold) == 0 for fold in got)


def sizes_are(of):
    """Recognise folds whose sizes are those of another function, in order."""

    def recognise(seen):
        return all(
            [len(fold) for fold in as_folds(item.result) or ()]
            == [len(fold) for fold in of(*item.case.expected)]
            for item in seen
        )

    return recognise


def holds_for_all(rule):
    """Recognise answers whose folds obey `rule(folds, rows, n, k)` in every case."""

    def recognise(seen):
        for item in seen:
            held = as_folds(item.result)
            if not held or not all(held):
                return False
            if not rule(held, [row for fold in held for row in fold], *item.case.expected):
                return False
        return True

    return recognise


def leave_a_fold_out(held, rows, n, k):
    return len(held) == k and all(len(fold) in (n - n // k, n + -n // k) for fold in held)


def have_one_more(held, rows, n, k):
    return len(held) == k + 1 and max(rows) >= n


def begin_where_equal_ones_do(held, rows, n, k):
    begins = [fold[0] for fold in held] == [fold * (n // k) for fold in range(k)]
    sizes = [len(fold) for fold in held]
    return begins and sum(sizes) == n and max(sizes) - min(sizes) <= 1


def name_two_rows(held, rows, n, k):
    return len(held) == k and all(len(fold) == 2 for fold in held)


def go_beyond(seen):
    """Recognise k folds from row 0 on that leave the table in some case."""
    calls = [(as_folds(item.result), *item.case.expected) for item in seen]
    return all(
        len(held) == k and all(held) and min(map(min, held)) == 0 for held, _, k in calls
    ) and any(max(map(max, held)) >= n and len(held[0]) > 2 for held, n, _ in calls)


def give_sizes(seen):
    """Recognise a number for each fold."""
    return all(numbers_alone(item.result) for item in seen)


def begin_at_one(held, rows, n, k):
    return sorted(rows) == list(range(1, n + 1))


def come_again_by_chance(held, rows, n, k):
    inside = min(rows) >= 0 and max(rows) < n
    return len(held) == k and len(rows) == n and inside and len(set(rows)) < n


EXERCISE = Exercise(
    identifier="generalisation.folds",
    title="rows that are never asked",
    level="repair",
    prompt=(
        "This function deals row numbers out to the folds of a cross-validation. On the 442 "
        "patients in 5 folds it works, it seems, but only 440 answers come back. Find the cause in "
        "`folds` and mend it: `k` folds, each of the rows 0 to `n` − 1 held out exactly once, and "
        "no fold larger than another by more than one row."
    ),
    solution=folds,
    broken=broken,
    cases=cases,
    judge=judge,
    hints=(
        "Which two of the 442 rows are missing? Print the last fold.",
        "442 // 5 is 88, and 5 times 88 is 440. Two folds have to be larger by one row.",
        "Compute where each fold ends from n, k and its number, instead of adding up one size; or "
        "look at what np.array_split does.",
    ),
    passed="Nothing complained: rows that are never held out only make the score a little wrong.",
    mistakes=(
        Mistake(
            "the last fold takes the rest",
            "Every row is held out now, but the last fold takes all that is left over and may be "
            "much larger than the others.",
            answers=(the_last_takes_the_rest,),
        ),
        Mistake(
            "rounds the size up",
            "With the size rounded up the first folds are full and the last one pays for it.",
            answers=(rounds_up,),
            recognise=sizes_are(rounds_up),
        ),
        Mistake(
            "goes beyond the last row",
            "There are row numbers here that do not exist: the last row is n - 1.",
            answers=(beyond_the_last_row, shares_a_row_and_goes_beyond),
            recognise=go_beyond,
        ),
        Mistake(
            "makes one fold more",
            "The rows left over have become a small fold of their own, one fold too many.",
            answers=(one_fold_more,),
        ),
        Mistake(
            "counts one fold more",
            "There is a fold too many, and it has rows that do not exist. The rows left over "
            "belong into the k folds.",
            answers=(counts_one_fold_more,),
            recognise=holds_for_all(have_one_more),
        ),
        Mistake(
            "a longer fold moves no other",
            "Where a fold is longer by one row, the folds after it have to begin one row later.",
            answers=(longer_and_not_moved,),
            recognise=holds_for_all(begin_where_equal_ones_do),
        ),
        Mistake(
            "leaves out each last row",
            "Now each fold lacks its last row: range ends before its second number already.",
            answers=(without_its_last_row,),
        ),
        Mistake(
            "gives sizes",
            "There is one number for each fold, such as its size. Asked for are the rows in it.",
            answers=(sizes_alone,),
            recognise=give_sizes,
        ),
        Mistake(
            "gives the ends",
            "Each fold has two numbers, such as where it begins and ends. Asked for are all rows "
            "in it.",
            answers=(bounds_alone,),
            recognise=holds_for_all(name_two_rows),
        ),
        Mistake(
            "folds share a row",
            "Neighbouring folds share a row, which is then held out twice.",
            answers=(shares_a_row,),
        ),
        Mistake(
            "gives the training rows",
            "These are the rows that are trained on. Asked for are those held out.",
            answers=(trained_on_instead,),
            recognise=holds_for_all(leave_a_fold_out),
        ),
        Mistake(
            "counts from one",
            "The first row has the number 0.",
            answers=(counts_from_one,),
            recognise=holds_for_all(begin_at_one),
        ),
        Mistake(
            "draws with replacement",
            "Rows are drawn, and some are drawn again. A fold is dealt out, like cards.",
            answers=(draws_with_replacement,),
            recognise=holds_for_all(come_again_by_chance),
        ),
    ),
    also_right=(by_array_split, every_kth_row, shuffled),
)
