"""Compute: the multiplications of a backward pass."""

from nnlib.exercises import comparing
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def backward_cost(sizes):
    """Multiplications of the backward pass of Dense layers, for one example."""
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    return sum(weights) + sum(weights[1:])


# --- answers with one misconception each ---


def forward_alone(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


def twice_forward(sizes):
    return 2 * sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1))


def without_the_last_layer(sizes):
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    return sum(weights) + sum(weights[:-1])


def both_passes(sizes):
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    return 2 * sum(weights) + sum(weights[1:])


def errors_alone(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(1, len(sizes) - 1))


def with_the_biases(sizes):
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    return sum(weights) + sum(weights[1:]) + sum(sizes[1:])


def ratio(sizes):
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    return (sum(weights) + sum(weights[1:])) / sum(weights)


def neurons_for_weights(sizes):
    return sum(sizes[1:]) + sum(sizes[2:])


def three_widths_alone(sizes):
    return sizes[0] * sizes[1] + 2 * sizes[1] * sizes[2]


def squares(sizes):
    return sum(sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)) + sum(
        m * m for m in sizes[1:-1])


# --- unusual and right ---


def from_the_end(sizes):
    total, needed = 0, len(sizes) - 1
    while needed:
        total += sizes[needed] * sizes[needed - 1] * (1 if needed == 1 else 2)
        needed -= 1
    return float(total)


def twice_less_the_first(sizes):
    import numpy as np

    sizes = np.array(sizes)
    return 2 * (sizes[1:] @ sizes[:-1]) - sizes[0] * sizes[1]


def cases():
    settings = [[4, 3, 2], [5, 1], [8, 6, 4, 3], [64, 128, 10], [2, 7, 7, 7, 1]]
    return [Case((sizes,), by_shapes(sizes)) for sizes in settings]


def by_shapes(sizes):
    """A product of (n, k) and (k, m) takes n k m: xᵀ δ for every weight, δ Wᵀ but for the input."""
    total = 0
    for layer in range(1, len(sizes)):
        inputs, outputs = sizes[layer - 1], sizes[layer]
        total += inputs * 1 * outputs
        if layer > 1:
            total += 1 * outputs * inputs
    return total


def right_for_three(seen) -> bool:
    """Right wherever there are three widths, and nowhere else."""
    return all(
        (item.error is None and comparing.same(item.result, item.case.expected))
        == (len(item.case.arguments[0]) == 3) for item in seen
    )


EXERCISE = Exercise(
    identifier="backpropagation.backward_cost",
    title="the cost of the way back",
    level="compute",
    prompt=(
        "Write `backward_cost(sizes)`: how many multiplications the backward pass of a network of "
        "`Dense` layers takes for one example, where `sizes` is the list of the widths, that of "
        "the inputs first. Count the matrix products only, and only those that some parameter "
        "needs: no one asks for the gradient of the network's input. Biases, activations and the "
        "loss do not count. Example: `[4, 3, 2]` takes 24; its forward pass takes 18."
    ),
    stub='''\
def backward_cost(sizes):
    """Multiplications of the backward pass of Dense layers, for one example."""
    return ...
''',
    solution=backward_cost,
    cases=cases,
    hints=(
        "Two things are computed in a layer: the gradient of its weight, and the error for the "
        "layer before it.",
        "Either takes one multiplication for each weight, as the way there does.",
        "One layer has nobody before it who would need an error.",
    ),
    passed=(
        "So a backward pass takes between one and two times the products of a forward pass: the "
        "more of the weights are in the first layer, the fewer."
    ),
    mistakes=(
        Mistake(
            "counts once",
            "This is one multiplication for each weight, as many as on the way there. There are "
            "two products in most layers.",
            answers=(forward_alone,),
        ),
        Mistake(
            "sends an error to the input",
            "This is twice the way there: one of the products gives the gradient of the input, "
            "which nobody asked for.",
            answers=(twice_forward,),
        ),
        Mistake(
            "saves in the last layer",
            "The one that needs a single product is at the other end: the last layer does send its "
            "error back.",
            answers=(without_the_last_layer,),
        ),
        Mistake(
            "counts both passes",
            "The forward pass is counted as well. Asked is the way back alone.",
            answers=(both_passes,),
        ),
        Mistake(
            "counts the errors alone",
            "These are the products that send errors back. The gradients of the weights are "
            "products too.",
            answers=(errors_alone,),
        ),
        Mistake(
            "counts the biases",
            "The biases' gradients are sums of errors, without any product.",
            answers=(with_the_biases,),
        ),
        Mistake(
            "gives a ratio",
            "This compares with the forward pass. Asked is the number itself.",
            answers=(ratio,),
        ),
        Mistake(
            "counts neurons",
            "A matrix product takes one multiplication for each weight, not for each neuron.",
            answers=(neurons_for_weights,),
        ),
        Mistake(
            "has room for two layers",
            "Right for two layers, as in the example. There may be one, or any number of them.",
            answers=(three_widths_alone,),
            recognise=right_for_three,
        ),
        Mistake(
            "squares the widths",
            "Between two layers there are as many weights as the product of the two numbers, not "
            "the square of one.",
            answers=(squares,),
        ),
    ),
    also_right=(from_the_end, twice_less_the_first),
    by_hand=(
        Asked("sizes 8, 6, 4, 3", ([8, 6, 4, 3],)),
        Asked("sizes 64, 128, 10", ([64, 128, 10],)),
    ),
)
