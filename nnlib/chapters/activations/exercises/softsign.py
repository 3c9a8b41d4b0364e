"""Build: an activation of one's own, with its derivative."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def softsign(x):
    """Return x / (1 + |x|) and its derivative, for an array or a tensor x."""
    below = 1 + abs(x)
    return x / below, 1 / below**2


# --- answers with one misconception each ---


def value_alone(x):
    return x / (1 + abs(x))


def slope_of_one_over(x):
    return x / (1 + abs(x)), 1 / (1 + abs(x))


def slope_without_the_square(x):
    below = abs(x) + 1
    return x / below, below ** -1.0


def slope_with_the_sign(x):
    slope = np.where(x > 0, 1.0, -1.0) / (1 + np.abs(x)) ** 2
    return x / (1 + abs(x)), slope


def slope_with_sign_kept(x):
    return x / (1 + abs(x)), x / abs(x) / (1 + abs(x)) ** 2


def forgets_the_absolute_value(x):
    return x / (1 + x), 1 / (1 + x) ** 2


def product_rule_without_inner(x):
    return x / (1 + abs(x)), 1 / (1 + abs(x)) - x / (1 + abs(x)) ** 2


def inner_derivative_of_one(x):
    below = 1 + abs(x)
    return x / below, (below - x) / below**2


def swapped(x):
    below = 1 + abs(x)
    return 1 / below**2, x / below


def slope_from_the_output(x):
    y = x / (1 + abs(x))
    return y, 1 / (1 + abs(y)) ** 2


def slope_of_tanh(x):
    y = x / (1 + abs(x))
    return y, 1 - y**2


# --- unusual and right ---


def from_the_output(x):
    y = x / (1 + abs(x))
    return y, (1 - abs(y)) ** 2


def in_two_pieces(x):
    import torch

    where = torch.where if hasattr(x, "detach") else np.where
    below = where(x >= 0, 1 + x, 1 - x)
    return [x / below, (1 / below) * (1 / below)]


def with_autograd(x):
    import torch

    t = torch.tensor(np.asarray(x), requires_grad=True)
    y = t / (1 + t.abs())
    (slope,) = torch.autograd.grad(y.sum(), t)
    # The derivative of |x| at 0 is taken as 0, which is right for x/(1+|x|).
    return y.detach(), slope


def cases():
    arrays = [[-2.0, -1.0, 1.0, 2.0], [4.0, -9.0], [-30.0, -0.5, 0.25, 4.0],
              [[-3.0, 0.5], [7.0, -0.1]]]
    return [
        Case((paths.array(path, values),), _oracle(path, values), path=path)
        for path in paths.available()
        for values in arrays
    ]


def _oracle(path, values):
    """By autograd on the torch path; by central differences on the other."""
    if path == "torch":
        import torch

        x = torch.tensor(values, dtype=torch.float64, requires_grad=True)
        y = torch.nn.functional.softsign(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        return [y.detach(), slope]
    x, h = np.array(values), 1e-5

    def f(x):
        return np.sign(x) * (1 - 1 / (1 + np.abs(x)))

    return [f(x), (f(x + h) - f(x - h)) / (2 * h)]


EXERCISE = Exercise(
    identifier="activations.softsign",
    title="write your own activation",
    level="build",
    prompt=(
        "A relative of tanh that needs no exponential: x / (1 + |x|), called softsign. Write "
        "`softsign(x)` for an array or a tensor; it returns two of the same shape, the values and "
        "the slopes. Work the derivative out on paper first, separately for x > 0 and for x < 0. "
        "Example: at x = 1 the value is 0.5 and the slope 0.25; at x = -3 they are -0.75 and "
        "0.0625."
    ),
    stub='''\
def softsign(x):
    """Return x / (1 + |x|) and its derivative, for an array or a tensor x."""
    return ...
''',
    solution=softsign,
    cases=cases,
    hints=(
        "For x > 0 it is x / (1 + x). The quotient rule: (u/v)' = (u'v - uv') / v².",
        "For x > 0 that is (1 + x - x) / (1 + x)². For x < 0, v is 1 - x, so v' = -1.",
        "For x < 0 it is 1 / (1 - x)². Which one expression gives both sides?",
    ),
    passed=(
        "Value and slope are all that a layer needs. Its slope falls off as 1/x², much more slowly "
        "than that of tanh, yet it saturates all the same."
    ),
    mistakes=(
        Mistake(
            "returns the value alone",
            "The values are right. The slopes are asked for too: return both, values first.",
            answers=(value_alone,),
        ),
        Mistake(
            "differentiates the top only",
            "The bottom depends on x too. What does the quotient rule make of it?",
            answers=(slope_of_one_over, slope_without_the_square),
        ),
        Mistake(
            "gives the slope a sign",
            "The function rises everywhere, so its slope is positive on both sides. On the left "
            "the two minus signs cancel.",
            answers=(slope_with_the_sign, slope_with_sign_kept),
        ),
        Mistake(
            "leaves out the absolute value",
            "For negative x this is another function, with a pole at -1. Look at the bottom again.",
            answers=(forgets_the_absolute_value,),
        ),
        Mistake(
            "takes the derivative of |x| for 1",
            "Right for x > 0. For x < 0 the derivative of |x| is -1, so the term has the other "
            "sign.",
            answers=(product_rule_without_inner, inner_derivative_of_one),
        ),
        Mistake(
            "swaps value and slope",
            "These are the right two in the wrong order: the value comes first, then the slope.",
            answers=(swapped,),
        ),
        Mistake(
            "puts the output into the formula for the input",
            "The formula of the slope is in terms of x, and the output y was put into it.",
            answers=(slope_from_the_output,),
        ),
        Mistake(
            "borrows the slope of tanh",
            "1 - y² belongs to tanh. Every activation has its own derivative; work this one out.",
            answers=(slope_of_tanh,),
        ),
    ),
    also_right=(from_the_output, in_two_pieces, with_autograd),
    by_hand=(
        Asked("x = (−2, −1, 1, 2)", (np.array([-2.0, -1.0, 1.0, 2.0]),),
              ("value at −2", "value at −1", "value at 1", "value at 2",
               "slope at −2", "slope at −1", "slope at 1", "slope at 2")),
        Asked("x = (4, −9)", (np.array([4.0, -9.0]),),
              ("value at 4", "value at −9", "slope at 4", "slope at −9")),
    ),
)
