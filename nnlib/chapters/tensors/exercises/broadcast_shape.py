"""Compute: the shape that two shapes broadcast to, or that they do not."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def broadcast_shape(a, b):
    """Shape of the sum of arrays of shapes a and b; "error" where there is none."""
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)       # missing axes are added in front
    b = (1,) * (axes - len(b)) + tuple(b)
    result = []
    for one, other in zip(a, b, strict=True):
        if one != other and 1 not in (one, other):
            return "error"
        result.append(other if one == 1 else one)
    return tuple(result)


# --- answers with one misconception each ---


def from_the_left(a, b):
    axes = max(len(a), len(b))
    a = tuple(a) + (1,) * (axes - len(a))
    b = tuple(b) + (1,) * (axes - len(b))
    result = []
    for one, other in zip(a, b, strict=True):
        if one != other and 1 not in (one, other):
            return "error"
        result.append(other if one == 1 else one)
    return tuple(result)


def never_fails(a, b):
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)
    b = (1,) * (axes - len(b)) + tuple(b)
    return tuple(max(one, other) for one, other in zip(a, b, strict=True))


def equal_shapes_only(a, b):
    return tuple(a) if tuple(a) == tuple(b) else "error"


def same_number_of_axes(a, b):
    if len(a) != len(b):
        return "error"
    result = []
    for one, other in zip(a, b, strict=True):
        if one != other and 1 not in (one, other):
            return "error"
        result.append(max(one, other))
    return tuple(result)


def ones_do_not_stretch(a, b):
    short, long = sorted((tuple(a), tuple(b)), key=len)
    return long if long[len(long) - len(short) :] == short else "error"


def divides(a, b):
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)
    b = (1,) * (axes - len(b)) + tuple(b)
    for one, other in zip(a, b, strict=True):
        if max(one, other) % min(one, other):
            return "error"
    return tuple(max(one, other) for one, other in zip(a, b, strict=True))


def loses_the_axes_in_front(a, b):
    result = []
    for one, other in zip(reversed(a), reversed(b), strict=False):
        if one != other and 1 not in (one, other):
            return "error"
        result.append(max(one, other))
    return tuple(reversed(result))


def stretches_the_second_only(a, b):
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)
    b = (1,) * (axes - len(b)) + tuple(b)
    for one, other in zip(a, b, strict=True):
        if other != 1 and one != other:
            return "error"
    return a


def stretches_the_first_only(a, b):
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)
    b = (1,) * (axes - len(b)) + tuple(b)
    for one, other in zip(a, b, strict=True):
        if one != 1 and one != other:
            return "error"
    return b


def as_a_matrix_product(a, b):
    if len(a) and len(b) and a[-1] == b[0]:
        return tuple(a[:-1]) + tuple(b[1:])
    return "error"


def raises_an_error(a, b):
    return np.broadcast_shapes(a, b)


def stays_turned_round(a, b):
    axes = max(len(a), len(b))
    a = (1,) * (axes - len(a)) + tuple(a)
    b = (1,) * (axes - len(b)) + tuple(b)
    result = []
    for one, other in zip(reversed(a), reversed(b), strict=True):
        if one != other and 1 not in (one, other):
            return "error"
        result.append(max(one, other))
    return tuple(result)


# --- unusual and right ---


def asks_numpy(a, b):
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return "error"


def by_trying(a, b):
    try:
        return list((np.zeros(a) + np.zeros(b)).shape)
    except ValueError:
        return "error"


def by_looking_at_a_view(a, b):
    try:
        return np.broadcast(np.empty(a), np.empty(b)).shape
    except ValueError:
        return "error"


SETTINGS = [
    ((32, 128), (128,)), ((32,), (32, 1)), ((3, 1), (1, 4)), ((4, 3), (4,)), ((4, 3), (2, 3)),
    ((), (5, 2)), ((2, 3, 4), (3, 1)), ((5,), (5,)), ((8, 1, 6), (7, 1)), ((2, 4), (2,)),
    ((6, 2), (3, 2)), ((7, 3), (7, 3)),
]


def either_side(seen) -> bool:
    """Whether lengths of 1 are stretched in the one shape, or in the other, and nothing else."""
    return any(
        all(item.error is None
            and comparing.same(item.result, comparing.plain(answer(*item.case.arguments)))
            for item in seen)
        for answer in (stretches_the_second_only, stretches_the_first_only)
    )


def raises_where_they_do_not_fit(seen) -> bool:
    """Whether every case is right but those of "error", and those raise."""
    return all(
        item.error is not None if item.case.expected == "error"
        else item.error is None and comparing.same(item.result, comparing.plain(item.case.expected))
        for item in seen
    )


def cases():
    return [Case(setting, asks_numpy(*setting)) for setting in SETTINGS]


EXERCISE = Exercise(
    identifier="tensors.broadcast_shape",
    title="which shape comes out?",
    level="compute",
    prompt=(
        "Write `broadcast_shape(a, b)` for two shapes, given as tuples: return the shape of the "
        'sum of two arrays of these shapes, a tuple, or the text `"error"` where they do not fit. '
        "Example: (32, 128) and (128,) give (32, 128); (4, 3) and (4,) give `\"error\"`. Work it "
        "out from the rule, without making arrays."
    ),
    stub='''\
def broadcast_shape(a, b):
    """Shape of the sum of arrays of shapes a and b; "error" where there is none."""
    return ...
''',
    solution=broadcast_shape,
    cases=cases,
    hints=(
        "Write the shapes beneath each other so that their last entries are in line. What stands "
        "for an entry that is missing?",
        "Put ones in front of the shorter shape until both are equally long. Then go through the "
        "pairs: equal, or one of them 1, or an error.",
        "Tuples are joined by + and repeated by *, so the ones in front take no loop. Of a pair "
        "with a 1 the other entry wins.",
    ),
    passed="From the right, equal or 1. Every surprising shape you will meet follows from that.",
    mistakes=(
        Mistake(
            "lines the shapes up on the left",
            "The shapes were compared from the left. The rule starts at the last axis, and what is "
            "missing is added in front: (4, 3) and (4,) do not fit.",
            answers=(from_the_left,),
        ),
        Mistake(
            "takes the larger length always",
            "The larger length wins only against a 1. Of two different lengths without a 1 "
            "neither can be stretched.",
            answers=(never_fails,),
        ),
        Mistake(
            "accepts equal shapes only",
            "Equal shapes fit, but they need not be equal: a missing axis or a length of 1 is "
            "stretched.",
            answers=(equal_shapes_only,),
        ),
        Mistake(
            "wants the same number of axes",
            "Shapes with different numbers of axes fit too: the shorter one is filled up with ones "
            "in front.",
            answers=(same_number_of_axes,),
        ),
        Mistake(
            "does not stretch ones",
            "The missing axes are right. A length of 1 that is there from the start is stretched "
            "too.",
            answers=(ones_do_not_stretch,),
        ),
        Mistake(
            "stretches whatever divides",
            "A length that divides the other is not repeated. Only a length of 1 is stretched.",
            answers=(divides,),
        ),
        Mistake(
            "loses the axes that only one shape has",
            "The axes that only the longer shape has are gone: zip stops at the end of the "
            "shorter one.",
            answers=(loses_the_axes_in_front,),
        ),
        Mistake(
            "stretches only one of the two",
            "A length of 1 is stretched in one of the two shapes only. The rule does not care "
            "which of them it stands in.",
            answers=(stretches_the_second_only, stretches_the_first_only),
            recognise=either_side,
        ),
        Mistake(
            "takes the rule of the matrix product",
            "That is the rule of @, where two lengths in the middle meet. A sum meets all lengths, "
            "each with the one beneath it.",
            answers=(as_a_matrix_product,),
        ),
        Mistake(
            "raises an error instead of returning the text",
            "Where the shapes do not fit, an error is raised. Asked is the text \"error\" as the "
            "result: return it, or catch the exception.",
            answers=(raises_an_error,),
            recognise=raises_where_they_do_not_fit,
        ),
        Mistake(
            "leaves the result turned round",
            "The lengths are right and stand from the last to the first.",
            answers=(stays_turned_round,),
        ),
    ),
    also_right=(asks_numpy, by_trying, by_looking_at_a_view),
    by_hand=(
        Asked("(3, 1) and (1, 4)", ((3, 1), (1, 4))),
        Asked("(8, 1, 6) and (7, 1)", ((8, 1, 6), (7, 1))),
        Asked("(2, 3, 4) and (3, 1)", ((2, 3, 4), (3, 1))),
        Asked("(6, 2) and (3, 2)", ((6, 2), (3, 2))),
    ),
)
