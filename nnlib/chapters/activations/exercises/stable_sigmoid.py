"""Build: a sigmoid that survives any number, and keeps the digits of small probabilities."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def stable_sigmoid(x):
    """Sigmoid of each number in the float64 array x, for any size of x."""
    small = np.exp(-np.abs(x))               # at most 1, so it cannot overflow
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


# --- answers with one misconception each ---


def as_the_formula_is_written(x):
    return 1 / (1 + np.exp(-x))


def by_the_sigmoid_of_torch(x):
    import torch

    return torch.sigmoid(torch.as_tensor(x)).numpy()


def clips_at_500(x):
    return 1 / (1 + np.exp(-np.clip(x, -500, 500)))


def clips_by_min_and_max(x):
    return 1 / (1 + np.exp(np.minimum(np.maximum(-x, -500), 500)))


def replaces_with_zero(x):
    return np.nan_to_num(np.where(x > -30, 1 / (1 + np.exp(-x)), 0.0))


def replaces_with_zero_by_index(x):
    result = 1 / (1 + np.exp(-x))
    result[x < -30] = 0
    return result


def one_minus_the_other_side(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), 1 - 1 / (1 + small))


def one_minus_by_halves(x):
    right = 1 / (1 + np.exp(-np.abs(x)))
    return np.where(x < 0, 1 - right, right)


def one_branch_for_all(x):
    return np.exp(x) / (1 + np.exp(x))


def one_branch_by_quotient(x):
    e = np.exp(x)
    return e / (e + 1)


def forgets_the_sign(x):
    return 1 / (1 + np.exp(-np.abs(x)))


def wrong_way_round(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, small / (1 + small), 1 / (1 + small))


def draws_the_line_at_one(x):
    small = np.exp(-np.abs(x))
    return np.where(x >= 1, 1 / (1 + small), small / (1 + small))


def draws_the_line_at_one_by_index(x):
    small = np.exp(-np.abs(x))
    result = small / (1 + small)
    result[x > 0.9] = 1 / (1 + small[x > 0.9])
    return result


def shifted_as_for_softmax(x):
    return 1 / (1 + np.exp(-(x - x.max())))


# --- unusual and right ---


def with_both_branches_computed(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


def by_logaddexp(x):
    return np.exp(-np.logaddexp(0, -x))


def number_by_number(x):
    import math

    values = []
    for one in np.ravel(x).tolist():
        if one >= 0:
            values.append(1 / (1 + math.exp(-one)))
        else:
            values.append(math.exp(one) / (1 + math.exp(one)))
    return np.reshape(values, np.shape(x))


def by_logsigmoid_of_torch(x):
    import torch

    return np.exp(torch.nn.functional.logsigmoid(torch.as_tensor(x)).numpy())


def cases():
    arrays = [[0.25, -0.25, 0.75], [-5.0, -1.0, 0.0, 1.0, 5.0], [-40.0, 40.0], [-600.0, 600.0],
              [-720.0, 720.0], [-1000.0, 1000.0]]
    return [Case((np.array(values),), oracle(values)) for values in arrays]


def oracle(values):
    """By exact decimal arithmetic with 50 digits."""
    from decimal import Decimal, localcontext

    with localcontext() as context:
        context.prec = 50
        return np.array([float(1 / (1 + (-Decimal(value)).exp())) for value in values])


def judge(got, expected):
    """Relative error decides: 1e-261 must not pass for 0, nor 7e-218 for 2.7e-261."""
    from nnlib.exercises import comparing

    plain = comparing.plain(got)
    if not (isinstance(plain, np.ndarray) and plain.shape == expected.shape
            and plain.dtype.kind == "f"):
        return comparing.difference(got, expected) or "should be an array of floats"
    wrong = np.argwhere(~np.isclose(plain, expected, rtol=1e-9, atol=0)).ravel()
    if wrong.size == 0:
        return None
    i = int(wrong[0])
    return (f"is wrong at index {i}: it should be {comparing.spell(expected[i])}, "
            f"got {comparing.spell(plain[i])}")


def _loses(seen, what):
    """The result of the case whose arguments begin with `what`, or None."""
    return next((item.result for item in seen if item.case.arguments[0][0] == what
                 and isinstance(item.result, np.ndarray) and item.result.shape == (2,)), None)


def _right_at(seen, what):
    item = next(one for one in seen if one.case.arguments[0][0] == what)
    return judge(item.result, item.case.expected) is None


def as_written(seen) -> bool:
    """Exactly 0 at -720, where e^720 overflows, and right wherever it does not."""
    far = _loses(seen, -720.0)
    return (far is not None and far[0] == 0
            and all(_right_at(seen, first) for first in (-5.0, -40.0, -600.0, -1000.0)))


def clipped(seen) -> bool:
    """Right at 40, and far too large at -600: the exponent was limited."""
    far = _loses(seen, -600.0)
    return far is not None and _right_at(seen, -40.0) and far[0] > 1e-255


def cut_to_zero(seen) -> bool:
    """Exactly 0 already at -40, where it should be 4e-18; the right side is whole."""
    near, far = _loses(seen, -40.0), _loses(seen, -1000.0)
    return (near is not None and far is not None and near[0] == 0 and near[1] == 1
            and far[1] == 1 and not subtracted(seen))


def subtracted(seen) -> bool:
    """Small values on the left carry the rounding of 1 - ...: the relative error betrays it."""
    first = next(item for item in seen if item.case.arguments[0][0] == -5.0)
    near = _loses(seen, -40.0)
    if near is None or near[0] != 0 or not isinstance(first.result, np.ndarray):
        return False
    exact = 1 - 1 / (1 + np.exp(-5.0))
    return first.result.shape == (5,) and first.result[0] == exact != oracle([-5.0])[0]


EXERCISE = Exercise(
    identifier="activations.stable_sigmoid",
    title="a sigmoid that never overflows",
    level="build",
    prompt=(
        "Write `stable_sigmoid(x)` for a NumPy array of 64-bit floats of any size: the result has "
        "no NaN, and small values are right wherever a float can hold them. (Warnings from "
        "`np.where`, which computes both sides, do not count.) "
        "Example: `np.array([-720.0, -600.0, 0.0, 600.0])` gives 2.03e-313, 2.65e-261, 0.5 and 1."
    ),
    stub='''\
def stable_sigmoid(x):
    """Sigmoid of each number in the float64 array x, for any size of x."""
    return ...
''',
    solution=stable_sigmoid,
    cases=cases,
    judge=judge,
    hints=(
        "Which sign of the exponent can overflow, and which can only become very small?",
        "Multiply 1/(1+e^-x) above and below by e^x: e^x/(1+e^x). Each form is safe on one side.",
        "Both need only e to the power of -|x|: compute it once for the whole array, then let the "
        "sign of each x choose the form.",
    ),
    passed="Two forms of one function, each used where its exponential is at most 1.",
    mistakes=(
        Mistake(
            "writes the formula down as it is",
            "At -720 this computes e^720, which overflows to infinity, and 1/infinity is 0. The "
            "sigmoid there is small, but not 0. Which exponential cannot overflow for negative x?",
            answers=(as_the_formula_is_written, by_the_sigmoid_of_torch),
            recognise=as_written,
        ),
        Mistake(
            "limits the exponent",
            "Clipping stops the overflow but distorts the tail: every x below the limit gets the "
            "value at the limit, 7.1e-218 instead of 2.7e-261. Choose the form by the sign of x.",
            answers=(clips_at_500, clips_by_min_and_max),
            recognise=clipped,
        ),
        Mistake(
            "writes zero for small results",
            "At -40 the sigmoid is small but not 0, and its logarithm is needed later. No cut is "
            "needed where the exponential stays below 1.",
            answers=(replaces_with_zero, replaces_with_zero_by_index),
            recognise=cut_to_zero,
        ),
        Mistake(
            "subtracts from one",
            "1 - 1/(1+small) is right on paper. In floating point 1/(1+small) has already rounded "
            "to 1, so the difference is 0. Do the subtraction on paper first.",
            answers=(one_minus_the_other_side, one_minus_by_halves),
            recognise=subtracted,
        ),
        Mistake(
            "overflows on the other side",
            "e^x/(1+e^x) is safe for negative x only: at 1000 it is infinity over infinity, NaN. "
            "What would do for positive x?",
            answers=(one_branch_for_all, one_branch_by_quotient),
        ),
        Mistake(
            "loses the sign",
            "Both sides come out above one half. The absolute value keeps the exponential small; "
            "the sign of x must still choose between the two forms.",
            answers=(forgets_the_sign,),
        ),
        Mistake(
            "draws the line elsewhere",
            "Between 0 and 1 this uses the form for negative x: at 0.25 it gives less than one "
            "half. Where do the two forms meet?",
            answers=(draws_the_line_at_one, draws_the_line_at_one_by_index),
        ),
        Mistake(
            "swaps the branches",
            "The two halves are exchanged: large positive x should give nearly 1.",
            answers=(wrong_way_round,),
        ),
        Mistake(
            "shifts as for softmax",
            "A shift leaves softmax as it is, but moves a sigmoid: each number is on its own "
            "here.",
            answers=(shifted_as_for_softmax,),
        ),
    ),
    also_right=(
        with_both_branches_computed, by_logaddexp, number_by_number, by_logsigmoid_of_torch,
    ),
    by_hand=(
        Asked("x = (0.25, −0.25, 0.75)", (np.array([0.25, -0.25, 0.75]),),
              ("first", "second", "third")),
        Asked("x = (−40, 40), to three digits", (np.array([-40.0, 40.0]),), ("first", "second")),
    ),
)
