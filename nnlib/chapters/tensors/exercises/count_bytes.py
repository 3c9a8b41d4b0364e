"""Compute: how many bytes does an array take?"""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def count_bytes(shape, itemsize):
    """Bytes of an array of this shape, with itemsize bytes for each number."""
    count = 1
    for length in shape:
        count = count * length
    return count * itemsize


# --- answers with one misconception each ---


def adds_lengths(shape, itemsize):
    return sum(shape) * itemsize


def counts_numbers(shape, itemsize):
    count = 1
    for length in shape:
        count = count * length
    return count


def counts_bits(shape, itemsize):
    count = 8 * itemsize
    for length in shape:
        count = count * length
    return count


def one_example(shape, itemsize):
    count = itemsize
    for length in shape[1:]:
        count = count * length
    return count


def in_mebibytes(shape, itemsize):
    count = itemsize
    for length in shape:
        count = count * length
    return count / 2**20


def raises_to_the_power(shape, itemsize):
    count = 1
    for length in shape:
        count = count * length
    return count**itemsize


def eight_bytes_always(shape, itemsize):
    return 8 * int(np.prod(shape))


def begins_with_zero(shape, itemsize):
    if shape == ():
        return itemsize
    count = 0
    for length in shape:
        count = count * length
    return count * itemsize


def itemsize_for_every_axis(shape, itemsize):
    count = 1
    for length in shape:
        count = count * length * itemsize
    return count


def in_32_bits(shape, itemsize):
    return int(np.prod(np.array([*shape, itemsize], dtype="int32"), dtype="int32"))


def forgets_the_single_number(shape, itemsize):
    return int(np.prod(shape)) * itemsize if shape else 0


# --- unusual and right ---


def by_prod(shape, itemsize):
    import math

    return itemsize * math.prod(shape)


def by_numpy(shape, itemsize):
    return np.prod([*shape, itemsize], dtype="int64")


def by_recursion(shape, itemsize):
    if len(shape) == 0:
        return itemsize
    return shape[0] * count_bytes(shape[1:], itemsize)


def cases():
    settings = [
        ((32, 224, 224, 3), 4), ((32, 224, 224, 3), 1), ((178, 13), 8), ((5,), 8), ((7, 1, 3), 2),
        ((), 2), ((60_000, 224, 224, 3), 4),
    ]
    return [Case(setting, _as_numpy_says(*setting)) for setting in settings]


def _as_numpy_says(shape, itemsize):
    """NumPy's own count, of an array that repeats one number and so takes no memory itself."""
    return np.broadcast_to(np.zeros((), f"V{itemsize}"), shape).nbytes


def only_zeros(seen) -> bool:
    """Whether every result is 0, but perhaps that of the shape ()."""
    return all(item.error is None and (item.result == 0 or item.case.arguments[0] == ())
               for item in seen)


EXERCISE = Exercise(
    identifier="tensors.count_bytes",
    title="how many bytes?",
    level="compute",
    prompt=(
        "Write `count_bytes(shape, itemsize)`: how many bytes the numbers of an array take, where "
        "`shape` is a tuple and `itemsize` the number of bytes of one number (4 for float32). The "
        "shape may be `()`, that of a single number. Example: `count_bytes((32, 224, 224, 3), 4)` "
        "is 19267584."
    ),
    stub='''\
def count_bytes(shape, itemsize):
    """Bytes of an array of this shape, with itemsize bytes for each number."""
    return ...
''',
    solution=count_bytes,
    cases=cases,
    hints=(
        "First the number of numbers: how many are in an array of shape (2, 3)?",
        "All lengths of the shape are multiplied with each other. With what must the product "
        "begin, so that the shape () gives one number?",
        "Count the numbers first, in a loop over the lengths. Only when the loop is over, turn "
        "their count into bytes.",
    ),
    passed="Lengths multiply: twice the height and twice the width is four times the memory.",
    mistakes=(
        Mistake(
            "adds the lengths",
            "The lengths are added up. An array of shape (2, 3) holds 2 · 3 = 6 numbers, not 5: "
            "multiply them.",
            answers=(adds_lengths,),
        ),
        Mistake(
            "counts numbers, not bytes",
            "This is how many numbers there are. Each of them takes itemsize bytes.",
            answers=(counts_numbers,),
        ),
        Mistake(
            "counts bits",
            "The result is eight times too large: itemsize is in bytes already, and a byte is "
            "eight bits.",
            answers=(counts_bits,),
        ),
        Mistake(
            "leaves out the batch axis",
            "This is the size of one example. The first axis counts too: there are shape[0] of "
            "them.",
            answers=(one_example,),
        ),
        Mistake(
            "gives mebibytes",
            "The number is right in MiB. Asked are bytes, so do not divide.",
            answers=(in_mebibytes,),
        ),
        Mistake(
            "raises to the power",
            "The count was raised to the power of itemsize. Every number takes itemsize bytes, so "
            "multiply.",
            answers=(raises_to_the_power,),
        ),
        Mistake(
            "takes eight bytes for every number",
            "Each number was counted with eight bytes, as in float64, which NumPy takes unless "
            "told otherwise. How many it is here, itemsize says.",
            answers=(eight_bytes_always,),
        ),
        Mistake(
            "begins with zero",
            "The result is 0: what begins with 0 stays 0, whatever it is multiplied by.",
            answers=(begins_with_zero,),
            recognise=only_zeros,
        ),
        Mistake(
            "multiplies by the itemsize for every axis",
            "itemsize is in the result once for each axis. First count the numbers, then multiply "
            "by it once.",
            answers=(itemsize_for_every_axis,),
        ),
        Mistake(
            "counts in 32 bits",
            "Right for small arrays. Whole numbers of 32 bits end at 2,147,483,647 and start again "
            "below zero: count with Python's own numbers, or in int64.",
            answers=(in_32_bits,),
        ),
        Mistake(
            "takes the empty shape for an empty array",
            "The shape () has no axis. That does not mean that it holds no number: a loss has "
            "this shape.",
            answers=(forgets_the_single_number,),
        ),
    ),
    also_right=(by_prod, by_numpy, by_recursion),
    by_hand=(
        Asked("shape (178, 13), 8 bytes a number", ((178, 13), 8)),
        Asked("shape (7, 1, 3), 2 bytes a number", ((7, 1, 3), 2)),
        Asked("shape (), 2 bytes a number", ((), 2)),
    ),
)
