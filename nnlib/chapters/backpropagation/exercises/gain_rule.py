"""Repair: the rule of a product whose one factor was broadcast."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Case, Exercise, Mistake


def gain_rule(g, x, gain):
    """(dL/dx, dL/dgain) from dL/dy, where y = x * gain."""
    every_use = g * x
    return g * gain, every_use.reshape(-1, len(gain)).sum(axis=0)


def broken(g, x, gain):
    """(dL/dx, dL/dgain) from dL/dy, where y = x * gain."""
    return g * gain, g * x


# --- wrong repairs ---


def averages(g, x, gain):
    return g * gain, (g * x).reshape(-1, len(gain)).mean(axis=0)


def sums_everything(g, x, gain):
    return g * gain, (g * x).sum()


def sums_the_first_axis(g, x, gain):
    return g * gain, (g * x).sum(axis=0)


def sums_the_features(g, x, gain):
    return g * gain, (g * x).sum(axis=-1)


def keeps_the_axes(g, x, gain):
    axes = tuple(range(x.ndim - 1))
    return g * gain, (g * x).sum(axis=axes, keepdims=True)


def takes_the_first_row(g, x, gain):
    return g * gain, (g * x).reshape(-1, len(gain))[0]


def sums_before_multiplying(g, x, gain):
    def summed(array):
        return array.reshape(-1, len(gain)).sum(axis=0)

    return g * gain, summed(g) * summed(x)


def without_the_input(g, x, gain):
    return g * gain, g.reshape(-1, len(gain)).sum(axis=0)


def sums_for_both(g, x, gain):
    def summed(array):
        return array.reshape(-1, len(gain)).sum(axis=0)

    return summed(g * gain), summed(g * x)


def swapped(g, x, gain):
    return (g * x).reshape(-1, len(gain)).sum(axis=0), g * gain


# --- unusual and right ---


def with_einsum(g, x, gain):
    g, x, gain = (np.asarray(array) for array in (g, x, gain))
    features = x.shape[-1]
    uses = np.einsum("rf,rf->f", g.reshape(-1, features), x.reshape(-1, features))
    return [np.einsum("...f,f->...f", g, gain), uses]


def by_the_engine(g, x, gain):
    from nnlib.engine import Value

    x, gain = Value(np.asarray(x)), Value(np.asarray(gain))
    (x * gain * np.asarray(g)).sum().backward()
    return x.grad, gain.grad


def axis_by_axis(g, x, gain):
    uses = g * x
    while uses.ndim > gain.ndim:
        uses = uses.sum(0)
    return g * gain, uses


SHAPES = [(4, 3), (3, 3), (2, 4, 3), (1, 2)]


def cases():
    made = []
    for path in paths.available():
        for seed, shape in enumerate(SHAPES):
            rng = np.random.default_rng(seed)
            g, x, gain = rng.normal(size=shape), rng.normal(size=shape), rng.normal(
                size=shape[-1])
            arguments = tuple(paths.array(path, values) for values in (g, x, gain))
            made.append(Case(arguments, one_move_at_a_time(g, x, gain), path=path))
    return made


def one_move_at_a_time(g, x, gain):
    """L is linear in x, and in gain: by how much it moves when one number moves by 1."""
    def loss(x, gain):
        return (g * (x * gain)).sum()

    def moves(array, moved):
        slopes = np.zeros_like(array)
        for index in np.ndindex(array.shape):
            step = np.zeros_like(array)
            step[index] = 1.0
            slopes[index] = moved(array + step) - loss(x, gain)
        return slopes

    return [moves(x, lambda one: loss(one, gain)), moves(gain, lambda one: loss(x, one))]


EXERCISE = Exercise(
    identifier="backpropagation.gain_rule",
    title="a parameter that grew",
    level="repair",
    prompt=(
        "A layer multiplies each feature by a gain of its own, y = x · gain. `x` is "
        "(rows, features), or (rows, steps, features); `gain` is (features,). After the first "
        "update the gain had as many rows as the batch, and with the next, smaller batch the "
        "program stopped with an error. Find the cause in its local rule `gain_rule`, and mend it, "
        "for NumPy arrays or for torch tensors."
    ),
    solution=gain_rule,
    broken=broken,
    cases=cases,
    hints=(
        "Print the shapes of the two results beside those of x and of gain. Which two should "
        "agree?",
        "How often is one entry of gain used in y, and through how many entries of y does it move "
        "L?",
        "What was repeated on the way there is summed on the way back, over just those axes along "
        "which it was repeated: one or two of them, and a sum takes several axes as a tuple, too.",
    ),
    passed=(
        "A gradient has the shape of what it belongs to. An engine does this once, after every "
        "rule, for all operations."
    ),
    mistakes=(
        Mistake(
            "averages the uses",
            "The shape is right now, and the numbers are too small: every use moves L, and the "
            "uses add up. If the loss is a mean, that is in what arrives already.",
            answers=(averages,),
        ),
        Mistake(
            "sums everything",
            "This is one number for all gains. Each feature has its own, so one axis has to stay.",
            answers=(sums_everything,),
        ),
        Mistake(
            "sums the first axis alone",
            "Right for (rows, features). Where x has a third axis the gain is repeated along that "
            "too.",
            answers=(sums_the_first_axis,),
        ),
        Mistake(
            "sums the features",
            "The axis of the features is the one that the gain has; it was repeated along the "
            "others.",
            answers=(sums_the_features,),
        ),
        Mistake(
            "keeps the axes",
            "The numbers are right, but axes of length 1 are left in front: the gain has one axis.",
            answers=(keeps_the_axes,),
        ),
        Mistake(
            "takes one row",
            "The shape is right, and only one row counts. L depends on the gain through all.",
            answers=(takes_the_first_row,),
        ),
        Mistake(
            "sums before it multiplies",
            "Both are summed first and then multiplied, so that one row's gradient meets "
            "another row's input.",
            answers=(sums_before_multiplying,),
        ),
        Mistake(
            "leaves out the input",
            "This is the rule of a shift that is added. A gain moves y as much as x is large.",
            answers=(without_the_input,),
        ),
        Mistake(
            "sums for both",
            "The gain's is right now. x was not repeated, so its gradient keeps every entry.",
            answers=(sums_for_both,),
        ),
        Mistake(
            "returns them in the wrong order",
            "Both are right and stand in the wrong order.",
            answers=(swapped,),
        ),
    ),
    also_right=(with_einsum, by_the_engine, axis_by_axis),
)
