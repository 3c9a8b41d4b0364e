"""Build, step 2 of an autograd engine: the local rule of a quotient."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def quotient_rule(g, a, b):
    """(dL/da, dL/db) from g = dL/dc, where c = a / b."""
    return g / b, -g * a / b**2


# --- answers with one misconception each ---


def local_derivatives_alone(g, a, b):
    return 1 / b, -a / b**2


def adds_what_arrives(g, a, b):
    return g + 1 / b, g - a / b**2


def without_the_sign(g, a, b):
    return g / b, g * a / b**2


def without_the_square(g, a, b):
    return g / b, -g * a / b


def the_rule_of_a_product(g, a, b):
    return g * b, g * a


def product_with_the_inverse(g, a, b):
    return g / b, g * a


def in_the_wrong_order(g, a, b):
    return -g * a / b**2, g / b


def without_parentheses(g, a, b):
    return g / b, -g * a / b * b


def forgets_the_numerator(g, a, b):
    return g / b, -g / b**2


def one_for_both(g, a, b):
    return g / b, g / b


def both_with_one_sign(g, a, b):
    return -g / b, -g * a / b**2


def quotient_of_the_gradients(g, a, b):
    return g / b, g / a


# --- unusual and right ---


def from_the_result(g, a, b):
    c = a / b
    share = g / b
    return [share, -share * c]


def by_powers(g, a, b):
    return np.array([g * b**-1.0, -g * a * b**-2.0]) if np.ndim(a) == 0 else (
        g * b**-1.0, -(g * a * b**-2.0))


def by_autograd(g, a, b):
    import torch

    g, a, b = (torch.as_tensor(value, dtype=torch.float64).clone() for value in (g, a, b))
    parents = a.requires_grad_(), b.requires_grad_()
    return torch.autograd.grad(a / b, parents, g)


NUMBERS = [(1.0, 6.0, 3.0), (2.0, 6.0, 4.0), (-0.5, 3.0, -2.0), (3.0, -1.0, 0.25), (5.0, 0.0, 2.0)]
ARRAYS = ([2.0, -1.0, 0.5], [1.0, 3.0, -4.0], [2.0, -0.5, 8.0])


def cases():
    made = []
    for path in paths.available():
        made += [Case(setting, by_differences(*setting), path=path) for setting in NUMBERS]
        arguments = tuple(paths.array(path, values) for values in ARRAYS)
        made.append(Case(arguments, by_differences(*map(np.array, ARRAYS)), path=path))
    return made


def by_differences(g, a, b):
    """How much L moves with a and with b, by central differences of two steps (exact to h⁴)."""
    def slope(function, h=1e-3):
        once = (function(h) - function(-h)) / (2 * h)
        twice = (function(2 * h) - function(-2 * h)) / (4 * h)
        return (4 * once - twice) / 3

    return [g * slope(lambda h: (a + h) / b), g * slope(lambda h: a / (b + h))]


EXERCISE = Exercise(
    identifier="backpropagation.quotient_rule",
    title="a local rule",
    level="build",
    prompt=(
        "Step 2 of 4. A local rule turns the gradient of a result into one gradient for each of "
        "its parents, and knows nothing of the rest of the graph. Write the rule of c = a / b: "
        "`quotient_rule(g, a, b)` takes g = dL/dc and returns the two gradients dL/da and dL/db, "
        "in this order. The arguments are numbers, or arrays of one shape, in which each entry "
        "goes by itself. Example: with g = 1, a = 6 and b = 3 they are 1/3 and −2/3."
    ),
    stub='''\
def quotient_rule(g, a, b):
    """(dL/da, dL/db) from g = dL/dc, where c = a / b."""
    return ...
''',
    solution=quotient_rule,
    cases=cases,
    hints=(
        "Take one parent at a time and hold the other fixed: by how much does c move when a moves "
        "a little? When b does?",
        "In a the quotient is a straight line. In b it is a constant times 1 over b, whose "
        "derivative is minus 1 over b squared.",
        "That gives dc/da and dc/db. The chain rule multiplies each by what arrives at c.",
    ),
    passed=(
        "That is all an operation has to know: its own derivative, times what arrives. Whatever "
        "comes after it is in g."
    ),
    mistakes=(
        Mistake(
            "leaves out what arrives",
            "These are dc/da and dc/db alone, right only where g is 1. How much does L move with "
            "c?",
            answers=(local_derivatives_alone,),
        ),
        Mistake(
            "adds what arrives",
            "g is added to the local derivative. Along one path of a graph the factors multiply.",
            answers=(adds_what_arrives,),
        ),
        Mistake(
            "loses the sign",
            "A larger b makes the quotient smaller (for positive a): the sign of dL/db is turned.",
            answers=(without_the_sign,),
        ),
        Mistake(
            "loses the square",
            "dL/da is right. In dL/db one factor b is missing: derive 1/b again.",
            answers=(without_the_square,),
        ),
        Mistake(
            "loses parentheses",
            "dL/da is right. / and * take turns from the left: in x / b * b the second b "
            "multiplies again.",
            answers=(without_parentheses,),
        ),
        Mistake(
            "takes the rule of a product",
            "This is what a product would send back, where each gets the other. Here a is divided.",
            answers=(the_rule_of_a_product,),
        ),
        Mistake(
            "treats b as its inverse",
            "dL/da is right. The second is the gradient for 1/b, as if that were the parent. How "
            "does 1/b move with b?",
            answers=(product_with_the_inverse,),
        ),
        Mistake(
            "returns them in the wrong order",
            "Both are right and stand in the wrong order: the parents of c are a, then b.",
            answers=(in_the_wrong_order,),
        ),
        Mistake(
            "forgets the numerator",
            "dL/da is right. dL/db is that of 1 / b: with twice the numerator, b counts twice as "
            "much.",
            answers=(forgets_the_numerator,),
        ),
        Mistake(
            "gives both the same",
            "Both get the same here, as the parents of a sum would. a and b play different parts.",
            answers=(one_for_both,),
        ),
        Mistake(
            "gives both a minus sign",
            "dL/db is right. A larger a makes the quotient larger (for positive b): dL/da has no "
            "minus sign.",
            answers=(both_with_one_sign,),
        ),
        Mistake(
            "divides by the other one",
            "Dividing what arrives by the other parent is right for one of the two only.",
            answers=(quotient_of_the_gradients,),
        ),
    ),
    also_right=(from_the_result, by_powers, by_autograd),
    by_hand=(
        Asked("g = 2, a = 6, b = 4", (2.0, 6.0, 4.0), ("dL/da", "dL/db")),
        Asked("g = −0.5, a = 3, b = −2", (-0.5, 3.0, -2.0), ("dL/da", "dL/db")),
    ),
)
