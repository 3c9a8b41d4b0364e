"""Build: repeat the step and keep the whole path."""

import numpy as np

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def gradient_descent(grad, w0, lr, steps):
    """Return the path of gradient descent: steps + 1 numbers, the first is w0."""
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return path


# --- answers with one misconception each ---


def climbs(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] + lr * grad(path[-1]))
    return path


def leaves_out_the_start(grad, w0, lr, steps):
    path, w = [], w0
    for _ in range(steps):
        w = w - lr * grad(w)
        path.append(w)
    return path


def stops_one_early(grad, w0, lr, steps):
    path, w = [], w0
    for _ in range(steps):
        path.append(w)
        w = w - lr * grad(w)
    return path


def stops_one_early_by_range(grad, w0, lr, steps):
    path = [w0]
    for _ in range(1, steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return path[:steps]


def gradient_at_the_start_only(grad, w0, lr, steps):
    slope = grad(w0)
    return [w0 - lr * slope * step for step in range(steps + 1)]


def gradient_at_the_start_in_a_loop(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(w0))
    return path


def direction_only(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * np.sign(grad(path[-1])))
    return path


def always_from_the_start(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(w0 - lr * grad(w0))
    return path


def the_start_is_never_replaced(grad, w0, lr, steps):
    path, w = [w0], w0
    for _ in range(steps):
        w = w0 - lr * grad(w)
        path.append(w)
    return path


def slope_by_hand(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * 2 * path[-1])
    return path


def slope_by_hand_in_closed_form(grad, w0, lr, steps):
    return w0 * (1 - 2 * lr) ** np.arange(steps + 1)


def returns_in_the_loop(grad, w0, lr, steps):
    path = [w0]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
        return path


def last_only(grad, w0, lr, steps):
    w = w0
    for _ in range(steps):
        w = w - lr * grad(w)
    return w


# --- unusual and right ---


def as_a_generator(grad, w0, lr, steps):
    w = w0
    yield w
    for _ in range(steps):
        w -= lr * grad(w)
        yield w


def by_recursion(grad, w0, lr, steps):
    if steps == 0:
        return (w0,)
    return (w0, *by_recursion(grad, w0 - lr * grad(w0), lr, steps - 1))


def into_an_array(grad, w0, lr, steps):
    path = np.empty((steps + 1,), dtype="float32")
    path[0] = w0
    for step in range(steps):
        path[step + 1] = path[step] - lr * grad(path[step])
    return path


def with_tensors(grad, w0, lr, steps):
    import torch

    path = [torch.tensor(w0, requires_grad=True)]
    for _ in range(steps):
        path.append(path[-1] - lr * grad(path[-1]))
    return path


class Slope:
    """Gradient of a bowl. Arithmetic with it says that it wants to be called.

    A plain function would say "unsupported operand type(s) for *: 'float' and 'function'".
    """

    __name__ = "grad"

    def __init__(self, curvature, minimum):
        self.curvature, self.minimum = curvature, minimum

    def __call__(self, w):
        return self.curvature * (w - self.minimum)

    def _not_called(self, *other):
        raise TypeError("grad is a function: call it to get the slope at w, as grad(w)")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _not_called
    __truediv__ = __rtruediv__ = __neg__ = __float__ = __getitem__ = _not_called


def bowl(curvature, minimum):
    """Gradient of a bowl with this second derivative, and its closed-form path as the oracle."""
    grad = Slope(curvature, minimum)

    def path(w0, lr, steps):
        powers = (1.0 - lr * curvature) ** np.arange(steps + 1)
        return minimum + (w0 - minimum) * powers

    return grad, path


def starts_over(seen) -> bool:
    """Whether each step sets out from w0 again, with the slope there or at the last position."""
    return any(
        all(comparing.same(item.result, comparing.plain(answer(*item.case.arguments)))
            for item in seen)
        for answer in (always_from_the_start, the_start_is_never_replaced)
    )


def cases():
    made = []
    for curvature, minimum, w0, lr, steps in [
        (2.0, 0.0, 5.0, 0.1, 20),
        (2.0, 0.0, 5.0, 0.9, 20),
        (2.0, 0.0, 5.0, 1.1, 20),
        (1.0, 3.0, -2.0, 0.25, 7),
        (2.0, 0.0, 5.0, 0.1, 0),
        (4.0, 1.0, 3.0, 0.125, 3),
    ]:
        grad, path = bowl(curvature, minimum)
        made.append(Case((grad, w0, lr, steps), path(w0, lr, steps)))
    return made


EXERCISE = Exercise(
    identifier="learning_rate.gradient_descent",
    title="the whole path",
    level="build",
    prompt=(
        "Write `gradient_descent(grad, w0, lr, steps)`: start at the number `w0`, take `steps` "
        "steps of gradient descent, and return the list of all positions, `steps + 1` numbers of "
        "which the first is `w0`. `grad` is a function that gives the slope at a position. "
        "Example: on $f(w) = w^2$ the slope is $2w$; from `w0 = 5.0` with `lr = 0.1`, two steps "
        "give `[5.0, 4.0, 3.2]`."
    ),
    stub='''\
def gradient_descent(grad, w0, lr, steps):
    """Return the path of gradient descent: steps + 1 numbers, the first is w0."""
    return ...
''',
    solution=gradient_descent,
    cases=cases,
    hints=(
        "Keep a list. What is in it before the first step?",
        "Each step starts from the last position in the list, and asks grad for the slope there.",
        "In a loop of `steps` rounds, append path[-1] less lr times the slope there.",
    ),
    passed=(
        "On f(w) = w * w from 5, twenty steps end at 3.338 for a rate of 0.01 and at 191.7 for 1.1."
    ),
    mistakes=(
        Mistake(
            "goes uphill",
            "Every step moves away from the minimum: the gradient points uphill. Subtract it.",
            answers=(climbs,),
        ),
        Mistake(
            "leaves out the start",
            "The first number should be w0 itself. The list starts after the first step.",
            answers=(leaves_out_the_start,),
        ),
        Mistake(
            "stops one early",
            "The last step is taken but not kept, or not taken: the list has `steps` numbers, "
            "and the start needs a place too.",
            answers=(stops_one_early, stops_one_early_by_range),
        ),
        Mistake(
            "takes the slope at the start only",
            "The path is a straight line: every step uses the slope at w0. Ask grad again at each "
            "new position.",
            answers=(gradient_at_the_start_only, gradient_at_the_start_in_a_loop),
        ),
        Mistake(
            "starts over from w0",
            "Every step sets out from w0 again. Start each one at the last position, and ask grad "
            "for the slope there.",
            answers=(always_from_the_start, the_start_is_never_replaced),
            recognise=starts_over,
        ),
        Mistake(
            "writes the slope by hand",
            "Right for f(w) = w * w alone: 2 * w is written in your function. Call grad(w), which "
            "knows the slope of any function.",
            answers=(slope_by_hand, slope_by_hand_in_closed_form),
        ),
        Mistake(
            "uses only the direction of the slope",
            "Every step has the same length. The step is lr times the slope, so it shrinks where "
            "the bowl is flat.",
            answers=(direction_only,),
        ),
        Mistake(
            "returns only the end",
            "This is where the path ends. Return all positions, from w0 on.",
            answers=(last_only,),
        ),
        Mistake(
            "returns from within the loop",
            "This is one step, or none: the return stands inside the loop. Move it behind.",
            answers=(returns_in_the_loop,),
        ),
    ),
    also_right=(as_a_generator, by_recursion, into_an_array, with_tensors),
    by_hand=(
        Asked(
            "slope 4 (w - 1), w0 = 3, lr = 0.125, 3 steps",
            (Slope(4.0, 1.0), 3.0, 0.125, 3),
            parts=("first number", "second", "third", "fourth"),
        ),
    ),
)
