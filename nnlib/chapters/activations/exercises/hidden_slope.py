"""Repair: the backward of a hand-written sigmoid layer that learns, but wrongly."""

import numpy as np

from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def hidden_slope(z, grad_output):
    """Gradient with respect to z of a sigmoid layer a = σ(z), given dL/da."""
    a = 1 / (1 + np.exp(-z))
    return grad_output * a * (1 - a)


def broken(z, grad_output):
    """Gradient with respect to z of a sigmoid layer a = σ(z), given dL/da."""
    a = 1 / (1 + np.exp(-z))
    s = 1 / (1 + np.exp(-a))
    return grad_output * s * (1 - s)


# --- answers with one misconception each ---


def forgets_the_gradient_from_above(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    return a * (1 - a) + 0 * grad_output


def uses_z_in_the_product(z, grad_output):
    return grad_output * z * (1 - z)


def gives_the_forward(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    return grad_output * a


def always_a_quarter(z, grad_output):
    return grad_output * 0.25


def slope_of_tanh(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    return grad_output * (1 - a**2)


def half_mended(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    s = 1 / (1 + np.exp(-a))
    return grad_output * a * (1 - s)


def exchanged(z, grad_output):
    a = 1 / (1 + np.exp(-grad_output))
    return z * a * (1 - a)


def slope_of_relu(z, grad_output):
    return grad_output * (z > 0)


def adds_the_slope(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    return grad_output + a * (1 - a)


def divides_by_the_slope(z, grad_output):
    a = 1 / (1 + np.exp(-z))
    return grad_output / (a * (1 - a))


# --- unusual and right ---


def by_cosh(z, grad_output):
    return grad_output / (4 * np.cosh(z / 2) ** 2)


def by_autograd(z, grad_output):
    import torch

    t = torch.tensor(z, requires_grad=True)
    torch.sigmoid(t).backward(torch.tensor(grad_output))
    return t.grad


def cases():
    z = [[-4.0, 0.0, 2.0], [1.0, -0.5, 3.0]]
    upstream = [[1.0, -2.0, 0.5], [3.0, 0.25, -1.0]]
    return [
        Case((np.array(z), np.array(upstream)), oracle(z, upstream)),
        Case((np.array(z[0]), np.ones(3)), oracle(z[0], np.ones(3))),
        Case((np.array([6.0, -6.0]), np.array([1.0, 1.0])), oracle([6.0, -6.0], [1.0, 1.0])),
        Case((np.array([1.0, -0.5]), np.array([3.0, -2.0])), oracle([1.0, -0.5], [3.0, -2.0])),
        Case((np.array([3.0, -1.5, 0.0]), np.array([0.5, 2.0, -4.0])),
             oracle([3.0, -1.5, 0.0], [0.5, 2.0, -4.0])),
    ]


def oracle(z, upstream):
    """By central differences of the sigmoid."""
    z, h = np.array(z), 1e-5
    high, low = 0.5 * (1 + np.tanh((z + h) / 2)), 0.5 * (1 + np.tanh((z - h) / 2))
    return np.array(upstream) * (high - low) / (2 * h)


EXERCISE = Exercise(
    identifier="activations.hidden_slope",
    title="gradients that never fade",
    level="repair",
    prompt=(
        "A colleague wrote the backward of a sigmoid layer by hand. The network learns something, "
        "but the gradient check above fails, and oddly the gradient of a unit at z = 6 is a fifth "
        "of the incoming one, as if the unit were not saturated at all. Repair "
        "`hidden_slope(z, grad_output)`: `z` is the pre-activation, `grad_output` is dL/da, and "
        "the result is dL/dz, all of one shape. Example: at z = 6 with dL/da = 1 it should be "
        "0.00247."
    ),
    solution=hidden_slope,
    broken=broken,
    cases=cases,
    hints=(
        "Print every intermediate value for z = 6. Which of them is close to 1, and is it the "
        "function or its slope?",
        "The slope is a(1 - a) with a the output of the sigmoid at z. How often does the sigmoid "
        "occur in this code?",
        "The sigmoid is taken of z and then of a. One of the two is too much.",
    ),
    passed=(
        "A slope formula in terms of the output takes the output as it is. Applied twice, the "
        "sigmoid hides its own saturation: the slope never falls below 0.19."
    ),
    mistakes=(
        Mistake(
            "drops the gradient from above",
            "This is the slope alone. By the chain rule it multiplies the incoming gradient.",
            answers=(forgets_the_gradient_from_above,),
        ),
        Mistake(
            "puts z where the output belongs",
            "The formula of the slope is in terms of the output, and z was put into it.",
            answers=(uses_z_in_the_product,),
        ),
        Mistake(
            "multiplies by the output",
            "The forward value took the place of the slope.",
            answers=(gives_the_forward,),
        ),
        Mistake(
            "a quarter everywhere",
            "0.25 is the slope at z = 0 only. At z = 6 the unit is saturated.",
            answers=(always_a_quarter,),
        ),
        Mistake(
            "borrows the slope of tanh",
            "1 - a² belongs to tanh. What is it for the sigmoid?",
            answers=(slope_of_tanh,),
        ),
        Mistake(
            "half mended",
            "The second sigmoid is still in one of the two factors.",
            answers=(half_mended,),
        ),
        Mistake(
            "exchanges the arguments",
            "z and grad_output are exchanged: of which is the sigmoid taken?",
            answers=(exchanged,),
        ),
        Mistake(
            "takes the slope of ReLU",
            "1 above 0 and 0 below is the slope of ReLU. What is the sigmoid's?",
            answers=(slope_of_relu,),
        ),
        Mistake(
            "adds the slope",
            "By the chain rule the incoming gradient is multiplied by the slope.",
            answers=(adds_the_slope,),
        ),
        Mistake(
            "divides by the slope",
            "Divided by a slope of at most 1/4 the gradient grows. The chain rule multiplies.",
            answers=(divides_by_the_slope,),
        ),
    ),
    also_right=(by_cosh, by_autograd),
    by_hand=(
        Asked("mended, z = (3, −1.5, 0), dL/da = (0.5, 2, −4)",
              (np.array([3.0, -1.5, 0.0]), np.array([0.5, 2.0, -4.0])),
              ("first", "second", "third")),
        Asked("mended, z = (1, −0.5), dL/da = (3, −2)",
              (np.array([1.0, -0.5]), np.array([3.0, -2.0])), ("first", "second")),
    ),
)
