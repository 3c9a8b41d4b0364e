"""Compute: how many numbers a stack of dense layers has to learn."""

import itertools

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def count_parameters(widths, bias):
    """Number of parameters of dense layers widths[0] -> widths[1] -> ..."""
    total = 0
    for i in range(len(widths) - 1):
        total += widths[i] * widths[i + 1]
        if bias:
            total += widths[i + 1]
    return total


# --- answers with one misconception each ---


def weights_only(widths, bias):
    return sum(widths[i] * widths[i + 1] for i in range(len(widths) - 1))


def always_with_bias(widths, bias):
    return sum((widths[i] + 1) * widths[i + 1] for i in range(len(widths) - 1))


def one_bias_a_layer(widths, bias):
    return sum(widths[i] * widths[i + 1] + bool(bias) for i in range(len(widths) - 1))


def a_bias_for_each_input(widths, bias):
    return sum(widths[i] * (widths[i + 1] + bool(bias)) for i in range(len(widths) - 1))


def a_bias_for_each_weight(widths, bias):
    return sum(widths[i] * widths[i + 1] for i in range(len(widths) - 1)) * (1 + bool(bias))


def first_layer_only(widths, bias):
    return widths[0] * widths[1] + (widths[1] if bias else 0)


def counts_units(widths, bias):
    return sum(widths[1:])


def product_of_all(widths, bias):
    total = 1
    for width in widths:
        total *= width
    return total + (sum(widths[1:]) if bias else 0)


def adds_neighbours(widths, bias):
    pairs = range(len(widths) - 1)
    return sum(widths[i] + widths[i + 1] * (1 + bool(bias)) for i in pairs)


def adds_widths(widths, bias):
    return sum(widths) + (sum(widths[1:]) if bias else 0)


def adds_widths_and_layers(widths, bias):
    return sum(widths) + (len(widths) - 1 if bias else 0)


def without_the_last_layer(widths, bias):
    return sum((widths[i] + bool(bias)) * widths[i + 1] for i in range(len(widths) - 2))


def a_bias_in_the_last_layer_only(widths, bias):
    weights = sum(widths[i] * widths[i + 1] for i in range(len(widths) - 1))
    return weights + (widths[-1] if bias else 0)


# --- unusual and right ---


def by_pairs(widths, bias):
    return sum((a + bool(bias)) * b for a, b in itertools.pairwise(widths))


def by_dot_product(widths, bias):
    widths = np.array(widths)
    return (widths[:-1] + (1 if bias else 0)) @ widths[1:]


def cases():
    settings = [
        ([784, 128], True), ([64, 100], True), ([784, 128], False),
        ([10, 64, 32, 16, 1], True), ([2, 3, 3], False), ([2, 1], True),
    ]
    return [Case((widths, bias), _of_a_real_model(widths, bias)) for widths, bias in settings]


def _of_a_real_model(widths, bias):
    """By building the layers and counting what their optimizer would be given."""
    nn = paths.load("numpy")
    rng = np.random.default_rng(0)
    layers = [nn.Dense(a, b, bias=bias, rng=rng) for a, b in itertools.pairwise(widths)]
    return sum(parameter.data.size for layer in layers for parameter in layer.parameters())


EXERCISE = Exercise(
    identifier="weights.count_parameters",
    title="how many numbers to learn",
    level="compute",
    prompt=(
        "Write `count_parameters(widths, bias)`: the number of parameters of dense layers in a "
        "row, where `widths` lists the number of inputs and then the units of each layer, and "
        "`bias` says whether the layers have biases. Example: `count_parameters([784, 128], True)` "
        "is 100480."
    ),
    stub='''\
def count_parameters(widths, bias):
    """Number of parameters of dense layers widths[0] -> widths[1] -> ..."""
    return ...
''',
    solution=count_parameters,
    cases=cases,
    hints=(
        "A layer from 784 to 128 has a weight for each pair. And how many biases?",
        "One bias for each unit of the layer, none for the inputs.",
        "widths[i] and widths[i + 1] belong to one layer. Count its weights and its biases, and "
        "add the layers up.",
    ),
    passed="784 to 128 are 100,352 weights and 128 biases; 64 to 100 are 6,500 in all.",
    mistakes=(
        Mistake(
            "leaves out the biases",
            "This counts the weights. With bias=True each unit has one number more.",
            answers=(weights_only,),
        ),
        Mistake(
            "always counts biases",
            "With bias=False there are weights only.",
            answers=(always_with_bias,),
        ),
        Mistake(
            "one bias for a layer",
            "A layer has a bias for each of its units: 128 of them, not one.",
            answers=(one_bias_a_layer,),
        ),
        Mistake(
            "a bias for each input",
            "Biases belong to the units, the outputs of the layer: 128 of them, not 784.",
            answers=(a_bias_for_each_input,),
        ),
        Mistake(
            "a bias for each weight",
            "A bias is added once to the whole sum of a unit, not once for each connection.",
            answers=(a_bias_for_each_weight,),
        ),
        Mistake(
            "counts the first layer only",
            "This is the first layer. widths may be longer: go on with widths[1] to widths[2].",
            answers=(first_layer_only,),
        ),
        Mistake(
            "counts units",
            "This is the number of units. Each of them has a weight for every input, and a bias.",
            answers=(counts_units,),
        ),
        Mistake(
            "multiplies all widths",
            "This multiplies across layers. A weight joins two neighbours only, and the counts "
            "of the layers add up.",
            answers=(product_of_all,),
        ),
        Mistake(
            "adds widths",
            "Widths are multiplied, not added: there is a weight for each pair of an input and a "
            "unit.",
            answers=(adds_neighbours, adds_widths, adds_widths_and_layers),
            recognise=lambda seen: any(
                all(item.result == answer(*item.case.make_arguments()) for item in seen)
                for answer in (adds_neighbours, adds_widths, adds_widths_and_layers)
            ),
        ),
        Mistake(
            "leaves out the last layer",
            "The last layer is missing: n widths make n − 1 layers.",
            answers=(without_the_last_layer,),
        ),
        Mistake(
            "a bias in the last layer only",
            "With bias=True every layer has biases, the hidden ones as well.",
            answers=(a_bias_in_the_last_layer_only,),
        ),
    ),
    also_right=(by_pairs, by_dot_product),
    by_hand=(
        Asked("64 inputs, one layer of 100 units, with biases", ((64, 100), True)),
        Asked("2 inputs, layers of 3 and 3 units, without biases", ((2, 3, 3), False)),
        Asked(
            "10 inputs, layers of 64, 32, 16 and 1 units, with biases",
            ((10, 64, 32, 16, 1), True),
        ),
    ),
)
