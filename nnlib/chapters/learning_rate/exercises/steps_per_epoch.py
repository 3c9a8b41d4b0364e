"""Compute: how many updates is one epoch?"""

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def steps_per_epoch(n, batch_size, drop_last):
    """Number of updates in one pass over n rows."""
    full = n // batch_size
    partial = n % batch_size > 0
    return full if drop_last or not partial else full + 1


# --- answers with one misconception each ---


def drops_always(n, batch_size, drop_last):
    return n // batch_size


def drops_always_by_int(n, batch_size, drop_last):
    return int(n / batch_size)


def keeps_always(n, batch_size, drop_last):
    return -(-n // batch_size)


def reversed_meaning(n, batch_size, drop_last):
    return -(-n // batch_size) if drop_last else n // batch_size


def always_one_more(n, batch_size, drop_last):
    return n // batch_size if drop_last else n // batch_size + 1


def fraction(n, batch_size, drop_last):
    return n / batch_size


def rounds_to_nearest(n, batch_size, drop_last):
    return n // batch_size if drop_last else round(n / batch_size)


def fraction_unless_dropped(n, batch_size, drop_last):
    return n // batch_size if drop_last else n / batch_size


def takes_one_off_always(n, batch_size, drop_last):
    return -(-n // batch_size) - (1 if drop_last else 0)


def adds_the_rows_left_over(n, batch_size, drop_last):
    return n // batch_size if drop_last else n // batch_size + n % batch_size


def divides_the_wrong_way_round(n, batch_size, drop_last):
    return batch_size // n if drop_last else -(-batch_size // n)


# --- unusual and right ---


def by_slicing(n, batch_size, drop_last):
    lengths = [len(range(start, min(start + batch_size, n))) for start in range(0, n, batch_size)]
    return len([length for length in lengths if length == batch_size or not drop_last])


def by_upside_down_floor(n, batch_size, drop_last=False):
    return n // batch_size if drop_last else -(-n // batch_size)


def as_a_float(n, batch_size, drop_last):
    import numpy as np

    return np.floor(n / batch_size) if drop_last else np.ceil(n / batch_size)


def cases():
    sizes = [
        (1437, 32), (1437, 64), (1437, 256), (60000, 32), (442, 32), (128, 32), (10, 32), (65, 64),
        (7, 1), (1000, 96),
    ]
    return [
        Case((n, batch_size, drop_last), _count(n, batch_size, drop_last))
        for n, batch_size in sizes
        for drop_last in (False, True)
    ]


def _count(n, batch_size, drop_last):
    """By dealing out the rows one at a time, as a loop over batches would."""
    steps = held = 0
    for _ in range(n):
        held += 1
        if held == batch_size:
            steps, held = steps + 1, 0
    return steps + (held > 0 and not drop_last)


def gives_fractions(seen) -> bool:
    """Whether the rest makes a part of an update where it is kept."""
    kept = [item for item in seen if not item.case.arguments[2]]
    return all(
        comparing.same(item.result, item.case.arguments[0] / item.case.arguments[1])
        for item in kept
    )


EXERCISE = Exercise(
    identifier="learning_rate.steps_per_epoch",
    title="steps in an epoch",
    level="compute",
    prompt=(
        "Write `steps_per_epoch(n, batch_size, drop_last)`: how many updates one pass over `n` "
        "rows takes. The last batch may be smaller; with `drop_last=True` it is left out. Example: "
        "1,437 rows at batch size 32 are 45 updates, and 44 with `drop_last=True`."
    ),
    stub='''\
def steps_per_epoch(n, batch_size, drop_last):
    """Number of updates in one pass over n rows."""
    return ...
''',
    solution=steps_per_epoch,
    cases=cases,
    hints=(
        "How many full batches fit into n rows, and when is something left over?",
        "n // batch_size counts the full batches; n % batch_size is the number of rows left over.",
        "Count one more than the full batches only if rows are left over and drop_last is False.",
    ),
    passed=(
        "In 30 epochs of 1,437 rows that makes 1,350 updates at batch size 32 and 180 at 256: "
        "equal epochs are not equal updates."
    ),
    mistakes=(
        Mistake(
            "always drops the last partial batch",
            "Rows left over are lost even with drop_last=False. A smaller last batch is an update "
            "too.",
            answers=(drops_always, drops_always_by_int),
        ),
        Mistake(
            "ignores drop_last",
            "The number is the same for drop_last=True and False. With True, only full batches "
            "count.",
            answers=(keeps_always,),
        ),
        Mistake(
            "takes drop_last the wrong way round",
            "The two cases are swapped: drop_last=True means that the partial batch is not used.",
            answers=(reversed_meaning,),
        ),
        Mistake(
            "adds a batch that is not there",
            "Where the batch size divides n there is nothing left over, and so no extra batch.",
            answers=(always_one_more,),
        ),
        Mistake(
            "gives a fraction",
            "An update happens or it does not: there is no part of one.",
            answers=(fraction, fraction_unless_dropped),
            recognise=gives_fractions,
        ),
        Mistake(
            "rounds to the nearest whole number",
            "Even one row left over makes a batch: 1,437 rows at 64 are 22.45 batches and 23 "
            "updates.",
            answers=(rounds_to_nearest,),
        ),
        Mistake(
            "takes one off though nothing is left over",
            "Where the batch size divides n every batch is full, and none is dropped.",
            answers=(takes_one_off_always,),
        ),
        Mistake(
            "adds the rows left over",
            "n % batch_size counts rows, not batches. Together they make one more batch, however "
            "many they are.",
            answers=(adds_the_rows_left_over,),
        ),
        Mistake(
            "divides the wrong way round",
            "The division is upside down: how many times does batch_size go into n?",
            answers=(divides_the_wrong_way_round,),
        ),
    ),
    also_right=(by_slicing, by_upside_down_floor, as_a_float),
    by_hand=(
        Asked("1,000 rows, batch size 96", (1000, 96, False)),
        Asked("1,000 rows, batch size 96, the rest left out", (1000, 96, True)),
        Asked("128 rows, batch size 32", (128, 32, False)),
    ),
)
