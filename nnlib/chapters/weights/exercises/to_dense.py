"""Repair: weights of torch.nn.Linear in this library's layout."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def to_dense(weight):
    """A weight of torch.nn.Linear, (out, in), as one of Dense, (in, out)."""
    return weight.T


def broken(weight):
    """A weight of torch.nn.Linear, (out, in), as one of Dense, (in, out)."""
    rows, columns = weight.shape
    return weight.reshape(columns, rows)


# --- wrong repairs ---


def leaves_the_layout(weight):
    rows, columns = weight.shape
    return weight.reshape(rows, columns)


def transposes_and_shapes_back(weight):
    rows, columns = weight.shape
    return weight.T.reshape(rows, columns)


def turns_the_page(weight):
    return np.rot90(np.asarray(weight))


def turns_the_page_the_other_way(weight):
    return np.rot90(np.asarray(weight), -1)


def reshapes_by_minus_one(weight):
    return weight.reshape(-1, len(weight))


def leaves_a_square(weight):
    rows, columns = weight.shape
    return weight if rows == columns else weight.T


# --- unusual and right ---


def by_axes(weight):
    return np.moveaxis(np.asarray(weight), 0, 1)


def by_columns(weight):
    return [[float(row[i]) for row in weight] for i in range(weight.shape[1])]


def by_order(weight):
    rows, columns = weight.shape
    return np.asarray(weight).ravel(order="F").reshape(columns, rows)


def cases():
    settings = [
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        [[1.0, 2.0], [3.0, 4.0]],
        [[1.0, 0.0], [2.0, -1.0], [5.0, 7.0], [8.0, 9.0]],
    ]
    return [
        Case((paths.array(path, weight),), _oracle(weight), path=path)
        for path in paths.available()
        for weight in settings
    ]


def _oracle(weight):
    """Column j of a Dense weight is what unit j sees: its answers to one input at a time."""
    count = len(weight[0])
    answers = np.zeros((count, len(weight)))
    for i in range(count):
        alone = [1.0 if k == i else 0.0 for k in range(count)]
        for unit, row in enumerate(weight):
            answers[i, unit] = sum(a * b for a, b in zip(row, alone, strict=True))
    return answers


EXERCISE = Exercise(
    identifier="weights.to_dense",
    title="loaded without an error",
    level="repair",
    prompt=(
        "A colleague copies trained weights from `torch.nn.Linear` into `Dense`. No error, the "
        "shapes fit, and every output is wrong, as printed above. Find the cause in `to_dense` and "
        "mend it."
    ),
    solution=to_dense,
    broken=broken,
    cases=cases,
    hints=(
        "Print a small weight, say [[1, 2, 3], [4, 5, 6]], before and after.",
        "The shape is right, but which weight belongs to which input and unit? Weight (1, 0) of "
        "one layout is weight (0, 1) of the other.",
        "reshape keeps the numbers in reading order and only cuts them differently. Here two "
        "axes have to change places.",
    ),
    passed="reshape cuts anew, transpose exchanges axes: the shapes agree, the contents do not.",
    mistakes=(
        Mistake(
            "leaves the layout as it was",
            "This returns the weight as torch stores it, (out, in). Dense wants (in, out).",
            answers=(leaves_the_layout,),
        ),
        Mistake(
            "transposes and reshapes back",
            "The transpose was right; reshaping afterwards scrambles it again.",
            answers=(transposes_and_shapes_back,),
        ),
        Mistake(
            "still a reshape",
            "This is still a reshape, however its lengths are worked out: it reads the numbers in "
            "the old order.",
            answers=(reshapes_by_minus_one,),
        ),
        Mistake(
            "leaves a square weight",
            "A square weight is transposed too: its shape stays, its numbers change places.",
            answers=(leaves_a_square,),
        ),
        Mistake(
            "rotates",
            "A rotation by 90 degrees gives the right shape, but turns the order of the inputs "
            "or of the units round.",
            answers=(turns_the_page, turns_the_page_the_other_way),
            recognise=lambda seen: any(
                all(np.array_equal(item.result, turn(item.case.make_arguments()[0]))
                    for item in seen)
                for turn in (turns_the_page, turns_the_page_the_other_way)
            ),
        ),
    ),
    also_right=(by_axes, by_columns, by_order),
)
