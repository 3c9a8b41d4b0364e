"""Compute: what is left of a gradient after a chain of sigmoids."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def slope_product(z):
    """Product of the sigmoid's slopes at the pre-activations z, one a layer."""
    s = 1 / (1 + np.exp(-z))
    return np.prod(s * (1 - s))


# --- answers with one misconception each ---


def product_of_outputs(z):
    return np.prod(1 / (1 + np.exp(-z)))


def sum_of_slopes(z):
    s = 1 / (1 + np.exp(-z))
    return np.sum(s * (1 - s))


def mean_of_slopes(z):
    s = 1 / (1 + np.exp(-z))
    return np.mean(s * (1 - s))


def slope_of_the_output(z):
    a = 1 / (1 + np.exp(-z))
    s = 1 / (1 + np.exp(-a))
    return np.prod(s * (1 - s))


def slope_in_z(z):
    return np.prod(z * (1 - z))


def largest_slope_everywhere(z):
    return 0.25 ** len(z)


def slope_of_tanh(z):
    return np.prod(1 - np.tanh(z) ** 2)


def slopes_without_product(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


def first_slope_for_all(z):
    s = 1 / (1 + np.exp(-z[0]))
    return (s * (1 - s)) ** len(z)


def mean_slope_for_all(z):
    s = 1 / (1 + np.exp(-z))
    return np.mean(s * (1 - s)) ** len(z)


def first_layer_only(z):
    s = 1 / (1 + np.exp(-z[0]))
    return s * (1 - s)


# --- unusual and right ---


def in_a_loop(z):
    import math

    product = 1.0
    for one in z:
        e = math.exp(-abs(float(one)))
        product *= e / (1 + e) ** 2
    return product


def by_cosh(z):
    return np.exp(-np.sum(np.log(4 * np.cosh(np.asarray(z) / 2) ** 2)))


def cases():
    chains = [[0.0], [2.0], [0.0] * 10, [1.0, 2.0], [1.0, -1.0, 2.0], [4.0, 0.5, -3.0, 0.25, 1.5]]
    return [Case((np.array(chain),), oracle(chain)) for chain in chains]


def oracle(chain):
    """By finite differences of the sigmoid, one layer at a time."""
    product, h = 1.0, 1e-5
    for z in chain:
        high, low = 0.5 * (1 + np.tanh((z + h) / 2)), 0.5 * (1 + np.tanh((z - h) / 2))
        product *= (high - low) / (2 * h)
    return float(product)


def judge(got, expected):
    """Products get small, so only the relative error says whether one is right."""
    from nnlib.exercises import comparing

    plain = comparing.plain(got)
    if not comparing.is_real(plain):
        return comparing.difference(got, expected) or "should be one number"
    if abs(plain - expected) <= 1e-5 * expected:
        return None
    return f"should be {comparing.spell(expected)}, got {comparing.spell(plain)}"


EXERCISE = Exercise(
    identifier="activations.slope_product",
    title="what a chain of sigmoids lets through",
    level="compute",
    prompt=(
        "Write `slope_product(z)`: `z` is an array with the pre-activation of one unit in each "
        "layer of a chain of sigmoids; return the product of the slopes there. (Weights multiply "
        "too; leave them out.) Example: ten layers with z = 0 let through 0.25¹⁰ = 9.54e-7."
    ),
    stub='''\
def slope_product(z):
    """Product of the sigmoid's slopes at the pre-activations z, one a layer."""
    return ...
''',
    solution=slope_product,
    cases=cases,
    judge=judge,
    hints=(
        "What is the slope of the sigmoid at z, in terms of s = σ(z)?",
        "The slope is s(1 - s). At z = 0 that is 0.25.",
        "Compute s for the whole array, then the slope of each layer. What does the chain rule do "
        "with them?",
    ),
    passed=(
        "0.25¹⁰ is the best case. A saturated unit on the way costs another factor of ten or more."
    ),
    mistakes=(
        Mistake(
            "multiplies the outputs",
            "These are the values of the sigmoid. A gradient is multiplied by its slopes.",
            answers=(product_of_outputs,),
        ),
        Mistake(
            "adds the slopes",
            "By the chain rule the slopes are multiplied, not added: each layer scales what the "
            "one after it sends back.",
            answers=(sum_of_slopes,),
        ),
        Mistake(
            "averages the slopes",
            "By the chain rule the slopes are multiplied. Their mean says nothing about depth.",
            answers=(mean_of_slopes,),
        ),
        Mistake(
            "applies the sigmoid twice",
            "The sigmoid was taken once too often: the slope belongs to z, not to σ(z).",
            answers=(slope_of_the_output,),
        ),
        Mistake(
            "puts the pre-activation where the output belongs",
            "In s(1 - s), s is the output of the sigmoid, not z itself.",
            answers=(slope_in_z,),
        ),
        Mistake(
            "takes the largest slope everywhere",
            "0.25 is the slope at 0 only, so this is an upper bound. Use the slope at each z.",
            answers=(largest_slope_everywhere,),
        ),
        Mistake(
            "takes the slope of tanh",
            "This is the slope of tanh. The sigmoid's at 0 is a quarter of it.",
            answers=(slope_of_tanh,),
        ),
        Mistake(
            "gives the slopes one by one",
            "These are the slopes, one a layer. What is left of a gradient is their product.",
            answers=(slopes_without_product,),
        ),
        Mistake(
            "one slope for all layers",
            "Each layer has its own z, and so its own slope: multiply these.",
            answers=(first_slope_for_all,),
        ),
        Mistake(
            "a power of the mean slope",
            "The product of different slopes is no power of their mean: multiply them one by one.",
            answers=(mean_slope_for_all,),
        ),
        Mistake(
            "stops after the first layer",
            "This is the slope of the first layer alone. Does a return stand inside the loop?",
            answers=(first_layer_only,),
        ),
    ),
    also_right=(in_a_loop, by_cosh),
    by_hand=(
        Asked("one layer, z = 2", (np.array([2.0]),)),
        Asked("three layers, z = 1, −1, 2", (np.array([1.0, -1.0, 2.0]),)),
    ),
)
