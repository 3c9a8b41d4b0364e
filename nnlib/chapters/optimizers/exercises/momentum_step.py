"""Build: one step of momentum."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def momentum_step(w, v, grad, lr, beta):
    """Return the new weights and the new velocity; w and v stay as they were."""
    v = beta * v + grad
    return w - lr * v, v


# --- answers with one misconception each ---


def follows_the_old_velocity(w, v, grad, lr, beta):
    return w - lr * v, beta * v + grad


def takes_a_mean(w, v, grad, lr, beta):
    v = beta * v + (1 - beta) * grad
    return w - lr * v, v


def rate_inside(w, v, grad, lr, beta):
    v = beta * v + lr * grad
    return w - v, v


def uphill(w, v, grad, lr, beta):
    v = beta * v + grad
    return w + lr * v, v


def forgets_nothing(w, v, grad, lr, beta):
    v = v + grad
    return w - lr * v, v


def looks_ahead(w, v, grad, lr, beta):
    v = beta * v + grad
    return w - lr * (grad + beta * v), v


def velocity_first(w, v, grad, lr, beta):
    v = beta * v + grad
    return v, w - lr * v


def gradient_alone(w, v, grad, lr, beta):
    return w - lr * grad, beta * v + grad


def beta_on_the_gradient(w, v, grad, lr, beta):
    v = v + beta * grad
    return w - lr * v, v


# --- unusual and right ---


def in_two_moves(w, v, grad, lr, beta):
    return [w - lr * beta * v - lr * grad, v * beta + grad]


BY_HAND = (np.array([2.0]), np.array([4.0]), np.array([-1.0]), 0.1, 0.5)


def cases():
    made = []
    for path in paths.available():
        for seed, (lr, beta) in enumerate([(0.1, 0.9), (0.5, 0.5), (0.01, 0.0)]):
            w, v, grad = np.random.default_rng(seed).normal(size=(3, 4))
            arguments = tuple(paths.array(path, one) for one in (w, v, grad))
            expected = number_by_number(w, v, grad, lr, beta)
            made.append(Case((*arguments, lr, beta), expected, path=path))
        arguments = tuple(paths.array(path, one) for one in BY_HAND[:3])
        made.append(Case((*arguments, *BY_HAND[3:]), number_by_number(*BY_HAND), path=path))
    return made


def number_by_number(w, v, grad, lr, beta):
    """The sum of what the velocity and the gradient each contribute, number by number."""
    moved, kept = [], []
    for one, speed, slope in zip(w, v, grad, strict=True):
        kept.append(slope - (-beta) * speed)
        moved.append(one + sum([-lr * slope, -lr * beta * speed]))
    return [np.array(moved), np.array(kept)]


EXERCISE = Exercise(
    identifier="optimizers.momentum_step",
    title="a step of momentum",
    level="build",
    prompt=(
        "Write `momentum_step(w, v, grad, lr, beta)`: return the pair of the new weights and the "
        "new velocity, and leave `w`, `v` and `grad` as they were. These three are NumPy arrays "
        "or torch tensors of one shape. Example: from `w = 1`, `v = 0` with the gradient 2 at "
        "each step, `lr = 0.1` and `beta = 0.9`, the first step gives 0.8 and 2, the second 0.42 "
        "and 3.8."
    ),
    stub='''\
def momentum_step(w, v, grad, lr, beta):
    """Return the new weights and the new velocity; w and v stay as they were."""
    return ...
''',
    solution=momentum_step,
    cases=cases,
    hints=(
        "Two lines: first the velocity, then the weights.",
        "The weights follow the velocity that has just been made, not the one that came in.",
        "Make new arrays: `v = ...` does, `v += ...` changes the caller's.",
    ),
    passed="With beta = 0 this is plain gradient descent: the velocity is the gradient.",
    mistakes=(
        Mistake(
            "follows the old velocity",
            "The velocity is right, but the weights went along the one before it: the newest "
            "gradient has no say.",
            answers=(follows_the_old_velocity,),
        ),
        Mistake(
            "takes a mean",
            "The gradient is multiplied by 1 − β, as in a running mean. Here it comes in whole.",
            answers=(takes_a_mean,),
        ),
        Mistake(
            "puts the rate inside",
            "The velocity has the rate in it: that is the other convention. The v that comes in is "
            "kept without it, so the two do not add up from the second step on.",
            answers=(rate_inside,),
        ),
        Mistake(
            "goes uphill",
            "The weights moved along the velocity, which adds up gradients: uphill.",
            answers=(uphill,),
        ),
        Mistake(
            "forgets nothing",
            "The whole old velocity is kept. Without a β below 1 it would grow without end.",
            answers=(forgets_nothing,),
        ),
        Mistake(
            "looks ahead",
            "This is Nesterov's form of the step: the gradient counts once more.",
            answers=(looks_ahead,),
        ),
        Mistake(
            "returns the velocity first",
            "Both are right and stand in the wrong order.",
            answers=(velocity_first,),
        ),
        Mistake(
            "follows the gradient alone",
            "The velocity is right and not used: the weights follow the gradient, as in SGD.",
            answers=(gradient_alone,),
        ),
        Mistake(
            "puts β on the gradient",
            "β multiplies the gradient here. It says how much of the *old velocity* is kept.",
            answers=(beta_on_the_gradient,),
        ),
    ),
    also_right=(in_two_moves,),
    by_hand=(Asked("w = 2, v = 4, gradient −1, rate 0.1, β = 0.5", BY_HAND, parts=("w", "v")),),
)
