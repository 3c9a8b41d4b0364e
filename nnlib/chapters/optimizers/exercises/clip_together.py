"""Build: clipping all gradients of a model by their common norm."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def clip_together(grads, limit):
    """All gradients, shortened together to a length of at most limit."""
    length = sum((grad**2).sum() for grad in grads) ** 0.5
    return [grad * (limit / max(length, limit)) for grad in grads]


# --- answers with one misconception each ---


def each_by_itself(grads, limit):
    result = []
    for grad in grads:
        length = float((grad**2).sum()) ** 0.5
        result.append(grad * min(1.0, limit / length) if length else 1.0 * grad)
    return result


def by_value(grads, limit):
    return [grad.clip(-limit, limit) for grad in grads]


def always_to_the_limit(grads, limit):
    length = sum(float((grad**2).sum()) for grad in grads) ** 0.5
    return [grad * (limit / length) if length else 1.0 * grad for grad in grads]


def divides_by_nothing(grads, limit):
    length = sum(float((grad**2).sum()) for grad in grads) ** 0.5
    return [grad * min(1.0, limit / length) for grad in grads]


def fails_at_zero(seen):
    """Whether all is right but for gradients of 0, which give an error or no number."""
    for item in seen:
        zeros = not any(np.any(part) for part in item.case.expected)
        failed = isinstance(item.error, ZeroDivisionError) or (
            item.error is None and all(np.all(np.isnan(part)) for part in item.result))
        if not (failed if zeros else comparing.same(item.result, item.case.plain(
                item.case.expected, ()))):
            return False
    return True


def without_the_root(grads, limit):
    length = sum(float((grad**2).sum()) for grad in grads)
    return [grad * (limit / length if length > limit else 1.0) for grad in grads]


def adds_up_lengths(grads, limit):
    length = sum(float((grad**2).sum()) ** 0.5 for grad in grads)
    return [grad * (limit / length if length > limit else 1.0) for grad in grads]


def by_the_largest(grads, limit):
    largest = max(float(abs(grad).max()) for grad in grads)
    return [grad * (limit / largest if largest > limit else 1.0) for grad in grads]


def to_length_one(grads, limit):
    length = sum(float((grad**2).sum()) for grad in grads) ** 0.5
    return [grad * (1 / length if length > limit else 1.0) for grad in grads]


def by_the_longest(grads, limit):
    longest = max(float((grad**2).sum()) ** 0.5 for grad in grads)
    return [grad * (limit / longest if longest > limit else 1.0) for grad in grads]


# --- unusual and right ---


def by_the_larger_of_both(grads, limit):
    length = sum(float((grad * grad).sum()) for grad in grads) ** 0.5
    return tuple(grad / max(1.0, length / limit) for grad in grads)


LONG, SHORT = [[1.0, 2.0], [-2.0]], [[0.3, -0.4], [0.0]]
PARTS = ("first number", "second", "third")


def lists(grads):
    return [np.array(grad) for grad in grads]


def cases():
    settings = [([[3.0], [4.0]], 1.0), (SHORT, 2.0), (LONG, 1.5),
                ([[0.0, 0.0], [0.0]], 1.0), ([[0.9], [0.9, 0.0]], 1.0), ([[6.0, 0.5], [8.0]], 5.0)]
    made = []
    for path in paths.available():
        for grads, limit in settings:
            arrays = [paths.array(path, grad) for grad in lists(grads)]
            made.append(Case((arrays, limit), as_one_vector(grads, limit), path=path))
    return made


def as_one_vector(grads, limit):
    """Put all numbers into one vector, shorten it, and cut it up again."""
    cuts = np.cumsum([len(grad) for grad in grads])[:-1]
    whole = np.concatenate(grads)
    length = np.linalg.norm(whole)
    return list(np.split(whole if length <= limit else limit * (whole / length), cuts))


EXERCISE = Exercise(
    identifier="optimizers.clip_together",
    title="clip together",
    level="build",
    prompt=(
        "Write `clip_together(grads, limit)`. `grads` is a list with the gradient of each "
        "parameter, NumPy arrays or torch tensors. Return a list of new arrays: all gradients "
        "taken as one long vector, shortened to the length `limit` if it is longer. Gradients of "
        "0 stay 0. Example: the two gradients `[3.0]` and `[4.0]` with limit 1 become `[0.6]` and "
        "`[0.8]`."
    ),
    stub='''\
def clip_together(grads, limit):
    """All gradients, shortened together to a length of at most limit."""
    return ...
''',
    solution=clip_together,
    cases=cases,
    hints=(
        "First one number: the length of all of them together.",
        "Add up the squares of all numbers of all gradients, and take one root.",
        "Then one factor for all: what brings that length to the limit, where it is above it.",
    ),
    passed="One factor for all: the direction of the gradient stays.",
    mistakes=(
        Mistake(
            "clips each by itself",
            "Each gradient is measured by itself. Then each has its own factor, and the direction "
            "of the whole turns.",
            answers=(each_by_itself,),
        ),
        Mistake(
            "clips by value",
            "Each number is cut at the limit: that is clipping by value.",
            answers=(by_value,),
        ),
        Mistake(
            "stretches short ones",
            "Gradients that were short enough have become longer.",
            answers=(always_to_the_limit,),
        ),
        Mistake(
            "divides by a length of 0",
            "Right but for gradients that are all 0: there the length is 0, too.",
            answers=(divides_by_nothing,),
            recognise=fails_at_zero,
        ),
        Mistake(
            "leaves out the root",
            "The length is the root of the sum of squares; this compares the sum itself.",
            answers=(without_the_root,),
        ),
        Mistake(
            "adds up the lengths",
            "The lengths of the gradients are added up. Lengths at right angles do not add up so: "
            "add up squares.",
            answers=(adds_up_lengths,),
        ),
        Mistake(
            "goes by the largest number",
            "The largest number is brought to the limit, not the length.",
            answers=(by_the_largest,),
        ),
        Mistake(
            "shortens to 1",
            "What is too long is brought to the length 1, whatever the limit.",
            answers=(to_length_one,),
        ),
        Mistake(
            "goes by the longest gradient",
            "One factor for all, but the one that suits the longest gradient alone: together they "
            "are still longer than the limit.",
            answers=(by_the_longest,),
        ),
    ),
    also_right=(by_the_larger_of_both,),
    by_hand=(
        Asked("gradients (1, 2) and (−2), limit 1.5", (lists(LONG), 1.5), parts=PARTS),
        Asked("gradients (0.3, −0.4) and (0), limit 2", (lists(SHORT), 2.0), parts=PARTS),
    ),
)
