"""Compute: the chain rule on a neuron with tanh and the squared error."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def neuron_gradients(x, w, b, y):
    """(dL/dw, dL/db) of L = (a - y)², where a = tanh(w · x + b)."""
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * (1 - a**2)
    return delta * x, delta


# --- answers with one misconception each ---


def without_the_slope_of_tanh(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    return 2 * (a - y) * x, 2 * (a - y)


def slope_at_z(x, w, b, y):
    z = np.dot(w, x) + b
    delta = 2 * (np.tanh(z) - y) * (1 - z**2)
    return delta * x, delta


def tanh_of_the_output(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * (1 - np.tanh(a)**2)
    return delta * x, delta


def slope_of_the_sigmoid(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * a * (1 - a)
    return delta * x, delta


def without_the_two(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = (a - y) * (1 - a**2)
    return delta * x, delta


def difference_alone(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    return (a - y) * x, a - y


def without_the_input(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * (1 - a**2)
    return delta * np.ones(len(x)), delta


def weights_for_the_input(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * (1 - a**2)
    return delta * w, delta


def downhill(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (y - a) * (1 - a**2)
    return delta * x, delta


def bias_times_itself(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = 2 * (a - y) * (1 - a**2)
    return delta * x, delta * b


def forgets_the_bias(x, w, b, y):
    a = np.tanh(np.dot(w, x))
    delta = 2 * (a - y) * (1 - a**2)
    return delta * x, delta


def without_tanh(x, w, b, y):
    z = np.dot(w, x) + b
    return 2 * (z - y) * x, 2 * (z - y)


def loss_for_its_slope(x, w, b, y):
    a = np.tanh(np.dot(w, x) + b)
    delta = (a - y) ** 2 * (1 - a**2)
    return delta * x, delta


# --- unusual and right ---


def by_exponentials(x, w, b, y):
    z = sum(float(one) * float(other) for one, other in zip(w, x, strict=True)) + b
    a = 1 - 2 / (np.exp(2 * z) + 1)
    delta = 2 * (a - y) / np.cosh(z) ** 2
    return [np.array([delta * float(one) for one in x]), delta]


def by_autograd(x, w, b, y):
    import torch

    w = torch.tensor(np.asarray(w), requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    loss = (torch.tanh(w @ torch.tensor(np.asarray(x)) + b) - y) ** 2
    return torch.autograd.grad(loss, (w, b))


SETTINGS = [
    ([1.0, 2.0], [0.5, -0.5], 0.25, 1.0),
    ([2.0, -1.0], [0.3, 0.1], -0.2, -1.0),
    ([0.5, 1.5, -1.0], [1.0, 0.4, 0.2], -1.1, 0.5),
    ([3.0, 0.0], [-0.2, 2.0], 0.9, 0.0),
    ([2.0], [0.3], -0.2, -1.0),
    ([-1.0], [0.5], 0.25, 1.0),
]


def cases():
    return [
        Case((paths.array(path, x), paths.array(path, w), b, y), by_differences(x, w, b, y), path)
        for path in paths.available()
        for x, w, b, y in SETTINGS
    ]


def by_differences(x, w, b, y):
    """By central differences of two steps, which are exact to the fourth power of the step."""
    x, start = np.array(x), np.array([*w, b])

    def loss(parameters):
        return (np.tanh(parameters[:-1] @ x + parameters[-1]) - y) ** 2

    def slope(direction, h=1e-3):
        once = loss(start + h * direction) - loss(start - h * direction)
        twice = loss(start + 2 * h * direction) - loss(start - 2 * h * direction)
        return (8 * once - twice) / (12 * h)

    slopes = [slope(direction) for direction in np.eye(len(start))]
    return [np.array(slopes[:-1]), slopes[-1]]


def asked(x, w, b, y):
    """One input only: the label of a field has to fit on a phone."""
    named = {"x": x[0], "w": w[0], "b": b, "y": y}
    numbers = ", ".join(f"{name} = {value:g}".replace("-", "−") for name, value in named.items())
    return Asked(numbers, (x, w, b, y), ("dL/dw", "dL/db"))


EXERCISE = Exercise(
    identifier="backpropagation.neuron_gradients",
    title="another neuron",
    level="compute",
    prompt=(
        "A neuron with another activation and another loss: a = tanh(w · x + b) and "
        "L = (a − y)². Write `neuron_gradients(x, w, b, y)` that returns the two gradients dL/dw "
        "and dL/db for one example; `x` and `w` are NumPy arrays or torch tensors of one length. "
        "Example: for x = (1, 0), w = (0, 1), b = 0 and y = 1 they are (−2, 0) and −2."
    ),
    stub='''\
def neuron_gradients(x, w, b, y):
    """(dL/dw, dL/db) of L = (a - y)², where a = tanh(w · x + b)."""
    return ...
''',
    solution=neuron_gradients,
    cases=cases,
    hints=(
        "Three steps lead from w to L: the weighted sum z, then a, then L. Write down the slope of "
        "each step by itself.",
        "The slope of tanh is 1 minus the square of its own output; that of a square is twice what "
        "is squared.",
        "The product of the last two is dL/dz. The bias moves z as much as itself; each weight "
        "moves it as much as its input says.",
    ),
    passed=(
        "Only the slopes of the activation and of the loss are new: the step from z to the "
        "weights is the same for every neuron."
    ),
    mistakes=(
        Mistake(
            "leaves out the slope of tanh",
            "One step is missing: from a back to z, through the slope of the activation.",
            answers=(without_the_slope_of_tanh,),
        ),
        Mistake(
            "takes the slope of tanh at z",
            "In the slope of tanh it is the output that is squared, and you squared z.",
            answers=(slope_at_z,),
        ),
        Mistake(
            "takes tanh twice",
            "In the slope of tanh its output is squared, and a is that output already: tanh was "
            "taken once more.",
            answers=(tanh_of_the_output,),
        ),
        Mistake(
            "takes the slope of the sigmoid",
            "a(1 − a) is the slope of the sigmoid. This neuron has a tanh.",
            answers=(slope_of_the_sigmoid,),
        ),
        Mistake(
            "leaves out the two",
            "Everything is half as large as it should be: derive the square once more.",
            answers=(without_the_two,),
        ),
        Mistake(
            "takes the difference for dL/dz",
            "Prediction minus target is dL/dz for a sigmoid with cross-entropy. Here neither the "
            "activation nor the loss is that one.",
            answers=(difference_alone,),
        ),
        Mistake(
            "leaves out the input",
            "The bias is right. A weight moves z by as much as its input is large.",
            answers=(without_the_input,),
        ),
        Mistake(
            "takes the weights for the input",
            "The bias is right. These would be the gradients for x: what is the slope of w · x in "
            "w?",
            answers=(weights_for_the_input,),
        ),
        Mistake(
            "goes downhill",
            "The sign is turned: the loss has the prediction minus the target.",
            answers=(downhill,),
        ),
        Mistake(
            "multiplies by the bias",
            "The weights are right. The bias stands in z with the factor 1.",
            answers=(bias_times_itself,),
        ),
        Mistake(
            "forgets the bias on the way there",
            "The bias is missing from the weighted sum, so that every slope is taken at the wrong "
            "place.",
            answers=(forgets_the_bias,),
        ),
        Mistake(
            "leaves out tanh",
            "This is a neuron without an activation: tanh is missing on both ways.",
            answers=(without_tanh,),
        ),
        Mistake(
            "takes the loss for its slope",
            "The loss itself stands where its derivative with respect to a should.",
            answers=(loss_for_its_slope,),
        ),
    ),
    also_right=(by_exponentials, by_autograd),
    by_hand=(asked(*SETTINGS[4]), asked(*SETTINGS[5])),
)
