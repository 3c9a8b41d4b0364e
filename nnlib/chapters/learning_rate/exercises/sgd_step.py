"""Build: one update of gradient descent, on arrays of either path."""

import numpy as np

from nnlib.exercises import paths
from nnlib.exercises.exercise import Asked, Case, Exercise, Mistake


def sgd_step(w, grad, lr):
    """Return the weights after one step against the gradient; w stays as it was."""
    return w - lr * grad


# --- answers with one misconception each ---


def climbs(w, grad, lr):
    return w + lr * grad


def no_rate(w, grad, lr):
    return w - grad


def in_place(w, grad, lr):
    w -= lr * grad
    return w


def in_place_by_index(w, grad, lr):
    for i in range(len(w)):
        w[i] = w[i] - lr * grad[i]
    return w


def step_only(w, grad, lr):
    return -lr * grad


def averages_again(w, grad, lr):
    return w - lr * grad / len(grad)


def averages_again_by_mean(w, grad, lr):
    return w - lr * grad / grad.shape[0]


def multiplies_by_the_weights(w, grad, lr):
    return w - lr * grad * w


def leaves_out_the_gradient(w, grad, lr):
    return w * (1 - lr)


def one_gradient_for_all(w, grad, lr):
    return w - lr * grad.mean()


def direction_only(w, grad, lr):
    return w - lr * (1.0 * (grad > 0) - 1.0 * (grad < 0))


def exchanges_weights_and_gradient(w, grad, lr):
    return grad - lr * w


def scales_the_weights_too(w, grad, lr):
    return (w - grad) * lr


# --- unusual and right ---


def with_numpy_functions(w, grad, lr):
    return np.subtract(np.asarray(w), np.multiply(lr, np.asarray(grad)))


def on_a_copy(w, grad, lr):
    new = w.copy() if hasattr(w, "copy") else w.clone()
    new -= lr * grad
    return new


def as_a_list(w, grad, lr):
    return [one - lr * slope for one, slope in zip(w, grad, strict=True)]


def with_torch_functions(w, grad, lr):
    import torch

    return torch.sub(w, grad, alpha=lr)


def cases():
    settings = [
        ([1.0, -2.0, 0.5], [0.5, -1.0, 4.0], 0.1),
        ([[1.0, 2.0], [3.0, 4.0]], [[-1.0, 0.0], [2.0, 10.0]], 0.25),
        ([3.0, 3.0], [1.0, 2.0], 0.0),
    ]
    return [
        Case(
            (paths.array(path, w), paths.array(path, grad), lr),
            _oracle(path, w, grad, lr),
            path=path,
        )
        for path in paths.available()
        for w, grad, lr in settings
    ]


def _oracle(path, w, grad, lr):
    """By torch.optim.SGD on the torch path; number by number on the other."""
    if path == "torch":
        import torch

        parameter = torch.nn.Parameter(paths.array(path, w))
        parameter.grad = paths.array(path, grad)
        torch.optim.SGD([parameter], lr=lr).step()
        return parameter
    shape = np.shape(w)
    pairs = zip(np.ravel(w).tolist(), np.ravel(grad).tolist(), strict=True)
    return np.reshape([one + lr * -slope for one, slope in pairs], shape)


EXERCISE = Exercise(
    identifier="learning_rate.sgd_step",
    title="one step",
    level="build",
    prompt=(
        "Write `sgd_step(w, grad, lr)`: the weights after one step of gradient descent. It returns "
        "new weights and leaves `w` and `grad` as they were. These two are NumPy arrays, or torch "
        "tensors, of one shape. Example: `sgd_step(np.array([1.0, -2.0]), np.array([0.5, -1.0]), "
        "0.1)` gives the weights 0.95 and -1.9."
    ),
    stub='''\
def sgd_step(w, grad, lr):
    """Return the weights after one step against the gradient; w stays as it was."""
    return ...
''',
    solution=sgd_step,
    cases=cases,
    hints=(
        "The gradient points uphill. Which way do you want to go?",
        "The step is lr times the gradient. Arithmetic on arrays makes a new array; "
        "-= and += write into the old one.",
        "The new weights are the old ones less that step.",
    ),
    passed="One line is the whole update rule; everything else about it is the choice of lr.",
    mistakes=(
        Mistake(
            "goes uphill",
            "The gradient points uphill, so this step makes the loss larger. Subtract it.",
            answers=(climbs,),
        ),
        Mistake(
            "leaves out the learning rate",
            "The whole gradient is subtracted: lr is not used.",
            answers=(no_rate,),
        ),
        Mistake(
            "changes the weights in place",
            "The numbers are right, but w itself was changed: w -= ... and w[i] = ... write into "
            "the array of the caller.",
            answers=(in_place, in_place_by_index),
        ),
        Mistake(
            "returns the step, not the weights",
            "This is the change of the weights. Add it to w to get the new weights.",
            answers=(step_only,),
        ),
        Mistake(
            "averages a second time",
            "The gradient was divided by its length. The mean over the batch is in it already: "
            "the loss took it.",
            answers=(averages_again, averages_again_by_mean),
        ),
        Mistake(
            "multiplies by the weights",
            "The step is multiplied by w as well. It should be the same whatever w is.",
            answers=(multiplies_by_the_weights,),
        ),
        Mistake(
            "leaves out the gradient",
            "grad is not used: this shrinks every weight, whatever its slope.",
            answers=(leaves_out_the_gradient,),
        ),
        Mistake(
            "one gradient for all weights",
            "All weights move by the same amount here. Each moves by its own entry of grad.",
            answers=(one_gradient_for_all,),
        ),
        Mistake(
            "uses only the direction",
            "Every weight moves by lr: only the sign of the gradient is used. Its size counts too.",
            answers=(direction_only,),
        ),
        Mistake(
            "exchanges weights and gradient",
            "w and grad are exchanged: it is the weights that move.",
            answers=(exchanges_weights_and_gradient,),
        ),
        Mistake(
            "multiplies the weights by the rate too",
            "The whole difference is multiplied by lr. Only the gradient is: mind the brackets.",
            answers=(scales_the_weights_too,),
        ),
    ),
    also_right=(with_numpy_functions, on_a_copy, as_a_list, with_torch_functions),
    by_hand=(
        Asked(
            "w = [[1, 2], [3, 4]], grad = [[-1, 0], [2, 10]], lr = 0.25",
            (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[-1.0, 0.0], [2.0, 10.0]]), 0.25),
            parts=("w[0, 0]", "w[0, 1]", "w[1, 0]", "w[1, 1]"),
        ),
    ),
)
