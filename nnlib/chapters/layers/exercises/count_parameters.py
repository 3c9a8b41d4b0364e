"""Compute: how many parameters has a chain of dense layers?"""

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def count_parameters(sizes):
    """Parameters of dense layers of these sizes, the number of inputs first."""
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]        # weights, biases
    return total


# --- answers with one misconception each ---


def weights_only(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i]
    return total


def weights_only_by_sum(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


def bias_for_the_input(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)) + sum(sizes)


def bias_of_the_wrong_side(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i] for i in range(len(sizes) - 1))


def one_bias_a_layer(sizes):
    return sum(sizes[i] * sizes[i + 1] + 1 for i in range(len(sizes) - 1))


def forgets_the_output_layer(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 2))


def units_only(sizes):
    return sum(sizes)


# --- unusual and right ---


def with_a_column_of_ones(sizes):
    return sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1))


def from_the_end(sizes):
    if len(sizes) < 2:
        return 0
    *rest, before, after = sizes
    return from_the_end((*rest, before)) + after * (before + 1)


def with_numpy(sizes):
    import numpy as np

    sizes = np.array(sizes)
    return np.sum(sizes[:-1] * sizes[1:]) + np.sum(sizes[1:])


def cases():
    chains = [(10, 64, 32, 16, 1), (10, 32, 1), (2, 3, 2, 1), (784, 128), (64, 60, 10),
              (64, 32, 32, 32, 10), (3, 1)]
    return [Case((sizes,), _by_touching_each(sizes)) for sizes in chains]


def _by_touching_each(sizes):
    """One by one: every unit after the input has a number for each unit before, and its bias."""
    count = 0
    for layer in range(1, len(sizes)):
        for _unit in range(sizes[layer]):
            for _number in range(sizes[layer - 1] + 1):
                count += 1
    return count


EXERCISE = Exercise(
    identifier="layers.count_parameters",
    title="count them",
    level="compute",
    prompt=(
        "Write `count_parameters(sizes)`: the number of parameters of a chain of dense layers with "
        "biases. `sizes` holds the number of inputs, then the units of each layer. Example: "
        "`count_parameters((10, 32, 1))` is 385."
    ),
    stub='''\
def count_parameters(sizes):
    """Parameters of dense layers of these sizes, the number of inputs first."""
    return ...
''',
    solution=count_parameters,
    cases=cases,
    hints=(
        "A layer from 10 to 32 has a weight matrix of shape (10, 32). What else?",
        "Go through the layers with i from 1: sizes[i - 1] numbers come in, sizes[i] go out.",
        "Add up sizes[i - 1] * sizes[i] + sizes[i].",
    ),
    passed="10-64-32-16-1 gives 704 + 2,080 + 528 + 17 = 3,329; most of it between the widest two.",
    mistakes=(
        Mistake(
            "leaves out the biases",
            "Those are the weights. Every unit after the input also has a bias: add one for each.",
            answers=(weights_only, weights_only_by_sum),
        ),
        Mistake(
            "gives the input a bias",
            "The input computes nothing and has no bias. Only the units after it have one.",
            answers=(bias_for_the_input,),
        ),
        Mistake(
            "counts the biases of the layer before",
            "A bias belongs to the unit that adds it: the layer from 10 to 32 has 32 of them, "
            "not 10.",
            answers=(bias_of_the_wrong_side,),
        ),
        Mistake(
            "one bias for a whole layer",
            "Each unit has a bias of its own, so a layer of 32 units has 32, not one.",
            answers=(one_bias_a_layer,),
        ),
        Mistake(
            "forgets the last layer",
            "The output layer has weights and biases too: go up to the last pair of sizes.",
            answers=(forgets_the_output_layer,),
        ),
        Mistake(
            "counts units",
            "Those are units. Each unit has a weight for every unit before it, and a bias.",
            answers=(units_only,),
        ),
    ),
    also_right=(with_a_column_of_ones, from_the_end, with_numpy),
    by_hand=(
        Asked("10 inputs, layers of 64, 32, 16 and 1 units", ((10, 64, 32, 16, 1),)),
        Asked("2 inputs, layers of 3, 2 and 1 units", ((2, 3, 2, 1),)),
        Asked("64 inputs, layers of 60 and 10 units", ((64, 60, 10),)),
    ),
)
