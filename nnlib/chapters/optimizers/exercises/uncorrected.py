"""Compute: Adam's first step without its corrections."""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def uncorrected(lr, beta1, beta2):
    """Length of Adam's first step if neither mean were corrected, without ε."""
    return lr * (1 - beta1) / (1 - beta2) ** 0.5


# --- answers with one misconception each ---


def corrected(lr, beta1, beta2):
    return lr


def without_the_root(lr, beta1, beta2):
    return lr * (1 - beta1) / (1 - beta2)


def root_of_both(lr, beta1, beta2):
    return lr * ((1 - beta1) / (1 - beta2)) ** 0.5


def mean_alone(lr, beta1, beta2):
    return lr * (1 - beta1)


def square_alone(lr, beta1, beta2):
    return lr / (1 - beta2) ** 0.5


def upside_down(lr, beta1, beta2):
    return lr * (1 - beta2) ** 0.5 / (1 - beta1)


def old_shares(lr, beta1, beta2):
    return lr * beta1 / beta2**0.5


# --- unusual and right ---


def with_a_gradient(lr, beta1, beta2, g=-5.0):
    m, s = (1 - beta1) * g, (1 - beta2) * g * g
    return abs(lr * m / s**0.5)


def cases():
    settings = [(0.001, 0.9, 0.99), (0.1, 0.5, 0.75), (1.0, 0.9, 0.9999), (0.01, 0.8, 0.96),
                (0.5, 0.0, 0.36), (0.013, 0.87, 0.983)]
    return [Case(setting, by_the_library(*setting)) for setting in settings]


def by_the_library(lr, beta1, beta2):
    """The corrected first step is the rate; take back what the two corrections did."""
    import numpy as np

    import nnlib.numpy as nn

    w = nn.Parameter(np.zeros(1))
    optimizer = nn.Adam([w], lr=lr, betas=(beta1, beta2), eps=0.0)
    w.grad = np.array([3.0])
    optimizer.step()
    mean, square = optimizer.mean[0][0], optimizer.square[0][0]
    return float(lr * mean / np.sqrt(square))


EXERCISE = Exercise(
    identifier="optimizers.uncorrected",
    title="the first step, uncorrected",
    level="compute",
    prompt=(
        "Write `uncorrected(lr, beta1, beta2)`: the length of Adam's first step if both "
        "corrections were left out. ε is too small to matter, and the gradient is any number but "
        "0. Example: `uncorrected(0.1, 0.5, 0.75)` is 0.1."
    ),
    stub='''\
def uncorrected(lr, beta1, beta2):
    """Length of Adam's first step if neither mean were corrected, without ε."""
    return ...
''',
    solution=uncorrected,
    cases=cases,
    hints=(
        "Both means start at 0. What are m and s after one gradient g?",
        "What is the share of g in m then, and that of g² in s?",
        "In m divided by the root of s g drops out, up to its sign, and the two shares stay.",
    ),
    passed="With the defaults this is 3.16 times the rate: s starts out far emptier than m.",
    mistakes=(
        Mistake(
            "corrects all the same",
            "This is the first step with the corrections. Without them the two shares stay in it.",
            answers=(corrected,),
        ),
        Mistake(
            "leaves out the root",
            "The divisor is the root of s, so its share stands under a root as well.",
            answers=(without_the_root,),
        ),
        Mistake(
            "takes the root of both",
            "Only s stands under the root; m is used as it is.",
            answers=(root_of_both,),
        ),
        Mistake(
            "looks at the mean alone",
            "m is too small at the start, and so is s, by which it is divided.",
            answers=(mean_alone,),
        ),
        Mistake(
            "looks at the square alone",
            "s is too small at the start, and so is m.",
            answers=(square_alone,),
        ),
        Mistake(
            "turns it upside down",
            "m is in the numerator, and the root of s in the denominator.",
            answers=(upside_down,),
        ),
        Mistake(
            "takes the shares of the old means",
            "β₁ and β₂ are the shares of the old means, which are 0 before the first step. What "
            "are those of the new gradient?",
            answers=(old_shares,),
        ),
    ),
    also_right=(with_a_gradient,),
    by_hand=(
        Asked("rate 0.01, β₁ = 0.8, β₂ = 0.96", (0.01, 0.8, 0.96)),
        Asked("rate 0.5, β₁ = 0, β₂ = 0.36", (0.5, 0.0, 0.36)),
    ),
)
