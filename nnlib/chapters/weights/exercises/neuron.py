"""Build: a neuron, on arrays of either path."""

import math

import numpy as np

from nnlib.exercises import comparing, paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def neuron(x, w, b):
    """Output of a neuron with a sigmoid: one number."""
    z = float((w * x).sum() + b)
    return 1 / (1 + np.exp(-z))


# --- answers with one misconception each ---


def no_bias(x, w, b):
    return 1 / (1 + np.exp(-float((w * x).sum())))


def weighted_average(x, w, b):
    z = float((w * x).mean() + b)
    return 1 / (1 + np.exp(-z))


def no_sum(x, w, b):
    return 1 / (1 + np.exp(-(np.asarray(w) * np.asarray(x) + b)))


def average_by_weights(x, w, b):
    z = float((w * x).sum() / w.sum() + b)
    return 1 / (1 + np.exp(-z))


def no_activation(x, w, b):
    return float((w * x).sum() + b)


def bias_is_the_threshold(x, w, b):
    return 1 / (1 + np.exp(-float((w * x).sum() - b)))


def step(x, w, b):
    return 1.0 if float((w * x).sum() + b) > 0 else 0.0


def activates_each_product(x, w, b):
    return float(sum(1 / (1 + np.exp(-float(one))) for one in w * x)) + b


def activates_before_the_bias(x, w, b):
    return 1 / (1 + np.exp(-float((w * x).sum()))) + b


def wrong_sign_in_the_exponent(x, w, b):
    return 1 / (1 + np.exp(float((w * x).sum() + b)))


def rounds(x, w, b):
    return round(1 / (1 + np.exp(-float((w * x).sum() + b))), 6)


def rounds_to_four(x, w, b):
    return round(1 / (1 + np.exp(-float((w * x).sum() + b))), 4)


def rectifies(x, w, b):
    return max(0.0, float((w * x).sum() + b))


def a_bias_for_each_product(x, w, b):
    return 1 / (1 + np.exp(-float((w * x + b).sum())))


def two_inputs_only(x, w, b):
    return 1 / (1 + np.exp(-float(x[0] * w[0] + x[1] * w[1] + b)))


# --- unusual and right ---


def by_tanh(x, w, b):
    return 0.5 + 0.5 * np.tanh(0.5 * (float(w @ x) + b))


def by_loop(x, w, b):
    z = b
    for one, weight in zip(x, w, strict=True):
        z += float(one) * float(weight)
    return np.exp(z) / (1 + np.exp(z))


def with_torch(x, w, b):
    import torch

    return torch.sigmoid(torch.as_tensor(w) @ torch.as_tensor(x) + b)


SETTINGS = [
    ([35.0, 80_000.0], [0.2, 0.00001], -5.0),
    ([1.0, 1.0, 3.0], [2.0, 1.5, -0.5], -1.0),
    ([0.0, 0.0], [4.0, -1.0], 0.5),
    ([2.0, -1.0, 0.5, 3.0], [-1.0, 0.5, 2.0, 0.25], 0.25),
    ([3.0, -2.0], [-2.0, 3.0], -0.5),               # so small that a rounded one differs
]


def cases():
    return [
        Case((paths.array(path, x), paths.array(path, w), b), _oracle(x, w, b), path=path)
        for path in paths.available()
        for x, w, b in SETTINGS
    ]


def _oracle(x, w, b):
    """By an exact sum, and the sigmoid as the share of one of two exponentials."""
    z = math.fsum([*(one * weight for one, weight in zip(x, w, strict=True)), b])
    return math.exp(z / 2) / (math.exp(z / 2) + math.exp(-z / 2))


def is_an_average(seen) -> bool:
    """Whether every result is the sigmoid of an average of the products, plus b."""
    averages = [
        [_oracle(np.divide(x, len(x)), w, b) for x, w, b in SETTINGS],
        [_oracle(np.divide(x, sum(w)), w, b) for x, w, b in SETTINGS],
    ]
    results = [item.result for item in seen[: len(SETTINGS)]]
    return len(results) == len(SETTINGS) and any(
        all(map(comparing.same, results, wanted)) for wanted in averages
    )


EXERCISE = Exercise(
    identifier="weights.neuron",
    title="your own neuron",
    level="build",
    prompt=(
        "Write `neuron(x, w, b)`: the output of one neuron with a sigmoid, as one number. `x` and "
        "`w` are NumPy arrays, or torch tensors, of the same length, and `b` is a number. Example: "
        "`neuron(np.array([35.0, 80000.0]), np.array([0.2, 0.00001]), -5.0)` is 0.942676 (to six "
        "digits; do not round yours)."
    ),
    stub='''\
def neuron(x, w, b):
    """Output of a neuron with a sigmoid: one number."""
    return ...
''',
    solution=neuron,
    cases=cases,
    hints=(
        "Two steps: a number z first, then the sigmoid of it.",
        "w * x multiplies element by element, which gives one product for each input. They are "
        "added up, and the bias once.",
        "The sigmoid takes the finished z, with the bias in it; its formula stands above the "
        "customer. np.exp is e to the power of something.",
    ),
    passed="Multiply, sum, add the bias, activate: every unit of every dense layer does this.",
    mistakes=(
        Mistake(
            "leaves out the bias",
            "The products are summed and activated, but b is missing from z.",
            answers=(no_bias,),
        ),
        Mistake(
            "leaves out the sum",
            "This is one number for each input. A neuron has one output: the products are added "
            "up before the bias comes in.",
            answers=(no_sum,),
        ),
        Mistake(
            "averages",
            "z is a weighted sum, not an average: weights may be negative and need not add up "
            "to 1, so nothing is divided.",
            answers=(weighted_average, average_by_weights),
            recognise=is_an_average,
        ),
        Mistake(
            "returns the pre-activation",
            "This is z. A probability lies between 0 and 1: z still has to go through the sigmoid.",
            answers=(no_activation,),
        ),
        Mistake(
            "subtracts the bias",
            "The bias is added: b = -5 lowers z by 5.",
            answers=(bias_is_the_threshold,),
        ),
        Mistake(
            "steps like a perceptron",
            "This answers 0 or 1, which is a step. Put the sigmoid in its place.",
            answers=(step,),
        ),
        Mistake(
            "activates before the sum is complete",
            "The activation comes last, once, on the whole sum with the bias in it.",
            answers=(activates_each_product, activates_before_the_bias),
            recognise=lambda seen: _is_one_of(
                (activates_each_product, activates_before_the_bias), seen),
        ),
        Mistake(
            "turns the sigmoid round",
            "The output falls where z grows: this is the sigmoid of −z. Look at the sign in the "
            "exponent.",
            answers=(wrong_sign_in_the_exponent,),
        ),
        Mistake(
            "rounds",
            "Rounded, a small output loses its digits. Return the number as it is.",
            answers=(rounds, rounds_to_four),
            recognise=lambda seen: any(
                all(np.shape(item.result) == () and
                    item.result == round(neuron(*_plain_case(item)), digits) for item in seen)
                for digits in range(1, 8)
            ),
        ),
        Mistake(
            "takes ReLU for the sigmoid",
            "This is 0 for a negative z and z for a positive one, which is ReLU. Put the sigmoid "
            "in its place.",
            answers=(rectifies,),
        ),
        Mistake(
            "adds the bias to each product",
            "b is in the sum once for each input. Add it once, to the whole sum.",
            answers=(a_bias_for_each_product,),
        ),
        Mistake(
            "takes two inputs only",
            "Only the first two inputs count here. x and w may be longer: sum all the products.",
            answers=(two_inputs_only,),
        ),
    ),
    also_right=(by_tanh, by_loop, with_torch),
    by_hand=(
        Asked(
            "x = (2, −1, 0.5, 3), w = (−1, 0.5, 2, 0.25), b = 0.25",
            (np.array([2.0, -1.0, 0.5, 3.0]), np.array([-1.0, 0.5, 2.0, 0.25]), 0.25),
        ),
        Asked(
            "x = (3, −2), w = (−2, 3), b = −0.5",
            (np.array([3.0, -2.0]), np.array([-2.0, 3.0]), -0.5),
        ),
    ),
)


def _is_one_of(answers, seen) -> bool:
    """Whether everything that was observed is what one of these answers gives."""
    return any(
        all(
            item.error is None
            and comparing.same(item.result, comparing.plain(answer(*_plain_case(item))))
            for item in seen
        )
        for answer in answers
    )


def _plain_case(item):
    x, w, b = item.case.make_arguments()
    return np.asarray(x), np.asarray(w), b
