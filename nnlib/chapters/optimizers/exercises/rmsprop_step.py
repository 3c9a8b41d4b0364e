"""Repair: a step of RMSprop that is not independent of the unit of the loss."""

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def rmsprop_step(w, s, grad, lr, rho, eps):
    """Return the weights and the mean of squares after one step of RMSprop."""
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (s**0.5 + eps), s


def broken(w, s, grad, lr, rho, eps):
    """Return the weights and the mean of squares after one step of RMSprop."""
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (s + eps), s


# --- wrong repairs ---


def eps_inside(w, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (s + eps) ** 0.5, s


def squares_the_gradient(w, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad**2 / (s + eps), s


def keeps_the_root(w, s, grad, lr, rho, eps):
    s = (rho * s + (1 - rho) * grad**2) ** 0.5
    return w - lr * grad / (s + eps), s


def means_of_sizes(w, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * abs(grad)
    return w - lr * grad / (s + eps), s


def by_the_old_mean(w, s, grad, lr, rho, eps):
    step = lr * grad / (s**0.5 + eps)
    return w - step, rho * s + (1 - rho) * grad**2


def adds_up(w, s, grad, lr, rho, eps):
    s = s + grad**2
    return w - lr * grad / (s**0.5 + eps), s


def a_thousand_times_longer(w, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * grad**2
    return w - 1000 * lr * grad / (s + eps), s


def back_to_the_old_unit(w, s, grad, lr, rho, eps):
    grad = grad / 1000
    s = rho * s + (1 - rho) * grad**2
    return w - lr * grad / (s + eps), s


def old_unit_and_root(w, s, grad, lr, rho, eps):
    s = rho * s + (1 - rho) * (grad / 1000) ** 2
    return w - lr * (grad / 1000) / (s**0.5 + eps), s


def averages_thousandths(seen):
    """Whether the new s is made of a thousandth of the gradient, whatever the step is."""
    for item in seen:
        _, s, grad, _, rho, _ = map(comparing.plain, item.case.make_arguments())
        if not comparing.same(item.result[1], rho * s + (1 - rho) * (grad / 1000) ** 2):
            return False
    return True


# --- unusual and right ---


def in_other_order(w, s, grad, lr, rho, eps):
    new = s + (1 - rho) * (grad * grad - s)
    return [w - grad * (lr / (eps + new**0.5)), new]


BY_HAND = (np.array([2.0]), np.array([7.0]), np.array([-5.0]), 0.5, 0.5, 1.0)


def cases():
    made = []
    for path in paths.available():
        for seed, (scale, eps) in enumerate([(1.0, 1e-8), (1e-3, 0.1), (100.0, 1.0)]):
            rng = np.random.default_rng(seed)
            w, grad = rng.normal(size=4), scale * rng.normal(size=4)
            s = scale**2 * rng.uniform(0.5, 2, size=4)
            arguments = tuple(paths.array(path, one) for one in (w, s, grad))
            expected = number_by_number(w, s, grad, 0.1, 0.9, eps)
            made.append(Case((*arguments, 0.1, 0.9, eps), expected, path=path))
        arguments = tuple(paths.array(path, one) for one in BY_HAND[:3])
        made.append(Case((*arguments, *BY_HAND[3:]), number_by_number(*BY_HAND), path=path))
    return made


def number_by_number(w, s, grad, lr, rho, eps):
    squares = np.average([s, np.square(grad)], axis=0, weights=[rho, 1 - rho])
    return [np.array([one - lr / (np.sqrt(square) + eps) * slope for one, square, slope
                      in zip(w, squares, grad, strict=True)]), squares]


EXERCISE = Exercise(
    identifier="optimizers.rmsprop_step",
    title="a thousand times too short",
    level="repair",
    prompt=(
        "Somebody measured the loss in thousandths, which makes every gradient 1,000 times "
        "larger, and expected RMSprop to walk the same path. Instead the steps became 1,000 times "
        "*shorter*. Find the cause in `rmsprop_step` and mend it. It returns the new weights and "
        "the new `s`, for NumPy arrays or torch tensors."
    ),
    solution=rmsprop_step,
    broken=broken,
    cases=cases,
    hints=(
        "If the gradient grows by 1,000, by how much does s grow, and by how much should the "
        "divisor grow?",
        "What divides a gradient has to have the unit of a gradient.",
        "s is a mean of squares. ε stays where the formula of the text has it.",
    ),
    passed="Numerator and divisor have the same unit now, so the unit of the loss drops out.",
    mistakes=(
        Mistake(
            "puts ε inside the root",
            "The root is right, but ε is under it. In this book, as in PyTorch, it is added "
            "outside.",
            answers=(eps_inside,),
        ),
        Mistake(
            "squares the gradient",
            "The unit drops out now, and so does the sign: every step goes the same way.",
            answers=(squares_the_gradient,),
        ),
        Mistake(
            "keeps the root",
            "This step is right, but what is kept for the next one is the root of the mean, and "
            "the next mean would mix it with squares.",
            answers=(keeps_the_root,),
        ),
        Mistake(
            "averages sizes",
            "s is now a mean of sizes. That has the right unit and is another method: RMS stands "
            "for root of the mean of squares.",
            answers=(means_of_sizes,),
        ),
        Mistake(
            "divides by the old mean",
            "The newest gradient goes into s only after the step. In the first step s would be 0.",
            answers=(by_the_old_mean,),
        ),
        Mistake(
            "adds up the squares",
            "That is AdaGrad: its sum never forgets.",
            answers=(adds_up,),
        ),
        Mistake(
            "mends one number",
            "A factor of 1,000 makes up for this one change of the unit and for no other.",
            answers=(a_thousand_times_longer,),
        ),
        Mistake(
            "changes the unit of the gradient",
            "A gradient in thousandths suits this one change of the unit, and s now holds other "
            "squares than those of the gradients. The unit has to drop out by itself.",
            answers=(back_to_the_old_unit, old_unit_and_root),
            recognise=averages_thousandths,
        ),
    ),
    also_right=(in_other_order,),
    by_hand=(
        Asked("mended: w = 2, s = 7, gradient −5, rate 0.5, ρ = 0.5, ε = 1", BY_HAND,
              parts=("w", "s")),
    ),
)
