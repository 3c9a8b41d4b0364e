"""Build: linear layers in a row are one linear layer."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def collapse(weights, biases):
    """Return (W, b) of the one dense layer that equals all these in a row."""
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ w, bias @ w + b
    return weight, bias


# --- answers with one misconception each ---


def adds_the_biases(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ w, bias + b
    return weight, bias


def keeps_the_last_bias(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ w, b
    return weight, bias


def only_the_first_two(weights, biases):
    return weights[0] @ weights[1], biases[0] @ weights[1] + biases[1]


def sends_the_bias_through_the_product(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight = weight @ w
        bias = bias @ weight + b
    return weight, bias


def multiplies_in_the_wrong_order(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = w @ weight, bias @ w + b
    return weight, bias


def multiplies_entry_by_entry(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight * w, bias * w + b
    return weight, bias


def takes_the_first_layer_twice(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights, biases, strict=True):
        weight, bias = weight @ w, bias @ w + b
    return weight, bias


def sends_both_biases_through_the_layer(weights, biases):
    weight, bias = weights[0], biases[0]
    for w, b in zip(weights[1:], biases[1:], strict=True):
        weight, bias = weight @ w, (bias + b) @ w
    return weight, bias


def takes_layers_out_of_the_lists(weights, biases):
    weight, bias = weights.pop(0), biases.pop(0)
    while weights:
        w, b = weights.pop(0), biases.pop(0)
        weight, bias = weight @ w, bias @ w + b
    return weight, bias


# --- unusual and right ---


def by_probing(weights, biases):
    def run(x):
        for w, b in zip(weights, biases, strict=True):
            x = x @ w + b
        return x

    inputs = len(weights[0])
    bias = run(np.zeros(inputs))
    return run(np.eye(inputs)) - bias, bias


def from_the_end(weights, biases):
    weight, bias = weights[-1], biases[-1]
    for i in reversed(range(len(weights) - 1)):
        bias = biases[i] @ weight + bias
        weight = weights[i] @ weight
    return [weight, bias]


# What can be worked out without a computer: three layers of one unit, and 1-2-1.
CHAIN = ([[[2.0]], [[-1.0]], [[3.0]]], [[1.0], [4.0], [5.0]])
WIDER = ([[[1.0, 2.0]], [[3.0], [1.0]]], [[1.0, 0.0], [-2.0]])


def lists(layers):
    """Weights and biases as two lists of arrays."""
    return tuple([np.array(array) for array in arrays] for arrays in layers)


def cases():
    made = [Case(lists(layers), _oracle(*lists(layers))) for layers in (CHAIN, WIDER)]
    for seed, sizes in enumerate([(2, 3, 2), (2, 3, 2, 1), (3, 3, 3, 3), (4, 2, 5, 3, 2)]):
        rng = np.random.default_rng(seed)
        weights = [rng.normal(size=(sizes[i], sizes[i + 1])).round(1)
                   for i in range(len(sizes) - 1)]
        biases = [rng.normal(size=size).round(1) for size in sizes[1:]]
        made.append(Case((weights, biases), _oracle(weights, biases)))
    return made


def _oracle(weights, biases):
    """By solving for the affine map through points: inputs with a column of ones, least squares."""
    inputs = len(weights[0])
    x = np.random.default_rng(9).normal(size=(20, inputs))
    y = x
    for weight, bias in zip(weights, biases, strict=True):
        y = y @ weight + bias
    found = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y, rcond=None)[0].round(12)
    return [found[:-1], found[-1]]


EXERCISE = Exercise(
    identifier="layers.collapse",
    title="depth without activations",
    level="build",
    prompt=(
        "Do the collapse for any number of layers. Write `collapse(weights, biases)` for two lists "
        "of NumPy arrays, those of dense layers that follow one another with no activation between "
        "them. Return one pair `W, b` that gives the same output for every input. Example: weights "
        "2 and 3 with biases 1 and 5, as arrays of shape (1, 1) and (1,), become 6 and 8."
    ),
    stub='''\
def collapse(weights, biases):
    """Return (W, b) of the one dense layer that equals all these in a row."""
    return ...                           # W, b
''',
    solution=collapse,
    cases=cases,
    hints=(
        "Write out two layers: (x W1 + b1) W2 + b2. What multiplies x, and what stands alone?",
        "What stands alone is b1 W2 + b2: the first bias goes through the second layer.",
        "Start with the first W and b. In a loop, join each further layer to what you have, as the "
        "second was joined to the first.",
    ),
    passed="Whatever the depth, it stays one matrix and one bias: activations make depth count.",
    mistakes=(
        Mistake(
            "forgets the bias of earlier layers",
            "The matrix is right. The earlier biases are lost: each goes through the layers after "
            "it.",
            answers=(keeps_the_last_bias,),
        ),
        Mistake(
            "adds the biases up",
            "The matrix is right. A bias is not simply added to the next: it is multiplied by the "
            "next layer's weights first.",
            answers=(adds_the_biases,),
        ),
        Mistake(
            "sends the bias through the whole product",
            "The bias is multiplied by the product so far, and so meets the layers before it once "
            "more. It only goes through the one layer that comes next.",
            answers=(sends_the_bias_through_the_product,),
        ),
        Mistake(
            "stops after two layers",
            "Two layers are joined and the rest is left out: go on through the whole list.",
            answers=(only_the_first_two,),
        ),
        Mistake(
            "multiplies in the wrong order",
            "Rows come from the left here, so x has to meet the matrix of the first layer first. "
            "Here it meets the last one.",
            answers=(multiplies_in_the_wrong_order,),
        ),
        Mistake(
            "multiplies entry by entry",
            "Layers are multiplied entry by entry, with *. One layer after the other is the "
            "matrix product.",
            answers=(multiplies_entry_by_entry,),
        ),
        Mistake(
            "takes the first layer twice",
            "The first layer is there before the loop begins, and the loop takes it again.",
            answers=(takes_the_first_layer_twice,),
        ),
        Mistake(
            "sends both biases through the layer",
            "A layer's own bias is added after its weights. Here it went through them.",
            answers=(sends_both_biases_through_the_layer,),
        ),
        Mistake(
            "takes layers out of the caller's lists",
            "The result is right, and the lists of the caller are shorter than before: pop and del "
            "take from the list that was passed in. Go through it with a loop.",
            answers=(takes_layers_out_of_the_lists,),
        ),
    ),
    also_right=(by_probing, from_the_end),
    by_hand=(
        Asked("weights 2, −1 and 3, biases 1, 4 and 5, one unit each", lists(CHAIN), ("W", "b")),
        Asked("weights [[1, 2]] and [[3], [1]], biases [1, 0] and [−2]", lists(WIDER),
              ("W", "b")),
    ),
)
